#include "models/trials/analysis/statistics.hpp"

#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/non_central_t.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/tools/toms748_solve.hpp>
#include <cmath>
#include <limits>
#include <map>
#include <vector>

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

double variance(std::span<const double> x) { return covariance(x, x); }

Comparison no_comparison(Method method, std::size_t n_a, std::size_t n_b) {
  Comparison r;
  r.method = method;
  r.n_a = n_a;
  r.n_b = n_b;
  r.mean_a = r.mean_b = r.difference = r.standard_error = r.degrees = r.low = r.high = r.p = r.g = r.g_low = r.g_high =
      nan;
  return r;
}

/// Interval and p of the difference, from difference, standard error and degrees of freedom.
void add_test(Comparison& r) {
  const Term t = term(r.difference, r.standard_error, r.degrees);
  r.low = t.low;
  r.high = t.high;
  r.p = t.p;
}

/// What a difference is in standard deviations.
struct Standardised {
  double standardiser;        ///< standard deviation of people
  double correction_degrees;  ///< behind the standardiser
  double unit;                ///< standard deviations in a t of 1
  double degrees;             ///< of that t
};

/// Hedges g and its limits, none where a single degree of freedom leaves no g.
void add_g(Comparison& r, const Standardised& s) {
  r.g = r.g_low = r.g_high = nan;
  if (s.correction_degrees < 2.0) return;
  if (s.standardiser <= 0.0) {
    if (r.difference == 0.0) r.g = r.g_low = r.g_high = 0.0;
    return;
  }
  const double d = r.difference / s.standardiser;
  r.g = (1.0 - 3.0 / (4.0 * s.correction_degrees - 1.0)) * d;
  r.g_low = r.g_high = r.g;
  if (s.unit <= 0.0) return;  // the same difference in all
  const Limits limits = noncentrality(d / s.unit, s.degrees);
  r.g_low = s.unit * limits.low;
  r.g_high = s.unit * limits.high;
}

double pooled_variance(std::span<const double> a, std::span<const double> b) {
  const auto more_a = static_cast<double>(a.size() - 1);
  const auto more_b = static_cast<double>(b.size() - 1);
  return (more_a * variance(a) + more_b * variance(b)) / (more_a + more_b);
}

/// Means, difference, standard error and degrees of freedom of Welch's test.
void compare_means(Comparison& r, std::span<const double> a, std::span<const double> b) {
  r.mean_a = mean_of(a);
  r.mean_b = mean_of(b);
  r.difference = r.mean_a - r.mean_b;
  const double square_a = variance(a) / static_cast<double>(a.size());
  const double square_b = variance(b) / static_cast<double>(b.size());
  const double square = square_a + square_b;
  r.standard_error = std::sqrt(square);
  r.degrees = square > 0.0 ? square * square /
                                 (square_a * square_a / static_cast<double>(a.size() - 1) +
                                  square_b * square_b / static_cast<double>(b.size() - 1))
                           : static_cast<double>(a.size() + b.size() - 2);
}

std::vector<double> means_by_cluster(std::span<const double> values, std::span<const std::uint32_t> clusters) {
  std::map<std::uint32_t, std::vector<double>> members;
  for (std::size_t i = 0; i < values.size(); ++i) members[clusters[i]].push_back(values[i]);
  std::vector<double> means;
  for (const auto& [cluster, own] : members) means.push_back(mean_of(own));
  return means;
}

}  // namespace

Comparison paired(std::span<const double> a, std::span<const double> b) {
  if (a.size() < 2) return no_comparison(Method::paired, a.size(), a.size());
  Comparison r;
  r.n_a = r.n_b = a.size();
  const auto n = static_cast<double>(a.size());
  r.mean_a = mean_of(a);
  r.mean_b = mean_of(b);
  const double variance_a = variance(a);
  const double variance_b = variance(b);
  double total = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) total += a[i] - b[i];
  r.difference = total / n;
  double squares = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) squares += std::pow(a[i] - b[i] - r.difference, 2);
  r.standard_error = std::sqrt(squares / (n - 1.0) / n);
  r.degrees = n - 1.0;
  add_test(r);
  const double standardiser = std::sqrt(0.5 * (variance_a + variance_b));
  add_g(r, {standardiser, r.degrees, r.standard_error / standardiser, r.degrees});
  return r;
}

Comparison two_sample(std::span<const double> a, std::span<const double> b) {
  if (a.size() < 2 || b.size() < 2) return no_comparison(Method::two_sample, a.size(), b.size());
  Comparison r;
  r.method = Method::two_sample;
  r.n_a = a.size();
  r.n_b = b.size();
  compare_means(r, a, b);
  add_test(r);
  const auto n_a = static_cast<double>(r.n_a);
  const auto n_b = static_cast<double>(r.n_b);
  const double degrees = n_a + n_b - 2.0;
  add_g(r, {std::sqrt(pooled_variance(a, b)), degrees, std::sqrt(1.0 / n_a + 1.0 / n_b), degrees});
  return r;
}

