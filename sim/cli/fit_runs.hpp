#pragma once

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "cli/cli.hpp"
#include "fit/abc.hpp"
#include "fit/problem.hpp"

namespace kith::cli {

/// The runs behind a calibration problem. Any thread may simulate.
class FitRuns {
 public:
  FitRuns(const Session& session, const fit::Problem& problem) : session_(&session), problem_(&problem) {}

  /// All observables at a point, in the problem's order; a run that fails, or a number that is none, is a failure with the command that
  /// repeats it. Throws InvalidScenario for what makes no scenario, what fit::observe throws, and what a stop throws.
  fit::Simulated simulate(const std::vector<double>& point, std::uint64_t number) const;

 private:
  struct Task {
    std::size_t experiment = 0;
    std::uint32_t population = 0;
    bool is_control = false;
  };
  std::vector<Task> tasks() const;
  bool needs_control(std::size_t experiment) const;
  /// The observables of the experiment, in the problem's order; 0 for others.
  std::vector<double> run(const Task& task, const std::vector<double>& point, std::uint64_t number,
                          std::string& failure) const;

  /// What controls of a root came to, whose simulations share their chance, by all that they follow from.
  mutable std::mutex mutex_;
  mutable std::map<std::string, std::vector<double>> controls_;

  const Session* session_;
  const fit::Problem* problem_;
};

}  // namespace kith::cli
