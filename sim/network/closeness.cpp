#include "network/closeness.hpp"

#include <algorithm>
#include <cmath>

namespace kith::network {

namespace {

/// Half of the range of closeness that each layer spans; assumed, narrow enough that layers do not meet.
constexpr std::array<double, 4> half_width{0.05, 0.08, 0.07, 0.12};
/// −ln((sinh x)/x)/6.3 with x = 6.3 · half_width: moves each layer's centre so that the mean of exp(−6.3 (1 − w))
/// stays.
constexpr std::array<double, 4> shift{-0.0026164, -0.0066640, -0.0051121, -0.0148420};

constexpr double border_below(std::size_t layer) {
  const double lower_edge = layer_closeness[layer] + shift[layer] - half_width[layer];
  const double next_upper_edge = layer_closeness[layer + 1] + shift[layer + 1] + half_width[layer + 1];
  return (lower_edge + next_upper_edge) / 2.0;
}

}  // namespace

const std::array<double, 3> layer_from{border_below(0), border_below(1), border_below(2)};

float closeness_in_layer(std::size_t layer, double place) {
  return static_cast<float>(layer_closeness[layer] + shift[layer] + half_width[layer] * (1.0 - 2.0 * place));
}

TieKind kind_in_layer(std::size_t layer) { return layer < 3 ? TieKind::friendship : TieKind::acquaintance; }

}  // namespace kith::network
