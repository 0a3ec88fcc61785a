#include <fmt/format.h>

#include <csignal>
#include <filesystem>
#include <optional>
#include <ostream>

#include "cli/branched.hpp"
#include "cli/cli.hpp"
#include "cli/memory.hpp"
#include "cli/provenance.hpp"
#include "cli/results.hpp"
#include "cli/running.hpp"
#include "cli/side_by_side.hpp"
#include "cli/stop.hpp"
#include "cli/sweep_folder.hpp"
#include "core/inputs.hpp"
#include "core/paths.hpp"
#include "core/version.hpp"
#include "io/checkpoint.hpp"
#include "io/parts.hpp"
#include "io/result_file.hpp"

namespace kith::cli {

namespace {

namespace fs = std::filesystem;

/// Throws kith::Error for a checkpoint that this program would not go on with to the same bits.
void check_checkpoint(const io::Checkpoint& checkpoint) {
  const io::RunAttributes& attributes = checkpoint.attributes;
  const BuildInfo& build = build_info();
  if (attributes.kith_version != build.version || attributes.git_commit != build.commit) {
    throw Error(ErrorKind::failed,
                fmt::format("it is of kith {}, and this is kith {}: only the same program goes on to the same bits",
                            build_text(attributes.kith_version, attributes.git_commit),
                            build_text(build.version, build.commit)));
  }
  if (attributes.scenario_hash != scenario_hash(attributes.provenance.scenario_resolved))
    throw Error(ErrorKind::damaged, "its scenario is not the one that it was made with");
}

/// The result at `path` where that is readable: what a run packed, or a whole one.
std::optional<io::ResultFile> result_at(const std::string& path) {
  std::error_code ignored;
  if (!fs::exists(path, ignored)) return std::nullopt;
  return io::ResultFile(path);
}

[[noreturn]] void refuse_without_checkpoint(const std::string& path, const std::vector<std::string>& notes) {
  std::string all;
  for (const std::string& note : notes) all += "\n  " + note;
  std::error_code ignored;
  if (notes.empty() && !fs::exists(path, ignored) && !fs::exists(io::parts_folder(path), ignored))
    throw Error(ErrorKind::failed, path + " does not exist, and neither does " + io::parts_folder(path));
  throw Error(
      notes.empty() ? ErrorKind::failed : ErrorKind::damaged,
      fmt::format(
          "{} has no checkpoint to go on from{}\n  a run makes them with --checkpoint-every, and when it is told to "
          "stop; kith info {} shows what was saved",
          path, all, path));
}

/// Refuses where the checkpoint lies beside a result of another run, which going on would replace.
void check_replaced(const io::Checkpoint& checkpoint, const std::optional<io::ResultFile>& there,
                    const std::string& path, bool is_forced) {
  if (!there || checkpoint.is_packed() || is_forced || there->attribute("run_id") == checkpoint.run_id) return;
  throw Error(
      ErrorKind::output,
      fmt::format(
          "{} is a result of another run than the checkpoints in {}, and going on would replace it: move it away, "
          "or add --force",
          path, io::parts_folder(path)));
}

}  // namespace

ExitCode resume_run(const Session& session, const Words& words) {
  Options options(
      {.command = "resume",
       .summary =
           "Goes on with a run that was stopped, to the result that it would have had in one go. Nothing but the "
           "file (or the folder OUT.h5.parts, after a kill) is needed.",
       .examples = {{"kith run first-steps -o out.h5 --force; kith resume out.h5", "a run that has ended"}}});
  std::string path;
  RunManner manner;
  options.argument(path, "OUT.h5", "The output of the run.", Options::Need::required);
  manner.add_to(options, "Replace a result of another run; go on even where memory seems too small.");
  if (!options.parse(words, session.console.out)) return ExitCode::done;
  std::signal(SIGPIPE, SIG_IGN);
  manner.apply();
  if (SweepFolder::is_at(path)) throw Error(ErrorKind::usage, path + ": " + SweepFolder(path).account());
  const std::string output = followed(path);
  std::vector<std::string> notes;
  const std::optional<io::Checkpoint> checkpoint = io::newest_checkpoint(output, notes, check_checkpoint);
  const std::optional<io::ResultFile> there = result_at(output);
  const bool is_of_run = there && (!checkpoint || there->attribute("run_id") == checkpoint->run_id);
  if (is_of_run && there->state() == io::FileState::complete && notes.empty()) {
    *session.console.out.stream << fmt::format("{} is complete: there is nothing to go on with\n", path);
    return ExitCode::done;
  }
  if (!checkpoint) refuse_without_checkpoint(output, notes);
  check_replaced(*checkpoint, there, output, manner.force);

  const io::RunAttributes& attributes = checkpoint->attributes;
  const InputStore inputs(*attributes.inputs, InputStore::Disk::closed);
  StateReader saved(checkpoint->state());
  const StopRequests stop_requests;
  std::unique_ptr<KeptResult> kept =
      resume_result({.path = output, .replace = manner.force, .save_every = manner.save_seconds()}, *checkpoint, saved);
  RunSettings settings;
  settings.visit(saved);
  if (const auto seconds = manner.checkpoint_seconds()) settings.checkpoint_every = seconds;
  settings.replay = shell_command({"replay", path});  // the scenario may be elsewhere
  ScenarioChoice choice;
  choice.name = "the scenario in " + path;
  choice.kept = KeptScenario{attributes.provenance.scenario_resolved, attributes.provenance.folder};
  if (!settings.theories.empty()) choice.theory = settings.theories;
  const LoadedScenario scenario =
      settings.theories.empty()
          ? with_past(session.application, load(session.application, choice),
                      read_branchings(attributes.provenance.branchings), attributes.provenance.folder)
          : load_side_by_side(session.application, choice);
  if (!manner.force) check_memory(scenario.study->memory_needed(settings.only_replicate), granted_memory());
  if (!manner.quiet) {
    for (const std::string& note : notes) *session.console.err.stream << "note: " << note << '\n';
    *session.console.err.stream << "note: goes on from the checkpoint in " << checkpoint->path << '\n';
  }
  ScenarioRun(session, manner, std::move(settings), scenario, std::move(kept), path).execute(&saved);
  return ExitCode::done;
}

}  // namespace kith::cli
