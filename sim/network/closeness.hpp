#pragma once

#include <array>
#include <cstddef>

#include "network/generate.hpp"

/// How a place in a layer becomes a closeness.
namespace kith::network {

/// Closeness of a tie in a layer (0 … 3) at `place` in (0, 1), 0 = the closest of the layer. It falls in a straight
/// line within half_width around a centre slightly below layer_closeness, so that layers do not overlap and the mean of
/// exp(−6.3 (1 − w)) over uniform places is exactly that of layer_closeness.
float closeness_in_layer(std::size_t layer, double place);

/// Least closeness of the layers 0, 1 and 2: halfway between the layers' ranges.
extern const std::array<double, 3> layer_from;

/// Layer (0 … 3) in whose range a closeness falls.
inline std::size_t layer_of(float closeness) {
  const auto at = static_cast<double>(closeness);
  return (at < layer_from[0] ? 1U : 0U) + (at < layer_from[1] ? 1U : 0U) + (at < layer_from[2] ? 1U : 0U);
}

/// Ties of the three inner layers are friendships, the others acquaintances (a generator may know of kin).
TieKind kind_in_layer(std::size_t layer);

}  // namespace kith::network
