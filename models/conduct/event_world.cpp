#include "models/conduct/event_world.hpp"

#include <algorithm>

#include "core/error.hpp"

namespace kith {

conditions::Everybody EventWorld::everybody(events::Knowledge knowledge) {
  const bool follows_ties = knowledge == events::Knowledge::ties;
  if (follows_ties) isolation_.emplace([model = model_] { return isolation_of(*model); });
  return {model_->people(),
          population_->graph.community,
          *population_->ties,
          model_->ties(),
          follows_ties ? *isolation_ : *population_->isolation_of_start,
          population_->columns,
          world_};
}

std::span<const std::uint32_t> EventWorld::community() const {
  if (population_->graph.community.empty())
    throw Error(
        ErrorKind::invalid_scenario,
        "an event asks for communities, but the network has none (only layers, stochastic_block and files with a "
        "community have them)");
  return model_->living() ? model_->living()->communities() : population_->graph.community;
}

std::vector<PersonId> EventWorld::in_arm(std::string_view arm, double hours) const {
  const std::int64_t day = clock().day(hours);
  std::vector<PersonId> members;
  for (const TrialRun& run : *runs_) {
    const trials::Trial& trial = run.trial();
    if (day < trial.first_day(0)) continue;
    std::size_t period = 0;
    while (period + 1 < trial.periods() && trial.first_day(period + 1) <= day) ++period;
    for (const trials::Participant& participant : run.participants()) {
      if (participant.leaves && day >= *participant.leaves) continue;
      if (trial.arms[trial.sequences[participant.sequence].arms[period]].name == arm)
        members.push_back(participant.person);
    }
  }
  std::sort(members.begin(), members.end());
  return members;
}

void EventWorld::treat(std::uint32_t event, std::span<const PersonId> people, const pharmacology::SharedDrug& drug,
                       std::span<const pharmacology::Dose> doses) {
  if (doses_ == Doses::left_out) return;
  const pharmacology::Giver giver{pharmacology::Giver::Kind::event, static_cast<std::uint16_t>(event)};
  std::vector<pharmacology::Course> courses;
  courses.reserve(people.size());
  for (const PersonId person : people)
    courses.emplace_back(person, model_->chain(drug, person),
                         std::vector<pharmacology::Dose>(doses.begin(), doses.end()), giver);
  model_->treat(std::move(courses));
}

void EventWorld::begin_tie(PersonId a, PersonId b, float closeness, events::TiePlaces places) {
  model_->living()->stage_new(a, b, closeness,
                              places == events::TiePlaces::added ? bonds::LivingNetwork::NewPlace::added
                                                                 : bonds::LivingNetwork::NewPlace::none);
}

bool EventWorld::has_place(PersonId person, float closeness) const {
  const bonds::LivingNetwork& living = *model_->living();
  return living.places(person).has_room(living.life().layer(network::usual_steps(closeness)));
}

}  // namespace kith
