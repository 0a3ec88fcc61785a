#include "models/trial_run.hpp"

#include <memory>

#include "models/measured.hpp"

namespace kith {
TrialRun::TrialRun(const Scenario& scenario, const trials::Trial& trial, const trials::Roster& roster,
                   std::vector<bool>& taken, const Population& population, WorldKey world)
    : scenario_(&scenario),
      trial_(&trial),
      clock_(population.model->clock()),
      world_(world),
      lonely_above_(population.lonely_above) {
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
  if (!scenario.substance_use) return;
  for (const trials::Participant& participant : result_.participants)
    close_ties_.push_back(people::close_ties(population.model->ties(), participant.person));
  if (!scenario.substance_use->split_paths) return;
  for (auto* path : {&attachment_, &use_}) path->emplace(PathRun{*rules_, *observer_});
}

void TrialRun::treat(Model& treated) {
  std::map<std::string, std::shared_ptr<const pharmacology::SteppedChain>> chains;
  std::vector<pharmacology::Course> courses;
  for (const trials::Participant& participant : result_.participants) {
    const pharmacology::Treated* known = treated.treatment(participant.person);
    std::size_t place = known == nullptr ? 0 : known->courses().size();
    for (trials::Treatment& treatment : trials::treatments(*trial_, participant, clock_, world_)) {
      auto& chain = chains[treatment.drug->name];
      if (!chain) chain = std::make_shared<const pharmacology::SteppedChain>(*treatment.drug, clock_.tick_hours());
      courses_[{participant.person, treatment.drug->name}] = place++;
      courses.emplace_back(participant.person, chain, std::move(treatment.doses));
    }
  }
  treated.treat(std::move(courses));
}

void TrialRun::give_by_rules(trials::Rules& rules, Model& model, Tick tick) {
  for (const trials::Taken& taken : rules.before_tick(model.people(), tick + 1))
    model.give(taken.person, courses_.at({taken.person, taken.drug->name}), taken.dose);
}

void TrialRun::after_tick(Model& treated, Tick tick) {
  give_by_rules(*rules_, treated, tick);
  observer_->after_tick(treated, tick);
}

void TrialRun::after_tick_of_twin(const Model& twin, Tick tick) { twin_observer_->after_tick(twin, tick); }

void TrialRun::after_tick_of_path(Model& model, WorldKind kind, Tick tick) {
  PathRun& path = kind == WorldKind::attachment ? *attachment_ : *use_;
  give_by_rules(path.rules, model, tick);
  path.observer.after_tick(model, tick);
}

const Observer& TrialRun::observer_of(WorldKind kind) const {
  if (kind == WorldKind::treated) return *observer_;
  if (kind == WorldKind::twin) return *twin_observer_;
  return kind == WorldKind::attachment ? attachment_->observer : use_->observer;
}

void TrialRun::end(const Model& model, WorldKind kind) {
  if (!scenario_->substance_use) return;
  result_.outcomes[static_cast<std::size_t>(kind)] =
      outcomes_of(model, scenario_->measures, observer_of(kind), result_.participants, close_ties_, lonely_above_);
}

TrialResult TrialRun::finish(bool has_twin) {
  rules_->tell(result_.participants);
  result_.flow = trials::flow_of(*trial_, screening_, result_.participants);
  result_.measures = measured(*trial_, scenario_->measures, result_.participants, *observer_,
                              has_twin ? &*twin_observer_ : nullptr, clock_, world_);
  result_.effects = trials::effects_of(result_.measures, *trial_, result_.participants);
  return std::move(result_);
}

std::vector<std::size_t> TrialResult::members_of(const trials::Trial& trial, std::size_t arm) const {
  std::vector<std::size_t> members;
  for (std::size_t i = 0; i < participants.size(); ++i) {
    if (trial.sequences[participants[i].sequence].arms.front() == arm) members.push_back(i);
  }
  return members;
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
