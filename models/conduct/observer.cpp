#include "models/conduct/observer.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <tuple>

#include "models/world/model.hpp"
#include "models/world/population.hpp"

namespace kith {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

float feeling_of(const people::People& s, trials::Feeling feeling, PersonId person) {
  switch (feeling) {
    case trials::Feeling::connection:
      return s.connection[person];
    case trials::Feeling::positive_affect:
      return s.positive_affect[person];
    case trials::Feeling::negative_affect:
      return s.negative_affect[person];
    case trials::Feeling::loneliness:
      return s.loneliness[person];
    case trials::Feeling::distress:
      return s.distress[person];
    case trials::Feeling::craving:
      break;
  }
  const std::vector<float>* const craving = s.find("craving");
  return craving == nullptr ? 0.0F : (*craving)[person];
}

/// What the person sees of all tied people, closest first.
std::vector<trials::Friend> friends_of(const Model& model, PersonId person) {
  std::vector<std::tuple<float, PersonId, bool>> ties;
  model.ties().for_each(person, [&](PersonId other, TieId tie) {
    ties.emplace_back(-model.ties().closeness(tie), other, model.ties().kind(tie) == network::TieKind::kin);
  });
  std::sort(ties.begin(), ties.end());
  std::vector<trials::Friend> friends;
  for (const auto& [closeness, other, is_kin] : ties)
    friends.push_back({-closeness, model.people().warmth.now[other], is_kin});
  return friends;
}

people::People copy_of(const people::People& all, PersonId person) {
  people::People one;
  one.resize(1);
  for (const people::People::Added& column : all.added) one.add(column.info, 0.0F);
  people::People::visit(one, [&](const ColumnInfo& info, auto& copied) {
    people::People::visit(all, [&](const ColumnInfo& each, const auto& column) {
      if constexpr (std::is_same_v<std::decay_t<decltype(copied)>, std::decay_t<decltype(column)>>) {
        if (each.name == info.name) copied[0] = column[person];
      }
    });
  });
  return one;
}

/// Where the model stands: the start of the tick that contains `hours`.
double start_of_tick(const Clock& clock, double hours) {
  return clock.hours(static_cast<Tick>(std::floor(hours / clock.tick_hours() + 1e-9)));
}

}  // namespace

Observer::Observer(const trials::Measures& measures, const std::vector<trials::Participant>& participants,
                   std::vector<trials::Occasion> diary, std::vector<trials::Occasion> probes, Norms norms)
    : measures_(&measures), diary_(std::move(diary)), probes_(std::move(probes)), norms_(norms) {
  for (const trials::Participant& participant : participants) people_.push_back(participant.person);
  since_waking_.assign(measures.diaries.size(), std::vector<double>(people_.size()));
  awake_.assign(measures.diaries.size(), 0.0);
  diary_values_.assign(diary_.size(), std::vector<double>(people_.size(), nan));
  probe_values_.assign(probes_.size(), std::vector<double>(people_.size(), nan));
}

void Observer::after_tick(const Model& model, Tick tick) {
  if (tick >= 0) add_up(model, tick);
  const double from = model.clock().hours(tick + 1);
  const double to = model.clock().hours(tick + 2);
  const auto due = [&](const trials::Occasion& occasion) { return occasion.hours >= from && occasion.hours < to; };
  for (std::size_t o = 0; o < diary_.size(); ++o) {
    if (!due(diary_[o])) continue;
    const std::size_t m = diary_[o].measure;
    const trials::Feeling feeling = measures_->diaries[m].feeling;
    for (std::size_t i = 0; i < people_.size(); ++i) {
      diary_values_[o][i] = awake_[m] > 0.0 ? since_waking_[m][i] / awake_[m]
                                            : static_cast<double>(feeling_of(model.people(), feeling, people_[i]));
    }
  }
  Norms norms = norms_;
  std::optional<people::Isolation> isolation;  // of now
  for (std::size_t o = 0; o < probes_.size(); ++o) {
    if (!due(probes_[o])) continue;
    if (!isolation && measures_->probes[probes_[o].measure].asks_isolation && can_isolation_change(model)) {
      isolation = isolation_of(model);
      norms.isolation_scores = isolation->score;
    }
    for (std::size_t i = 0; i < people_.size(); ++i) {
      probe_values_[o][i] =
          measures_->probes[probes_[o].measure].value(subject_of(model, people_[i], probes_[o].hours, norms));
    }
  }
}

void Observer::add_up(const Model& model, Tick tick) {
  const Night& night = model.scenario().meeting.night;
  const double begin = model.clock().time_of_day(model.clock().hours(tick));
  const double hours = model.clock().tick_hours();
  const double waking = night.to < begin ? night.to + 24.0 : night.to;  // a tick may begin before midnight
  if (waking < begin + hours) {
    for (auto& sums : since_waking_) std::fill(sums.begin(), sums.end(), 0.0);
    std::fill(awake_.begin(), awake_.end(), 0.0);
  }
  for (std::size_t m = 0; m < since_waking_.size(); ++m) {
    const double late = std::clamp(measures_->diaries[m].since.value_or(begin) - begin, 0.0, hours);
    const double awake = late < hours ? night.awake(begin + late, hours - late) : 0.0;
    if (awake <= 0.0) continue;
    awake_[m] += awake;
    for (std::size_t i = 0; i < people_.size(); ++i) {
      since_waking_[m][i] +=
          awake * static_cast<double>(feeling_of(model.people(), measures_->diaries[m].feeling, people_[i]));
    }
  }
}

trials::Subject subject_of(const Model& model, PersonId person, double hours, const Norms& norms) {
  const Scenario& scenario = model.scenario();
  trials::Subject subject;
  subject.self = copy_of(model.people(), person);
  subject.friends = friends_of(model, person);
  subject.signal = [&model, person](float ligand) { return model.signal_at(person, ligand); };
  subject.feelings = &scenario.feelings;
  subject.opioids = model.opioids();
  subject.meeting = &scenario.meeting;
  subject.receptor = &scenario.receptor;
  subject.theory = scenario.theory.theory.get();
  subject.occupancy = occupancy_percent(model, person, hours);
  subject.plasma = [&model, person, hours](std::string_view drug) { return plasma(model, person, drug, hours); };
  subject.lonely_above = norms.lonely_above;
  if (!norms.isolation_scores.empty()) subject.isolation_score = norms.isolation_scores[person];
  return subject;
}

double occupancy_percent(const Model& model, PersonId person, double hours) {
  const double now = start_of_tick(model.clock(), hours);
  const pharmacology::Treated* treated = model.treatment(person);
  return treated == nullptr ? 0.0 : 100.0 * treated->occupancy_at(now, hours - now);
}

double plasma(const Model& model, PersonId person, std::string_view drug, double hours) {
  const double now = start_of_tick(model.clock(), hours);
  const pharmacology::Treated* treated = model.treatment(person);
  return treated == nullptr ? 0.0 : treated->plasma_at(drug, now, hours - now);
}

}  // namespace kith
