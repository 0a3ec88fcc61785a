#include <algorithm>
#include <bit>
#include <iterator>
#include <memory>

#include "core/fetch.hpp"
#include "core/independent.hpp"
#include "core/parallel.hpp"
#include "core/wide.hpp"
#include "models/theories/theory.hpp"
#include "models/world/model.hpp"

/// How everybody lives through a tick: the span up to a contact or a stressor, that, the next span.
namespace kith {

using people::Feelings;

namespace {

/// One of two values by a mask of ones or zeros: compilers make branches of `?:`, and then no vectors.
inline float choose(std::uint32_t mask, float there, float elsewhere) {
  return std::bit_cast<float>((std::bit_cast<std::uint32_t>(there) & mask) |
                              (std::bit_cast<std::uint32_t>(elsewhere) & ~mask));
}

}  // namespace

/// A block of people in a tick.
struct Model::Block {
  people::BlockLoads loads;
  std::array<float, block_size> lonely_rest;      // loneliness towards which the tick draws
  std::array<std::uint8_t, block_size> is_alone;  // has neither a contact nor a stressor in this tick
};

/// People of a block whom others, or stressors, reach in a tick, those with the most ahead of them first: in columns, so that all live up
/// to their next contact or stressor as vectors.
struct Model::Lives {
  static constexpr std::size_t most = 128;
  static constexpr std::uint8_t most_counted = 15;  // what somebody has ahead is counted up to here
  template <class T>
  using Column = std::array<T, most>;

  struct Life {
    PersonId person;
    std::size_t place;  // in the block
    std::span<const Encounter> encounters;
    std::span<const Stressor> stressors;

    bool is_lived() const { return encounters.empty() && stressors.empty(); }
    bool has_stressor_next() const {
      return !stressors.empty() && (encounters.empty() || stressors.front().moment <= encounters.front().moment);
    }
    std::uint8_t next_moment() const {
      return has_stressor_next() ? stressors.front().moment : encounters.front().moment;
    }
    std::uint8_t ahead() const {
      return static_cast<std::uint8_t>(std::min<std::size_t>(encounters.size() + stressors.size(), most_counted));
    }
  };

  const people::Relaxation* step;
  double begin;  // of the tick [h]
  Block* block;
  std::size_t count = 0;
  Column<Life> life;
  Column<float> connection, distress, positive_affect, negative_affect, need, company;
  Column<std::uint8_t> ahead, now, next;  // [things, at the beginning], [parts of the tick]
  Column<float> signal_sum, lonely_sum;   // over the parts so far

