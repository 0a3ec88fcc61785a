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

/// The first table that the design asks for and the run has not written; null where it has all.
const std::string* missing_table(const sweep::Design& design, const std::vector<KeptTable>& tables) {
  for (const std::string& wanted : design.tables) {
    const bool is_there =
        std::any_of(tables.begin(), tables.end(), [&](const KeptTable& table) { return table.spec.name == wanted; });
    if (!is_there) return &wanted;
  }
  return nullptr;
}

void fail(RunRecord& record, std::string message) {
  record.is_failed = true;
  record.message = std::move(message);
  record.tables.clear();
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
  } catch (const std::exception& failure) {
    fail(record, reason_of(failure));
    return record;
  }
  const std::string* const missing = design.must_have_tables ? missing_table(design, record.tables) : nullptr;
  if (missing != nullptr) {
    fail(record, fmt::format("the run has no table \"{}\", which the design keeps: take it out of `keep`", *missing));
    record.command.clear();  // by itself, without the design, the run would do well
  }
  return record;
}

}  // namespace kith::cli
