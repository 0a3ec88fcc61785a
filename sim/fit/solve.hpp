#pragma once

#include <functional>
#include <string>
#include <vector>

#include "fit/abc.hpp"
#include "fit/problem.hpp"

/// A problem solved.
namespace kith::fit {

/// One estimated parameter.
struct Solved {
  const Parameter* parameter = nullptr;
  double value = 0.0;
  double low = 0.0, high = 0.0;  ///< 95 % interval
  double share_of_prior = 0.0;   ///< width of the interval over that of the prior's
  std::string found;             ///< "identified" …, and what keeps it from that; or config::unsettled and why
  std::vector<double> draws;     ///< of the posterior
};

/// What an observable is simulated to be.
struct Expected {
  double value = 0.0;
  double low = 0.0, high = 0.0;  ///< 95 % over the posterior; NaN where there is none
};

struct Solution {
  std::vector<Solved> parameters;
  std::vector<Expected> observables;
  std::vector<std::vector<double>> correlations;  ///< [parameters][parameters]; none without a posterior
  std::uint32_t simulations = 0;
  std::uint32_t failed = 0;
  std::vector<std::string> notes;  ///< how far it came, one sentence each
};

/// Gives all observables of the problem, in its order. `number` as in Simulator; all of a root's simulations have the same chance, 0.
using Observe = std::function<Simulated(const std::vector<double>& point, std::uint64_t number)>;

/// Finds the value at which the observable meets the measurement, and those at which it meets the ends of the measurement's 95 % interval;
/// a hundred draws of the posterior follow from what was simulated on the way.
/// Throws kith::Error(ErrorKind::failed) where there is no such value between the bounds, or a simulation failed.
Solution solve_root(const Problem& problem, const Observe& observe);

/// Samples the posterior of the problem; a hundred draws of it.
Solution solve_abc(const Problem& problem, const Observe& observe);

/// The problem's simulator as ABC wants it: the values of the measurements, then all observables.
Simulator simulator_of(const Problem& problem, const Observe& observe);
std::vector<Prior> priors_of(const Problem& problem);
std::vector<Target> targets_of(const Problem& problem);

}  // namespace kith::fit
