#include <algorithm>
#include <bit>
#include <iterator>
#include <memory>

#include "core/fetch.hpp"
#include "core/independent.hpp"
#include "core/parallel.hpp"
#include "models/theories/theory.hpp"
#include "models/world/model.hpp"

/// How everybody lives through a tick: the span up to a contact or a stressor, that, the next span.
namespace kith {

using people::Feelings;

namespace {

/// How far ahead of a person's tick what others bring to it is asked for: far enough for the memory, near enough to be still there.
constexpr std::size_t people_ahead = 32;

}  // namespace

/// A block of people in a tick.
struct Model::Block {
  people::BlockLoads loads;
  std::array<float, block_size> lonely_rest;      // loneliness towards which the tick draws
  std::array<std::uint8_t, block_size> is_alone;  // has neither a contact nor a stressor in this tick
};

/// A person on the way through a tick.
struct Model::Life {
  PersonId person;
  std::size_t place;  // in the block
  const people::BlockLoads* loads;
  const people::Relaxation* step;
  double begin;  // of the tick [h]
  Feelings f;
  std::uint8_t now = 0;     // [parts of the tick]
  float signal_sum = 0.0F;  // over the parts so far
  float lonely_sum = 0.0F;
};

people::Relaxation Model::relaxation_at(Tick tick) {
  auto known = std::find_if(relaxations_.begin(), relaxations_.end(),
                            [&](const auto& of_waking) { return of_waking.first == waking_.hours; });
  if (known == relaxations_.end()) {
    relaxations_.emplace_back(waking_.hours,
                              people::Relaxation(scenario_->feelings, clock_.tick_hours(), waking_.hours));
    known = std::prev(relaxations_.end());
  }
  people::Relaxation step = known->second;
  // In the first half of the burn-in what is slow follows at once; in the second it becomes the mean since the middle.
  if (tick >= 0) return step;
  const double since_middle = clock_.hours(tick + 1) - 0.5 * clock_.hours(first_tick_);
  const float share = since_middle > 0.0 ? static_cast<float>(std::min(1.0, clock_.tick_hours() / since_middle)) : 1.0F;
  step.settling = share;
  step.set_point = std::max(step.set_point, share);
  step.loneliness = std::max(step.loneliness, share);
  return step;
}

void Model::live(Tick tick) {
  const bool is_quiet = contacts_.empty() && stressors_.empty();
  if (!is_quiet) encounters_.assign(contacts_, people_.count);
  if (living()) rewards_.resize(contacts_.size());
  const people::Relaxation step = relaxation_at(tick);
  for_each_block(people_.count, [&](std::size_t begin, std::size_t end) {
    Block block;
    block.is_alone.fill(1);
    block.lonely_rest.fill(0.0F);
    receptors_.look_into(begin, end, block.loads);
    if (!is_quiet) live_with_others(tick, step, begin, end, block);
    live_alone(step, begin, end, block);
    people::People& s = people_;
    KITH_INDEPENDENT
    for (std::size_t p = begin; p < end; ++p) {
      s.loneliness[p] += (block.lonely_rest[p - begin] - s.loneliness[p]) * step.loneliness;
      s.signal_mean[p] += (s.signal[p] - s.signal_mean[p]) * step.signal_mean;
      s.set_point[p] += (s.signal[p] - s.set_point[p]) * step.set_point;
    }
    receptors_.regulate(s, begin, end);
    scenario_->theory.theory->sense(scene(), step, begin, end);
    for (const auto& mechanism : mechanisms_) mechanism->sense(scene(), step, begin, end);
    for (const auto& mechanism : mechanisms_) mechanism->feel(scene(), step, begin, end);
  });
  bonds_.after_contacts(contacts_, rewards_, day_of_run(clock_.hours(tick)));
}

void Model::live_alone(const people::Relaxation& step, std::size_t begin, std::size_t end, Block& block) {
  people::People& s = people_;
  const people::FeelingParams& feelings = scenario_->feelings;
  const people::Opioids opioids = opioids_;
  const people::Span span = step.whole();
  const people::Decay phasic = receptors_.phasic(parts_of_tick);
  const float needed = company_needed_;
  KITH_INDEPENDENT
  for (std::size_t p = begin; p < end; ++p) {
    const std::size_t k = p - begin;
    // Those with contacts have lived this tick already, and keep what they have. A mask chooses: compilers make branches of `?:` here, and
    // then no vectors.
    const std::uint32_t alone = 0U - block.is_alone[k];
    const auto now = [alone](float lived, float kept) {
      return std::bit_cast<float>((std::bit_cast<std::uint32_t>(lived) & alone) |
                                  (std::bit_cast<std::uint32_t>(kept) & ~alone));
    };
    const Feelings before{s.connection[p],      s.distress[p], s.positive_affect[p],
                          s.negative_affect[p], s.need[p],     s.company[p]};
    const float released = s.phasic[p];
    const float signal_before = s.signal[p];
    const float lonely_before = block.lonely_rest[k];
    const float tonic = s.tone[p] * (1.0F + s.tone_today[p]);
    const float signal = receptors_.signal(block.loads, k, tonic + released * phasic.mean);
    Feelings f = before;
    const float lonely_rest = relax(feelings, opioids, span, f, signal, s.bond[p], s.wanted_connection[p], needed);
    s.phasic[p] = now(released * phasic.left, released);
    s.signal[p] = now(signal, signal_before);
    s.connection[p] = now(f.connection, before.connection);
    s.distress[p] = now(f.distress, before.distress);
    s.positive_affect[p] = now(f.positive_affect, before.positive_affect);
    s.negative_affect[p] = now(f.negative_affect, before.negative_affect);
    s.need[p] = now(f.need, before.need);
    s.company[p] = now(f.company, before.company);
    block.lonely_rest[k] = now(lonely_rest, lonely_before);
  }
}

void Model::live_with_others(Tick tick, const people::Relaxation& step, std::size_t begin, std::size_t end,
                             Block& block) {
  const auto before = [](const Stressor& stressor, std::size_t person) { return stressor.person < person; };
  auto stressor = std::lower_bound(stressors_.begin(), stressors_.end(), begin, before);
  for (std::size_t p = begin; p < end; ++p) {
    for (const Encounter& soon : encounters_.of(static_cast<PersonId>(std::min(p + people_ahead, end - 1)))) {
      fetch(&ties().closeness()[soon.tie]);
      fetch(&people_.warmth.now[soon.other]);
      fetch(&contacts_[soon.contact]);
    }
    const auto person = static_cast<PersonId>(p);
    const auto first = stressor;
    while (stressor != stressors_.end() && stressor->person == person) ++stressor;
    const std::span<const Encounter> encounters = encounters_.of(person);
    block.is_alone[p - begin] = encounters.empty() && first == stressor ? 1U : 0U;
    if (block.is_alone[p - begin] != 0) continue;
    Life life{.person = person,
              .place = p - begin,
              .loads = &block.loads,
              .step = &step,
              .begin = clock_.hours(tick),
              .f = feelings_of(person)};
    std::span<const Stressor> stressors(std::to_address(first), std::to_address(stressor));
    for (const Encounter& encounter : encounters) {
      for (; !stressors.empty() && stressors.front().moment <= encounter.moment; stressors = stressors.subspan(1))
        live_stressor(life, stressors.front().moment);
      live_encounter(life, encounter);
    }
    for (const Stressor& rest : stressors) live_stressor(life, rest.moment);
    live_until(life, parts_of_tick);
    set_feelings(person, life.f);
    people_.signal[person] = life.signal_sum / parts_of_tick;
    block.lonely_rest[life.place] = life.lonely_sum / parts_of_tick;
  }
}

void Model::live_until(Life& life, std::uint8_t moment) {
  const auto parts = static_cast<std::size_t>(moment - life.now);
  if (parts == 0) return;
  people::People& s = people_;
  const PersonId p = life.person;
  const people::Decay& phasic = receptors_.phasic(parts);
  const float tonic = s.ligand(p) - s.phasic[p];
  const float signal = receptors_.signal(*life.loads, life.place, tonic + s.phasic[p] * phasic.mean);
  const float lonely_rest = relax(scenario_->feelings, opioids_, life.step->parts[parts], life.f, signal, s.bond[p],
                                  s.wanted_connection[p], company_needed_);
  s.phasic[p] *= phasic.left;
  life.signal_sum += signal * static_cast<float>(parts);
  life.lonely_sum += lonely_rest * static_cast<float>(parts);
  life.now = moment;
}

void Model::live_encounter(Life& life, const Encounter& encounter) {
  live_until(life, encounter.moment);
  people::People& s = people_;
  const PersonId p = life.person;
  if (encounter.goes_well) {
    const float closeness = ties().closeness(encounter.tie);
    const float in_person = contact_quality(scenario_->meeting, closeness, s.warmth.now[encounter.other]);
    people::GoodContact contact{.quality = in_person, .closeness = closeness};
    float touch = opioids_.touch * closeness;
    if (encounter.is_distant) {
      contact.quality *= scenario_->meeting.call_quality;
      contact.release = scenario_->meeting.call_release;
      touch = 0.0F;
    }
    const float each = scenario_->receptor.release;
    release(p, each * contact.release * contact.quality + each * touch);
    const float reward = feel_good(p, life.f, contact, receptors_.signal(*life.loads, life.place, s.ligand(p)));
    if (living()) rewards_[encounter.contact][contacts_[encounter.contact].owner == p ? 0 : 1] = reward;
  } else {
    const float signal = receptors_.signal(*life.loads, life.place, s.ligand(p));
    life.f = after_negative(scenario_->feelings, opioids_, life.f, signal);
    scenario_->theory.theory->after_contact(s, p, {.goes_well = false, .reward = 0.0F, .signal = signal});
    for (const auto& mechanism : mechanisms_) mechanism->after_bad(scene(), p);
  }
  if (encounter.is_distant) {
    ++s.calls[p];
    return;
  }
  s.last_contact[p] = static_cast<float>(life.begin + clock_.tick_hours() * encounter.moment / parts_of_tick);
  ++s.contacts[p];
}

void Model::live_stressor(Life& life, std::uint8_t moment) {
  live_until(life, moment);
  const float signal = receptors_.signal(*life.loads, life.place, people_.ligand(life.person));
  life.f = after_stress(opioids_, life.f, scenario_->feelings.distress_of_stressor, signal);
}

Feelings Model::feelings_of(PersonId person) const {
  const people::People& s = people_;
  return {s.connection[person],      s.distress[person], s.positive_affect[person],
          s.negative_affect[person], s.need[person],     s.company[person]};
}

void Model::set_feelings(PersonId person, const Feelings& f) {
  people_.connection[person] = f.connection;
  people_.distress[person] = f.distress;
  people_.positive_affect[person] = f.positive_affect;
  people_.negative_affect[person] = f.negative_affect;
  people_.need[person] = f.need;
  people_.company[person] = f.company;
}

float Model::feel_good(PersonId person, Feelings& f, const people::GoodContact& contact, float peak_signal) {
  f = after_positive(scenario_->feelings, opioids_, f, contact, peak_signal);
  for (const auto& mechanism : mechanisms_) mechanism->after_good(scene(), person, contact.quality);
  const float reward = contact.quality * reward_gain(opioids_, peak_signal);
  scenario_->theory.theory->after_contact(people_, person,
                                          {.goes_well = true, .reward = reward, .signal = peak_signal});
  return reward;
}

}  // namespace kith
