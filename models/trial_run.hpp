#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "models/observer.hpp"
#include "models/patient_outcomes.hpp"
#include "models/population.hpp"
#include "models/trials/flow.hpp"
#include "models/trials/roster.hpp"
#include "models/trials/rules.hpp"
#include "models/trials/tables.hpp"

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
};

/// One trial in one virtual study: recruits its participants, gives them their doses and asks them.
class TrialRun {
 public:
  /// `taken` [people]: who is in a trial already; the participants are added. All else outlives the run.
  TrialRun(const Scenario& scenario, const trials::Trial& trial, const trials::Roster& roster, std::vector<bool>& taken,
           const Population& population, WorldKey world);

  const trials::Trial& trial() const { return *trial_; }
  const std::vector<trials::Participant>& participants() const { return result_.participants; }

  /// Gives the participants their courses, before the first tick.
  void treat(Model& treated);
  /// What happens after a tick of the world with drugs (and once before the first, with the tick before it): the doses that
  /// rules give in the next tick, then the measures.
  void after_tick(Model& treated, Tick tick);
  /// The measures in the world without any drug.
  void after_tick_of_twin(const Model& twin, Tick tick);
  /// The same in a world beside it, where treatment acts on one path only.
  void after_tick_of_path(Model& model, WorldKind kind, Tick tick);
  /// Keeps what has become of the participants in a world that has ended.
  void end(const Model& model, WorldKind kind);
  /// What the trial came to; `has_twin`: the world without any drug has been run, too.
  TrialResult finish(bool has_twin);

 private:
  /// What follows the participants through a world in which treatment acts on one path.
  struct PathRun {
    trials::Rules rules;
    Observer observer;
  };
  void give_by_rules(trials::Rules& rules, Model& model, Tick tick);
  const Observer& observer_of(WorldKind kind) const;

  const Scenario* scenario_;
  const trials::Trial* trial_;
  Clock clock_;
  WorldKey world_;
  TrialResult result_;
  trials::Screening screening_;
  std::optional<trials::Rules> rules_;
  std::map<std::pair<PersonId, std::string>, std::size_t> courses_;  // place among the person's, by person and drug
  std::optional<Observer> observer_;
  std::optional<Observer> twin_observer_;
  std::optional<PathRun> attachment_, use_;
  std::vector<std::uint32_t> close_ties_;  // [participants] at the start
  float lonely_above_;
};

/// The participants' ids as the user's network file gave them.
std::vector<std::string> ids_of(const Population& population, const std::vector<trials::Participant>& participants);

}  // namespace kith
