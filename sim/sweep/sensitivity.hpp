#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

/// What an outcome of a sweep depends on.
namespace kith::sweep {

/// An estimate with its 95 % interval.
struct Estimate {
  double value = 0.0;
  double low = 0.0, high = 0.0;
};

/// Sobol indices of one factor.
struct Indices {
  Estimate first;  ///< share of the outcome's variance that goes with the factor alone
  Estimate total;  ///< with all that it does together with others
};

/// Elementary effects of one factor: changes of the outcome over the factor's whole range.
struct Effects {
  double mean = 0.0;       ///< µ
  double mean_size = 0.0;  ///< µ*, the mean of their sizes (Campolongo 2007)
  double deviation = 0.0;  ///< σ: not the same everywhere, or not the same with other values of other factors
};

template <class T>
struct Sensitivity {
  std::vector<T> factors;
  std::size_t used = 0;      ///< samples, or trajectories, of which every run has an outcome
  std::size_t left_out = 0;  ///< the others
};

/// Of the outcomes of `saltelli`'s runs, in their order; NaN where there is none. First-order indices after Saltelli 2010, total ones after
/// Jansen 1999; intervals by a percentile bootstrap of `resamples` over the samples. Indices are NaN where the outcome does not vary, or
/// fewer than two samples are whole.
Sensitivity<Indices> sobol_indices(std::span<const double> outcomes, std::size_t factors, std::uint64_t seed,
                                   std::size_t resamples = 1000);

/// Of the outcomes of `morris`' runs, whose points are `points` [runs][factors] in [0, 1].
Sensitivity<Effects> elementary_effects(std::span<const double> outcomes, std::span<const double> points,
                                        std::size_t factors);

/// How an outcome goes with one factor over the runs, whatever the others are (Friedman 2001, over the design's own points).
struct Dependence {
  std::vector<double> places;  ///< the factor's values, or the means of its values in each part
  std::vector<Estimate>
      means;  ///< of the outcome there; the interval (Student) is of the mean, from the spread of the runs
  std::vector<std::size_t> counts;  ///< runs there
};

/// A place for each value of the factor where it has at most `parts` of them, else as many parts of its values with as equal numbers of
/// runs as can be. Runs without an outcome or a value (NaN) are left out. Intervals are NaN where there is one run.
Dependence partial_dependence(std::span<const double> outcomes, std::span<const double> values, std::size_t parts);

/// How an outcome goes with two factors together.
struct JointDependence {
  std::vector<double> across, up;                ///< places of the first and of the second factor, as in `Dependence`
  std::vector<std::vector<double>> means;        ///< [across][up] of the outcome; NaN where no run lies
  std::vector<std::vector<std::size_t>> counts;  ///< [across][up] runs there
};

JointDependence joint_dependence(std::span<const double> outcomes, std::span<const double> first,
                                 std::span<const double> second, std::size_t parts);

}  // namespace kith::sweep
