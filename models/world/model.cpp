#include "models/world/model.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/distributions.hpp"
#include "core/independent.hpp"
#include "core/math.hpp"
#include "core/parallel.hpp"
#include "models/theories/theory.hpp"

namespace kith {

using people::Feelings;

Model::Model(const Scenario& scenario, const network::Ties& ties, WorldKey world,
             std::span<const std::uint32_t> community)
    : scenario_(&scenario),
      world_(world),
      clock_(scenario.time.tick_seconds, scenario.time.start),
      first_tick_(-clock_.tick_at(scenario.time.burn_in)),
      relaxation_(scenario.feelings, clock_.tick_hours()),
      opioids_(scenario.theory.theory->opioids(scenario.feelings)),
      receptors_(scenario.receptor, scenario.traits.genotype, scenario.pharmacy, clock_.tick_hours()),
      bonds_(ties, scenario.meeting, scenario.tie_life, community),
      mechanisms_(scenario.mechanisms) {
  people_.resize(ties.people());
  draw_traits();
  scenario.theory.theory->start(people_);
  for (const auto& mechanism : mechanisms_) mechanism->start(scene());
}

std::vector<Phase> Model::phases() {
  return {
      {"tend", [this](Tick tick) { tend(tick); }},  // once a day: what holds for the day
      {"use", [this](Tick tick) { use(tick); }},    // patients crave, and may use
      {"dose", [this](Tick tick) { dose(tick); }},  // treated people: doses due, drug chain
      {"body", [this](Tick tick) { body(tick); }},  // μ-signal; feelings relax; approach and warmth → next
      {"meet", [this](Tick tick) { meet(tick); }},  // who meets whom, and how it goes
      {"live", [this](Tick tick) { live(tick); }},  // everybody lives through their own contacts
      {"flip", [this](Tick) { flip(); }},           // public next → now
  };
}

void Model::run(Tick from, Tick to, const std::string& replay, const AfterTick& after_tick) {
  run_ticks(phases(), clock_, from, to, replay, after_tick);
}

void Model::tend(Tick tick) {
  const double hours = clock_.hours(tick);
  const std::int64_t day = clock_.day(hours);
  if (tick != first_tick_ && clock_.day(clock_.hours(tick - 1)) == day) return;
  draw_tone_of_day(day);
  bonds_.tend(day_of_run(hours), hours, world_, opportunity_.readiness(people_));
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

void Model::use(Tick tick) {
  for (const auto& mechanism : mechanisms_) mechanism->use(scene(), tick);
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
  const auto now = static_cast<float>(clock_.hours(tick));
  const people::Relaxation step = relaxation_at(tick);
  for_each_block(people_.count, [&](std::size_t begin, std::size_t end) {
    people::People& s = people_;
    receptors_.sense(s, begin, end);
    KITH_INDEPENDENT
    for (std::size_t p = begin; p < end; ++p) {
      s.signal_mean[p] += (s.signal[p] - s.signal_mean[p]) * step.signal_mean;
      s.set_point[p] += (s.signal[p] - s.set_point[p]) * step.set_point;
    }
    receptors_.regulate(s, begin, end);
    scenario_->theory.theory->sense(s, begin, end, step.hours);
    for (const auto& mechanism : mechanisms_) mechanism->sense(scene(), step, begin, end);
    feel(now, step, begin, end);
    for (const auto& mechanism : mechanisms_) mechanism->feel(scene(), step, begin, end);
    wish(begin, end);
    for (const auto& mechanism : mechanisms_) mechanism->approach(scene(), begin, end);
  });
}

void Model::feel(float now, const people::Relaxation& step, std::size_t begin, std::size_t end) {
  people::People& s = people_;
  const people::FeelingParams& feelings = scenario_->feelings;
  const people::Opioids opioids = opioids_;
  std::array<float, block_size> separation;
  scenario_->theory.theory->separation(s, begin, end, separation.data());
  KITH_INDEPENDENT
  for (std::size_t p = begin; p < end; ++p) {
    const float alone =
        now - s.last_contact[p] > feelings.separation_tolerance ? feelings.distress_of_separation : 0.0F;
    const Feelings f =
        relax(feelings, opioids, step,
              {s.connection[p], s.distress[p], s.positive_affect[p], s.negative_affect[p], s.need[p], s.loneliness[p]},
              s.signal[p], separation[p - begin] + alone, s.wanted_connection[p]);
    s.connection[p] = f.connection;
    s.distress[p] = f.distress;
    s.positive_affect[p] = f.positive_affect;
    s.negative_affect[p] = f.negative_affect;
    s.need[p] = f.need;
    s.loneliness[p] = f.loneliness;
  }
}

void Model::wish(std::size_t begin, std::size_t end) {
  people::People& s = people_;
  const people::FeelingParams& feelings = scenario_->feelings;
  const people::MeetingParams& meeting = scenario_->meeting;
  std::array<float, block_size> drive;
  scenario_->theory.theory->approach(s, begin, end, drive.data());
  KITH_INDEPENDENT
  for (std::size_t p = begin; p < end; ++p) {
    const float wish = portable_exp(drive[p - begin] + loneliness_drive(feelings, s.loneliness[p]));
    const float most = wish < meeting.approach_most ? wish : meeting.approach_most;
    s.approach.next[p] = most > meeting.approach_least ? most : meeting.approach_least;
    s.warmth.next[p] = offered_warmth(feelings, s.loneliness[p], s.distress[p]);
  }
}

void Model::meet(Tick tick) {
  const double awake = scenario_->meeting.night.awake(clock_.time_of_day(clock_.hours(tick)), clock_.tick_hours());
  bonds_.meet(world_, tick, awake, opportunity_.readiness(people_), contacts_);
  judge();
  stress(tick, awake);
}

void Model::judge() {
  const float share = scenario_->meeting.positive_share;
  for_each_block(contacts_.size(), [&](std::size_t begin, std::size_t end) {
    for (std::size_t c = begin; c < end; ++c) {
      Contact& contact = contacts_[c];
      float kept = 1.0F;
      for (const auto& mechanism : mechanisms_) kept *= mechanism->kept_goodness(contact.owner, contact.other);
      contact.goes_well = contact.outcome < share * kept;
    }
  });
}

void Model::live(Tick tick) {
  if (contacts_.empty()) return;
  encounters_.assign(contacts_, people_.count);
  if (living()) rewards_.resize(contacts_.size());
  const double end_of_tick = clock_.hours(tick + 1);
  for_each_block(people_.count, [&](std::size_t begin, std::size_t end) {
    const std::span<const pharmacology::Treated> treated = receptors_.treated().among(begin, end);
    auto next = treated.begin();
    for (auto person = static_cast<PersonId>(begin); person < end; ++person) {
      const bool is_treated = next != treated.end() && next->person() == person;
      const pharmacology::Treated* own = is_treated ? &*next++ : nullptr;
      if (!encounters_.of(person).empty()) live_one(person, own, end_of_tick);
    }
  });
  bonds_.after_contacts(contacts_, rewards_, day_of_run(clock_.hours(tick)));
}

void Model::live_one(PersonId person, const pharmacology::Treated* treatment, double hours) {
  people::People& s = people_;
  Feelings f = feelings_of(person);
  for (const Encounter& encounter : encounters_.of(person)) {
    if (encounter.goes_well) {
      const float closeness = ties().closeness(encounter.tie);
      const float quality = contact_quality(scenario_->meeting, closeness, s.warmth.now[encounter.other]);
      const float reward = feel_good(person, treatment, f, quality);
      if (living()) rewards_[encounter.contact][contacts_[encounter.contact].owner == person ? 0 : 1] = reward;
    } else {
      f = after_negative(scenario_->feelings, opioids_, f, s.signal[person]);
      for (const auto& mechanism : mechanisms_) mechanism->after_bad(scene(), person);
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

float Model::feel_good(PersonId person, const pharmacology::Treated* treatment, Feelings& f, float quality) {
  people_.phasic[person] += scenario_->receptor.release * quality;
  const float peak = receptors_.signal_at(person, treatment, people_.ligand(person));
  f = after_positive(scenario_->feelings, opioids_, f, quality, peak);
  for (const auto& mechanism : mechanisms_) mechanism->after_good(scene(), person, quality);
  return quality * reward_gain(opioids_, peak);
}

void Model::flip() {
  people_.approach.flip();
  people_.warmth.flip();
#ifdef KITH_AUDIT
  audit();
#endif
}

void Model::visit(State& state) {
  state("people", people_);
  state("receptors", receptors_);
  state("opportunity", opportunity_);
  state("bonds", bonds_);
  state("mechanisms", mechanisms_);
}

std::uint64_t Model::fingerprint() const {
  Fingerprint fingerprint;
  StateDigest digest(fingerprint);
  const_cast<Model*>(this)->visit(digest);  // a digest changes nothing
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
