#include "cli/fit_problem.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/scenario.hpp"
#include "core/fingerprint.hpp"

namespace kith::cli {

namespace {

/// "1 run", "2 runs"
std::string counted(std::size_t count, const std::string& what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

bool begins_with_key(const std::string& assignment, const std::string& key) {
  return assignment.starts_with(key + "=");
}

/// Notes a mistake that a change of a scenario made where the problem says that change; gives whether it says so anywhere.
bool note_in_problem(config::Section root, const fit::Problem& problem, const fit::Experiment& experiment,
                     const config::Mistake& mistake) {
  const auto note = [&](config::Section section, std::string_view key, const std::vector<std::string>& changes) {
    const auto found = std::find(changes.begin(), changes.end(), mistake.assignment);
    if (found == changes.end()) return false;
    section.fail_item(key, static_cast<std::size_t>(found - changes.begin()), mistake.problem, mistake.why,
                      mistake.suggestion);
    return true;
  };
  for (const fit::Parameter& parameter : problem.parameters) {
    if (!begins_with_key(mistake.assignment, parameter.key)) continue;
    root.section({.key = "parameters"}).fail(parameter.key, mistake.problem, mistake.why, mistake.suggestion);
    return true;
  }
  const auto own = [&] { return root.section({.key = "experiments"}).section({.key = experiment.name}); };
  return note(root, "set", problem.set) || note(own(), "set", experiment.set) ||
         note(own(), "control", experiment.control);
}

/// Reads a scenario of a problem; its mistakes stand where the problem makes them.
LoadedScenario load_changed(const Application& application, const ScenarioChoice& choice, config::Document& document,
                            const fit::Problem& problem, const fit::Experiment& experiment) {
  try {
    return load(application, choice);
  } catch (const config::InvalidScenario& invalid) {
    bool are_all_here = true;
    for (const config::Mistake& mistake : invalid.mistakes())
      are_all_here = note_in_problem(document.root(), problem, experiment, mistake) && are_all_here;
    if (are_all_here) document.check();
    throw;
  }
}

}  // namespace

std::vector<ShippedScenario> scenarios_and_problems(const Application& application) {
  std::vector<ShippedScenario> all = application.scenarios();
  for (const ShippedScenario& problem : application.problems()) all.push_back(problem);
  return all;
}

bool is_problem(config::Document& document) { return document.root().has("fit"); }

std::string extent_of(const fit::Problem& problem) {
  std::size_t runs = 0;
  for (const fit::Experiment& experiment : problem.experiments)
    runs += std::size_t{experiment.populations} * (experiment.control.empty() ? 1U : 2U);
  return fmt::format("{} a simulation; {} estimated from {}", counted(runs, "run"),
                     counted(problem.estimated().size(), "parameter"),
                     counted(problem.measurements.size(), "measurement"));
}

LoadedProblem load_problem(const Application& application, const std::string& name) {
  ScenarioChoice choice;
  choice.name = name;
  return load_problem(application, open(scenarios_and_problems(application), choice));
}

LoadedProblem load_problem(const Application& application, config::Document document) {
  refuse_other_kinds(document, "fit");
  fit::Problem problem = fit::read_problem(document.root());
  document.check([](config::Section root) { fit::read_problem(std::move(root)); });
  Fingerprint hash;
  hash.add(std::string_view(document.resolved()));
  std::vector<double> middle;
  for (const fit::Parameter* parameter : problem.estimated()) middle.push_back(parameter->prior.quantile(0.5));
  for (const fit::Experiment& experiment : problem.experiments) {
    ScenarioChoice choice;
    choice.name = experiment.scenario;
    choice.assignments = problem.assignments(middle);
    choice.assignments.insert(choice.assignments.end(), experiment.set.begin(), experiment.set.end());
    const LoadedScenario scenario = load_changed(application, choice, document, problem, experiment);
    hash.add(std::string_view(scenario.document.resolved()));
    if (experiment.control.empty()) continue;
    choice.assignments.insert(choice.assignments.end(), experiment.control.begin(), experiment.control.end());
    hash.add(std::string_view(load_changed(application, choice, document, problem, experiment).document.resolved()));
  }
  return {std::move(document), std::move(problem), hash.text()};
}

}  // namespace kith::cli
