#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "models/conduct/observer.hpp"
#include "models/conduct/patient_outcomes.hpp"
#include "models/trials/analysis/tables.hpp"
#include "models/trials/design/flow.hpp"
#include "models/trials/design/roster.hpp"
#include "models/trials/design/rules.hpp"
#include "models/world/population.hpp"

namespace kith {

/// What one trial of a virtual study came to.
struct TrialResult {
  std::vector<trials::Participant> participants;
  trials::Flow flow;
  std::vector<trials::MeasureData> measures;  ///< diaries, then probes
  trials::Effects effects;
  Outcomes outcomes;  ///< of patients, in the worlds that were run; empty where the scenario has none

  /// Places of the participants who were allocated to an arm in the first period.
  std::vector<std::size_t> members_of(const trials::Trial& trial, std::size_t arm) const;
  /// All but the effects, which follow from the rest and the trial: `trials::effects_of`.
  void visit(State& state) {
    state("participants", participants);
    state("flow", flow);
    state("measures", measures);
    state("outcomes", outcomes);
  }
};

/// One trial in one virtual study: recruits its participants, gives them their doses and asks them.
class TrialRun {
 public:
  /// `taken` [people]: who is in a trial already; the participants are added. All else outlives the run.
  TrialRun(const Scenario& scenario, const trials::Trial& trial, const trials::Roster& roster, std::vector<bool>& taken,
           const Population& population, WorldKey world);

  const trials::Trial& trial() const { return *trial_; }
  const std::vector<trials::Participant>& participants() const { return result_.participants; }

  /// Gives the participants their courses, before the first tick of a world with treatment.
  void treat(Model& model);
  /// What happens after a tick of a world (and once before the first, with the tick before it): the doses that rules give in the
  /// next tick, where there is treatment, then the measures.
  void after_tick(Model& model, WorldKind kind, Tick tick);
  /// Keeps what has become of the participants in a world that has ended.
  void end(const Model& model, WorldKind kind);
  /// What the trial came to; `has_twin`: the world without any drug has been run, too.
  TrialResult finish(bool has_twin);
  /// What has been noted so far, in all worlds. Who takes part and which courses they have follow from the constructor and `treat`.
  void visit(State& state);

 private:
  /// What follows the participants through one world.
  struct Followed {
    std::optional<trials::Rules> rules;  // none without treatment
    Observer observer;
  };
  const std::optional<Followed>& in(WorldKind kind) const { return worlds_[static_cast<std::size_t>(kind)]; }
  std::optional<Followed>& in(WorldKind kind) { return worlds_[static_cast<std::size_t>(kind)]; }

  void add(const Model& model, std::vector<trials::Treatment> treatments,
           std::vector<pharmacology::Course>& courses) const;

  const Scenario* scenario_;
  const trials::Trial* trial_;
  pharmacology::Giver giver_;
  Clock clock_;
  WorldKey world_;
  TrialResult result_;
  trials::Screening screening_;
  std::array<std::optional<Followed>, world_kinds> worlds_;
  std::vector<std::uint32_t> close_ties_;  // [participants] at the start
  float lonely_above_;
};

/// Who the participants are, as the user's network file and table of people tell.
trials::Identities identities_of(const Population& population, const std::vector<trials::Participant>& participants);

}  // namespace kith
