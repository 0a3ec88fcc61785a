#pragma once

#include <cstdint>
#include <span>

/// Statistics of one study and of many. The numbers are those that SciPy gives.
namespace kith::trials {

/// How two conditions are compared.
enum class Method {
  paired,         ///< in the same people; of a single arm: in the people and their untreated twins
  two_sample,     ///< in different people
  cluster_means,  ///< in different clusters of people, each by its mean
  adjusted,  ///< in clusters that change arms, by least squares with the period alone: a comparison holds means and no more
};

/// A comparison of two conditions, a against b. NaN throughout where there are fewer than two people (or clusters) a condition.
struct Comparison {
  Method method = Method::paired;
  std::size_t n_a = 0, n_b = 0;                ///< people; the same people in a paired comparison
  std::size_t clusters_a = 0, clusters_b = 0;  ///< where clusters are compared
  double mean_a = 0.0, mean_b = 0.0;           ///< of cluster_means: mean of the clusters' means
  double difference = 0.0;                     ///< mean of a − b
  double standard_error = 0.0;
  double degrees = 0.0;              ///< degrees of freedom of the t-test
  double low = 0.0, high = 0.0;      ///< 95 % confidence interval of the difference (t)
  double p = 1.0;                    ///< two-sided t-test
  double g = 0.0;                    ///< Hedges g: difference over the standardiser, with small-sample correction
  double g_low = 0.0, g_high = 0.0;  ///< 95 %, by the noncentral t distribution

  /// People analysed: those of both conditions, each once.
  std::size_t n() const { return method == Method::paired || method == Method::adjusted ? n_a : n_a + n_b; }
};

/// Student's paired t-test. The standardiser s of g is √((s_a² + s_b²)/2), its correction J = 1 − 3/(4(n − 1) − 1); with two
/// pairs J is 0 and there is no g. The limits of g are those of the noncentrality of t, times SE/s (Algina & Keselman 2003).
/// Identical columns give a difference of exactly 0, p = 1 and g = 0.
Comparison paired(std::span<const double> a, std::span<const double> b);

/// Welch's t-test. The standardiser is the pooled standard deviation, J = 1 − 3/(4(n_a + n_b − 2) − 1); the limits of g are those
/// of the noncentrality of Student's t, times √(1/n_a + 1/n_b) (Steiger & Fouladi 1997).
Comparison two_sample(std::span<const double> a, std::span<const double> b);

/// The same on the means of clusters, each counted once (Hayes & Moulton 2017, ch. 10). `cluster_a[i]`: cluster of person i. g is
/// the difference over the pooled standard deviation s of people; its limits are those of the noncentrality of t, times SE/s.
Comparison cluster_means(std::span<const double> a, std::span<const std::uint32_t> cluster_a, std::span<const double> b,
                         std::span<const std::uint32_t> cluster_b);

/// Means of the same people on both conditions, and no more.
Comparison means_alone(std::span<const double> a, std::span<const double> b);

/// An estimated quantity with its standard error and t-interval. NaN throughout where it cannot be estimated.
struct Term {
  double estimate = 0.0;
  double standard_error = 0.0;
  double degrees = 0.0;
  double low = 0.0, high = 0.0;  ///< 95 % (t)
  double p = 1.0;                ///< two-sided
};
Term term(double estimate, double standard_error, double degrees);
Term no_term();

struct Limits {
  double low = 0.0, high = 0.0;
};

/// 95 % limits of the noncentrality of a t distribution of which `t` was seen.
Limits noncentrality(double t, double degrees);

/// Difference of two means by Student's t-test with the pooled variance.
Term pooled_difference(std::span<const double> a, std::span<const double> b);

/// Mean of values over virtual studies with its 95 % confidence interval (t). Values that are NaN are left out.
struct Mean {
  std::size_t n = 0;
  double mean = 0.0, low = 0.0, high = 0.0;
};
Mean mean_with_interval(std::span<const double> all);

/// A share of n with its exact 95 % interval (Clopper & Pearson 1934); NaN where n = 0.
Mean share_with_interval(std::size_t hits, std::size_t n);

/// Power of a two-sided paired t-test at 5 % by the noncentral t distribution. `d`: difference over the standard deviation of
/// one condition, which is that of both; `correlation` between them, below 1; `n` pairs, at least 2.
double paired_power(double d, double correlation, std::size_t n);

}  // namespace kith::trials
