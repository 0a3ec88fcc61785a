#include "fit/solve.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "config/estimates.hpp"
#include "core/error.hpp"
#include "fit/curve_posterior.hpp"
#include "fit/posterior.hpp"
#include "fit/root.hpp"

namespace kith::fit {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t draws_kept = 100;

/// An observable as a function of the one parameter; each value is simulated once.
class Curve {
 public:
  Curve(const Problem& problem, const Observe& observe) : problem_(problem), observe_(observe) {}

  double operator()(double x) { return observables(x)[problem_.measurements.front().observable]; }

  const std::vector<double>& observables(double x) {
    const auto known = known_.find(x);
    if (known != known_.end()) return known->second;
    if (known_.size() >= problem_.root->simulations)
      throw Error(ErrorKind::failed, fmt::format("{} simulations were not enough: raise simulations or tolerance",
                                                 problem_.root->simulations));
    const Simulated simulated = observe_({x}, 0);
    if (!simulated.failure.empty())
      throw Error(ErrorKind::failed, fmt::format("the simulation at {} = {} failed\n  {}",
                                                 problem_.estimated().front()->key, x, simulated.failure));
    return known_.emplace(x, simulated.values).first->second;
  }
  std::uint32_t simulations() const { return static_cast<std::uint32_t>(known_.size()); }
  /// What is measured, wherever it was simulated.
  SimulatedCurve measured() const {
    SimulatedCurve curve;
    for (const auto& [x, values] : known_) curve.emplace(x, values[problem_.measurements.front().observable]);
    return curve;
  }

 private:
  const Problem& problem_;
  const Observe& observe_;
  std::map<double, std::vector<double>> known_;
};

std::string found_by(double share, const Prior& prior, double low, double high) {
  std::string found(verdict(share));
  if (low <= prior.low) found += "; the interval reaches the lower bound";
  if (high >= prior.high) found += "; the interval reaches the upper bound";
  return found;
}

/// "infinitely many", "3.1"
std::string widening_of(const Posterior& posterior) {
  return std::isinf(posterior.widening) ? "infinitely many" : fmt::format("{:.2g}", posterior.widening);
}

/// The width of an interval tells nothing as long as the noise is taken for greater than it is.
std::string found_in(const Posterior& posterior, double share_of_prior) {
  if (posterior.has_converged) return std::string(verdict(share_of_prior));
  return fmt::format("{}: the budget ended at h = {}; more simulations", config::unsettled,
                     std::isinf(posterior.widening) ? "infinity" : widening_of(posterior));
}

}  // namespace

Solution solve_root(const Problem& problem, const Observe& observe) {
  const Parameter& parameter = *problem.estimated().front();
  const Measurement& measured = problem.measurements.front();
  const Prior& prior = parameter.prior;
  Curve curve(problem, observe);
  const double tolerance = problem.root->tolerance * measured.noise;
  const auto at = [&](double value, double near) {
    return find_root([&](double x) { return curve(x); }, value, prior.low, prior.high, near, problem.root->simulations);
  };
  const Root root = at(measured.value, tolerance);
  if (!root.is_met)
    throw Error(ErrorKind::failed,
                fmt::format("{} is {:.4g} at {} = {} and {:.4g} at {}: it does not come to {} between the bounds",
                            problem.observables[measured.observable].name, curve(prior.low), parameter.key, prior.low,
                            curve(prior.high), prior.high, measured.value));
  Solution solution;
  const double of_95 = 1.959964 * measured.noise;
  const Root below = at(measured.value - of_95, 5.0 * tolerance);
  const Root above = at(measured.value + of_95, 5.0 * tolerance);
  Solved solved{.parameter = &parameter, .value = root.at, .found = {}, .draws = {}};
  solved.low = std::min({below.at, above.at, root.at});
  solved.high = std::max({below.at, above.at, root.at});
  solved.share_of_prior = width_of_prior(prior, solved.low, solved.high);
  solved.found = found_by(solved.share_of_prior, prior, solved.low, solved.high);
  solved.draws = draws_of_curve(curve.measured(), {measured.value, measured.noise}, prior, draws_kept);
  solution.parameters.push_back(std::move(solved));
  for (const double value : curve.observables(root.at)) solution.observables.push_back({value, missing, missing});
  solution.simulations = curve.simulations();
  solution.notes.emplace_back(
      "The estimate is where the simulated mean meets the measured value; its interval is where it meets the ends of "
      "the "
      "measurement's 95 % interval. All simulations share their chance. Draws of the posterior take what was simulated "
      "to be straight in between.");
  return solution;
}

