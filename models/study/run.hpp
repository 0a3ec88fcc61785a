#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/state.hpp"
#include "engine/glance.hpp"
#include "engine/report.hpp"
#include "engine/tables.hpp"
#include "models/scenario/scenario.hpp"
#include "models/study/virtual_study.hpp"
#include "models/world/population.hpp"

/// A run as a function: from a scenario and its options to tables and a result.
///
/// A scenario is one population (or one for each replicate) and, for every replicate, a virtual study: a world and its twins. Whoever
/// runs a scenario once calls `run(scenario, …)`; whoever runs it again and again sets it up once and calls `run(set_up, …)`: the
/// burn-in, often the longer part, is then done once.
///
///     const Scenario scenario = read_scenario(document.root());
///     const SetUp start = set_up(scenario);
///     MemorySink first, second;
///     const RunResult result = run(start, {.only_replicate = 0}, first);
///     run(start, {.only_replicate = 1}, second);
///
/// Needed: a scenario that has been checked and stays where it is as long as its set-ups. The same scenario and replicate give the
/// same bits in every table, result and fingerprint, whatever the threads, the other replicates, and what ran before or beside.
///
/// Errors: kith::Error, with `usage` for a replicate that the scenario does not have, `invalid_scenario` for what shows only when
/// the population is made (no such network, too few people for a trial) or for a change that a run cannot take, `failed` for a person whose state has become impossible,
/// with the command that repeats it. Whatever the sink or `progress` throws ends the run and comes through. After an error the
/// tables are incomplete; a set-up is as good as before.
///
/// Threads: a run spreads its replicates and blocks of people over the thread pool (core/parallel.hpp) and calls sink and progress
/// from there. Runs in several threads at once, of one set-up or of several, share nothing else; each has its own sink.
namespace kith {

/// A scenario as it was in the first part of a run.
struct Past {
  const Scenario* scenario;
  double until;  ///< [h] since the start: a whole number of ticks
};

struct RunOptions {
  std::optional<std::uint32_t> only_replicate = {};  ///< run this one alone
  std::string replay = {};  ///< the command that repeats the run, to which more options are added
  Progress progress = {};   ///< may be empty
  /// Asked after each tick of each world, from many threads: no, and the run pauses. Empty: it never does.
  std::function<bool()> goes_on = {};
  bool backwards = false;  ///< begin with the last replicate: nothing may depend on it
  Look look = {};          ///< called after each tick of each world, and where one fails; may be empty
  /// What was so before the scenario became what it is, first things first. The burn-in is under the first; each world goes through all
  /// of them. They differ in nothing that can never change (scenario/key_change.hpp), and have no event that comes after them.
  std::vector<Past> past = {};
};

/// What runs of a scenario start from. No run changes it.
struct SetUp {
  const Scenario* scenario;
  Population population;  ///< after the burn-in; that of replicate 0 where each has its own
  Trials trials;          ///< in that population
};
/// Makes the population, with its burn-in. Of the options it takes `replay` and `progress`.
SetUp set_up(const Scenario& scenario, const RunOptions& options = {});

/// The population of a scenario after its burn-in, as bytes: for `set_up` of scenarios that differ in keys that do not act in the burn-in
/// (models/scenario/key_change.hpp).
std::vector<std::byte> burnt_in(const Scenario& scenario, const RunOptions& options = {});
/// The same set-up without a burn-in of its own; what the import of network and people found is not told again.
SetUp set_up(const Scenario& scenario, std::span<const std::byte> burnt_in);

class StudyRun;

struct RunResult {
  std::vector<StudyResult> studies;       ///< of the replicates that were run, in order
  std::vector<trials::Trial> trials;      ///< the scenario's, with the counts that follow from who was eligible
  std::vector<std::string> import_notes;  ///< what the import of network and people found, one sentence each
  std::vector<std::string> warnings;      ///< what a reader of the result must know
  people::Scales scales;                  ///< who was called lonely and isolated, in the first population

  /// Digest over the final states of all studies, in order: sixteen hexadecimal digits.
  std::string fingerprint() const;
};

/// A run that can pause between ticks, and go on in another process: what it needs for that, besides scenario and options, is its
/// state (`visit`), the population and its network included.
class Run {
 public:
  /// A run that has not begun. The scenario and the sink outlive it.
  Run(const Scenario& scenario, RunOptions options, Sink& sink);
  /// The same from a set-up, which outlives it. It can pause, but not be written down, and has no past.
  Run(const SetUp& start, RunOptions options, Sink& sink);
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;
  ~Run();

  /// Declares the tables, runs the replicates and writes every row, until all have ended or `goes_on` says no; gives whether all have
  /// ended. Where each replicate has a population of its own, those of others than replicate 0 are made on the way.
  bool advance();
  /// What the run came to. Once, after all have ended.
  RunResult finish();
  /// All state. Where it is read, into a run that has not begun, the rows written before are not written again.
  void visit(State& state);

 private:
  struct Replicate;
  bool prepare();
  bool advance(Replicate& one);
  bool run_study(Replicate& one);
  void visit(State& state, Replicate& one);
  void begin_study(Replicate& one);
  void begin_stages();
  std::size_t stage_at(Tick tick) const;
  std::vector<SetUp> later_set_ups(Population& first, bool is_shared) const;
  void check_tables() const;
  void move_to(Replicate& one, std::size_t stage) const;
  std::unique_ptr<StudyRun> study_of(const Replicate& one) const;
  const SetUp& start_of(std::size_t stage) const { return stage == 0 ? *start_ : later_[stage - 1]; }
  const SetUp& last_start() const { return start_of(stages_.size() - 1); }
  bool goes_on();
  void count_tick();
  bool burn_in_of(Population& population, const Progress& progress);
  void look_at(Population& population, bool has_failed) const;

  const Scenario* scenario_;
  RunOptions options_;
  Sink* sink_;
  /// From a tick on, a scenario holds.
  struct Stage {
    const Scenario* scenario;
    Tick from;
  };
  std::deque<Scenario> past_;  // with the events that are to come, asleep
  std::vector<Stage> stages_;  // the last is that of the scenario itself
  std::optional<SetUp> own_start_;
  const SetUp* start_ = nullptr;  // of the first stage, once its population is past the burn-in
  std::vector<SetUp> later_;      // of the later ones, from the same population
  std::vector<std::string> import_notes_;
  std::vector<std::unique_ptr<Replicate>> replicates_;
  bool has_rows_ = false;  // the tables' rows that are written once, at the start
  std::atomic<bool> is_paused_ = false;
  std::atomic<std::uint64_t> ticks_done_ = 0;
  std::uint64_t ticks_in_all_ = 0;
};

/// A run in one go.
RunResult run(const SetUp& start, const RunOptions& options, Sink& sink);
/// The same with a set-up of its own.
RunResult run(const Scenario& scenario, const RunOptions& options, Sink& sink);

}  // namespace kith
