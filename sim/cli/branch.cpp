#include <fmt/format.h>

#include <csignal>
#include <map>
#include <optional>
#include <ostream>

#include "cli/branched.hpp"
#include "cli/cli.hpp"
#include "cli/filed_run.hpp"
#include "cli/memory.hpp"
#include "cli/output_file.hpp"
#include "cli/provenance.hpp"
#include "cli/results.hpp"
#include "cli/running.hpp"
#include "cli/stop.hpp"
#include "config/flat.hpp"
#include "core/inputs.hpp"
#include "core/units.hpp"

namespace kith::cli {

namespace {

/// What the command line asks for.
struct Request {
  std::string parent;
  std::optional<std::string> at;
  std::optional<std::string> output;
  std::vector<std::string> changes;
  RunManner manner;
};

bool parse(Request& request, const Session& session, const Words& words) {
  Options options(
      {.command = "branch",
       .summary =
           "What if: runs a result again up to a moment, bit for bit, and goes on from there with changes. Nothing but "
           "the file is needed. Keys that cannot change in a run are refused with the reason. With no change it is the "
           "same run.",
       .examples = {{"kith run first-steps -o out.h5 --force -q && kith branch out.h5 --at 1d --set "
                     "meeting.contacts_per_day=3 -o fewer.h5 --force",
                     "half of the contacts from the second day on"}}});
  options.argument(request.parent, "OUT.h5", "The result to branch off.", Options::Need::required);
  options.option(request.at, "--at", "TIME", "The moment, since the start of the measured time: 30d. Required.");
  options.options(request.changes, "--set", "KEY=VALUE", "Change a key from then on. May be repeated.");
  options.option(request.output, "-o,--output", "FILE", "Write the result to this HDF5 file. Required.");
  request.manner.add_to(
      options,
      "Replace an existing result, and discard what an earlier run left; run even where memory seems too small.");
  return options.parse(words, session.console.out);
}

double moment_of(const Request& request) {
  if (!request.at) throw Error(ErrorKind::usage, "when does the branch leave? e.g. --at 30d");
  const Quantity time = parse_quantity(*request.at, Dimension::time);
  if (!time.value) {
    throw Error(ErrorKind::usage, fmt::format("--at {}: {}{}", *request.at, time.problem,
                                              time.suggestion.empty() ? "" : ", " + time.suggestion));
  }
  return *time.value;
}

/// The keys whose values differ, by why none of them can change in a run.
std::map<std::string, std::vector<std::string>> refused_keys(const Application& application, const std::string& before,
                                                             const std::string& after) {
  std::map<std::string, std::string> values;
  for (const auto& [key, value] : config::leaves(before)) values[key] = value;
  std::vector<std::string> changed;
  for (const auto& [key, value] : config::leaves(after)) {
    const auto found = values.find(key);
    if (found == values.end() || found->second != value) changed.push_back(key);
    if (found != values.end()) values.erase(found);
  }
  for (const auto& [key, value] : values) changed.push_back(key);  // no longer there
  std::map<std::string, std::vector<std::string>> refused;
  for (const std::string& key : changed) {
    const config::KeyChange change = application.change_of(key);
    if (change.when == config::KeyChange::When::never) refused[std::string(change.reason)].push_back(key);
  }
  return refused;
}

void check_changes(const Application& application, const std::string& before, const std::string& after) {
  constexpr std::size_t shown = 6;
  std::string all;
  for (const auto& [reason, keys] : refused_keys(application, before, after)) {
    std::string names;
    for (std::size_t k = 0; k < std::min(shown, keys.size()); ++k) names += (k == 0 ? "" : ", ") + keys[k];
    if (keys.size() > shown) names += fmt::format(" and {} more", keys.size() - shown);
    all += fmt::format("\n  {}: {}", names, reason);
  }
  if (!all.empty()) {
    throw Error(ErrorKind::invalid_scenario,
                "this cannot change in a run:" + all + "\n  kith run with another scenario changes it from the start");
  }
}

}  // namespace

ExitCode branch_run(const Session& session, const Words& words) {
  Request request;
  if (!parse(request, session, words)) return ExitCode::done;
  const double at = moment_of(request);
  if (!request.output) throw Error(ErrorKind::usage, "where does the result go? e.g. -o branch.h5");
  check_result_name(*request.output, request.parent);
  std::signal(SIGPIPE, SIG_IGN);
  request.manner.apply();
  const FiledRun parent = filed_run(request.parent);
  if (!parent.theories.empty()) {
    throw Error(ErrorKind::usage,
                fmt::format("{} holds runs under several theories ({}): run one of them by itself, and "
                            "branch off that",
                            request.parent, parent.theories));
  }
  const InputStore inputs(parent.inputs, parent.has_inputs ? InputStore::Disk::closed : InputStore::Disk::read);
  ScenarioChoice choice;
  choice.name = "the scenario in " + request.parent;
  choice.assignments = request.changes;
  choice.kept = parent.scenario;
  LoadedScenario changed = load(session.application, choice);
  check_changes(session.application, parent.scenario.text, changed.document.resolved());
  std::vector<Branching> branchings = parent.branchings;
  branchings.push_back({.until = at,
                        .changes = request.changes,
                        .scenario = parent.scenario.text,
                        .parent = request.parent,
                        .parent_run = parent.run_id,
                        .parent_hash = parent.scenario_hash});
  const LoadedScenario scenario =
      with_past(session.application, std::move(changed), branchings, parent.scenario.folder);
  if (!request.manner.force) check_memory(scenario.study->memory_needed(parent.only_replicate), granted_memory());
  const StopRequests stop_requests;
  std::unique_ptr<KeptResult> kept = keep_result({.path = *request.output,
                                                  .replace = request.manner.force,
                                                  .save_every = request.manner.save_seconds(),
                                                  .only_replicate = parent.only_replicate},
                                                 session, scenario);
  RunSettings settings{.only_replicate = parent.only_replicate,
                       .replay = shell_command({"replay", *request.output}),
                       .checkpoint_every = request.manner.checkpoint_seconds()};
  ScenarioRun(session, request.manner, std::move(settings), scenario, std::move(kept), request.output).execute();
  return ExitCode::done;
}

}  // namespace kith::cli