Comparison cluster_means(std::span<const double> a, std::span<const std::uint32_t> cluster_a, std::span<const double> b,
                         std::span<const std::uint32_t> cluster_b) {
  const std::vector<double> means_a = means_by_cluster(a, cluster_a);
  const std::vector<double> means_b = means_by_cluster(b, cluster_b);
  Comparison r = no_comparison(Method::cluster_means, a.size(), b.size());
  r.clusters_a = means_a.size();
  r.clusters_b = means_b.size();
  if (means_a.size() < 2 || means_b.size() < 2) return r;
  compare_means(r, means_a, means_b);
  add_test(r);
  const double standardiser = std::sqrt(pooled_variance(a, b));
  const auto n = static_cast<double>(a.size() + b.size());
  add_g(r, {standardiser, n - 2.0, r.standard_error / standardiser, r.degrees});
  return r;
}

Comparison means_alone(std::span<const double> a, std::span<const double> b) {
  Comparison r = no_comparison(Method::adjusted, a.size(), b.size());
  r.mean_a = a.empty() ? nan : mean_of(a);
  r.mean_b = b.empty() ? nan : mean_of(b);
  return r;
}

Term term(double estimate, double standard_error, double degrees) {
  if (!(degrees > 0.0) || !std::isfinite(estimate) || !std::isfinite(standard_error)) return no_term();
  Term t{estimate, standard_error, degrees};
  const boost::math::students_t distribution(degrees);
  const double reach = boost::math::quantile(distribution, 0.975) * standard_error;
  t.low = estimate - reach;
  t.high = estimate + reach;
  if (standard_error > 0.0) {
    t.p = 2.0 * boost::math::cdf(boost::math::complement(distribution, std::abs(estimate) / standard_error));
  } else {
    t.p = estimate == 0.0 ? 1.0 : 0.0;
  }
  return t;
}

Term no_term() { return {nan, nan, nan, nan, nan, nan}; }

Limits noncentrality(double t, double degrees) {
  if (!std::isfinite(t) || !(degrees > 0.0)) return {nan, nan};
  constexpr double farthest = 50.0;  // beyond, the spread of t is that of its denominator
  if (std::abs(t) > farthest) {
    const boost::math::chi_squared spread(degrees);
    const double least = std::abs(t) * std::sqrt(boost::math::quantile(spread, 0.025) / degrees);
    const double most = std::abs(t) * std::sqrt(boost::math::quantile(spread, 0.975) / degrees);
    return t > 0.0 ? Limits{least, most} : Limits{-most, -least};
  }
  const auto limit = [&](double share_below) {
    const auto excess = [&](double shift) {
      return boost::math::cdf(boost::math::non_central_t(degrees, shift), t) - share_below;
    };
    const double reach = 3.0 * std::abs(t) + 6.0;
    std::uintmax_t most_steps = 100;
    const auto [low, high] = boost::math::tools::toms748_solve(
        excess, -reach, reach, boost::math::tools::eps_tolerance<double>(34), most_steps);
    return 0.5 * (low + high);
  };
  return {limit(0.975), limit(0.025)};
}

Term pooled_difference(std::span<const double> a, std::span<const double> b) {
  if (a.size() + b.size() < 3 || a.empty() || b.empty()) return no_term();
  double squares = 0.0;
  if (a.size() > 1) squares += static_cast<double>(a.size() - 1) * variance(a);
  if (b.size() > 1) squares += static_cast<double>(b.size() - 1) * variance(b);
  const auto degrees = static_cast<double>(a.size() + b.size() - 2);
  const double each = 1.0 / static_cast<double>(a.size()) + 1.0 / static_cast<double>(b.size());
  return term(mean_of(a) - mean_of(b), std::sqrt(squares / degrees * each), degrees);
}

Mean mean_with_interval(std::span<const double> all) {
  std::vector<double> values;
  for (const double value : all) {
    if (!std::isnan(value)) values.push_back(value);
  }
  Mean m;
  m.n = values.size();
  m.mean = values.empty() ? nan : mean_of(values);
  m.low = m.high = nan;
  if (values.size() < 2) return m;
  const auto n = static_cast<double>(m.n);
  const boost::math::students_t t(n - 1.0);
  const double reach = boost::math::quantile(t, 0.975) * std::sqrt(variance(values) / n);
  m.low = m.mean - reach;
  m.high = m.mean + reach;
  return m;
}

Mean share_with_interval(std::size_t hits, std::size_t n) {
  if (n == 0) return {0, nan, nan, nan};
  using Binomial = boost::math::binomial_distribution<double>;
  const auto trials = static_cast<double>(n);
  const auto successes = static_cast<double>(hits);
  return {n, successes / trials, Binomial::find_lower_bound_on_p(trials, successes, 0.025),
          Binomial::find_upper_bound_on_p(trials, successes, 0.025)};
}

double paired_power(double d, double correlation, std::size_t n) {
  const double degrees = static_cast<double>(n) - 1.0;
  const double critical = boost::math::quantile(boost::math::students_t(degrees), 0.975);
  const boost::math::non_central_t shifted(
      degrees, d / std::sqrt(2.0 * (1.0 - correlation)) * std::sqrt(static_cast<double>(n)));
  return boost::math::cdf(boost::math::complement(shifted, critical)) + boost::math::cdf(shifted, -critical);
}

}  // namespace kith::trials
