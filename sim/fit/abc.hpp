#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "fit/prior.hpp"
#include "fit/problem.hpp"

namespace kith::fit {

/// What one simulation came to.
struct Simulated {
  std::vector<double> values;  ///< [observables], the targets first
  std::string failure;         ///< why it failed; "" where it did not
};

/// Simulates at a point [parameters]. `number` is that of the simulation: all chance in it follows from that. Called from many threads.
using Simulator = std::function<Simulated(const std::vector<double>& point, std::uint64_t number)>;

/// A measured value and its standard error.
struct Target {
  double value = 0.0;
  double noise = 1.0;
};

/// Weighted points of a posterior, and how they came about.
struct Posterior {
  std::vector<std::vector<double>> points;  ///< [particles][parameters]
  std::vector<double> weights;              ///< sum 1
  std::vector<std::vector<double>> values;  ///< what each was simulated to be: [particles][observables]
  double widening = 0.0;                    ///< the noise is taken so many times as large as it is: 1 at the end
  std::uint32_t generations = 0;            ///< that were completed
  std::uint32_t simulations = 0;
  std::uint32_t failed = 0;    ///< of these; they are never accepted
  bool has_converged = false;  ///< the noise is taken as it is; else the budget ended
  std::string first_failure;
};

/// Approximate Bayesian computation by sequential Monte Carlo (Toni et al. 2009, doi:10.1098/rsif.2008.0172), with the steps of Beaumont
/// et al. 2009 (twice the weighted variance, each parameter by itself). The model of the data is the simulation plus normal noise of each
/// target's size; a simulation is accepted with the probability exp(-d²/(2 h²)), d² the sum over targets of (difference/noise)². With h = 1
/// that is exact under this model (Wilkinson 2013, doi:10.1515/sagmb-2013-0010). The first generation is the prior; h then begins at the
/// median of d, halves from one generation to the next, and ends at 1, or where the budget is used up. Proposals are numbered, and
/// accepted in that order: threads do not matter. `first` is the number of the first simulation. Throws kith::Error(ErrorKind::failed) where
/// not even the first generation could be completed.
Posterior sample_posterior(const std::vector<Prior>& priors, const std::vector<Target>& targets,
                           const AbcMethod& method, std::uint64_t seed, const Simulator& simulate,
                           std::uint64_t first = 0);

/// A data set as the model makes it: the simulated values with their noise.
std::vector<double> with_noise(const std::vector<double>& values, const std::vector<Target>& targets,
                               std::uint64_t seed, std::uint64_t number);

/// `count` points in proportion to their weights, by one draw (systematic resampling).
std::vector<std::vector<double>> draws_of(const Posterior& posterior, std::size_t count, std::uint64_t seed);

}  // namespace kith::fit
