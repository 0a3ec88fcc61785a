#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "models/trials/conduct.hpp"
#include "models/trials/statistics.hpp"

/// Effect sizes of a virtual study and of many.
namespace kith::trials {

/// What a study found for one measure and one contrast of arms.
struct Effect {
  Paired ratings;  ///< arm against reference, as the participants rated it
  double own =
      0.0;  ///< mean over the participants of (value on the arm − value of the twin without drug), in ratings' units
  double largest_own = 0.0;  ///< greatest absolute own difference of any participant; exactly 0 for an inactive drug
};

/// A measure of the study: a diary or a probe with all its occasions.
struct MeasureData {
  std::string name;
  std::string unit;
  std::vector<Occasion> occasions;
  std::vector<std::vector<double>> values;   ///< [occasion][participant] true value of the feeling, 0 … 1, or percent
  std::vector<std::vector<double>> ratings;  ///< [occasion][participant]
  std::vector<std::vector<double>>
      own;                 ///< [occasion][participant] rating without noise minus the twin's; empty without twin
  bool has_effect = true;  ///< false for occupancy, which is no outcome
};

/// Compares an arm with the reference in those who stayed: each participant's mean over the occasions of an arm's periods.
Effect effect_of(const MeasureData& data, const Trial& trial, const std::vector<Participant>& participants,
                 std::size_t arm);

/// Effects of the same measure and contrast over virtual studies.
struct Pooled {
  std::size_t studies = 0;
  Mean mean_a, mean_b, difference, g;
  double typical_low = 0.0, typical_high = 0.0;  ///< mean limits of the studies' own 95 % intervals of the difference
  double significant = 0.0;                      ///< share of studies with p < 0.05
  Mean own;
  double largest_own = 0.0;
};
Pooled pool(const std::vector<Effect>& studies);

}  // namespace kith::trials
