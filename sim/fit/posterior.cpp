#include "fit/posterior.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace kith::fit {

Summary weighted(const std::vector<double>& values, const std::vector<double>& weights) {
  Summary s;
  for (std::size_t i = 0; i < values.size(); ++i) s.mean += weights[i] * values[i];
  double squares = 0.0;
  for (std::size_t i = 0; i < values.size(); ++i) squares += weights[i] * (values[i] - s.mean) * (values[i] - s.mean);
  s.sd = std::sqrt(squares);
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  const auto quantile = [&](double share) {
    double below = 0.0;
    for (const std::size_t i : order) {
      below += weights[i];
      if (below >= share - 1e-12) return values[i];
    }
    return values[order.back()];
  };
  s.median = quantile(0.5);
  s.low = quantile(0.025);
  s.high = quantile(0.975);
  return s;
}

double correlation(const std::vector<double>& a, const std::vector<double>& b, const std::vector<double>& weights) {
  const Summary of_a = weighted(a, weights);
  const Summary of_b = weighted(b, weights);
  if (of_a.sd == 0.0 || of_b.sd == 0.0) return 0.0;
  double products = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) products += weights[i] * (a[i] - of_a.mean) * (b[i] - of_b.mean);
  return products / (of_a.sd * of_b.sd);
}

double width_of_prior(const Prior& prior, double low, double high) {
  return (high - low) / (prior.quantile(0.975) - prior.quantile(0.025));
}

std::string_view verdict(double share_of_prior) {
  if (share_of_prior >= 0.8) return "not identified";
  return share_of_prior >= 0.5 ? "weakly identified" : "identified";
}

}  // namespace kith::fit
