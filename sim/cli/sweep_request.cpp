#include "cli/sweep_request.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>

#include "cli/options.hpp"
#include "core/units.hpp"

namespace kith::cli {

namespace {

[[noreturn]] void refuse(const std::string& message) { throw Error(ErrorKind::usage, message); }

std::optional<std::uint64_t> whole(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  return problem == std::errc{} && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

/// A number that the batch system sets.
std::uint64_t from_environment(const char* name, std::optional<std::uint64_t> otherwise = {}) {
  const char* text = std::getenv(name);
  const std::optional<std::uint64_t> number = text == nullptr ? otherwise : whole(text);
  if (number) return *number;
  refuse(text == nullptr
             ? fmt::format("--shard: {} is not set, so this is no such task\n  write --shard 1/8 by hand", name)
             : fmt::format("--shard: {} is \"{}\", which is no whole number", name, text));
}

}  // namespace

bool SweepRequest::parse(const Session& session, const Words& words) {
  Options options(
      {.command = "sweep",
       .summary = "Does the runs of a design that are not done yet, and keeps what it asks for of each.",
       .examples = {
           {"kith sweep design.yaml --dry-run", "what it will cost"},
           {"kith sweep design.yaml -o sweep", "all runs, or those that an earlier call left"},
           {"kith sweep design.yaml -o sweep --shard 2/8", "the second eighth of them, beside other shards"},
           {"kith sweep design.yaml -o sweep --slurm > job.sh", "a script for a Slurm cluster: bash job.sh"}}});
  options.argument(design, "DESIGN", "A design: which keys of a scenario vary, and how.", Options::Need::required);
  options.option(folder, "-o,--output", "FOLDER", "Where the runs are kept; the same folder again goes on there.");
  options.option(shard, "--shard", "I/N", "Do part I (from 1) of N; slurm and srun take it from the batch system.");
  options.option(only, "--only", "K", "Do run K (from 0) alone.");
  options.flag(retries_failed, "--retry-failed", "Do runs that failed once more.");
  options.option(on_error, "--on-error", "continue|stop", "Whether the rest goes on after a run has failed: it does.");
  options.option(max_hours, "--max-hours", "H",
                 "Begin no run after so many hours; the same command goes on (status 75).");
  options.option(save_every, "--save-every", "TIME",
                 "How often runs that are done are written: 10s, 1min; unless told, after a tenth of the time so far, "
                 "from 10 s to "
                 "5 min.");
  options.flag(is_dry, "--dry-run", "Do up to three runs as pilots, keep nothing, and say what all would cost.");
  options.option(width, "--width", "W", "With --dry-run: how many virtual studies make a 95 % interval W wide.");
  options.option(outcome, "--of", "TABLE.VARIABLE", "With --width: of what; effects.own unless told.");
  options.flag(wants_slurm, "--slurm", "Do up to three pilots, and print a script that sends all to a Slurm cluster.");
  options.option(
      tasks, "--tasks", "N",
      "With --slurm: tasks of the array; unless told, of about an hour each. With --dry-run: what so many cost.");
  options.option(threads, "--threads", "N", "Threads; 0, the default, takes what the machine grants.");
  options.flag(quiet, "-q,--quiet", "No progress and no messages.");
  if (!options.parse(words, session.console.out)) return false;
  if (!folder && !is_dry) refuse("a sweep is kept in a folder: add -o FOLDER");
  if (on_error && *on_error != "continue" && *on_error != "stop")
    refuse(fmt::format("--on-error {}: write continue or stop", *on_error));
  if (is_dry && wants_slurm) refuse("--dry-run and --slurm: leave one of them out");
  if ((width || outcome) && !is_dry) refuse("--width and --of belong to --dry-run");
  if (tasks && !wants_slurm && !is_dry) refuse("--tasks belongs to --slurm and --dry-run");
  if (wants_slurm && (shard || only)) refuse("--slurm shares all runs out itself: leave --shard and --only out");
  if (tasks == 0U) refuse("--tasks 0: an array has one task at least");
  return true;
}

std::optional<double> SweepRequest::most_seconds() const {
  if (!max_hours) return std::nullopt;
  const std::optional<double> hours = parse_number(*max_hours);
  if (!hours || *hours <= 0.0) refuse(fmt::format("--max-hours {} is no number of hours above 0", *max_hours));
  return *hours * 3600.0;
}

std::optional<double> SweepRequest::seconds_between_saves() const {
  if (!save_every) return std::nullopt;
  const Quantity time = parse_quantity(*save_every, Dimension::time);
  if (!time.value) refuse(fmt::format("--save-every {}: {} {}", *save_every, time.problem, time.suggestion));
  if (*time.value <= 0.0) refuse(fmt::format("--save-every {}: must be more than 0 s", *save_every));
  return *time.value * 3600.0;
}

std::optional<double> SweepRequest::wanted_width() const {
  if (!width) return std::nullopt;
  const std::optional<double> wanted = parse_number(*width);
  if (!wanted || *wanted <= 0.0) refuse(fmt::format("--width {} is no number above 0", *width));
  return wanted;
}

std::vector<std::string> SweepRequest::passed_on() const {
  std::vector<std::string> words;
  const auto add = [&](const char* option, const std::optional<std::string>& value) {
    if (value) words.insert(words.end(), {option, *value});
  };
  add("--save-every", save_every);
  add("--max-hours", max_hours);
  add("--on-error", on_error);
  if (retries_failed) words.emplace_back("--retry-failed");
  return words;
}

double seconds_of_next_file(double worked) {
  constexpr double least = 10.0;
  constexpr double most = 300.0;
  return std::clamp(0.1 * worked, least, most);
}

Shard shard_of(const std::optional<std::string>& text) {
  if (!text) return {};
  if (*text == "slurm") {
    const std::uint64_t first = from_environment("SLURM_ARRAY_TASK_MIN");
    const std::uint64_t step = std::max<std::uint64_t>(1, from_environment("SLURM_ARRAY_TASK_STEP", 1));
    const std::uint64_t last = from_environment("SLURM_ARRAY_TASK_MAX");
    return {(from_environment("SLURM_ARRAY_TASK_ID") - first) / step, (last - first) / step + 1};
  }
  if (*text == "srun") return {from_environment("SLURM_PROCID"), from_environment("SLURM_NTASKS")};
  const std::string_view part = *text;
  const std::size_t slash = std::min(part.find('/'), part.size());
  const auto index = whole(part.substr(0, slash));
  const auto count = whole(part.substr(std::min(slash + 1, part.size())));
  if (!index || !count || *index < 1 || *index > *count)
    refuse(fmt::format("--shard {} is no part of a whole\n  write e.g. --shard 2/8, slurm, or srun", *text));
  return {*index - 1, *count};
}

}  // namespace kith::cli