  void order();
  Feelings feelings(std::size_t i) const {
    return {connection[i], distress[i], positive_affect[i], negative_affect[i], need[i], company[i]};
  }
  void set_feelings(std::size_t i, const Feelings& f) {
    connection[i] = f.connection;
    distress[i] = f.distress;
    positive_affect[i] = f.positive_affect;
    negative_affect[i] = f.negative_affect;
    need[i] = f.need;
    company[i] = f.company;
  }
};

/// What so many people bring to a span of time, and what it leaves of them, in columns.
struct Model::Spans {
  Lives::Column<float> parts, hours, connection_left, connection_mean, affect_left, need_left, company_left,
      company_half;
  Lives::Column<float> phasic_left, phasic_mean, phasic, tonic, bond, wanted;
  Lives::Column<float> antagonist, agonist, drive, density;
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

KITH_WIDE void Model::live_alone(const people::Relaxation& step, std::size_t begin, std::size_t end, Block& block) {
  people::People& s = people_;
  const people::FeelingParams& feelings = scenario_->feelings;
  const people::Opioids opioids = opioids_;
  const people::Span span = step.whole();
  const people::Decay phasic = receptors_.phasic(parts_of_tick);
  const float needed = company_needed_;
  KITH_INDEPENDENT
  for (std::size_t p = begin; p < end; ++p) {
    const std::size_t k = p - begin;
    // Those with contacts have lived this tick already, and keep what they have.
    const std::uint32_t alone = 0U - block.is_alone[k];
    const Feelings before{s.connection[p],      s.distress[p], s.positive_affect[p],
                          s.negative_affect[p], s.need[p],     s.company[p]};
    const float released = s.phasic[p];
    const float signal_before = s.signal[p];
    const float lonely_before = block.lonely_rest[k];
    const float tonic = s.tone[p] * (1.0F + s.tone_today[p]);
    const float signal = receptors_.signal(block.loads, k, tonic + released * phasic.mean);
    Feelings f = before;
    const float lonely_rest = relax(feelings, opioids, span, f, signal, s.bond[p], s.wanted_connection[p], needed);
    s.phasic[p] = choose(alone, released * phasic.left, released);
    s.signal[p] = choose(alone, signal, signal_before);
    s.connection[p] = choose(alone, f.connection, before.connection);
    s.distress[p] = choose(alone, f.distress, before.distress);
    s.positive_affect[p] = choose(alone, f.positive_affect, before.positive_affect);
    s.negative_affect[p] = choose(alone, f.negative_affect, before.negative_affect);
    s.need[p] = choose(alone, f.need, before.need);
    s.company[p] = choose(alone, f.company, before.company);
    block.lonely_rest[k] = choose(alone, lonely_rest, lonely_before);
  }
}

/// Most ahead first, and then as they came: counted, since there are few different numbers.
void Model::Lives::order() {
  std::array<std::size_t, most_counted + 2> first{};
  for (std::size_t i = 0; i < count; ++i) ++first[most_counted - life[i].ahead() + 1];
  for (std::size_t k = 1; k < first.size(); ++k) first[k] += first[k - 1];
  const Column<Life> unordered = life;
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint8_t things = unordered[i].ahead();
    const std::size_t place = first[most_counted - things]++;
    life[place] = unordered[i];
    ahead[place] = things;
  }
}

void Model::live_with_others(Tick tick, const people::Relaxation& step, std::size_t begin, std::size_t end,
                             Block& block) {
  const auto before = [](const Stressor& stressor, std::size_t person) { return stressor.person < person; };
  auto stressor = std::lower_bound(stressors_.begin(), stressors_.end(), begin, before);
  Lives lives;
  lives.step = &step;
  lives.begin = clock_.hours(tick);
  lives.block = &block;
  for (std::size_t p = begin; p < end; ++p) {
    const auto person = static_cast<PersonId>(p);
    const auto first = stressor;
    while (stressor != stressors_.end() && stressor->person == person) ++stressor;
    const std::span<const Encounter> encounters = encounters_.of(person);
    block.is_alone[p - begin] = encounters.empty() && first == stressor ? 1U : 0U;
    if (block.is_alone[p - begin] != 0) continue;
    for (const Encounter& soon : encounters) {
      fetch(&ties().closeness()[soon.tie]);
      fetch(&people_.warmth.now[soon.other]);
      fetch(&contacts_[soon.contact]);
    }
    lives.life[lives.count++] = {person, p - begin, encounters, {std::to_address(first), std::to_address(stressor)}};
    if (lives.count < Lives::most) continue;
    live_through(lives);
    lives.count = 0;
  }
  live_through(lives);
}

void Model::live_through(Lives& lives) {
  lives.order();
  for (std::size_t i = 0; i < lives.count; ++i) {
    lives.set_feelings(i, feelings_of(lives.life[i].person));
    lives.now[i] = 0;
    lives.signal_sum[i] = 0.0F;
    lives.lonely_sum[i] = 0.0F;
  }
  std::size_t left = lives.count;
  for (std::uint8_t round = 1; left > 0; round = std::min(static_cast<std::uint8_t>(round + 1), Lives::most_counted)) {
    while (left > 0 && (lives.ahead[left - 1] < round || lives.life[left - 1].is_lived())) --left;
    for (std::size_t i = 0; i < left; ++i)
      lives.next[i] = lives.life[i].is_lived() ? lives.now[i] : lives.life[i].next_moment();
    live_until_next(lives, left);
    for (std::size_t i = 0; i < left; ++i) {
      if (!lives.life[i].is_lived()) live_next(lives, i);
    }
  }
  lives.next.fill(parts_of_tick);
  live_until_next(lives, lives.count);
  for (std::size_t i = 0; i < lives.count; ++i) {
    const Lives::Life& life = lives.life[i];
    set_feelings(life.person, lives.feelings(i));
    people_.signal[life.person] = lives.signal_sum[i] / parts_of_tick;
    lives.block->lonely_rest[life.place] = lives.lonely_sum[i] / parts_of_tick;
  }
}

void Model::begin_spans(const Lives& lives, std::size_t count, Spans& spans) const {
  const people::People& s = people_;
  const people::BlockLoads& loads = lives.block->loads;
  for (std::size_t i = 0; i < count; ++i) {
    const PersonId p = lives.life[i].person;
    const std::size_t place = lives.life[i].place;
    const auto parts = static_cast<std::size_t>(lives.next[i] - lives.now[i]);
    const std::size_t some = std::max<std::size_t>(parts, 1);  // who has no span goes through one, and comes back
    const people::Span& span = lives.step->parts[some];
    const people::Decay& phasic = receptors_.phasic(some);
    spans.parts[i] = static_cast<float>(parts);
    spans.hours[i] = span.hours;
    spans.connection_left[i] = span.connection.left;
    spans.connection_mean[i] = span.connection.mean;
    spans.affect_left[i] = span.affect.left;
    spans.need_left[i] = span.need.left;
    spans.company_left[i] = span.company.left;
    spans.company_half[i] = span.company_half;
    spans.phasic_left[i] = phasic.left;
    spans.phasic_mean[i] = phasic.mean;
    spans.phasic[i] = s.phasic[p];
    spans.tonic[i] = s.ligand(p) - s.phasic[p];
    spans.bond[i] = s.bond[p];
    spans.wanted[i] = s.wanted_connection[p];
    spans.antagonist[i] = loads.antagonist[place];
    spans.agonist[i] = loads.agonist[place];
    spans.drive[i] = loads.drive[place];
    spans.density[i] = loads.density[place];
  }
}

KITH_WIDE void Model::live_until_next(Lives& lives, std::size_t count) {
  Spans spans;
  begin_spans(lives, count, spans);
  const people::FeelingParams& feelings = scenario_->feelings;
  const people::Opioids opioids = opioids_;
  const pharmacology::ReceptorParams& receptor = receptors_.params();
  const float needed = company_needed_;
  KITH_INDEPENDENT
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t moves = 0U - static_cast<std::uint32_t>(spans.parts[i] > 0.0F);
    people::Span span;
    span.hours = spans.hours[i];
    span.connection.left = spans.connection_left[i];
    span.connection.mean = spans.connection_mean[i];
    span.affect.left = spans.affect_left[i];
    span.need.left = spans.need_left[i];
    span.company.left = spans.company_left[i];
    span.company_half = spans.company_half[i];
    const float released = spans.phasic[i];
    const float signal =
        pharmacology::mu_signal(receptor, spans.tonic[i] + released * spans.phasic_mean[i],
                                {spans.antagonist[i], spans.agonist[i], spans.drive[i]}, spans.density[i]);
    const Feelings before{lives.connection[i],      lives.distress[i], lives.positive_affect[i],
                          lives.negative_affect[i], lives.need[i],     lives.company[i]};
    Feelings f = before;
    const float lonely_rest = relax(feelings, opioids, span, f, signal, spans.bond[i], spans.wanted[i], needed);
    lives.connection[i] = choose(moves, f.connection, before.connection);
    lives.distress[i] = choose(moves, f.distress, before.distress);
    lives.positive_affect[i] = choose(moves, f.positive_affect, before.positive_affect);
    lives.negative_affect[i] = choose(moves, f.negative_affect, before.negative_affect);
    lives.need[i] = choose(moves, f.need, before.need);
    lives.company[i] = choose(moves, f.company, before.company);
    spans.phasic[i] = choose(moves, released * spans.phasic_left[i], released);
    lives.signal_sum[i] += signal * spans.parts[i];
    lives.lonely_sum[i] += lonely_rest * spans.parts[i];
  }
  for (std::size_t i = 0; i < count; ++i) people_.phasic[lives.life[i].person] = spans.phasic[i];
  std::copy_n(lives.next.begin(), count, lives.now.begin());
}

