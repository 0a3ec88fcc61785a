#include <ostream>

#include "cli/cli.hpp"
#include "cli/options.hpp"
#include "config/document.hpp"

namespace kith::cli {

ExitCode print_schema(const Session& session, const Words& words) {
  Options options({.command = "schema",
                   .summary =
                       "Prints the JSON Schema (2020-12) of a scenario. Editors complete and check YAML with it: with "
                       "the YAML language server, a first line \"# yaml-language-server: $schema=kith.schema.json\".",
                   .examples = {{"kith schema > kith.schema.json", "for your editor"}}});
  if (!options.parse(words, session.console.out)) return ExitCode::done;
  config::Document reference = config::Document::describe();
  session.application.read(reference.root());
  std::string schema = config::json_schema(reference.entries());
  if (schema.empty() || schema.back() != '\n') schema += '\n';
  *session.console.out.stream << schema;
  return ExitCode::done;
}

}  // namespace kith::cli
