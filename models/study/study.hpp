#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/report.hpp"
#include "engine/tables.hpp"
#include "models/conduct/trial_run.hpp"
#include "models/events/run.hpp"
#include "models/record/trends.hpp"
#include "models/scenario/scenario.hpp"
#include "models/world/population.hpp"

namespace kith {

class WorldRecorder;

struct RunOptions {
  std::optional<std::uint32_t> only_replicate;
  std::string replay;  ///< the command that repeats the run, without --replicate
  Progress progress;
};

/// What one virtual study came to: its trial, the first where there are several.
struct StudyResult : TrialResult {
  std::uint64_t fingerprint = 0;
  std::vector<TrialResult> further;             ///< of the further trials
  Trends trends;                                ///< of the groups, over the run
  std::vector<events::Occurrence> occurrences;  ///< of the scenario's events
};

/// A scenario as virtual studies: one population (or one each), a world and its twin for every replicate.
class Study {
 public:
  explicit Study(Scenario scenario) : scenario_(std::move(scenario)) {}

  const Scenario& scenario() const { return scenario_; }
  std::string summary() const;
  /// Declares the tables, runs all replicates and writes every row. Call once.
  void run(const RunOptions& options, Sink& sink);
  /// Digest over the final states of all replicates, in order.
  std::string fingerprint() const;
  const std::vector<StudyResult>& results() const { return results_; }
  /// What the import of a network file found, one sentence each.
  const std::vector<std::string>& import_notes() const { return import_notes_; }

 private:
  StudyResult run_replicate(std::uint32_t replicate, const Population& population,
                            const std::vector<trials::Roster>& rosters, const RunOptions& options, Sink& sink);
  void run_worlds(std::uint32_t replicate, const Population& population, std::vector<TrialRun>& runs,
                  const RunOptions& options, Sink& sink, StudyResult& result);
  /// Runs one world of a study to its end; gives the digest of its final state. `recorder`: what writes its tables, or null.
  std::uint64_t run_world(WorldKind kind, std::uint32_t replicate, const Population& population,
                          std::vector<TrialRun>& runs, const RunOptions& options, WorldRecorder* recorder);
  bool has_twin() const;
  bool splits_paths() const { return scenario_.substance_use && scenario_.substance_use->split_paths; }
  void write_pooled(Sink& sink) const;
  void declare(const Population& population, Sink& sink) const;
  /// Trials of the scenario: none, one or several.
  std::vector<const trials::Trial*> trials() const;
  void report_ticks(const RunOptions& options, std::uint64_t ticks);

  Scenario scenario_;
  std::vector<std::uint32_t> replicates_;
  std::vector<StudyResult> results_;
  std::vector<std::string> import_notes_;
  std::atomic<std::uint64_t> ticks_done_ = 0;
  std::uint64_t ticks_in_all_ = 0;
};

}  // namespace kith
