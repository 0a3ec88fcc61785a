#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "models/trials/analysis/statistics.hpp"

namespace kith::trials {

/// One observation of a person: the outcome and the regressors, the same number for all.
struct Observation {
  std::uint32_t person = 0;                ///< each person has an effect of their own
  std::optional<std::uint32_t> cluster{};  ///< of the person; given for all or for none
  double outcome = 0.0;
  std::vector<double> regressors;
};

/// Coefficients of the regressors by ordinary least squares with an effect for each person (the within estimator): outcome and
/// regressors are taken as deviations from the person's means. Residual degrees of freedom: observations − people − regressors.
/// With clusters the standard errors are those of the jackknife that leaves out one of the G clusters after the other, with
/// G − 1 degrees of freedom (CV3: MacKinnon, Nielsen & Webb 2023, doi 10.1002/jae.2950); the intervals of the sandwich of Liang
/// & Zeger (1986) are too short for the few clusters that trials have. A regressor that follows from the persons and the
/// regressors before it, in all or without some cluster, has no term (NaN).
std::vector<Term> within_people(const std::vector<Observation>& observations);

}  // namespace kith::trials
