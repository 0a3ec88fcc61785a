#include "figures/over_studies.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace kith::figures {
namespace {

constexpr std::size_t enough = 5;

}  // namespace

Mean over_studies(std::vector<double> values, const MeanOf& mean_of) {
  const double none = std::nan("");
  std::erase_if(values, [](double value) { return !std::isfinite(value); });
  if (values.size() >= enough) return mean_of(values);
  if (values.empty()) return {none, none, none};
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
  if (values.size() == 1) return {mean, none, none};
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  return {mean, *low, *high};
}

std::string interval_name(std::size_t fewest, std::size_t most) {
  const std::string interval = "95 % interval of the mean";
  if (fewest >= enough) return interval;
  if (most >= enough) return interval + ", or range of fewer than 5 studies";
  return fewest == most ? fmt::format("range of the {} studies", most) : "range of the studies";
}

}  // namespace kith::figures
