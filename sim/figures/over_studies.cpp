#include "figures/over_studies.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace kith::figures {

Mean over_studies(std::vector<double> values, const MeanOf& mean_of) {
  const double none = std::nan("");
  std::erase_if(values, [](double value) { return !std::isfinite(value); });
  if (values.size() >= enough_studies) return mean_of(values);
  if (values.empty()) return {none, none, none};
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
  if (values.size() == 1) return {mean, none, none};
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  return {mean, *low, *high};
}

std::string interval_name(std::size_t fewest, std::size_t most) {
  const std::string interval = "95 % interval of the mean";
  if (fewest >= enough_studies) return interval;
  if (most >= enough_studies) return fmt::format("{}, or range of fewer than {} studies", interval, enough_studies);
  return fewest == most ? fmt::format("range of the {} studies", most) : "range of the studies";
}

}  // namespace kith::figures