std::vector<Prior> priors_of(const Problem& problem) {
  std::vector<Prior> priors;
  for (const Parameter* parameter : problem.estimated()) priors.push_back(parameter->prior);
  return priors;
}

std::vector<Target> targets_of(const Problem& problem) {
  std::vector<Target> targets;
  for (const Measurement& m : problem.measurements) targets.push_back({m.value, m.noise});
  return targets;
}

Simulator simulator_of(const Problem& problem, const Observe& observe) {
  return [&problem, &observe](const std::vector<double>& point, std::uint64_t number) {
    Simulated all = observe(point, number);
    if (!all.failure.empty()) return all;
    std::vector<double> values;
    for (const Measurement& m : problem.measurements) values.push_back(all.values[m.observable]);
    values.insert(values.end(), all.values.begin(), all.values.end());
    all.values = std::move(values);
    return all;
  };
}

Solution solve_abc(const Problem& problem, const Observe& observe) {
  const std::vector<Prior> priors = priors_of(problem);
  const Posterior posterior =
      sample_posterior(priors, targets_of(problem), *problem.abc, problem.seed, simulator_of(problem, observe));
  const auto draws = draws_of(posterior, draws_kept, problem.seed);
  Solution solution;
  std::vector<std::vector<double>> columns;
  for (std::size_t p = 0; p < priors.size(); ++p) {
    columns.emplace_back();
    for (const auto& point : posterior.points) columns[p].push_back(point[p]);
    const Summary summary = weighted(columns[p], posterior.weights);
    Solved solved{.parameter = problem.estimated()[p],
                  .value = summary.median,
                  .low = summary.low,
                  .high = summary.high,
                  .share_of_prior = width_of_prior(priors[p], summary.low, summary.high),
                  .found = {},
                  .draws = {}};
    solved.found = found_in(posterior, solved.share_of_prior);
    for (const auto& draw : draws) solved.draws.push_back(draw[p]);
    solution.parameters.push_back(std::move(solved));
  }
  for (const auto& a : columns) {
    solution.correlations.emplace_back();
    for (const auto& b : columns) solution.correlations.back().push_back(correlation(a, b, posterior.weights));
  }
  for (std::size_t o = 0; o < problem.observables.size(); ++o) {
    std::vector<double> values;
    for (const auto& one : posterior.values) values.push_back(one[problem.measurements.size() + o]);
    const Summary summary = weighted(values, posterior.weights);
    solution.observables.push_back({summary.mean, summary.low, summary.high});
  }
  solution.simulations = posterior.simulations;
  solution.failed = posterior.failed;
  solution.notes.push_back(
      fmt::format("{} particles after {} generations.", posterior.points.size(), posterior.generations));
  if (!posterior.has_converged)
    solution.notes.push_back(
        fmt::format("The budget of {} simulations ended where the noise was taken {} times as large as it is: the "
                    "posterior is wider "
                    "than it should be. Raise simulations.",
                    problem.abc->simulations, widening_of(posterior)));
  if (posterior.failed > 0)
    solution.notes.push_back(fmt::format("{} of {} simulations failed and count as not accepted; the first: {}",
                                         posterior.failed, posterior.simulations, posterior.first_failure));
  return solution;
}

}  // namespace kith::fit
