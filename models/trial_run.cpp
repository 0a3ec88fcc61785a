#include "models/trial_run.hpp"

#include <fmt/format.h>

#include <limits>
#include <memory>

namespace kith {
namespace {

/// Ratings of all participants at all occasions of one measure, and their own differences from the twin.
trials::MeasureData measured(std::string name, std::uint32_t measure, const trials::Scale* scale,
                             const std::vector<trials::Occasion>& occasions,
                             const std::vector<std::vector<double>>& values,
                             const std::vector<std::vector<double>>* twin, std::size_t index,
                             const std::vector<trials::Participant>& participants, const Clock& clock, WorldKey world) {
  trials::MeasureData data;
  data.name = std::move(name);
  data.unit = scale == nullptr ? "%" : fmt::format("{:g}-{:g}", scale->low, scale->high);
  data.has_effect = scale != nullptr;
  for (std::size_t o = 0; o < occasions.size(); ++o) {
    if (occasions[o].measure != index) continue;
    data.occasions.push_back(occasions[o]);
    data.values.emplace_back();
    std::vector<double> ratings;
    std::vector<double> own;
    for (std::size_t i = 0; i < participants.size(); ++i) {
      const bool is_gone = participants[i].leaves && clock.day(occasions[o].hours) >= *participants[i].leaves;
      const double value = is_gone ? std::numeric_limits<double>::quiet_NaN() : values[o][i];
      data.values.back().push_back(value);
      ratings.push_back(scale == nullptr ? value
                                         : trials::rate(*scale, value, participants[i].person, measure,
                                                        std::llround(occasions[o].hours * 60.0), world));
      const double unit = scale == nullptr ? 1.0 : (scale->high - scale->low) * scale->gain;
      if (twin != nullptr) own.push_back(unit * (value - (*twin)[o][i]));
    }
    data.ratings.push_back(std::move(ratings));
    if (twin != nullptr) data.own.push_back(std::move(own));
  }
  return data;
}

}  // namespace

TrialRun::TrialRun(const Scenario& scenario, const trials::Trial& trial, const trials::Roster& roster,
                   std::vector<bool>& taken, const Clock& clock, WorldKey world)
    : scenario_(&scenario), trial_(&trial), clock_(clock), world_(world) {
  trials::Recruits recruits = trials::recruit(trial, roster, taken, world);
  result_.participants = trials::allocate(trial, roster, recruits, world);
  screening_ = std::move(recruits.screening);
  for (const trials::Participant& participant : result_.participants) taken[participant.person] = true;
  diary_ = trials::diary_occasions(trial, scenario.measures, clock);
  probes_ = trials::probe_occasions(trial, scenario.measures, clock);
  rules_.emplace(trial, result_.participants, clock, world);
  observer_.emplace(scenario.measures, result_.participants, diary_, probes_);
  twin_observer_.emplace(scenario.measures, result_.participants, diary_, probes_);
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

void TrialRun::measure(bool has_twin) {
  const trials::Measures& measures = scenario_->measures;
  const std::vector<std::string> names = trials::names(measures);
  const auto add = [&](std::size_t name, std::size_t index, const trials::Scale* scale,
                       const std::vector<trials::Occasion>& occasions, const std::vector<std::vector<double>>& values,
                       const std::vector<std::vector<double>>& twin) {
    result_.measures.push_back(measured(names[name], static_cast<std::uint32_t>(name), scale, occasions, values,
                                        has_twin ? &twin : nullptr, index, result_.participants, clock_, world_));
  };
  for (std::size_t m = 0; m < measures.diaries.size(); ++m)
    add(m, m, &measures.diaries[m].scale, diary_, observer_->diary_values(), twin_observer_->diary_values());
  for (std::size_t m = 0; m < measures.probes.size(); ++m) {
    const bool is_rated = measures.probes[m].task != trials::Task::occupancy;
    add(measures.diaries.size() + m, m, is_rated ? &measures.probes[m].scale : nullptr, probes_,
        observer_->probe_values(), twin_observer_->probe_values());
  }
}

TrialResult TrialRun::finish(bool has_twin) {
  rules_->tell(result_.participants);
  result_.flow = trials::flow_of(*trial_, screening_, result_.participants);
  measure(has_twin);
  for (const trials::MeasureData& data : result_.measures) {
    result_.effects.emplace_back(trial_->arms.size());
    for (std::size_t arm = 0; arm < trial_->arms.size(); ++arm) {
      if (arm != trial_->reference)
        result_.effects.back()[arm] = trials::effect_of(data, *trial_, result_.participants, arm);
    }
  }
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
