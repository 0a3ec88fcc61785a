#include <fmt/format.h>

#include <ostream>

#include "cli/cli.hpp"
#include "cli/fit_problem.hpp"
#include "cli/options.hpp"
#include "cli/output_file.hpp"
#include "cli/scenario.hpp"
#include "core/shell.hpp"

namespace kith::cli {

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
  OutputFile file(*output, force ? Existing::replace : Existing::keep);
  file.stream() << scenario.text;
  file.finish();
  config::Document document = config::Document::from_text(std::string(scenario.text), name);
  *session.console.err.stream << fmt::format("wrote {}; next: kith {} {}\n", *output,
                                             is_problem(document) ? "fit" : "run", shell_quoted(*output));
  return ExitCode::done;
}

}  // namespace kith::cli
