#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "cli/cli.hpp"
#include "cli/fit_problem.hpp"
#include "cli/options.hpp"
#include "cli/scenario.hpp"

namespace kith::cli {

ExitCode list_scenarios(const Session& session, const Words& words) {
  Options options({.command = "list",
                   .summary = "Lists what ships with kith, one a line, name and title: scenarios; those of the "
                              "classroom's lessons (lessons/…) and "
                              "published experiments (evidence/…), which are scenarios, too; and calibration problems "
                              "(fits/…) for kith fit.",
                   .examples = {{"kith list", "what there is to run"}}});
  if (!options.parse(words, session.console.out)) return ExitCode::done;
  const std::vector<ShippedScenario> scenarios = scenarios_and_problems(session.application);
  std::size_t width = 0;
  for (const ShippedScenario& scenario : scenarios) width = std::max(width, scenario.name.size());
  for (const ShippedScenario& scenario : scenarios) {
    *session.console.out.stream << fmt::format("{:<{}}  {}\n", scenario.name, width, title_of(scenario));
  }
  return ExitCode::done;
}

}  // namespace kith::cli
