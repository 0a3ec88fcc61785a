#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <ostream>

#include "cli/cli.hpp"
#include "cli/design_check.hpp"
#include "cli/fit_problem.hpp"
#include "cli/report_text.hpp"
#include "cli/scenario.hpp"

namespace kith::cli {

namespace {

using Json = nlohmann::ordered_json;

Json to_json(const config::Mistake& mistake) {
  return {
      {"file", mistake.file},       {"line", mistake.line}, {"column", mistake.column},        {"width", mistake.width},
      {"problem", mistake.problem}, {"why", mistake.why},   {"suggestion", mistake.suggestion}};
}

/// What there is to say of a file without a mistake.
struct Valid {
  std::string title;
  std::string resolved;
  Survey survey;
};

Valid valid_scenario(const Application& application, config::Document document) {
  LoadedScenario scenario = load(application, std::move(document));
  Survey survey = surveyed(scenario);
  return {scenario.study->title(), scenario.document.resolved(), std::move(survey)};
}

/// "8 runs of first-steps, a grid of 2 factors"
std::string size_of(const sweep::Design& design) {
  return fmt::format("{} run{} of {}; design: {}, {} factor{}", design.rows.size(), design.rows.size() == 1 ? "" : "s",
                     design.scenario, design.kind, design.factors.size(), design.factors.size() == 1 ? "" : "s");
}

Valid valid_design(const Application& application, config::Document document) {
  LoadedDesign design = load_design(application, std::move(document));
  Valid valid{design.design.title, design.document.resolved(), surveyed(design.scenario)};
  valid.survey.notes.insert(valid.survey.notes.begin(), size_of(design.design));
  for (const std::string& doubt : design.doubts) {
    valid.survey.warnings.push_back(doubt);
    valid.survey.doubts.push_back(doubt);
  }
  return valid;
}

Valid valid_problem(const Application& application, config::Document document) {
  const LoadedProblem problem = load_problem(application, std::move(document));
  return {problem.problem.title,
          problem.document.resolved(),
          {.notes = {extent_of(problem.problem)}, .warnings = {}, .doubts = {}}};
}

/// Reads what a choice names, whatever kind of file it is. Throws InvalidScenario.
Valid validated(const Application& application, const ScenarioChoice& choice) {
  config::Document document = open(scenarios_and_problems(application), choice);
  Valid valid = is_design(document)    ? valid_design(application, std::move(document))
                : is_problem(document) ? valid_problem(application, std::move(document))
                                       : valid_scenario(application, std::move(document));
  refuse_warnings(choice, valid.survey.doubts);
  return valid;
}

ExitCode validate_for_programs(const Session& session, const ScenarioChoice& choice, bool wants_resolved) {
  Json result{{"scenario", choice.name}, {"valid", true}, {"mistakes", Json::array()}, {"warnings", Json::array()}};
  ExitCode code = ExitCode::done;
  try {
    const Valid valid = validated(session.application, choice);
    result["title"] = valid.title;
    result["notes"] = valid.survey.notes;
    result["warnings"] = valid.survey.warnings;
    if (wants_resolved) result["resolved"] = valid.resolved;
  } catch (const config::InvalidScenario& invalid) {
    for (const config::Mistake& mistake : invalid.mistakes()) result["mistakes"].push_back(to_json(mistake));
    code = ExitCode::invalid_scenario;
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::invalid_scenario) throw;
    config::Mistake mistake;
    mistake.problem = error.what();
    result["mistakes"].push_back(to_json(mistake));
    code = ExitCode::invalid_scenario;
  }
  result["valid"] = code == ExitCode::done;
  *session.console.out.stream << result.dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
  return code;
}

}  // namespace

ExitCode validate_scenario(const Session& session, const Words& words) {
  Options options({.command = "validate",
                   .summary =
                       "Checks a scenario, the design of a sweep, or a calibration problem, and its files, and shows "
                       "all mistakes at once, each with its "
                       "place. Says who can take part, as far as that is known before the burn-in. Runs nothing.",
                   .examples = {{"kith validate naltrexone-crossover", "check a scenario"},
                                {"kith validate first-steps --resolved", "see every default that it takes"},
                                {"kith new first-steps | kith validate - --set people.count=50",
                                 "check from standard input, with a change"}}});
  ScenarioChoice choice;
  bool wants_resolved = false;
  bool wants_json = false;
  choice.add_to(options);
  options.flag(wants_resolved, "--resolved", "Print the scenario with every default filled in.");
  options.flag(wants_json, "--json", "Print one JSON object: valid, mistakes, notes, warnings.");
  if (!options.parse(words, session.console.out)) return ExitCode::done;

  if (wants_json) return validate_for_programs(session, choice, wants_resolved);
  const Valid valid = validated(session.application, choice);
  const Channel& out = session.console.out;
  if (wants_resolved) {
    *out.stream << valid.resolved;
    return ExitCode::done;
  }
  *out.stream << fmt::format("{}: valid\n", choice.name == "-" ? "standard input" : choice.name);
  for (const std::string& note : valid.survey.notes) *out.stream << "  " << wrapped(note, out.width, 2) << '\n';
  *out.stream << print_warnings(valid.survey.warnings, out);
  return ExitCode::done;
}

}  // namespace kith::cli
