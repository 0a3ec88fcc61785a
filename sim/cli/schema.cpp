#include "config/schema.hpp"

#include <algorithm>
#include <ostream>

#include "cli/cli.hpp"
#include "cli/options.hpp"
#include "config/document.hpp"
#include "fit/problem.hpp"
#include "sweep/design.hpp"

namespace kith::cli {

namespace {

/// What has a topic is offered where a key is called as its kind, `drug:`; those of one's own stand below its plural, `drugs:`.
std::vector<config::Names> names_of_topics(const Session& session) {
  std::vector<config::Names> names;
  for (const Topic& topic : session.application.topics()) {
    const auto same = [&](const config::Names& kind) { return kind.key == topic.kind; };
    auto kind = std::find_if(names.begin(), names.end(), same);
    if (kind == names.end()) kind = names.insert(names.end(), {topic.kind, {}, topic.kind + "s"});
    kind->names.push_back(topic.name);
  }
  return names;
}

}  // namespace

ExitCode print_schema(const Session& session, const Words& words) {
  Options options(
      {.command = "schema",
       .summary = "Prints the JSON Schema (2020-12) of a scenario, the design of a sweep, or a calibration problem. "
                  "Editors complete and check YAML with it, where a first line names it: \"# yaml-language-server: "
                  "$schema=kith.schema.json\", or \"# $schema: kith.schema.json\" in those of JetBrains. Keep it "
                  "beside the files that name it.",
       .examples = {{"kith schema --draft 7 > kith.schema.json", "for any editor"},
                    {"kith schema design > design.schema.json", "of the designs of sweeps"}}});
  std::string kind;
  options.argument(kind, "scenario|design|fit", "Of what; of a scenario unless told.", Options::Need::optional);
  std::optional<std::string> draft;
  options.option(draft, "--draft", "DRAFT",
                 "Of JSON Schema: 2020-12, or 7 for language servers that know nothing newer. Both say the same.");
  if (!options.parse(words, session.console.out)) return ExitCode::done;
  const bool is_seven = draft == "7";
  if (draft && !is_seven && draft != "2020-12")
    throw Error(ErrorKind::usage,
                "there is no schema in draft \"" + *draft + "\"\n  write --draft 7, or --draft 2020-12");
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
  const std::string title = kind == "design" ? "Kith design of a sweep"
                            : kind == "fit"  ? "Kith calibration problem"
                                             : "Kith scenario";
  *session.console.out.stream << config::json_schema(reference.entries(), title,
                                                     is_seven ? config::Draft::seven : config::Draft::draft_2020_12,
                                                     names_of_topics(session));
  return ExitCode::done;
}

}  // namespace kith::cli
