#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

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
/// the population is made (no such network, too few people for a trial), `failed` for a person whose state has become impossible,
/// with the command that repeats it. Whatever the sink or `progress` throws ends the run and comes through. After an error the
/// tables are incomplete; a set-up is as good as before.
///
/// Threads: a run spreads its replicates and blocks of people over the thread pool (core/parallel.hpp) and calls sink and progress
/// from there. Runs in several threads at once, of one set-up or of several, share nothing else; each has its own sink.
namespace kith {

struct RunOptions {
  std::optional<std::uint32_t> only_replicate = {};  ///< run this one alone
  std::string replay = {};                           ///< the command that repeats the run, without --replicate
  Progress progress = {};                            ///< may be empty
};

/// What runs of a scenario start from. No run changes it.
struct SetUp {
  const Scenario* scenario;
  Population population;  ///< after the burn-in; that of replicate 0 where each has its own
  Trials trials;          ///< in that population
};
/// Makes the population, with its burn-in. Of the options it takes `replay` and `progress`.
SetUp set_up(const Scenario& scenario, const RunOptions& options = {});

struct RunResult {
  std::vector<StudyResult> studies;       ///< of the replicates that were run, in order
  std::vector<trials::Trial> trials;      ///< the scenario's, with the counts that follow from who was eligible
  std::vector<std::string> import_notes;  ///< what the import of network and people found, one sentence each
  std::vector<std::string> warnings;      ///< what a reader of the result must know
  people::Scales scales;                  ///< who was called lonely and isolated, in the first population

  /// Digest over the final states of all studies, in order: sixteen hexadecimal digits.
  std::string fingerprint() const;
};

/// Declares the tables, runs the replicates, and writes every row. Where each replicate has a population of its own, those of others
/// than replicate 0 are made on the way.
RunResult run(const SetUp& start, const RunOptions& options, Sink& sink);
/// The same with a set-up of its own.
RunResult run(const Scenario& scenario, const RunOptions& options, Sink& sink);

}  // namespace kith
