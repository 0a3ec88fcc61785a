#include "models/observer.hpp"

#include <algorithm>
#include <limits>

#include "models/kith.hpp"

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
  }
  return 0.0F;
}

/// Closeness and warmth of those who write: the closest ties first, again from the start when there are fewer than messages.
struct Sender {
  float closeness;
  float warmth;
};

std::vector<Sender> senders(const Model& model, PersonId person, const trials::Probe& probe) {
  if (probe.strangers) return std::vector<Sender>(probe.messages, Sender{0.0F, 1.0F});
  std::vector<std::pair<float, PersonId>> ties;
  model.ties().for_each(person,
                        [&](PersonId other, TieId tie) { ties.emplace_back(-model.ties().closeness(tie), other); });
  std::sort(ties.begin(), ties.end());
  std::vector<Sender> result;
  for (std::uint32_t k = 0; k < probe.messages && !ties.empty(); ++k) {
    const auto& [closeness, other] = ties[k % ties.size()];
    result.push_back({-closeness, model.people().warmth.now[other]});
  }
  return result;
}

}  // namespace

Observer::Observer(const trials::Measures& measures, const std::vector<trials::Participant>& participants,
                   std::vector<trials::Occasion> diary, std::vector<trials::Occasion> probes)
    : measures_(&measures), diary_(std::move(diary)), probes_(std::move(probes)) {
  for (const trials::Participant& participant : participants) people_.push_back(participant.person);
  since_waking_.assign(measures.diaries.size(), std::vector<double>(people_.size()));
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
    const trials::Feeling feeling = measures_->diaries[diary_[o].measure].feeling;
    for (std::size_t i = 0; i < people_.size(); ++i) {
      diary_values_[o][i] = awake_ > 0.0 ? since_waking_[diary_[o].measure][i] / awake_
                                         : static_cast<double>(feeling_of(model.people(), feeling, people_[i]));
    }
  }
  for (std::size_t o = 0; o < probes_.size(); ++o) {
    if (!due(probes_[o])) continue;
    for (std::size_t i = 0; i < people_.size(); ++i) {
      probe_values_[o][i] = probe_value(model, measures_->probes[probes_[o].measure], people_[i], probes_[o].hours);
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
    awake_ = 0.0;
  }
  const double awake = night.awake(begin, hours);
  if (awake <= 0.0) return;
  for (std::size_t m = 0; m < since_waking_.size(); ++m) {
    for (std::size_t i = 0; i < people_.size(); ++i) {
      since_waking_[m][i] +=
          awake * static_cast<double>(feeling_of(model.people(), measures_->diaries[m].feeling, people_[i]));
    }
  }
  awake_ += awake;
}

double Observer::probe_value(const Model& model, const trials::Probe& probe, PersonId person, double hours) const {
  switch (probe.task) {
    case trials::Task::loving_messages:
      return message_reward(model, person, probe);
    case trials::Task::occupancy:
      return occupancy_percent(model, person, hours);
  }
  return nan;
}

double message_reward(const Model& model, PersonId person, const trials::Probe& probe) {
  const Scenario& scenario = model.scenario();
  const std::vector<Sender> from = senders(model, person, probe);
  if (from.empty()) return 0.0;
  float ligand = model.ligand(person);
  double total = 0.0;
  for (const Sender& sender : from) {
    const float quality = contact_quality(scenario.meeting, sender.closeness, sender.warmth);
    ligand += scenario.receptor.release * quality;
    const float peak = model.signal_at(person, ligand);
    total += static_cast<double>(quality * reward_gain(scenario.feelings, peak));
  }
  return total / static_cast<double>(from.size());
}

double occupancy_percent(const Model& model, PersonId person, double hours) {
  // The model stands at the start of the tick that contains `hours`.
  const Clock& clock = model.clock();
  const double now = clock.hours(static_cast<Tick>(std::floor(hours / clock.tick_hours() + 1e-9)));
  const pharmacology::Treated* treated = model.treatment(person);
  return treated == nullptr ? 0.0 : 100.0 * treated->occupancy_at(now, hours - now);
}

}  // namespace kith
