#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <map>
#include <mutex>
#include <optional>
#include <ostream>
#include <span>

#include "cli/cli.hpp"
#include "cli/design_check.hpp"
#include "cli/memory.hpp"
#include "cli/options.hpp"
#include "cli/progress.hpp"
#include "cli/provenance.hpp"
#include "cli/scenario.hpp"
#include "cli/stop.hpp"
#include "cli/sweep_folder.hpp"
#include "cli/sweep_tables.hpp"
#include "config/document.hpp"
#include "core/parallel.hpp"
#include "core/units.hpp"
#include "sweep/design.hpp"
#include "sweep/points.hpp"

namespace kith::cli {

namespace {

/// Part `index` of `count` of the runs.
struct Shard {
  std::uint64_t index = 0;
  std::uint64_t count = 1;
};

struct Request {
  std::string design;
  std::optional<std::string> folder;
  std::optional<std::string> shard;
  std::optional<std::uint32_t> only;
  std::optional<std::string> on_error;
  std::optional<std::string> max_hours;
  std::optional<std::string> save_every;
  std::optional<std::uint32_t> threads;
  bool retries_failed = false;
  bool quiet = false;
};

bool parse(Request& request, const Session& session, const Words& words) {
  Options options(
      {.command = "sweep",
       .summary = "Does the runs of a design that are not done yet, and keeps what it asks for of each.",
       .examples = {{"kith sweep design.yaml -o sweep", "all runs, or those that an earlier call left"},
                    {"kith sweep design.yaml -o sweep --shard 2/8", "the second eighth of them, beside other shards"},
                    {"kith sweep design.yaml -o sweep --shard slurm", "the share of this task of a Slurm array"}}});
  options.argument(request.design, "DESIGN", "A design: which keys of a scenario vary, and how.",
                   Options::Need::required);
  options.option(request.folder, "-o,--output", "FOLDER",
                 "Where the runs are kept; the same folder again goes on there.");
  options.option(request.shard, "--shard", "I/N",
                 "Do part I (from 1) of N; slurm and srun take it from the batch system.");
  options.option(request.only, "--only", "K", "Do run K (from 0) alone.");
  options.flag(request.retries_failed, "--retry-failed", "Do runs that failed once more.");
  options.option(request.on_error, "--on-error", "continue|stop",
                 "Whether the rest goes on after a run has failed: it does.");
  options.option(request.max_hours, "--max-hours", "H",
                 "Begin no run after so many hours; the same command goes on (status 75).");
  options.option(request.save_every, "--save-every", "TIME", "How often runs that are done are written: 10s, 1min.");
  options.option(request.threads, "--threads", "N", "Threads; 0, the default, takes what the machine grants.");
  options.flag(request.quiet, "-q,--quiet", "No progress and no messages.");
  return options.parse(words, session.console.out);
}

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

Shard shard_of(const Request& request) {
  if (!request.shard) return {};
  if (*request.shard == "slurm") {
    const std::uint64_t first = from_environment("SLURM_ARRAY_TASK_MIN");
    const std::uint64_t step = std::max<std::uint64_t>(1, from_environment("SLURM_ARRAY_TASK_STEP", 1));
    const std::uint64_t last = from_environment("SLURM_ARRAY_TASK_MAX");
    return {(from_environment("SLURM_ARRAY_TASK_ID") - first) / step, (last - first) / step + 1};
  }
  if (*request.shard == "srun") return {from_environment("SLURM_PROCID"), from_environment("SLURM_NTASKS")};
  const std::size_t slash = std::min(request.shard->find('/'), request.shard->size());
  const auto index = whole(std::string_view(*request.shard).substr(0, slash));
  const auto count =
      slash < request.shard->size() ? whole(std::string_view(*request.shard).substr(slash + 1)) : std::nullopt;
  if (!index || !count || *index < 1 || *index > *count)
    refuse(fmt::format("--shard {} is no part of a whole\n  write e.g. --shard 2/8, slurm, or srun", *request.shard));
  return {*index - 1, *count};
}

std::optional<double> most_seconds(const Request& request) {
  if (!request.max_hours) return std::nullopt;
  const std::optional<double> hours = parse_number(*request.max_hours);
  if (!hours || *hours <= 0.0) refuse(fmt::format("--max-hours {} is no number of hours above 0", *request.max_hours));
  return *hours * 3600.0;
}

double seconds_between_saves(const Request& request) {
  constexpr double usual = 10.0;
  if (!request.save_every) return usual;
  const Quantity time = parse_quantity(*request.save_every, Dimension::time);
  if (!time.value) refuse(fmt::format("--save-every {}: {} {}", *request.save_every, time.problem, time.suggestion));
  if (*time.value <= 0.0) refuse(fmt::format("--save-every {}: must be more than 0 s", *request.save_every));
  return *time.value * 3600.0;
}

/// What earlier calls came to.
struct Before {
  std::uint64_t done = 0;
  std::uint64_t failed = 0;
};

/// What is left of a shard, in the order of the sweep's shuffle, so that shards of any number take about as long.
struct Work {
  std::vector<std::uint64_t> runs;
  Before before;
};

Work left_to_do(const Request& request, const SweepFolder& folder, std::span<const std::uint64_t> shard) {
  const std::map<std::uint64_t, bool> there = folder.done();
  Work work;
  for (const std::uint64_t run : shard) {
    if (request.only && run != *request.only) continue;
    const auto found = there.find(run);
    const bool is_failed = found != there.end() && found->second;
    if (found == there.end() || (is_failed && request.retries_failed)) {
      work.runs.push_back(run);
    } else {
      ++(is_failed ? work.before.failed : work.before.done);
    }
  }
  return work;
}

class Sweep {
 public:
  Sweep(const Session& session, const Request& request, const sweep::Design& design, SweepFolder& folder)
      : session_(session),
        request_(request),
        design_(design),
        folder_(folder),
        factors_(design),
        display_(session.console.err),
        start_(ProgressDisplay::steady_seconds()),
        kept_at_(start_),
        most_seconds_(most_seconds(request)),
        save_every_(seconds_between_saves(request)) {}

