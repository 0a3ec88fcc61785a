#include <fmt/format.h>

#include <filesystem>
#include <ostream>

#include "cli/cli.hpp"
#include "cli/options.hpp"
#include "cli/sweep_folder.hpp"
#include "core/paths.hpp"
#include "io/checkpoint.hpp"
#include "io/parts.hpp"
#include "io/result_file.hpp"
#include "io/salvage.hpp"

namespace kith::cli {

namespace {

namespace fs = std::filesystem;

/// What there is of an output.
struct Finding {
  io::FileState state = io::FileState::partial;
  std::vector<std::string> lines;  ///< what was found, one sentence each
};

/// OUT.h5 itself.
Finding check_file(const std::string& path) {
  const io::FileCheck check = io::check_file(path);
  if (check.is_of_other_format) throw Error(ErrorKind::failed, check.message);
  if (check.state == io::FileState::corrupt) return {check.state, {check.message}};
  if (check.state == io::FileState::complete) return {check.state, {"every table is what was written"}};
  const std::string reason = io::ResultFile(path).attribute("stop_reason");
  return {check.state, {"every table is what was written" + (reason.empty() ? "" : "; " + reason)}};
}

/// The folder OUT.h5.parts that a run left.
Finding check_parts(const std::string& folder) {
  Finding found;
  const io::Salvage salvage = io::look_at_segments(folder);
  found.lines.push_back(fmt::format("{} of {} segments are what was written", salvage.whole.size(),
                                    salvage.whole.size() + salvage.damaged.size()));
  for (const auto& [segment, problem] : salvage.damaged) found.lines.push_back(fmt::format("{}: {}", segment, problem));
  if (!salvage.damaged.empty()) found.state = io::FileState::corrupt;
  if (!salvage.missing.empty()) {
    found.state = io::FileState::corrupt;
    found.lines.push_back(fmt::format("{} segments before the last are missing", salvage.missing.size()));
  }
  return found;
}

/// The folder of a sweep.
Finding check_sweep(const SweepFolder& folder) {
  Finding found;
  for (const std::string& file : folder.files()) {
    const io::FileCheck check = io::check_file(file);
    if (check.state != io::FileState::corrupt) continue;
    found.state = io::FileState::corrupt;
    found.lines.push_back(
        fmt::format("{} (without this file, the same kith sweep … does its runs again)", check.message));
  }
  if (found.state == io::FileState::corrupt) return found;
  if (folder.extent().is_whole()) found.state = io::FileState::complete;
  found.lines.push_back(folder.account());
  return found;
}

ExitCode tell(std::ostream& out, const std::string& name, const Finding& found) {
  const bool is_complete = found.state == io::FileState::complete;
  const bool is_partial = found.state == io::FileState::partial;
  out << fmt::format("{}: {}\n", name, is_complete ? "complete" : is_partial ? "partial" : "corrupt");
  for (const std::string& line : found.lines) out << "  " << line << '\n';
  return is_complete ? ExitCode::done : is_partial ? ExitCode::stopped : ExitCode::damaged;
}

/// Whether the run can go on, in a sentence; it looks at checkpoints too.
std::string how_to_go_on(const std::string& path, const std::string& name, std::vector<std::string>& lines) {
  std::vector<std::string> notes;
  const auto checkpoint = io::newest_checkpoint(path, notes);
  lines.insert(lines.end(), notes.begin(), notes.end());
  if (checkpoint) return "kith resume " + name + " goes on from " + checkpoint->path;
  return "it has no checkpoint to go on from; kith check --repair " + name + " makes one file of what was saved";
}

}  // namespace

ExitCode check_result(const Session& session, const Words& words) {
  Options options(
      {.command = "check",
       .summary =
           "Says whether a result is complete, partial or corrupt: compares all that is there with its checksums, "
           "and what a killed run left too. Exit status 0 complete, 75 partial, 5 corrupt.",
       .examples = {{"kith run first-steps -o out.h5 --force && kith check out.h5", "a result that is complete"}}});
  std::string name;
  bool is_to_repair = false;
  options.argument(name, "OUT.h5", "A result, the output of a run that was killed, or the folder of a sweep.",
                   Options::Need::required);
  options.flag(
      is_to_repair, "--repair",
      "Make one partial result, OUT-repaired.h5, of all segments in OUT.h5.parts that are what was written. Nothing is "
      "removed.");
  if (!options.parse(words, session.console.out)) return ExitCode::done;
  std::ostream& out = *session.console.out.stream;
  if (SweepFolder::is_at(name)) return tell(out, name, check_sweep(SweepFolder(name)));
  const std::string path = followed(name);
  const std::string folder = io::parts_folder(path);
  std::error_code ignored;
  const bool has_file = fs::exists(path, ignored);
  const bool has_parts = fs::exists(folder, ignored);
  if (!has_file && !has_parts) throw Error(ErrorKind::failed, name + " does not exist, and neither does " + folder);
  if (const auto owner = has_parts ? io::owner_of(folder) : std::nullopt)
    throw Error(ErrorKind::failed, fmt::format("{} is being written ({})", name, owner->text()));

  Finding found = has_file ? check_file(path) : check_parts(folder);
  if (has_file && has_parts) {
    const Finding beside = check_parts(folder);
    for (const std::string& line : beside.lines)
      found.lines.push_back(fmt::format("beside it, in {}: {}", folder, line));
  }
  if (found.state != io::FileState::complete) {
    const std::string how = how_to_go_on(path, name, found.lines);
    found.lines.push_back(how);
  }
  const ExitCode code = tell(out, name, found);
  if (is_to_repair && has_parts) {
    const io::Repaired repaired = io::repair(path);
    out << fmt::format("  {} holds {} rows of {} segments (state partial)\n", repaired.path, repaired.rows,
                       repaired.segments);
  } else if (is_to_repair) {
    out << "  there is nothing to repair: no run has left a folder " << folder << '\n';
  }
  return code;
}

}  // namespace kith::cli
