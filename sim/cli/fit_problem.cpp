#include "cli/fit_problem.hpp"

#include <fmt/format.h>

#include "cli/scenario.hpp"
#include "core/fingerprint.hpp"

namespace kith::cli {

namespace {

/// "1 run", "2 runs"
std::string counted(std::size_t count, const std::string& what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
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
    const LoadedScenario scenario = load(application, choice);
    hash.add(std::string_view(scenario.document.resolved()));
    if (experiment.control.empty()) continue;
    choice.assignments.insert(choice.assignments.end(), experiment.control.begin(), experiment.control.end());
    hash.add(std::string_view(load(application, choice).document.resolved()));
  }
  return {std::move(document), std::move(problem), hash.text()};
}

}  // namespace kith::cli
