#include <fmt/format.h>

#include <ostream>

#include "cli/cli.hpp"
#include "cli/options.hpp"
#include "cli/output_file.hpp"
#include "cli/scenario.hpp"
#include "core/shell.hpp"

namespace kith::cli {

ExitCode new_scenario(const Session& session, const Words& words) {
  Options options({.command = "new",
                   .summary = "Copies a shipped scenario, comments included, as a start for your own.",
                   .examples = {{"kith new first-steps -o my.yaml", "a copy to change"},
                                {"kith new first-steps", "only look at it"}}});
  std::string name;
  std::optional<std::string> output;
  bool force = false;
  options.argument(name, "NAME", "Name of a shipped scenario (kith list).", Options::Need::required);
  options.option(output, "-o,--output", "FILE", "Where to write the copy; without it, or with \"-\", standard output.");
  options.flag(force, "--force", "Replace an existing file.");
  if (!options.parse(words, session.console.out)) return ExitCode::done;

  const std::vector<ShippedScenario> scenarios = session.application.scenarios();
  const ShippedScenario& scenario = find_shipped(scenarios, name);
  if (!output || *output == "-") {
    *session.console.out.stream << scenario.text;
    return ExitCode::done;
  }
  OutputFile file(*output, force ? Existing::replace : Existing::keep);
  file.stream() << scenario.text;
  file.finish();
  *session.console.err.stream << fmt::format("wrote {}; next: kith run {}\n", *output, shell_quoted(*output));
  return ExitCode::done;
}

}  // namespace kith::cli
