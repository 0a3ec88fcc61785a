#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/tables.hpp"
#include "engine/with_suffix.hpp"
#include "models/conduct/trial_run.hpp"
#include "models/events/run.hpp"
#include "models/record/trends.hpp"
#include "models/record/twin_contrast.hpp"
#include "models/world/population.hpp"

/// What virtual studies are made of, and what one comes to.
namespace kith {

/// What a virtual study came to: its trial, the first where there are several.
struct StudyResult : TrialResult {
  std::uint32_t replicate = 0;
  std::uint64_t fingerprint = 0;                ///< digest of the final state of the treated world
  std::vector<TrialResult> further;             ///< of the further trials
  Trends trends;                                ///< of the groups, over the run
  std::optional<ContrastMeans> against_twin;    ///< of the groups, where they are told apart by treatment
  std::vector<events::Occurrence> occurrences;  ///< of the scenario's events

  /// The result of trial number `t`.
  const TrialResult& of(std::size_t t) const { return t == 0 ? *this : further[t - 1]; }
  TrialResult& of(std::size_t t) { return t == 0 ? *this : further[t - 1]; }
  /// All but the effects.
  void visit(State& state);
};

/// The trials of a scenario in one population.
struct Trials {
  std::vector<trials::Trial> all;  ///< as the scenario has them; a count that depends on who is eligible is settled
  std::vector<trials::Roster> rosters;

  bool has_twin() const;
};
/// Trials as they are in the first population, which settles the counts.
Trials trials_in(const Scenario& scenario, const Population& population);
/// The same trials in another population.
Trials trials_in(const Trials& settled, const Population& population);

/// What the import of network and people found, one sentence each.
std::vector<std::string> import_notes_of(const Scenario& scenario, const Population& population);

/// Worlds that a virtual study runs. The twin of a trial has no drug of the trial, but those of events; where there is no trial it
/// has none of the events' either.
std::vector<WorldKind> worlds_of(const Scenario& scenario, const Trials& trials);

/// What the tables of a trial have in their names: those of a named one carry its name.
std::string suffix_of(const trials::Trial& trial);
/// The tables of a trial.
WithSuffix tables_of(const trials::Trial& trial, Sink& sink);

}  // namespace kith
