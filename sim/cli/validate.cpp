#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <ostream>

#include "cli/cli.hpp"
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

ExitCode validate_for_programs(const Session& session, const ScenarioChoice& choice, bool wants_resolved) {
  Json result{{"scenario", choice.name}, {"valid", true}, {"mistakes", Json::array()}, {"warnings", Json::array()}};
  ExitCode code = ExitCode::done;
  try {
    LoadedScenario scenario = load(session.application, choice);
    const Survey survey = surveyed(scenario);
    result["title"] = scenario.study->title();
    result["notes"] = survey.notes;
    result["warnings"] = survey.warnings;
    refuse_warnings(choice, survey.doubts);
    if (wants_resolved) result["resolved"] = scenario.document.resolved();
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
  Options options(
      {.command = "validate",
       .summary =
           "Checks a scenario and its files, and shows all mistakes at once, each with its place. Says who can take "
           "part, as far as that is known before the burn-in. Runs nothing.",
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
  LoadedScenario scenario = load(session.application, choice);
  const Survey survey = surveyed(scenario);
  refuse_warnings(choice, survey.doubts);
  const Channel& out = session.console.out;
  if (wants_resolved) {
    *out.stream << scenario.document.resolved();
    return ExitCode::done;
  }
  *out.stream << fmt::format("{}: valid\n", choice.name == "-" ? "standard input" : choice.name);
  for (const std::string& note : survey.notes) *out.stream << "  " << wrapped(note, out.width, 2) << '\n';
  *out.stream << print_warnings(survey.warnings, out);
  return ExitCode::done;
}

}  // namespace kith::cli