  ExitCode execute(const Work& work) {
    const std::vector<std::uint64_t>& runs = work.runs;
    before_ = work.before;
    to_do_ = runs.size();
    const auto one = [&](std::size_t begin, std::size_t end) {
      for (std::size_t k = begin; k < end && !is_over(); ++k) keep(carry_out(runs[k]));
    };
    if (runs.size() < threads()) {
      one(0, runs.size());  // each over all threads
    } else {
      for_each_block(runs.size(), one, 1);
    }
    write();
    display_.clear();
    return tell();
  }

 private:
  bool is_over() {
    if (StopRequests::requested()) is_stopped_ = true;
    if (most_seconds_ && ProgressDisplay::steady_seconds() - start_ > *most_seconds_) is_stopped_ = true;
    return is_stopped_ || (failed_ > 0 && request_.on_error == "stop");
  }

  /// Nothing where the run was stopped.
  std::optional<RunRecord> carry_out(std::uint64_t run) const {
    Words words{"run"};
    for (const std::string& word : choice_of(design_, run).words()) words.push_back(word);
    RunRecord record;
    record.run = run;
    record.command = shell_command(words);
    try {
      LoadedScenario scenario = load(session_.application, choice_of(design_, run));
      KeepingSink sink(design_.tables);
      const std::unique_ptr<RunningStudy> running = scenario.study->begin(
          {.only_replicate = {},
           .replay = record.command,
           .progress = [](double /*share*/, std::string_view /*what*/) { StopRequests::check(); }},
          sink);
      running->advance();
      running->finish();
      record.fingerprint = running->fingerprint();
      record.tables = sink.take();
      if (design_.must_have_tables) check_tables(record.tables);
    } catch (const std::exception& failure) {
      if (StopRequests::requested()) return std::nullopt;
      record.is_failed = true;
      record.message = reason_of(failure);
    }
    return record;
  }

  /// Throws kith::Error(ErrorKind::usage) where a run has none of the tables that the design asks for.
  void check_tables(const std::vector<KeptTable>& tables) const {
    for (const std::string& wanted : design_.tables) {
      const bool is_there =
          std::any_of(tables.begin(), tables.end(), [&](const KeptTable& table) { return table.spec.name == wanted; });
      if (!is_there)
        throw Error(ErrorKind::usage, fmt::format("the run has no table \"{}\", which the design keeps", wanted));
    }
  }

