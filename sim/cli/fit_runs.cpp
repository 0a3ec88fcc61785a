#include "cli/fit_runs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "cli/provenance.hpp"
#include "cli/scenario.hpp"
#include "cli/stop.hpp"
#include "core/interrupt.hpp"
#include "core/parallel.hpp"
#include "core/random.hpp"
#include "fit/observe.hpp"

namespace kith::cli {

namespace {

/// Seed of one of the populations of one simulation; a control has that of what it controls.
std::uint64_t seed_of(std::uint64_t seed, std::uint64_t number, std::uint32_t population) {
  Stream stream = Draws({seed, population}, "fit run")
                      .at(static_cast<std::uint32_t>(number), static_cast<std::uint32_t>(number >> 32U), 0);
  const std::uint64_t high = stream();
  return high << 32U | stream();
}

}  // namespace

bool FitRuns::needs_control(std::size_t experiment) const {
  return std::any_of(problem_->observables.begin(), problem_->observables.end(), [&](const fit::Observable& o) {
    return o.mean_of.empty() && o.experiment == experiment && o.less_control;
  });
}

std::vector<FitRuns::Task> FitRuns::tasks() const {
  std::vector<Task> all;
  for (std::size_t e = 0; e < problem_->experiments.size(); ++e) {
    for (std::uint32_t population = 0; population < problem_->experiments[e].populations; ++population) {
      all.push_back({e, population, false});
      if (needs_control(e)) all.push_back({e, population, true});
    }
  }
  return all;
}

std::vector<double> FitRuns::run(const Task& task, const std::vector<double>& point, std::uint64_t number,
                                 std::string& failure) const {
  const fit::Experiment& experiment = problem_->experiments[task.experiment];
  ScenarioChoice choice;
  choice.name = experiment.scenario;
  choice.assignments = problem_->assignments(point);
  choice.assignments.insert(choice.assignments.end(), experiment.set.begin(), experiment.set.end());
  if (task.is_control)
    choice.assignments.insert(choice.assignments.end(), experiment.control.begin(), experiment.control.end());
  choice.seed = std::to_string(seed_of(problem_->seed, number, task.population));
  Words words{"run"};
  for (const std::string& word : choice.words()) words.push_back(word);
  const std::string command = shell_command(words);
  std::vector<double> values(problem_->observables.size());
  try {
    const LoadedScenario scenario = load(session_->application, choice);
    const bool is_shared = task.is_control && problem_->root;
    const std::string key = is_shared ? std::to_string(task.experiment) + scenario.document.resolved() : "";
    if (is_shared) {
      const std::scoped_lock lock(mutex_);
      if (const auto known = controls_.find(key); known != controls_.end()) return known->second;
    }
    MemorySink sink;
    const std::unique_ptr<RunningStudy> running =
        scenario.study->begin({.only_replicate = {},
                               .replay = command,
                               .progress = [](double /*share*/, std::string_view /*what*/) { StopRequests::check(); }},
                              sink);
    running->advance();
    running->finish();
    for (std::size_t o = 0; o < values.size(); ++o) {
      const fit::Observable& observable = problem_->observables[o];
      const bool is_here = observable.mean_of.empty() && observable.experiment == task.experiment;
      if (!is_here || (task.is_control && !observable.less_control)) continue;
      values[o] = fit::observe(observable, sink);
      if (!std::isfinite(values[o])) failure = fmt::format("{} is no number\n  {}", observable.name, command);
    }
    if (is_shared && failure.empty()) {
      const std::scoped_lock lock(mutex_);
      controls_.emplace(key, values);
    }
  } catch (const Error& error) {
    check_interrupt();
    StopRequests::check();
    if (error.kind() == ErrorKind::invalid_scenario || error.kind() == ErrorKind::usage) throw;
    failure = fmt::format("{}\n  {}", error.what(), command);
  }
  return values;
}

fit::Simulated FitRuns::simulate(const std::vector<double>& point, std::uint64_t number) const {
  const std::vector<Task> all = tasks();
  std::vector<std::vector<double>> values(all.size());
  std::vector<std::string> failures(all.size());
  for_each_block(
      all.size(), [&](std::size_t t, std::size_t /*end*/) { values[t] = run(all[t], point, number, failures[t]); }, 1);
  fit::Simulated simulated;
  simulated.values.assign(problem_->observables.size(), 0.0);
  for (std::size_t t = 0; t < all.size(); ++t) {
    if (simulated.failure.empty()) simulated.failure = failures[t];
    const double share = 1.0 / static_cast<double>(problem_->experiments[all[t].experiment].populations);
    for (std::size_t o = 0; o < values[t].size(); ++o)
      simulated.values[o] += (all[t].is_control ? -share : share) * values[t][o];
  }
  for (std::size_t o = 0; o < simulated.values.size(); ++o) {
    const std::vector<std::size_t>& others = problem_->observables[o].mean_of;
    for (const std::size_t other : others)
      simulated.values[o] += simulated.values[other] / static_cast<double>(others.size());
  }
  return simulated;
}

}  // namespace kith::cli