void Model::live_next(Lives& lives, std::size_t i) {
  Lives::Life& life = lives.life[i];
  Feelings f = lives.feelings(i);
  if (life.has_stressor_next()) {
    const float signal = receptors_.signal(lives.block->loads, life.place, people_.ligand(life.person));
    f = after_stress(opioids_, f, scenario_->feelings.distress_of_stressor, signal);
    life.stressors = life.stressors.subspan(1);
  } else {
    live_encounter(lives, i, f);
    life.encounters = life.encounters.subspan(1);
  }
  lives.set_feelings(i, f);
}

void Model::live_encounter(const Lives& lives, std::size_t i, Feelings& f) {
  people::People& s = people_;
  const Lives::Life& life = lives.life[i];
  const PersonId p = life.person;
  const Encounter& encounter = life.encounters.front();
  const auto signal = [&] { return receptors_.signal(lives.block->loads, life.place, s.ligand(p)); };
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
    const float reward = feel_good(p, f, contact, signal());
    if (living()) rewards_[encounter.contact][contacts_[encounter.contact].owner == p ? 0 : 1] = reward;
  } else {
    const float now = signal();
    f = after_negative(scenario_->feelings, opioids_, f, now);
    scenario_->theory.theory->after_contact(s, p, {.goes_well = false, .reward = 0.0F, .signal = now});
    for (const auto& mechanism : mechanisms_) mechanism->after_bad(scene(), p);
  }
  if (encounter.is_distant) {
    ++s.calls[p];
    return;
  }
  s.last_contact[p] = static_cast<float>(lives.begin + clock_.tick_hours() * encounter.moment / parts_of_tick);
  ++s.contacts[p];
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
