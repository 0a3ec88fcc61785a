#include "models/conduct/trial_run.hpp"

#include <algorithm>
#include <utility>

#include "models/conduct/measured.hpp"
#include "models/scenario/trials.hpp"

namespace kith {
namespace {

std::uint16_t place_of(const trials::Trial& trial, const Scenario& scenario) {
  const std::vector<const trials::Trial*> all = trials_of(scenario);
  const auto found = std::find_if(all.begin(), all.end(), [&](const auto* one) { return one->name == trial.name; });
  return static_cast<std::uint16_t>(found - all.begin());
}

}  // namespace

TrialRun::TrialRun(const Scenario& scenario, const trials::Trial& trial, const trials::Roster& roster,
                   std::vector<bool>& taken, const Population& population, WorldKey world)
    : scenario_(&scenario),
      trial_(&trial),
      giver_{pharmacology::Giver::Kind::trial, place_of(trial, scenario)},
      clock_(population.model->clock()),
      world_(world),
      lonely_above_(population.scales.lonely_above) {
  trials::Recruits recruits = trials::recruit(trial, roster, taken, world);
  result_.participants = trials::allocate(trial, roster, recruits, world);
  screening_ = std::move(recruits.screening);
  for (const trials::Participant& participant : result_.participants) taken[participant.person] = true;
  const auto diary = trials::diary_occasions(trial, scenario.measures, clock_);
  const auto probes = trials::probe_occasions(trial, scenario.measures, clock_);
  const Norms norms{population.scales.lonely_above, population.isolation().score};
  const bool are_split = scenario.substance_use && scenario.substance_use->split_paths;
  for (const WorldKind kind : {WorldKind::treated, WorldKind::twin, WorldKind::attachment, WorldKind::use}) {
    if (!are_split && kind != WorldKind::treated && kind != WorldKind::twin) continue;
    std::optional<trials::Rules> rules;
    if (kind != WorldKind::twin) rules.emplace(trial, result_.participants, clock_, world_);
    in(kind).emplace(
        Followed{std::move(rules), Observer(scenario.measures, result_.participants, diary, probes, norms)});
  }
  if (!scenario.substance_use) return;
  for (const trials::Participant& participant : result_.participants)
    close_ties_.push_back(people::close_ties(population.model->ties(), participant.person));
}

void TrialRun::treat(Model& model) {
  std::vector<pharmacology::Course> courses;
  for (const trials::Participant& participant : result_.participants)
    add(model, trials::treatments(*trial_, participant, clock_, world_), courses);
  model.treat(std::move(courses));
}

void TrialRun::add(const Model& model, std::vector<trials::Treatment> treatments,
                   std::vector<pharmacology::Course>& courses) const {
  for (trials::Treatment& treatment : treatments) {
    courses.emplace_back(treatment.person, model.chain(treatment.drug, treatment.person), std::move(treatment.doses),
                         giver_);
  }
}

void TrialRun::after_tick(Model& model, WorldKind kind, Tick tick) {
  Followed& followed = *in(kind);
  if (followed.rules) {
    std::vector<pharmacology::Course> courses;
    add(model, followed.rules->before_tick(model.people(), tick + 1), courses);
    model.treat(std::move(courses));
  }
  followed.observer.after_tick(model, tick);
}

void TrialRun::end(const Model& model, WorldKind kind) {
  if (!scenario_->substance_use) return;
  result_.outcomes[static_cast<std::size_t>(kind)] =
      outcomes_of(model, scenario_->measures, in(kind)->observer, result_.participants, close_ties_, lonely_above_);
}

TrialResult TrialRun::finish(bool has_twin) {
  in(WorldKind::treated)->rules->tell(result_.participants);
  result_.flow = trials::flow_of(*trial_, screening_, result_.participants);
  result_.measures = measured(*trial_, scenario_->measures, result_.participants, in(WorldKind::treated)->observer,
                              has_twin ? &in(WorldKind::twin)->observer : nullptr, clock_, world_);
  result_.effects = trials::effects_of(result_.measures, *trial_, result_.participants);
  return std::move(result_);
}

void TrialRun::visit(State& state) {
  state("outcomes", result_.outcomes);
  for (std::optional<Followed>& world : worlds_) {
    if (!world) continue;
    if (world->rules) state("rules", *world->rules);
    state("observer", world->observer);
  }
}

std::vector<std::size_t> TrialResult::members_of(const trials::Trial& trial, std::size_t arm) const {
  std::vector<std::size_t> members;
  for (std::size_t i = 0; i < participants.size(); ++i) {
    if (trial.sequences[participants[i].sequence].arms.front() == arm) members.push_back(i);
  }
  return members;
}

trials::Identities identities_of(const Population& population, const std::vector<trials::Participant>& participants) {
  trials::Identities who;
  who.columns.resize(population.columns.values.size());
  for (const trials::Participant& participant : participants) {
    who.ids.push_back(network::id_of(population.graph, participant.person));
    for (std::size_t c = 0; c < who.columns.size(); ++c)
      who.columns[c].push_back(population.columns.values[c][participant.person]);
  }
  return who;
}

}  // namespace kith
