#include "models/trials/design/doses.hpp"

#include <algorithm>

#include "core/distributions.hpp"

namespace kith::trials {

namespace {

/// A person's own probability of taking a dose: beta with the mean and spread of the trial.
double adherence_of(const Trial& trial, PersonId person, WorldKey world) {
  if (trial.adherence_sd == 0.0) return trial.adherence;
  const double mean = trial.adherence;
  const double size = mean * (1.0 - mean) / (trial.adherence_sd * trial.adherence_sd) - 1.0;
  Stream stream = Draws(world, "adherence of the person").at(person, 0);
  return beta(stream, mean * size, (1.0 - mean) * size);
}

/// The entry of a drug; added when it is new.
Treatment& entry_of(std::vector<Treatment>& list, PersonId person, const pharmacology::SharedDrug& drug) {
  const auto known = std::find_if(list.begin(), list.end(), [&](const Treatment& t) { return t.drug == drug; });
  return known != list.end() ? *known : list.emplace_back(Treatment{person, drug, {}});
}

void add_drugs(const Arm& arm, PersonId person, std::vector<Treatment>& list) {
  for (const Regimen& regimen : arm.regimens) {
    if (regimen.acts()) entry_of(list, person, regimen.drug);
  }
}

}  // namespace

std::vector<PlannedDose> plan(const Trial& trial, const Participant& participant, std::size_t period, std::size_t arm,
                              std::int64_t first_day, Origin origin, const Clock& clock, WorldKey world) {
  constexpr std::int64_t most_intakes = 1 << 16;  // keeps the draws of several drugs apart
  const Draws draws =
      origin == Origin::allocated ? Draws(world, "adherence") : Draws(world, "adherence after a switch");
  const double adherence = adherence_of(trial, participant.person, world);
  const double end = clock.at(trial.first_day(period) + trial.period_days(), 0.0);
  std::vector<PlannedDose> doses;
  for (std::size_t r = 0; r < trial.arms[arm].regimens.size(); ++r) {
    const Regimen& regimen = trial.arms[arm].regimens[r];
    for (std::size_t k = 0; k < regimen.intakes.size(); ++k) {
      const Intake& intake = regimen.intakes[k];
      const double hours = clock.at(first_day, intake.at) + intake.after;
      if (participant.leaves && clock.day(hours) >= *participant.leaves) continue;
      if (origin == Origin::switched && hours >= end) continue;
      Stream stream = draws.at(participant.person, static_cast<std::uint32_t>(period),
                               static_cast<Tick>(k) + static_cast<Tick>(r) * most_intakes);
      if (uniform(stream) < adherence) doses.push_back({{hours, intake.amount}, &regimen});
    }
  }
  std::stable_sort(doses.begin(), doses.end(),
                   [](const PlannedDose& a, const PlannedDose& b) { return a.dose.hours < b.dose.hours; });
  return doses;
}

bool has_rules(const Trial& trial, const Participant& participant) {
  const auto& arms = trial.sequences[participant.sequence].arms;
  return std::any_of(arms.begin(), arms.end(), [&](std::size_t arm) { return trial.arms[arm].has_rules(); });
}

std::vector<Treatment> treatments(const Trial& trial, const Participant& participant, const Clock& clock,
                                  WorldKey world) {
  std::vector<Treatment> result;
  const auto& arms = trial.sequences[participant.sequence].arms;
  if (has_rules(trial, participant)) {
    for (const std::size_t arm : arms) {
      add_drugs(trial.arms[arm], participant.person, result);
      if (trial.arms[arm].change) add_drugs(trial.arms[trial.arms[arm].change->to], participant.person, result);
    }
    return result;
  }
  for (std::size_t period = 0; period < arms.size(); ++period) {
    add_drugs(trial.arms[arms[period]], participant.person, result);
    if (!starts(trial, participant, period, world)) continue;
    for (const PlannedDose& planned :
         plan(trial, participant, period, arms[period], trial.first_day(period), Origin::allocated, clock, world)) {
      if (planned.regimen->acts())
        entry_of(result, participant.person, planned.regimen->drug).doses.push_back(planned.dose);
    }
  }
  return result;
}

}  // namespace kith::trials
