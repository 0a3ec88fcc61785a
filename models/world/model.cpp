#include "models/world/model.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/distributions.hpp"
#include "core/fingerprint.hpp"
#include "core/independent.hpp"
#include "core/math.hpp"
#include "core/parallel.hpp"

namespace kith {

using people::Feelings;

Model::Model(const Scenario& scenario, const network::Ties& ties, WorldKey world,
             std::span<const std::uint32_t> community)
    : scenario_(&scenario),
      ties_(&ties),
      world_(world),
      clock_(scenario.time.tick_seconds, scenario.time.start),
      first_tick_(-clock_.tick_at(scenario.time.burn_in)),
      relaxation_(scenario.feelings, clock_.tick_hours()),
      phasic_left_(static_cast<float>(portable_exp(-std::numbers::ln2 * clock_.tick_hours() /
                                                   static_cast<double>(scenario.receptor.phasic_half_life)))),
      regulation_step_(static_cast<float>(
          1.0 - portable_exp(-clock_.tick_hours() / static_cast<double>(scenario.receptor.regulation_time)))),
      sampler_(ties, people::contact_rates(scenario.meeting, ties), scenario.meeting.approach_most) {
  if (scenario.tie_life) living_.emplace(*scenario.tie_life, scenario.meeting, ties, community);
  people_.resize(ties.people());
  draw_traits();
}

std::vector<Phase> Model::phases() {
  return {
      {"tend", [this](Tick tick) { tend(tick); }},  // once a day: what holds for the day
      {"use", [this](Tick tick) { use(tick); }},    // patients crave, and may use
      {"dose", [this](Tick tick) { dose(tick); }},  // treated people: doses due, drug chain
      {"body", [this](Tick tick) { body(tick); }},  // μ-signal; feelings relax; approach and warmth → next
      {"meet", [this](Tick tick) { meet(tick); }},  // who meets whom
      {"live", [this](Tick tick) { live(tick); }},  // everybody lives through their own contacts
      {"flip", [this](Tick) { flip(); }},           // public next → now
  };
}

void Model::run(Tick from, Tick to, const std::string& replay, const AfterTick& after_tick) {
  run_ticks(phases(), clock_, from, to, replay, after_tick);
}

void Model::tend(Tick tick) {
  const std::int64_t day = clock_.day(clock_.hours(tick));
  if (tick != first_tick_ && clock_.day(clock_.hours(tick - 1)) == day) return;
  draw_tone_of_day(day);
  if (!living_) return;
  const std::int64_t days = day_of_run(clock_.hours(tick));
  if (days > 0) living_->tend(days, clock_.hours(tick), world_, readiness());
  living_->refresh(sampler_);
}

void Model::draw_tone_of_day(std::int64_t day) {
  const Draws draws(world_, "tone of the day");
  const double sd = scenario_->traits.tone_day_sd;
  for_each_block(people_.count, [&](std::size_t begin, std::size_t end) {
    std::array<std::uint32_t, block_size> words;
    draws.first_words(static_cast<PersonId>(begin), day, {words.data(), end - begin});
    for (std::size_t p = begin; p < end; ++p) {
      const double deviation = sd * normal_quantile(to_unit(words[p - begin]));
      people_.tone_today[p] = static_cast<float>(std::clamp(deviation, -0.9, 0.9));
    }
  });
}

people::Relaxation Model::relaxation_at(Tick tick) const {
  // In the first half of the burn-in what is slow follows at once; in the second it becomes the mean since the middle.
  people::Relaxation step = relaxation_;
  if (tick >= 0) return step;
  const double since_middle = clock_.hours(tick + 1) - 0.5 * clock_.hours(first_tick_);
  const float share = since_middle > 0.0 ? static_cast<float>(std::min(1.0, clock_.tick_hours() / since_middle)) : 1.0F;
  step.set_point = std::max(step.set_point, share);
  step.loneliness = std::max(step.loneliness, share);
  return step;
}

void Model::body(Tick tick) {
  const auto& feelings = scenario_->feelings;
  const auto& receptor = scenario_->receptor;
  const auto& meeting = scenario_->meeting;
  const theories::Theory& theory = *scenario_->theory.theory;
  const auto now = static_cast<float>(clock_.hours(tick));
  const people::Relaxation step = relaxation_at(tick);

  for_each_block(people_.count, [&](std::size_t begin, std::size_t end) {
    people::People& s = people_;
    std::array<float, block_size> separation;
    std::array<float, block_size> drive;
    KITH_INDEPENDENT
    for (std::size_t p = begin; p < end; ++p) {
      s.phasic[p] *= phasic_left_;
      const float ligand = s.tone[p] * (1.0F + s.tone_today[p]) + s.phasic[p];
      s.signal[p] = pharmacology::mu_signal(receptor, ligand, s.antagonist[p]);
    }
    signal_of_carriers(begin, end);
    signal_of_treated(begin, end);
    KITH_INDEPENDENT
    for (std::size_t p = begin; p < end; ++p) {
      s.signal_mean[p] += (s.signal[p] - s.signal_mean[p]) * step.signal_mean;
      s.set_point[p] += (s.signal[p] - s.set_point[p]) * step.set_point;
    }
    regulate(begin, end);
    sense_use(begin, end, step);
    theory.separation(s, begin, end, separation.data());
    KITH_INDEPENDENT
    for (std::size_t p = begin; p < end; ++p) {
      const float alone =
          now - s.last_contact[p] > feelings.separation_tolerance ? feelings.distress_of_separation : 0.0F;
      const Feelings f = relax(
          feelings, step,
          {s.connection[p], s.distress[p], s.positive_affect[p], s.negative_affect[p], s.need[p], s.loneliness[p]},
          s.signal[p], separation[p - begin] + alone, s.wanted_connection[p]);
      s.connection[p] = f.connection;
      s.distress[p] = f.distress;
      s.positive_affect[p] = f.positive_affect;
      s.negative_affect[p] = f.negative_affect;
      s.need[p] = f.need;
      s.loneliness[p] = f.loneliness;
    }
    feel_symptoms(begin, end, step);
    theory.approach(s, begin, end, drive.data());
    KITH_INDEPENDENT
    for (std::size_t p = begin; p < end; ++p) {
      const float wish = portable_exp(drive[p - begin] + loneliness_drive(feelings, s.loneliness[p]));
      const float most = wish < meeting.approach_most ? wish : meeting.approach_most;
      s.approach.next[p] = most > meeting.approach_least ? most : meeting.approach_least;
      s.warmth.next[p] = offered_warmth(feelings, s.loneliness[p], s.distress[p]);
    }
    withdraw_users(begin, end);
  });
}

void Model::meet(Tick tick) {
  const double awake = scenario_->meeting.night.awake(clock_.time_of_day(clock_.hours(tick)), clock_.tick_hours());
  sampler_.draw(ties(), Draws(world_, "contacts"), tick, awake, readiness(), contacts_);
  stress(tick, awake);
}

void Model::live(Tick tick) {
  if (contacts_.empty()) return;
  encounters_.assign(contacts_, people_.count);
  if (living_) rewards_.resize(contacts_.size());
  const double end_of_tick = clock_.hours(tick + 1);
  for_each_block(people_.count, [&](std::size_t begin, std::size_t end) {
    const std::span<const pharmacology::Treated> treated = treated_.among(begin, end);
    auto next = treated.begin();
    for (auto person = static_cast<PersonId>(begin); person < end; ++person) {
      const bool is_treated = next != treated.end() && next->person() == person;
      const pharmacology::Treated* own = is_treated ? &*next++ : nullptr;
      if (!encounters_.of(person).empty()) live_one(person, own, end_of_tick);
    }
  });
  if (living_) bond(day_of_run(clock_.hours(tick)));
}

void Model::bond(std::int64_t day) {
  const auto& meeting = scenario_->meeting;
  const float usual_warmth = static_cast<float>(scenario_->tie_life->usual_warmth);
  // Contacts come in the order of their owners, so a block of owners has a run of them, and its ties to itself.
  for_each_block(people_.count, [&](std::size_t begin, std::size_t end) {
    const auto before = [](const Contact& contact, std::size_t owner) { return contact.owner < owner; };
    auto contact = std::lower_bound(contacts_.begin(), contacts_.end(), begin, before);
    for (; contact != contacts_.end() && contact->owner < end; ++contact) {
      if (goes_well(contact->owner, contact->other, contact->outcome)) {
        const auto& [own, others] = rewards_[static_cast<std::size_t>(contact - contacts_.begin())];
        const float usual = contact_quality(meeting, living_->ties().closeness(contact->tie), usual_warmth);
        living_->after_good(contact->tie, day, std::sqrt(own * others) / usual);
      } else {
        living_->after_bad(contact->tie, day);
      }
    }
  });
}

void Model::live_one(PersonId person, const pharmacology::Treated* treated, double hours) {
  people::People& s = people_;
  Feelings f = feelings_of(person);
  for (const Encounter& encounter : encounters_.of(person)) {
    if (goes_well(person, encounter.other, encounter.outcome)) {
      const float closeness = ties().closeness(encounter.tie);
      const float quality = contact_quality(scenario_->meeting, closeness, s.warmth.now[encounter.other]);
      const float reward = feel_good(person, treated, f, quality);
      if (living_) rewards_[encounter.contact][contacts_[encounter.contact].owner == person ? 0 : 1] = reward;
    } else {
      f = after_negative(scenario_->feelings, f, s.signal[person]);
      if (patients::Patient* const patient = patients_.find(person)) ++patient->bad_now;
    }
  }
  set_feelings(person, f);
  s.last_contact[person] = static_cast<float>(hours);
  s.contacts[person] += static_cast<std::uint32_t>(encounters_.of(person).size());
}

Feelings Model::feelings_of(PersonId person) const {
  const people::People& s = people_;
  return {s.connection[person],      s.distress[person], s.positive_affect[person],
          s.negative_affect[person], s.need[person],     s.loneliness[person]};
}

void Model::set_feelings(PersonId person, const Feelings& f) {
  people_.connection[person] = f.connection;
  people_.distress[person] = f.distress;
  people_.positive_affect[person] = f.positive_affect;
  people_.negative_affect[person] = f.negative_affect;
  people_.need[person] = f.need;
}

float Model::feel_good(PersonId person, const pharmacology::Treated* treated, Feelings& f, float quality) {
  people_.phasic[person] += scenario_->receptor.release * quality;
  const float peak = signal_at(person, treated, ligand(person));
  f = after_positive(scenario_->feelings, f, quality, peak);
  if (patients::Patient* const patient = patients_.find(person)) meet_well(*patient, quality);
  return quality * reward_gain(scenario_->feelings, peak);
}

void Model::flip() {
  people_.approach.flip();
  people_.warmth.flip();
#ifdef KITH_AUDIT
  audit();
#endif
}

float Model::ligand(PersonId person) const {
  return people_.tone[person] * (1.0F + people_.tone_today[person]) + people_.phasic[person];
}

std::uint64_t Model::fingerprint() const {
  Fingerprint fingerprint;
  people::People::visit(people_, [&](const ColumnInfo& info, const auto& column) {
    fingerprint.add(info.name);
    fingerprint.add_values(std::span(column));
  });
  if (living_) living_->add_to(fingerprint);
  if (!opportunity_.empty()) fingerprint.add_values(std::span(opportunity_));
  patients_.add_to(fingerprint);
  if (!alleles_.empty()) fingerprint.add_values(std::span(alleles_));
  for (const auto& treated : treated_.all()) {
    for (const auto& course : treated.courses()) {
      fingerprint.add(std::uint64_t{course.person()});
      fingerprint.add_values(course.state());
    }
    if (const float density = treated.density(); density != 1.0F) fingerprint.add_values(std::span(&density, 1));
  }
  return fingerprint.value();
}

void Model::audit() const {
  people::People::visit(people_, [&](const ColumnInfo& info, const auto& column) {
    for_each_block(column.size(), [&](std::size_t begin, std::size_t end) {
      for (std::size_t p = begin; p < end; ++p) {
        if (!std::isfinite(static_cast<double>(column[p]))) {
          throw PersonError(static_cast<PersonId>(p), std::string(info.name) + " is not a number");
        }
      }
    });
  });
}

}  // namespace kith
