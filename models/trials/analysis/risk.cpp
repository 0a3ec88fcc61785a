#include "models/trials/analysis/risk.hpp"

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

struct Limits {
  double low, high;
};

/// Wilson's score interval of a share.
Limits wilson(double share, double n) {
  const double z = normal_reach();
  const double middle = share + z * z / (2.0 * n);
  const double reach = z * std::sqrt(share * (1.0 - share) / n + z * z / (4.0 * n * n));
  const double scale = 1.0 + z * z / n;
  return {(middle - reach) / scale, (middle + reach) / scale};
}

}  // namespace

Risk no_risk() { return {0, 0, nan, nan, nan, nan, nan, nan}; }

double number_needed(double risk_difference) { return risk_difference == 0.0 ? nan : 1.0 / risk_difference; }

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
  const double reach = normal_reach() * std::sqrt(only_a + only_b - (only_a - only_b) * (only_a - only_b) / n) / n;
  r.low = r.difference - reach;
  r.high = r.difference + reach;
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
