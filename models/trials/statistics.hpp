#pragma once

#include <span>

namespace kith::trials {

/// A paired comparison of two conditions in the same people.
struct Paired {
  std::size_t n = 0;
  double mean_a = 0.0, mean_b = 0.0;
  double difference = 0.0;  ///< mean of a − b
  double standard_error = 0.0;
  double low = 0.0, high = 0.0;  ///< 95 % confidence interval of the difference (t)
  double p = 1.0;                ///< two-sided paired t-test
  double g = 0.0;  ///< Hedges g: difference over the mean of the two variances' root, with small-sample correction
  double g_low = 0.0, g_high = 0.0;  ///< 95 % (normal approximation)
};

/// NaN throughout where n < 2. The standardiser is √((s_a² + s_b²)/2), the correction J = 1 − 3/(4(n − 1) − 1), and the
/// variance of g is J²·(1/n + d²/(2n))·2(1 − r) (Borenstein et al. 2009, eq. 4.28). Identical columns give a
/// difference of exactly 0, p = 1 and g = 0.
Paired paired(std::span<const double> a, std::span<const double> b);

/// Mean of values over virtual studies with its 95 % confidence interval (t).
struct Mean {
  std::size_t n = 0;
  double mean = 0.0, low = 0.0, high = 0.0;
};
Mean mean_with_interval(std::span<const double> values);

}  // namespace kith::trials
