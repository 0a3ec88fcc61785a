#pragma once

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "engine/contacts.hpp"
#include "tests/support/plain_body.hpp"

namespace kith::testing {

/// A world the slow and obvious way, written from section 7 of the model description: one person after the other, in doubles,
/// every formula where it is used. What the model is judged by. Who meets whom is told, not drawn.
class PlainWorld : public PlainBody {
 public:
  using PlainBody::PlainBody;

  PlainTie& tie(PersonId a, PersonId b) { return ties.at({std::min(a, b), std::max(a, b)}); }

  void tick(Tick tick, const std::vector<Contact>& contacts) {
    const double hours = hours_of(tick);
    tend(tick, hours);
    use(tick, hours);
    for (PlainPerson& p : people) dose(p, hours);
    for (PlainPerson& p : people) body(p, tick, hours);
    stress(tick, hours);
    live(contacts, hours + tick_hours());
    for (PlainPerson& p : people) {
      p.approach = p.next_approach;
      p.warmth = p.next_warmth;
    }
  }

 private:
  void tend(Tick tick, double hours) {
    if (tick != first_tick() && !is_new_day(tick)) return;
    const auto day = static_cast<std::int64_t>(day_of(hours));
    for (PersonId p = 0; p < people.size(); ++p) {
      Stream stream = Draws(world, "tone of the day").at(p, day);
      people[p].tone_today = std::clamp(scenario->traits.tone_day_sd * normal(stream), -0.9, 0.9);
    }
    if (tick == first_tick() || !scenario->tie_life) return;
    for (auto& [pair, tie] : ties) tie.closeness *= std::exp(-1.0 / time_of(tie));
  }

  // 7.8: days between contacts at the usual closeness, and the time of closeness without contact.
  double gap_of(const PlainTie& tie) const {
    const double waking = 24.0 - scenario->meeting.night.length();
    return 1.0 / (contacts_at_one * std::exp(-scenario->meeting.closeness_slope * (1.0 - tie.usual)) * waking);
  }
  double time_of(const PlainTie& tie) const {
    const auto& life = *scenario->tie_life;
    return std::max(life.time[static_cast<std::size_t>(tie.kind)], life.gaps_remembered * gap_of(tie));
  }

  // 7.10
  void use(Tick tick, double hours) {
    if (!scenario->substance_use) return;
    if (tick < 0 && is_new_day(tick)) {
      std::vector<double> loneliness;
      for (const PlainPerson& p : people) loneliness.push_back(p.loneliness);
      std::sort(loneliness.begin(), loneliness.end());
      lonely_above = loneliness[static_cast<std::size_t>(0.76 * static_cast<double>(loneliness.size() - 1))];
    }
    const auto& s = *scenario->substance_use;
    for (PersonId id = 0; id < people.size(); ++id) {
      PlainPerson& p = people[id];
      if (!p.patient) continue;
      PlainPatient& own = *p.patient;
      const double points = lonely_above > 0.0 ? std::min(9.0, 3.0 + 2.5 * p.loneliness / lonely_above) : 3.0;
      const double rest = s.params.craving_rest + s.params.craving_of_affect * p.negative +
                          std::log(s.params.odds_per_ucla_point) / s.params.craving_slope * (points - 3.0) +
                          s.params.craving_of_habit * own.habit +
                          s.params.craving_of_withdrawal * std::max(0.0, 1.0 - own.signal / own.set_point);
      own.craving += (std::clamp(rest, 0.0, 1.0) - own.craving) * covered(tick_hours(), s.params.craving_time);
      own.cost *= std::exp(-tick_hours() / static_cast<double>(s.params.cost_time));
      const double four_weeks = covered(tick_hours(), 672.0F);
      own.good_a_day += (own.good_now * 24.0 / tick_hours() - own.good_a_day) * four_weeks;
      own.bad_a_day += (own.bad_now * 24.0 / tick_hours() - own.bad_a_day) * four_weeks;
      own.connection_recent += (p.connection - own.connection_recent) * four_weeks;
      own.good_now = own.bad_now = 0;
      const double odds = s.params.base_odds * std::exp(s.params.craving_slope * own.craving +
                                                        s.params.habit_slope * own.habit + own.own_odds);
      const bool is_on_ward = hours < 0.0 && hours >= -s.detoxification;
      Stream stream = Draws(world, "use of the substance").at(id, tick);
      const double chance = 1.0 - std::pow(1.0 + odds, is_on_ward ? 0.0 : -awake_hours(hours));
      if (uniform(stream) < chance) take(p, hours);
    }
  }

