#include <ostream>

#include "cli/cli.hpp"
#include "cli/options.hpp"
#include "config/document.hpp"
#include "fit/problem.hpp"
#include "sweep/design.hpp"

namespace kith::cli {

ExitCode print_schema(const Session& session, const Words& words) {
  Options options({.command = "schema",
                   .summary =
                       "Prints the JSON Schema (2020-12) of a scenario, the design of a sweep, or a calibration "
                       "problem. Editors complete and "
                       "check YAML with it: with the YAML language server, a first line \"# yaml-language-server: "
                       "$schema=kith.schema.json\".",
                   .examples = {{"kith schema > kith.schema.json", "for your editor"},
                                {"kith schema design > design.schema.json", "of the designs of sweeps"}}});
  std::string kind;
  options.argument(kind, "scenario|design|fit", "Of what; of a scenario unless told.", Options::Need::optional);
  if (!options.parse(words, session.console.out)) return ExitCode::done;
  config::Document reference = config::Document::describe();
  if (kind == "design") {
    sweep::read_design(reference.root());
  } else if (kind == "fit") {
    fit::read_problem(reference.root());
  } else if (kind.empty() || kind == "scenario") {
    session.application.read(reference.root());
  } else {
    throw Error(ErrorKind::usage, "there is no schema of \"" + kind +
                                      "\"\n  write kith schema scenario, kith schema design, or kith schema fit");
  }
  std::string schema = config::json_schema(reference.entries(), kind == "design" ? "Kith design of a sweep"
                                                                : kind == "fit"  ? "Kith calibration problem"
                                                                                 : "Kith scenario");
  if (schema.empty() || schema.back() != '\n') schema += '\n';
  *session.console.out.stream << schema;
  return ExitCode::done;
}

}  // namespace kith::cli
