#pragma once

#include <cstdint>
#include <vector>

#include "fit/abc.hpp"

/// Whether posteriors hold what they claim: simulation-based calibration (Talts et al. 2018, arXiv:1804.06788).
namespace kith::fit {

/// Ranks of the true values of one parameter among the draws of their posteriors.
struct Ranks {
  std::vector<std::uint32_t> ranks;   ///< [data sets], each 0 … draws
  std::vector<std::uint32_t> counts;  ///< in ten bins of the same width
  double chi_squared = 0.0;           ///< against the same number in each
  double p = 1.0;
};

struct Calibration {
  std::vector<Ranks> as_sampled;  ///< [parameters]
  std::vector<Ranks>
      narrowed;  ///< the same with each draw half as far from the posterior's mean: this has to be found wrong
  std::uint32_t data_sets = 0;  ///< that have a posterior
  std::uint32_t lost = 0;       ///< that have none, because too many simulations failed
  std::uint64_t simulations = 0;
  std::uint64_t failed = 0;
};

/// Draws so many true points from the prior, simulates a data set at each, samples its posterior and ranks the truth among 99 draws.
Calibration check_calibration(const std::vector<Prior>& priors, const std::vector<Target>& targets,
                              const AbcMethod& method, std::uint64_t seed, const Simulator& simulate,
                              std::uint32_t data_sets);

/// Ranks counted in ten bins, and the chi-squared test that they are spread evenly over 0 … draws; draws + 1 is a multiple of ten.
Ranks spread_of(std::vector<std::uint32_t> ranks, std::uint32_t draws);

}  // namespace kith::fit
