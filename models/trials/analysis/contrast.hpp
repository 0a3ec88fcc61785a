#pragma once

#include <span>

/// Two lists of numbers compared as people read it: the second against the first.
namespace kith::trials {

/// b − a. NaN where there are too few numbers. Entries that are no finite numbers are left out.
struct Contrast {
  double mean_a = 0.0, mean_b = 0.0;
  double difference = 0.0;
  double low = 0.0, high = 0.0;     ///< 95 % confidence interval of the difference (t)
  double p = 1.0;                   ///< two-sided
  double variance_reduction = 0.0;  ///< variance of the difference as if unpaired, over that of this comparison
};

/// Compares entry by entry (lists of the same length); a pair counts where both its numbers are finite.
Contrast paired_contrast(std::span<const double> a, std::span<const double> b);

/// Compares lists of different things, by Welch's t-test; the variance reduction is 1.
Contrast unpaired_contrast(std::span<const double> a, std::span<const double> b);

}  // namespace kith::trials