  void keep(std::optional<RunRecord> record) {
    if (!record) return;
    const std::scoped_lock lock(mutex_);
    ++done_;
    failed_ += record->is_failed ? 1 : 0;
    records_.push_back(std::move(*record));
    if (ProgressDisplay::steady_seconds() - kept_at_ > save_every_) write_locked();
    if (request_.quiet) return;
    display_.report(static_cast<double>(done_) / static_cast<double>(to_do_),
                    failed_ == 0 ? fmt::format("{} of {} runs", done_, to_do_)
                                 : fmt::format("{} of {} runs, {} failed", done_, to_do_, failed_.load()));
  }

  void write() {
    const std::scoped_lock lock(mutex_);
    write_locked();
  }
  void write_locked() {
    for (const RunRecord& record : records_) {
      if (!record.is_failed) continue;
      auto& of_message = failures_[record.message];
      if (of_message.count++ == 0 || record.run < of_message.run)
        of_message = {of_message.count, record.run, record.command};
    }
    if (!records_.empty()) folder_.keep(session_, design_, factors_, std::move(records_));
    records_.clear();
    kept_at_ = ProgressDisplay::steady_seconds();
  }

  ExitCode tell() const {
    std::ostream& out = *session_.console.out.stream;
    out << fmt::format("{} of {} runs done", before_.done + done_ - failed_, before_.done + before_.failed + to_do_);
    if (before_.done > 0) out << fmt::format(", {} of them before", before_.done);
    out << fmt::format("; {} failed", before_.failed + failed_);
    if (before_.failed > 0) out << fmt::format(", {} of them before (--retry-failed does them again)", before_.failed);
    out << fmt::format("; {} left\n", to_do_ - done_);
    for (const auto& [message, of_message] : failures_) {
      out << fmt::format("\nrun {}{}: {}\n  {}\n", of_message.run,
                         of_message.count > 1 ? fmt::format(" and {} more", of_message.count - 1) : "", message,
                         of_message.command);
    }
    if (is_stopped_ && to_do_ > done_) {
      if (!request_.quiet) *session_.console.err.stream << "stopped; the same command goes on\n";
      return ExitCode::stopped;
    }
    return before_.failed + failed_ > 0 ? ExitCode::partly : ExitCode::done;
  }

  struct Failures {
    std::uint64_t count = 0;
    std::uint64_t run = 0;  ///< of the lowest number
    std::string command;
  };

  const StopRequests stop_requests_;
  const Session& session_;
  const Request& request_;
  const sweep::Design& design_;
  SweepFolder& folder_;
  FactorColumns factors_;
  ProgressDisplay display_;
  double start_;    ///< [s]
  double kept_at_;  ///< [s] when runs were last written
  std::optional<double> most_seconds_;
  double save_every_;  ///< [s]
  std::mutex mutex_;
  std::vector<RunRecord> records_;  // done and not written yet
  std::map<std::string, Failures> failures_;
  Before before_;
  std::uint64_t to_do_ = 0;
  std::uint64_t done_ = 0;
  std::atomic<std::uint64_t> failed_ = 0;
  std::atomic<bool> is_stopped_ = false;
};

}  // namespace

ExitCode sweep_design(const Session& session, const Words& words) {
  Request request;
  if (!parse(request, session, words)) return ExitCode::done;
  if (!request.folder) refuse("a sweep is kept in a folder: add -o FOLDER");
  if (request.on_error && *request.on_error != "continue" && *request.on_error != "stop")
    refuse(fmt::format("--on-error {}: write continue or stop", *request.on_error));
  const Shard shard = shard_of(request);
  set_threads(request.threads.value_or(0));
  const LoadedDesign loaded = load_design(session.application, config::Document::from_file(request.design));
  const sweep::Design& design = loaded.design;
  const std::uint64_t runs = design.rows.size();
  if (request.only && *request.only >= runs)
    refuse(fmt::format("--only {}: the design has the runs 0 to {}", *request.only, runs - 1));
  SweepFolder folder(*request.folder, design, loaded.document.resolved(), loaded.scenario.document.text());
  const std::vector<std::uint64_t> order = sweep::shuffled_runs(runs);
  const std::uint64_t begin = runs * shard.index / shard.count;
  const std::uint64_t end = runs * (shard.index + 1) / shard.count;
  if (begin < end) folder.take(begin, end);
  const Work work = left_to_do(request, folder, std::span(order).subspan(begin, end - begin));
  return Sweep(session, request, design, folder).execute(work);
}

}  // namespace kith::cli