  void take(PlainPerson& p, double hours) {
    const auto& s = *scenario->substance_use;
    PlainPatient& own = *p.patient;
    const double before = signal_of(p, ligand(p), own.density, is_seen_by_use(), hours, peak_after);
    if (own.own_use) {
      own.own_use->add({hours, s.dose});
    } else {
      p.phasic += static_cast<double>(s.release);
    }
    const double after = signal_of(p, ligand(p), own.density, is_seen_by_use(), hours, peak_after);
    const double not_felt = s.params.least_reward;
    const double reward = std::clamp(((after - before) / usual_rise - not_felt) / (1.0 - not_felt), 0.0, 1.0);
    own.habit += s.params.learning * (reward - own.habit);
    own.craving *= 1.0 - s.params.use_relief * reward;
    own.cost = 1.0;
    p.distress *= 1.0 - s.params.distress_relief * reward;
    p.positive += s.params.positive_affect_gain * reward * (1.0 - p.positive);
    own.uses += hours >= 0.0 ? 1 : 0;
  }

  void stress(Tick tick, double hours) {
    const double a_day = scenario->feelings.stressors * 24.0;
    const double mean = a_day * awake_hours(hours) / (24.0 - scenario->meeting.night.length());
    for (PersonId p = 0; p < people.size(); ++p) {
      Stream stream = Draws(world, "stressors").at(p, tick);
      if (uniform(stream) < 1.0 - std::exp(-mean)) hurt(people[p], scenario->feelings.distress_of_stressor);
    }
  }

  void live(const std::vector<Contact>& contacts, double end) {
    struct Met {
      PersonId other;
      std::size_t contact;
    };
    std::vector<std::vector<Met>> met(people.size());
    for (std::size_t k = 0; k < contacts.size(); ++k) {
      met[contacts[k].owner].push_back({contacts[k].other, k});
      met[contacts[k].other].push_back({contacts[k].owner, k});
    }
    std::vector<std::pair<double, double>> rewards(contacts.size());
    for (PersonId id = 0; id < people.size(); ++id) {
      std::stable_sort(met[id].begin(), met[id].end(), [](const Met& a, const Met& b) { return a.other < b.other; });
      for (const Met& one : met[id]) {
        const double reward = live_one(id, one.other, contacts[one.contact].outcome);
        (contacts[one.contact].owner == id ? rewards[one.contact].first : rewards[one.contact].second) = reward;
        people[id].last_contact = end;
        ++people[id].contacts;
      }
    }
    for (std::size_t k = 0; scenario->tie_life && k < contacts.size(); ++k) bond(contacts[k], rewards[k]);
  }

  bool goes_well(PersonId a, PersonId b, float outcome) const {
    double cost = 0.0;
    for (const PersonId p : {a, b}) cost = std::max(cost, people[p].patient ? people[p].patient->cost : 0.0);
    const double spoiled = scenario->substance_use ? scenario->substance_use->params.spoiled_contacts * cost : 0.0;
    return outcome < scenario->meeting.positive_share * (1.0 - spoiled);
  }

  double live_one(PersonId id, PersonId other, float outcome) {
    const auto& f = scenario->feelings;
    PlainPerson& p = people[id];
    if (!goes_well(id, other, outcome)) {
      hurt(p, f.distress_of_conflict);
      if (p.patient) ++p.patient->bad_now;
      return 0.0;
    }
    const double strangers = scenario->meeting.quality_least;
    const double quality = (strangers + (1.0 - strangers) * tie(id, other).closeness) * people[other].warmth;
    p.phasic += scenario->receptor.release * quality;
    const double peak = signal_of(p, ligand(p), p.density, treatment_is_felt(), 0.0, 0.0);
    const double reward = quality * std::max(0.0, 1.0 + theory.opioid_share * (peak - 1.0));
    p.connection += f.connection_gain * reward * (1.0 - p.connection);
    p.distress -= f.soothing * p.distress * std::min(1.0, reward);
    p.positive += f.positive_gain * quality * (1.0 - p.positive);
    p.need -= f.need_relief * quality * p.need;
    if (p.patient) {
      ++p.patient->good_now;
      p.patient->craving *= 1.0 - scenario->substance_use->params.company_relief * quality;
    }
    return reward;
  }

  // 7.8
  void bond(const Contact& contact, const std::pair<double, double>& rewards) {
    const auto& life = *scenario->tie_life;
    const auto& meeting = scenario->meeting;
    PlainTie& tie = this->tie(contact.owner, contact.other);
    if (!goes_well(contact.owner, contact.other, contact.outcome)) {
      tie.closeness *= 1.0 - life.conflict_loss;
      return;
    }
    const double good = meeting.positive_share;
    const double usual_reward =
        (meeting.quality_least + (1.0 - meeting.quality_least) * tie.closeness) * life.usual_warmth;
    const double taken = gap_of(tie) / time_of(tie) + (1.0 - good) * life.conflict_loss;
    const double growth = std::min(1.0, tie.usual * taken / (good * life.headroom));
    const double room = std::max(0.0, tie.usual + life.headroom - tie.closeness);
    const double share = std::min(1.0, growth * std::sqrt(rewards.first * rewards.second) / usual_reward);
    tie.closeness = std::min(1.0, tie.closeness + share * room);
  }
};

}  // namespace kith::testing
