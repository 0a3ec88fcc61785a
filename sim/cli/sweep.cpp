#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <optional>
#include <ostream>
#include <span>

#include "cli/cli.hpp"
#include "cli/design_check.hpp"
#include "cli/progress.hpp"
#include "cli/report_text.hpp"
#include "cli/scenario.hpp"
#include "cli/shared_burn_in.hpp"
#include "cli/stop.hpp"
#include "cli/sweep_cost.hpp"
#include "cli/sweep_folder.hpp"
#include "cli/sweep_outcomes.hpp"
#include "cli/sweep_request.hpp"
#include "cli/sweep_run.hpp"
#include "cli/sweep_tables.hpp"
#include "config/document.hpp"
#include "core/parallel.hpp"
#include "sweep/design.hpp"

namespace kith::cli {

namespace {

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

Work left_to_do(const SweepRequest& request, const SweepFolder& folder, std::span<const std::uint64_t> shard) {
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
  Sweep(const Session& session, const SweepRequest& request, const sweep::Design& design, const SharedBurnIn& burn_in,
        SweepFolder& folder)
      : session_(session),
        request_(request),
        design_(design),
        burn_in_(burn_in),
        folder_(folder),
        factors_(design),
        display_(session.console.err),
        start_(ProgressDisplay::steady_seconds()),
        save_at_(start_ + until_next_file(start_)),
        most_seconds_(request.most_seconds()) {}

  ExitCode execute(const Work& work) {
    const std::vector<std::uint64_t>& runs = work.runs;
    before_ = work.before;
    to_do_ = runs.size();
    const std::vector<std::span<const std::uint64_t>> pieces = burn_in_.cut(runs);
    if (runs.size() < threads()) {
      for (const std::span<const std::uint64_t> piece : pieces) do_one_by_one(piece);  // each over all threads
    } else {
      for_each_block(
          pieces.size(),
          [&](std::size_t begin, std::size_t end) {
            for (std::size_t k = begin; k < end; ++k) do_side_by_side(pieces[k]);
          },
          1);
    }
    write();
    display_.clear();
    return tell();
  }

 private:
  double until_next_file(double now) const {
    return request_.seconds_between_saves().value_or(seconds_of_next_file(now - start_));
  }

  bool is_over() {
    if (StopRequests::requested()) is_stopped_ = true;
    if (most_seconds_ && ProgressDisplay::steady_seconds() - start_ > *most_seconds_) is_stopped_ = true;
    return is_stopped_ || (failed_ > 0 && request_.on_error == "stop");
  }

  using Burnt = std::shared_ptr<const BurntIn>;

  void do_one_by_one(std::span<const std::uint64_t> runs) {
    const Burnt burnt_in = burn_in_of(runs);
    for (const std::uint64_t run : runs) {
      if (!is_over()) do_run(run, burnt_in);
    }
  }
  void do_side_by_side(std::span<const std::uint64_t> runs) {
    const Burnt burnt_in = burn_in_of(runs);
    for_each_block(
        runs.size(),
        [&](std::size_t begin, std::size_t end) {
          for (std::size_t k = begin; k < end && !is_over(); ++k) do_run(runs[k], burnt_in);
        },
        1);
  }

  /// What the runs of one burn-in start from; null where one run is alone, or the burn-in fails: then each tells of its own.
  Burnt burn_in_of(std::span<const std::uint64_t> runs) {
    if (runs.size() < 2 || is_over()) return nullptr;
    try {
      const LoadedScenario scenario = load(session_.application, choice_of(design_, runs.front()));
      return std::make_shared<const BurntIn>(
          scenario.study->burn_in({.only_replicate = {}, .replay = "", .progress = stops}));
    } catch (const std::exception&) {
      return nullptr;
    }
  }
  static void stops(double /*share*/, std::string_view /*what*/) { StopRequests::check(); }

  void do_run(std::uint64_t run, const Burnt& burnt_in) {
    RunRecord record = carry_out(session_.application, design_, run, burnt_in, StopRequests::check);
    if (!record.is_failed || !StopRequests::requested()) keep(std::move(record));  // else it was stopped
  }

  void keep(RunRecord record) {
    const std::scoped_lock lock(mutex_);
    ++done_;
    failed_ += record.is_failed ? 1 : 0;
    records_.push_back(std::move(record));
    if (ProgressDisplay::steady_seconds() > save_at_) write_locked();
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
    const double now = ProgressDisplay::steady_seconds();
    save_at_ = now + until_next_file(now);
  }

  ExitCode tell() const {
    std::ostream& out = *session_.console.out.stream;
    out << fmt::format("{} of {} runs done", before_.done + done_ - failed_, before_.done + before_.failed + to_do_);
    if (before_.done > 0) out << fmt::format(", {} of them before", before_.done);
    out << fmt::format("; {} failed", before_.failed + failed_);
    if (before_.failed > 0) out << fmt::format(", {} of them before (--retry-failed does them again)", before_.failed);
    out << fmt::format("; {} left\n", to_do_ - done_);
    for (const auto& [message, of_message] : failures_) {
      out << fmt::format("\nrun {}{}: {}\n", of_message.run,
                         of_message.count > 1 ? fmt::format(" and {} more", of_message.count - 1) : "", message);
      if (!of_message.command.empty()) out << fmt::format("  {}\n", of_message.command);
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
  const SweepRequest& request_;
  const sweep::Design& design_;
  const SharedBurnIn& burn_in_;
  SweepFolder& folder_;
  FactorColumns factors_;
  ProgressDisplay display_;
  double start_;    ///< [s]
  double save_at_;  ///< [s] when runs are written next
  std::optional<double> most_seconds_;
  std::mutex mutex_;
  std::vector<RunRecord> records_;  // done and not written yet
  std::map<std::string, Failures> failures_;
  Before before_;
  std::uint64_t to_do_ = 0;
  std::uint64_t done_ = 0;
  std::atomic<std::uint64_t> failed_ = 0;
  std::atomic<bool> is_stopped_ = false;
};

/// Does what is left of the shard that the request names.
ExitCode carry_on(const Session& session, const SweepRequest& request, const LoadedDesign& loaded,
                  const SharedBurnIn& burn_in) {
  const sweep::Design& design = loaded.design;
  const std::uint64_t runs = design.rows.size();
  const Shard shard = shard_of(request.shard);
  SweepFolder folder(*request.folder, design, loaded.document.resolved(), loaded.scenario.document.text());
  const std::vector<std::uint64_t> order = burn_in.order();
  const std::uint64_t begin = runs * shard.index / shard.count;
  const std::uint64_t end = runs * (shard.index + 1) / shard.count;
  if (begin < end) folder.take(begin, end);
  const Work work = left_to_do(request, folder, std::span(order).subspan(begin, end - begin));
  if (!request.quiet && !burn_in.note().empty()) *session.console.err.stream << burn_in.note() << '\n';
  return Sweep(session, request, design, burn_in, folder).execute(work);
}

[[noreturn]] void refuse_outcome(const SweepRequest& request, const SweepCost& cost) {
  throw Error(ErrorKind::usage,
              fmt::format("--{}: no run that is kept has numbers {} of several virtual studies\n  {}",
                          request.outcome ? "of" : "width", cost.outcome, outcome_advice(cost.outcome, cost.outcomes)));
}

/// Says what the sweep will cost, or prints the script that sends it to a cluster.
void foresee(const Session& session, const SweepRequest& request, const LoadedDesign& loaded,
             const SharedBurnIn& burn_in) {
  set_threads(1);
  SweepCost cost = measure_cost(session, loaded, burn_in, request.outcome.value_or("effects.own"));
  cost.save_every = request.seconds_between_saves();
  if ((request.width || request.outcome) && cost.chance.empty()) refuse_outcome(request, cost);
  const Channel& out = session.console.out;
  if (request.wants_slurm) {
    const unsigned threads = std::max(1U, request.threads.value_or(1));
    *out.stream << slurm_script(cost, {request.design, *request.folder, request.tasks, threads, request.passed_on()});
    return;
  }
  const unsigned threads = request.threads.value_or(0) > 0 ? *request.threads : granted_threads();
  const Report report = cost_report(cost, loaded.design, {threads, request.tasks, request.wanted_width()});
  show(report, out, false);
}

}  // namespace

ExitCode sweep_design(const Session& session, const Words& words) {
  SweepRequest request;
  if (!request.parse(session, words)) return ExitCode::done;
  request.wanted_width();
  request.most_seconds();
  request.seconds_between_saves();
  if (!request.wants_slurm) shard_of(request.shard);
  const LoadedDesign loaded = load_design(session.application, config::Document::from_file(request.design));
  const std::uint64_t runs = loaded.design.rows.size();
  if (request.only && *request.only >= runs)
    throw Error(ErrorKind::usage, fmt::format("--only {}: the design has the runs 0 to {}", *request.only, runs - 1));
  const SharedBurnIn burn_in(session.application, loaded.design);
  if (request.is_dry || request.wants_slurm) {
    foresee(session, request, loaded, burn_in);
    return ExitCode::done;
  }
  set_threads(request.threads.value_or(0));
  return carry_on(session, request, loaded, burn_in);
}

}  // namespace kith::cli
