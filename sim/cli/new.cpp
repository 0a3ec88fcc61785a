#include <fmt/format.h>

#include <filesystem>
#include <ostream>

#include "cli/cli.hpp"
#include "cli/fit_problem.hpp"
#include "cli/options.hpp"
#include "cli/output_file.hpp"
#include "cli/scenario.hpp"
#include "core/shell.hpp"

namespace kith::cli {

namespace {

/// The lines by which editors find the schema: those with the YAML language server, and those of JetBrains.
std::string modelines(const std::string& schema) {
  return fmt::format("# yaml-language-server: $schema={0}\n# $schema: {0}\n", schema);
}

}  // namespace

ExitCode new_scenario(const Session& session, const Words& words) {
  Options options(
      {.command = "new",
       .summary = "Copies a shipped scenario, or calibration problem, comments included, as a start for your own.",
       .examples = {{"kith new first-steps -o my.yaml", "a copy to change"},
                    {"kith new first-steps", "only look at it"}}});
  std::string name;
  std::optional<std::string> output;
  bool force = false;
  options.argument(name, "NAME", "Name of what ships (kith list).", Options::Need::required);
  options.option(output, "-o,--output", "FILE", "Where to write the copy; without it, or with \"-\", standard output.");
  options.flag(force, "--force", "Replace an existing file.");
  if (!options.parse(words, session.console.out)) return ExitCode::done;

  const std::vector<ShippedScenario> scenarios = scenarios_and_problems(session.application);
  const ShippedScenario& scenario = find_shipped(scenarios, name);
  if (!output || *output == "-") {
    *session.console.out.stream << scenario.text;
    return ExitCode::done;
  }
  config::Document document = config::Document::from_text(std::string(scenario.text), name);
  const bool is_fit = is_problem(document);
  const std::string schema = is_fit ? "fit.schema.json" : "kith.schema.json";
  OutputFile file(*output, force ? Existing::replace : Existing::keep);
  file.stream() << modelines(schema) << scenario.text;
  file.finish();
  const std::filesystem::path beside = std::filesystem::path(*output).replace_filename(schema);
  *session.console.err.stream << fmt::format(
      "wrote {}; next: kith {} {}\nyour editor completes and checks it with a schema beside it: kith schema {}--draft "
      "7 > {}\n",
      *output, is_fit ? "fit" : "run", shell_quoted(*output), is_fit ? "fit " : "", shell_quoted(beside.string()));
  return ExitCode::done;
}

}  // namespace kith::cli
