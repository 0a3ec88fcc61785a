#include "models/trials/analysis/risk.hpp"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <limits>
#include <numeric>

namespace kith::trials {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

double normal_reach() { return boost::math::quantile(boost::math::normal(), 0.975); }

std::size_t cases(std::span<const double> events) {
  return static_cast<std::size_t>(std::llround(std::accumulate(events.begin(), events.end(), 0.0)));
}

Risk counted(std::span<const double> a, std::span<const double> b) {
  Risk r = no_risk();
  r.cases_a = cases(a);
  r.cases_b = cases(b);
  if (a.empty() || b.empty()) return r;
  r.risk_a = static_cast<double>(r.cases_a) / static_cast<double>(a.size());
  r.risk_b = static_cast<double>(r.cases_b) / static_cast<double>(b.size());
  r.difference = r.risk_a - r.risk_b;
  r.number_needed = number_needed(r.difference);
  return r;
}

/// Wilson's score interval of a share.
Limits wilson(double share, double n) {
  const double z = normal_reach();
  const double middle = share + z * z / (2.0 * n);
  const double reach = z * std::sqrt(share * (1.0 - share) / n + z * z / (4.0 * n * n));
  const double scale = 1.0 + z * z / n;
  return {(middle - reach) / scale, (middle + reach) / scale};
}

/// Pairs of which only a, only b is a case, of n.
struct Discordant {
  double only_a, only_b, n;

  /// How many standard errors the difference lies above `delta`, with the likeliest shares under which `delta` is true.
  double score(double delta) const {
    const double b = (2.0 * n + only_b - only_a) * -delta + only_a + only_b;
    const double c = only_b * delta * (1.0 - delta);
    const double likeliest_b = (std::sqrt(std::max(0.0, b * b + 8.0 * n * c)) + b) / (4.0 * n);
    const double distance = only_a - only_b - n * delta;
    const double variance = n * (2.0 * likeliest_b + delta * (1.0 - delta));
    if (distance == 0.0) return 0.0;
    return variance > 0.0 ? distance / std::sqrt(variance)
                          : std::copysign(std::numeric_limits<double>::infinity(), distance);
  }
};

/// Where the score passes `reach` between two differences, by halving; it falls from the first to the second.
double where_score_is(double reach, const Discordant& pairs, double from, double to) {
  for (int step = 0; step < 60; ++step) {
    const double middle = 0.5 * (from + to);
    (pairs.score(middle) > reach ? from : to) = middle;
  }
  return 0.5 * (from + to);
}

}  // namespace

Risk no_risk() { return {0, 0, nan, nan, nan, nan, nan, nan}; }

double number_needed(double risk_difference) {
  // What is left of shares that cancel, in a mean over studies say; shares of people differ by more.
  constexpr double rounding = 1e-12;
  return std::abs(risk_difference) < rounding ? nan : 1.0 / risk_difference;
}

Risk paired_risk(std::span<const double> a, std::span<const double> b) {
  Risk r = counted(a, b);
  if (a.empty()) return r;
  const auto n = static_cast<double>(a.size());
  double only_a = 0.0;
  double only_b = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    only_a += a[i] > b[i] ? 1.0 : 0.0;
    only_b += b[i] > a[i] ? 1.0 : 0.0;
  }
  const Discordant pairs{only_a, only_b, n};
  r.low = where_score_is(normal_reach(), pairs, -1.0, r.difference);
  r.high = where_score_is(-normal_reach(), pairs, r.difference, 1.0);
  return r;
}

Risk independent_risk(std::span<const double> a, std::span<const double> b) {
  Risk r = counted(a, b);
  if (a.empty() || b.empty()) return r;
  const Limits own = wilson(r.risk_a, static_cast<double>(a.size()));
  const Limits other = wilson(r.risk_b, static_cast<double>(b.size()));
  r.low = r.difference - std::hypot(r.risk_a - own.low, other.high - r.risk_b);
  r.high = r.difference + std::hypot(own.high - r.risk_a, r.risk_b - other.low);
  return r;
}

Risk cluster_risk(std::span<const double> a, std::span<const std::uint32_t> cluster_a, std::span<const double> b,
                  std::span<const std::uint32_t> cluster_b) {
  Risk r = counted(a, b);
  const Comparison shares = cluster_means(a, cluster_a, b, cluster_b);
  r.risk_a = shares.mean_a;
  r.risk_b = shares.mean_b;
  r.difference = shares.difference;
  r.low = shares.low;
  r.high = shares.high;
  r.number_needed = number_needed(r.difference);
  return r;
}

}  // namespace kith::trials
