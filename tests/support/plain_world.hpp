#pragma once

#include <algorithm>
#include <cmath>
#include <tuple>
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

  double calls_a_contact() const { return scenario->meeting.calls_per_day / scenario->meeting.contacts_per_day; }
  /// 7.4: what a person's ties of the two inner layers come to; the border is the generator's.
  double bond_of(PersonId person) const {
    double strength = 0.0;
    for (const auto& [pair, tie] : ties) {
      const bool is_own = pair.first == person || pair.second == person;
      if (is_own && network::layer_of(static_cast<float>(tie.closeness)) < 2) strength += tie.closeness;
    }
    return 2.0 * strength / (strength + static_cast<double>(scenario->feelings.bond_strength));
  }
  PlainTie& tie(PersonId a, PersonId b) { return ties.at({std::min(a, b), std::max(a, b)}); }

  void tick(Tick tick, const std::vector<Contact>& contacts) {
    const double hours = hours_of(tick);
    tend(tick, hours);
    use(tick, hours);
    for (PlainPerson& p : people) dose(p, hours);
    live(tick, contacts);
    for (PlainPerson& p : people) settle(p, tick);
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
      Stream wanted = Draws(world, "wanted connection of the day").at(p, day);
      const double left = std::exp(-24.0 / scenario->traits.wanted_time);
      const double news = std::sqrt(scenario->traits.wanted_drift * (1.0 - left * left)) * scenario->traits.wanted_sd;
      const double usual = people[p].wanted_usual;
      people[p].wanted = usual + (people[p].wanted - usual) * left + news * normal(wanted);
    }
    if (!scenario->tie_life) return;
    if (tick != first_tick()) {
      for (auto& [pair, tie] : ties) tie.closeness *= std::exp(-1.0 / time_of(tie));
    }
    for (PersonId p = 0; p < people.size(); ++p) {
      const double now = bond_of(p);
      const double left = std::exp(-24.0 / static_cast<double>(scenario->feelings.bond_time));
      people[p].bond = people[p].bond > now ? now + (people[p].bond - now) * left : now;
    }
  }

  // 7.8: days between contacts of either kind at the usual closeness, and the time of closeness without contact.
  double gap_of(const PlainTie& tie) const {
    const double waking = 24.0 - scenario->meeting.night.length();
    return 1.0 / ((1.0 + calls_a_contact()) * contacts_at_one *
                  std::exp(-scenario->meeting.closeness_slope * (1.0 - tie.usual)) * waking);
  }
  double time_of(const PlainTie& tie) const {
    const auto& life = *scenario->tie_life;
    return std::max(life.time[static_cast<std::size_t>(tie.kind)], life.gaps_remembered * gap_of(tie));
  }

  // 7.10
  void use(Tick tick, double hours) {
    if (!scenario->substance_use) return;
    if (scenario->scales.lonely_share && tick < 0 && is_new_day(tick)) {
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
      const double points = 9.0 - 6.0 * std::pow(3.5 / 6.0, p.loneliness / lonely_above);
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

  /// Everybody's contacts and stressors, each at its part of the tick; stressors first.
  void live(Tick tick, const std::vector<Contact>& contacts) {
    const double hours = hours_of(tick);
    const double awake = awake_hours(hours);
    struct Happens {
      int part;
      PersonId other;  // the person itself: a stressor
      std::size_t contact;
    };
    std::vector<std::pair<double, double>> rewards(contacts.size());
    for (PersonId id = 0; id < people.size(); ++id) {
      std::vector<Happens> day;
      Stream stream = Draws(world, "stressors").at(id, tick);
      const double mean = scenario->feelings.stressors * 24.0 * awake / (24.0 - scenario->meeting.night.length());
      for (std::uint32_t left = awake > 0.0 && mean > 0.0 ? poisson(stream, mean) : 0; left > 0; --left)
        day.push_back(
            {scenario->meeting.night.waking(std::fmod(hours + scenario->time.start + 240000.0, 24.0), tick_hours())
                 .moment(stream()),
             id, 0});
      std::stable_sort(day.begin(), day.end(), [](const Happens& a, const Happens& b) { return a.part < b.part; });
      for (std::size_t k = 0; k < contacts.size(); ++k) {
        if (contacts[k].owner != id && contacts[k].other != id) continue;
        day.push_back({contacts[k].moment, contacts[k].owner == id ? contacts[k].other : contacts[k].owner, k});
      }
      std::stable_sort(day.begin(), day.end(), [&](const Happens& a, const Happens& b) {
        const bool a_stresses = a.other == id;
        const bool b_stresses = b.other == id;
        return std::tuple(a.part, !a_stresses, a.other) < std::tuple(b.part, !b_stresses, b.other);
      });
      int now = 0;
      const auto until = [&](int part) {
        span(people[id], tick_hours() * (part - now) / 32.0, awake / tick_hours());
        now = part;
      };
      for (const Happens& one : day) {
        until(one.part);
        if (one.other == id) {
          hurt(people[id], scenario->feelings.distress_of_stressor);
          continue;
        }
        const Contact& contact = contacts[one.contact];
        const double reward = live_one(id, one.other, contact);
        (contact.owner == id ? rewards[one.contact].first : rewards[one.contact].second) = reward;
        if (contact.is_distant) {
          ++people[id].calls;
        } else {
          people[id].last_contact = hours + tick_hours() * one.part / 32.0;
          ++people[id].contacts;
        }
      }
      until(32);
    }
    for (std::size_t k = 0; scenario->tie_life && k < contacts.size(); ++k) bond(contacts[k], rewards[k]);
  }

  bool goes_well(PersonId a, PersonId b, float outcome) const {
    double cost = 0.0;
    for (const PersonId p : {a, b}) cost = std::max(cost, people[p].patient ? people[p].patient->cost : 0.0);
    const double spoiled = scenario->substance_use ? scenario->substance_use->params.spoiled_contacts * cost : 0.0;
    return outcome < scenario->meeting.positive_share * (1.0 - spoiled);
  }

  double live_one(PersonId id, PersonId other, const Contact& contact) {
    const auto& f = scenario->feelings;
    PlainPerson& p = people[id];
    if (!goes_well(id, other, contact.outcome)) {
      hurt(p, f.distress_of_conflict, theory.analgesia);
      learn(p, false, 0.0, signal_of(p, ligand(p), p.density, treatment_is_felt(), 0.0, 0.0));
      if (p.patient) ++p.patient->bad_now;
      return 0.0;
    }
    const double strangers = scenario->meeting.quality_least;
    const double w = tie(id, other).closeness;
    const double in_person = (strangers + (1.0 - strangers) * w) * people[other].warmth;
    const double quality = contact.is_distant ? in_person * scenario->meeting.call_quality : in_person;
    p.phasic += scenario->receptor.release * quality * (contact.is_distant ? scenario->meeting.call_release : 1.0F);
    if (!contact.is_distant) p.phasic += scenario->receptor.release * theory.touch * w;
    const double peak = signal_of(p, ligand(p), p.density, treatment_is_felt(), 0.0, 0.0);
    const double reward = quality * std::max(0.0, 1.0 + theory.opioid_share * (peak - 1.0));
    p.connection += f.connection_gain * reward * (1.0 - p.connection);
    p.distress -= f.soothing * p.distress * std::min(1.0, reward);
    const double enjoyed = quality * std::max(0.0, 1.0 + theory.pleasure * (peak - 1.0));
    p.positive += f.positive_gain * enjoyed * (1.0 - p.positive);
    learn(p, true, reward, peak);
    p.need -= f.need_relief * quality * p.need;
    p.company += std::min(1.0, f.company_gain * w * reward) * (1.0 - p.company);
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
    const double usual_reward = (meeting.quality_least + (1.0 - meeting.quality_least) * tie.closeness) *
                                life.usual_warmth * (1.0 + calls_a_contact() * meeting.call_quality) /
                                (1.0 + calls_a_contact());
    const double taken = gap_of(tie) / time_of(tie) + (1.0 - good) * life.conflict_loss;
    const double growth = std::min(1.0, tie.usual * taken / (good * life.headroom));
    const double room = std::max(0.0, tie.usual + life.headroom - tie.closeness);
    const double share = std::min(1.0, growth * std::sqrt(rewards.first * rewards.second) / usual_reward);
    tie.closeness = std::min(1.0, tie.closeness + share * room);
  }
};

}  // namespace kith::testing
