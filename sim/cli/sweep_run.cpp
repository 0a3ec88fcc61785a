#include "cli/sweep_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <exception>

#include "cli/design_check.hpp"
#include "cli/memory.hpp"
#include "cli/provenance.hpp"
#include "cli/scenario.hpp"

namespace kith::cli {

namespace {

/// Throws kith::Error(ErrorKind::usage) where a run has none of the tables that the design asks for.
void check_tables(const sweep::Design& design, const std::vector<KeptTable>& tables) {
  for (const std::string& wanted : design.tables) {
    const bool is_there =
        std::any_of(tables.begin(), tables.end(), [&](const KeptTable& table) { return table.spec.name == wanted; });
    if (!is_there)
      throw Error(ErrorKind::usage, fmt::format("the run has no table \"{}\", which the design keeps", wanted));
  }
}

}  // namespace

RunRecord carry_out(const Application& application, const sweep::Design& design, std::uint64_t run,
                    const std::shared_ptr<const BurntIn>& burnt_in, const std::function<void()>& check) {
  Words words{"run"};
  for (const std::string& word : choice_of(design, run).words()) words.push_back(word);
  RunRecord record;
  record.run = run;
  record.command = shell_command(words);
  words.front() = "replay";
  try {
    LoadedScenario scenario = load(application, choice_of(design, run));
    KeepingSink sink(design.tables, design.rows_kept);
    const std::unique_ptr<RunningStudy> running =
        scenario.study->begin({.only_replicate = {},
                               .replay = shell_command(words),
                               .progress = [&](double /*share*/, std::string_view /*what*/) { check(); },
                               .burnt_in = burnt_in},
                              sink);
    running->advance();
    running->finish();
    record.fingerprint = running->fingerprint();
    record.tables = sink.take();
    if (design.must_have_tables) check_tables(design, record.tables);
  } catch (const std::exception& failure) {
    record.is_failed = true;
    record.message = reason_of(failure);
    record.tables.clear();
  }
  return record;
}

}  // namespace kith::cli
