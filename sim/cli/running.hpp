#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "cli/cli.hpp"
#include "cli/courses.hpp"
#include "cli/live.hpp"
#include "cli/options.hpp"
#include "cli/progress.hpp"
#include "cli/results.hpp"
#include "cli/scenario.hpp"
#include "cli/stop.hpp"
#include "core/state.hpp"

/// A run behind the commands that begin one and go on with one.
namespace kith::cli {

/// What belongs to a run besides its scenario, wherever it goes on.
struct RunSettings {
  std::string theories = {};  ///< "a,b" or "all" where it goes under several; else ""
  std::optional<std::uint32_t> only_replicate = {};
  std::string replay = {};                      ///< the `kith replay …` of it, for error messages
  std::optional<double> checkpoint_every = {};  ///< [s] of real time

  void visit(State& state);
};

/// The options that `run` and `resume` share.
struct RunManner {
  std::optional<std::string> save_every, checkpoint_every, max_hours, stop_at;
  std::optional<std::uint32_t> threads;
  bool quiet = false;
  bool json = false;
  bool force = false;
  bool audit = false;
  bool live = false;

  void add_to(Options& options, const std::string& force_means);
  /// Throws kith::Error(ErrorKind::usage) for values that make no sense, and sets the threads.
  void apply() const;
  std::optional<double> save_seconds() const;
  std::optional<double> checkpoint_seconds() const;
  std::optional<double> most_seconds() const;
  std::optional<double> stop_hours() const;
};

/// A run, from a checked scenario to its printed result.
class ScenarioRun {
 public:
  /// `kept` is null where nothing is written; `output` names its file. StopRequests are noted by who calls. All references outlive
  /// the run.
  ScenarioRun(const Session& session, const RunManner& manner, RunSettings settings, const LoadedScenario& scenario,
              std::unique_ptr<KeptResult> kept, std::optional<std::string> output);
  /// Runs from the start, or from where `saved` gives the run's state, to the end and prints the result. Throws
  /// kith::Error(ErrorKind::stopped) when it was stopped before and can be resumed.
  void execute(State* saved = nullptr);
  /// What the file has to say so far.
  void print_notes(ProgressDisplay* display = nullptr) const;

 private:
  using Moment = std::chrono::steady_clock::time_point;

  std::ostream& out() const { return *session_->console.out.stream; }
  std::ostream& err() const { return *session_->console.err.stream; }
  void print_header() const;
  Sink& sink();
  void end_display(ProgressDisplay& display);
  void advance();
  bool advance_once();
  bool goes_on() const;
  bool is_to_stop() const;
  void look(const Glance& glance);
  std::string stop_reason() const;
  void save();
  [[noreturn]] void stop();
  [[noreturn]] void fail(const std::exception& failure);
  std::string resume_command() const;
  void print_result(const Report& report, double seconds, bool is_written) const;

  const Session* session_;
  const RunManner* manner_;
  RunSettings settings_;
  const LoadedScenario* scenario_;
  std::unique_ptr<KeptResult> kept_;
  std::optional<std::string> output_;
  Moment start_;
  Moment next_checkpoint_;
  std::optional<Moment> end_;         ///< of the time that the run may take
  std::optional<double> stop_hours_;  ///< of the treated world at which it pauses
  std::atomic<bool> has_come_there_ = false;
  bool is_done_ = false;
  NoSink nowhere_;
  std::unique_ptr<Courses> courses_;  ///< where they are shown
  std::unique_ptr<Live> live_;
  std::unique_ptr<RunningStudy> running_;
};

}  // namespace kith::cli
