#include "models/trials/statistics.hpp"

#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>

namespace kith::trials {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

double mean_of(std::span<const double> x) {
  double total = 0.0;
  for (const double value : x) total += value;
  return total / static_cast<double>(x.size());
}

/// Sum of (x − mean x)(y − mean y), divided by n − 1.
double covariance(std::span<const double> x, std::span<const double> y) {
  const double mx = mean_of(x);
  const double my = mean_of(y);
  double total = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i) total += (x[i] - mx) * (y[i] - my);
  return total / static_cast<double>(x.size() - 1);
}

}  // namespace

Paired paired(std::span<const double> a, std::span<const double> b) {
  Paired r;
  r.n = a.size();
  if (r.n < 2) {
    r.mean_a = r.mean_b = r.difference = r.standard_error = r.low = r.high = r.p = r.g = r.g_low = r.g_high = nan;
    return r;
  }
  const auto n = static_cast<double>(r.n);
  r.mean_a = mean_of(a);
  r.mean_b = mean_of(b);
  const double variance_a = covariance(a, a);
  const double variance_b = covariance(b, b);
  const double shared = covariance(a, b);
  double total = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) total += a[i] - b[i];
  r.difference = total / n;
  double squares = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) squares += std::pow(a[i] - b[i] - r.difference, 2);
  r.standard_error = std::sqrt(squares / (n - 1.0) / n);

  const boost::math::students_t t(n - 1.0);
  const double reach = boost::math::quantile(t, 0.975) * r.standard_error;
  r.low = r.difference - reach;
  r.high = r.difference + reach;
  if (r.standard_error > 0.0) {
    r.p = 2.0 * boost::math::cdf(boost::math::complement(t, std::abs(r.difference) / r.standard_error));
  } else {
    r.p = r.difference == 0.0 ? 1.0 : 0.0;
  }

  const double pooled = std::sqrt(0.5 * (variance_a + variance_b));
  if (pooled <= 0.0) {
    r.g = r.difference == 0.0 ? 0.0 : nan;
    r.g_low = r.g_high = r.g;
    return r;
  }
  const double correction = 1.0 - 3.0 / (4.0 * (n - 1.0) - 1.0);
  const double d = r.difference / pooled;
  const double correlation = variance_a > 0.0 && variance_b > 0.0 ? shared / std::sqrt(variance_a * variance_b) : 0.0;
  const double error = correction * std::sqrt((1.0 / n + d * d / (2.0 * n)) * 2.0 * (1.0 - correlation));
  const double normal = boost::math::quantile(boost::math::normal(), 0.975);
  r.g = correction * d;
  r.g_low = r.g - normal * error;
  r.g_high = r.g + normal * error;
  return r;
}

Mean mean_with_interval(std::span<const double> values) {
  Mean m;
  m.n = values.size();
  if (values.empty()) {
    m.mean = m.low = m.high = nan;
    return m;
  }
  m.mean = mean_of(values);
  if (values.size() < 2) {
    m.low = m.high = nan;
    return m;
  }
  const auto n = static_cast<double>(m.n);
  const boost::math::students_t t(n - 1.0);
  const double reach = boost::math::quantile(t, 0.975) * std::sqrt(covariance(values, values) / n);
  m.low = m.mean - reach;
  m.high = m.mean + reach;
  return m;
}

}  // namespace kith::trials
