#pragma once

#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <cmath>
#include <cstddef>
#include <map>
#include <vector>

/// Tests of fit. Each is two-sided: a fit that is too good is as suspect as a bad one. The bounds leave 0.1 % on either
/// side; seeds are fixed, so a test passes or fails for good.
namespace kith::testing {

enum class Fit { good, bad };

/// Kolmogorov–Smirnov: √n·D lies between the 0.1 % and 99.9 % points of Kolmogorov's distribution, 0.375 and 1.95.
template <class Cdf>
Fit kolmogorov(std::vector<double> sample, Cdf cdf) {
  std::sort(sample.begin(), sample.end());
  const auto n = static_cast<double>(sample.size());
  double distance = 0.0;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    const double expected = cdf(sample[i]);
    const auto rank = static_cast<double>(i);
    distance = std::max({distance, expected - rank / n, (rank + 1.0) / n - expected});
  }
  const double scaled = distance * std::sqrt(n);
  return scaled > 0.375 && scaled < 1.95 ? Fit::good : Fit::bad;
}

/// χ² of observed against expected counts, cells in order; neighbours are merged until each expects at least 25.
inline Fit chi_square(const std::vector<double>& observed, const std::vector<double>& expected) {
  double statistic = 0.0;
  double seen = 0.0;
  double wanted = 0.0;
  double left = 0.0;
  for (const double e : expected) left += e;
  int cells = 0;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    seen += observed[i];
    wanted += expected[i];
    left -= expected[i];
    if ((wanted < 25.0 || left < 25.0) && i + 1 < expected.size()) continue;
    statistic += (seen - wanted) * (seen - wanted) / wanted;
    seen = wanted = 0.0;
    ++cells;
  }
  if (cells < 2) return Fit::bad;
  const boost::math::chi_squared_distribution<double> reference(cells - 1);
  return statistic > quantile(reference, 0.001) && statistic < quantile(reference, 0.999) ? Fit::good : Fit::bad;
}

/// χ² of counts against a distribution function of whole numbers, in cells of at most a fifth of a standard deviation.
template <class Cdf>
Fit chi_square_counts(const std::vector<double>& sample, double mean, double deviation, Cdf cdf) {
  std::vector<double> edges;  // the last count of each cell
  for (double z = -4.0; z <= 4.0; z += 0.2) {
    const double edge = std::floor(mean + z * deviation);
    if (edge >= 0.0 && (edges.empty() || edge > edges.back())) edges.push_back(edge);
  }
  std::vector<double> observed(edges.size() + 1, 0.0);
  for (const double count : sample) {
    const auto cell = std::lower_bound(edges.begin(), edges.end(), count) - edges.begin();
    observed[static_cast<std::size_t>(cell)] += 1.0;
  }
  std::vector<double> expected;
  double below = 0.0;
  for (const double edge : edges) {
    const double reached = cdf(edge);
    expected.push_back((reached - below) * static_cast<double>(sample.size()));
    below = reached;
  }
  expected.push_back((1.0 - below) * static_cast<double>(sample.size()));
  return chi_square(observed, expected);
}

}  // namespace kith::testing
