#pragma once

#include <vector>

#include "models/trials/analysis/statistics.hpp"
#include "models/trials/design/allocation.hpp"

namespace kith::trials {

/// Effects that are adjusted for the period in which they were seen. What a design cannot tell has no term (NaN).
struct Adjusted {
  /// Arm against reference by least squares on each participant's period means, with an effect of each participant and each
  /// period; cluster-robust where participants have clusters. In a 2×2 crossover this is the classical period-adjusted effect.
  Term treatment;
  /// Last period minus first, from the same equations.
  Term period;
  /// What the arm leaves behind, minus what the reference does. Two periods: totals of the sequence (arm, reference) against
  /// those of (reference, arm), which is the test of period × sequence (Grizzle 1965). More periods: first-order carry-over
  /// by least squares (Jones & Kenward 2014, ch. 5).
  Term carry_over;
};

/// `means`: [participant][period], NaN where nothing was measured. Participants who left are not used.
Adjusted adjust(const std::vector<std::vector<double>>& means, const Trial& trial,
                const std::vector<Participant>& participants, std::size_t arm);

}  // namespace kith::trials
