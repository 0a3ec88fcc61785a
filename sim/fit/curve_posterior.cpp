#include "fit/curve_posterior.hpp"

#include <cmath>
#include <iterator>

namespace kith::fit {
namespace {

double height_at(const SimulatedCurve& curve, double x) {
  const auto above = curve.lower_bound(x);
  if (above == curve.begin()) return above->second;
  if (above == curve.end()) return std::prev(above)->second;
  const auto below = std::prev(above);
  const double share = (x - below->first) / (above->first - below->first);
  return below->second + share * (above->second - below->second);
}

}  // namespace

std::vector<double> draws_of_curve(const SimulatedCurve& curve, const Target& target, const Prior& prior,
                                   std::size_t count) {
  // Each cell has the same share of the prior.
  constexpr std::size_t cells = 100'000;
  std::vector<double> places(cells);
  std::vector<double> weight_to(cells);  // of this cell and those before it
  double whole = 0.0;
  for (std::size_t k = 0; k < cells; ++k) {
    places[k] = prior.quantile((static_cast<double>(k) + 0.5) / static_cast<double>(cells));
    const double off = (height_at(curve, places[k]) - target.value) / target.noise;
    whole += std::exp(-0.5 * off * off);
    weight_to[k] = whole;
  }
  std::vector<double> draws;
  for (std::size_t k = 0, cell = 0; k < count; ++k) {
    const double wanted = whole * (static_cast<double>(k) + 0.5) / static_cast<double>(count);
    while (cell + 1 < cells && weight_to[cell] < wanted) ++cell;
    draws.push_back(places[cell]);
  }
  return draws;
}

}  // namespace kith::fit
