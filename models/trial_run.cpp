#include "models/trial_run.hpp"

#include <memory>

#include "models/measured.hpp"

namespace kith {
TrialRun::TrialRun(const Scenario& scenario, const trials::Trial& trial, const trials::Roster& roster,
                   std::vector<bool>& taken, const Population& population, WorldKey world)
    : scenario_(&scenario), trial_(&trial), clock_(population.model->clock()), world_(world) {
  trials::Recruits recruits = trials::recruit(trial, roster, taken, world);
  result_.participants = trials::allocate(trial, roster, recruits, world);
  screening_ = std::move(recruits.screening);
  for (const trials::Participant& participant : result_.participants) taken[participant.person] = true;
  const auto diary = trials::diary_occasions(trial, scenario.measures, clock_);
  const auto probes = trials::probe_occasions(trial, scenario.measures, clock_);
  rules_.emplace(trial, result_.participants, clock_, world);
  const Norms norms{population.lonely_above, population.isolation.score};
  for (auto* observer : {&observer_, &twin_observer_})
    observer->emplace(scenario.measures, result_.participants, diary, probes, norms);
}

void TrialRun::treat(Model& treated) {
  std::map<std::string, std::shared_ptr<const pharmacology::SteppedChain>> chains;
  std::vector<pharmacology::Course> courses;
  for (const trials::Participant& participant : result_.participants) {
    std::size_t place = 0;
    for (trials::Treatment& treatment : trials::treatments(*trial_, participant, clock_, world_)) {
      auto& chain = chains[treatment.drug->name];
      if (!chain) chain = std::make_shared<const pharmacology::SteppedChain>(*treatment.drug, clock_.tick_hours());
      courses_[{participant.person, treatment.drug->name}] = place++;
      courses.emplace_back(participant.person, chain, std::move(treatment.doses));
    }
  }
  treated.treat(std::move(courses));
}

void TrialRun::after_tick(Model& treated, Tick tick) {
  for (const trials::Taken& taken : rules_->before_tick(treated.people(), tick + 1))
    treated.give(taken.person, courses_.at({taken.person, taken.drug->name}), taken.dose);
  observer_->after_tick(treated, tick);
}

void TrialRun::after_tick_of_twin(const Model& twin, Tick tick) { twin_observer_->after_tick(twin, tick); }

TrialResult TrialRun::finish(bool has_twin) {
  rules_->tell(result_.participants);
  result_.flow = trials::flow_of(*trial_, screening_, result_.participants);
  result_.measures = measured(*trial_, scenario_->measures, result_.participants, *observer_,
                              has_twin ? &*twin_observer_ : nullptr, clock_, world_);
  result_.effects = trials::effects_of(result_.measures, *trial_, result_.participants);
  return std::move(result_);
}

std::vector<std::string> ids_of(const Population& population, const std::vector<trials::Participant>& participants) {
  std::vector<std::string> ids;
  for (const trials::Participant& participant : participants) {
    ids.push_back(population.graph.ids.empty() ? std::to_string(participant.person)
                                               : population.graph.ids[participant.person]);
  }
  return ids;
}

}  // namespace kith
