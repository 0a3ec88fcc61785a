#include "models/world/model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string>
#include <string_view>

#include "core/audit.hpp"
#include "core/distributions.hpp"
#include "core/independent.hpp"
#include "core/math.hpp"
#include "core/parallel.hpp"
#include "core/wide.hpp"
#include "models/theories/theory.hpp"

namespace kith {

Model::Model(const Scenario& scenario, const network::Ties& ties, WorldKey world,
             std::span<const std::uint32_t> community)
    : scenario_(&scenario),
      world_(world),
      clock_(scenario.time.tick_seconds, scenario.time.start),
      first_tick_(-clock_.tick_at(scenario.time.burn_in)),
      company_needed_(people::company_needed(scenario.feelings)),
      opioids_(scenario.theory.opioids()),
      scales_(scenario.scales),
      receptors_(scenario.receptor, scenario.traits.genotype, scenario.pharmacy, clock_.tick_hours()),
      bonds_(ties, scenario.meeting, scenario.tie_life, community, scenario.scales.private_matters_from),
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
      {"meet", [this](Tick tick) { meet(tick); }},  // who is in contact with whom, when, and how it goes
      {"live", [this](Tick tick) { live(tick); }},  // everybody's tick: μ-signal, feelings, the own contacts
      {"wish", [this](Tick tick) { wish(tick); }},  // approach and warmth → next
      {"flip", [this](Tick) { flip(); }},           // public next → now
  };
}

bool Model::run(Tick from, Tick to, const std::string& replay, const AfterTick& after_tick) {
  return run_ticks(phases(), clock_, from, to, replay, after_tick);
}

void Model::tend(Tick tick) {
  const double hours = clock_.hours(tick);
  const std::int64_t day = clock_.day(hours);
  if (tick != first_tick_ && clock_.day(clock_.hours(tick - 1)) == day) return;
  draw_day(day);
  bonds_.tend(day_of_run(hours), hours, world_, readiness().in_person);
  if (living()) bonds_.follow(scenario_->feelings, people_.bond);
}

void Model::draw_day(std::int64_t day) {
  const TraitParams& traits = scenario_->traits;
  const Draws tone(world_, "tone of the day");
  const Draws wanted(world_, "wanted connection of the day");
  const double kept = portable_exp(-24.0 / traits.wanted_time);
  const double news = traits.wanted_state_sd() * std::sqrt(1.0 - kept * kept);
  for_each_block(people_.count, [&](std::size_t begin, std::size_t end) {
    std::array<std::uint32_t, block_size> words;
    const auto first = static_cast<PersonId>(begin);
    tone.first_words(first, day, {words.data(), end - begin});
    for (std::size_t p = begin; p < end; ++p) {
      const double deviation = traits.tone_day_sd * normal_quantile(to_unit(words[p - begin]));
      people_.tone_today[p] = static_cast<float>(std::clamp(deviation, -0.9, 0.9));
    }
    if (news <= 0.0) return;
    wanted.first_words(first, day, {words.data(), end - begin});
    for (std::size_t p = begin; p < end; ++p) {
      const auto usual = static_cast<double>(people_.wanted_usual[p]);
      const double deviation = (static_cast<double>(people_.wanted_connection[p]) - usual) * kept +
                               news * normal_quantile(to_unit(words[p - begin]));
      people_.wanted_connection[p] = static_cast<float>(usual + deviation);
    }
  });
}

void Model::use(Tick tick) {
  for (const auto& mechanism : mechanisms_) mechanism->use(scene(), tick);
}

void Model::meet(Tick tick) {
  waking_ = scenario_->meeting.night.waking(clock_.time_of_day(clock_.hours(tick)), clock_.tick_hours());
  bonds_.meet(world_, tick, waking_, readiness(), contacts_);
  judge();
  draw_stressors(tick);
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

namespace {

/// What the people [begin, end) offer and seek next. `drive` [end − begin]: of their theory.
KITH_WIDE void wish_next(const people::FeelingParams& feelings, const people::MeetingParams& meeting, std::size_t begin,
                         std::size_t end, const float* drive, people::People& s) {
  KITH_INDEPENDENT
  for (std::size_t p = begin; p < end; ++p) {
    const float wish = portable_exp(drive[p - begin] + loneliness_drive(feelings, s.loneliness[p]));
    const float most = wish < meeting.approach_most ? wish : meeting.approach_most;
    s.approach.next[p] = most > meeting.approach_least ? most : meeting.approach_least;
    s.warmth.next[p] = offered_warmth(feelings, s.loneliness[p], s.distress[p]);
  }
}

}  // namespace

void Model::wish(Tick /*tick*/) {
  people::People& s = people_;
  for_each_block(s.count, [&](std::size_t begin, std::size_t end) {
    std::array<float, block_size> drive;
    scenario_->theory.theory->approach(s, begin, end, drive.data());
    wish_next(scenario_->feelings, scenario_->meeting, begin, end, drive.data(), s);
    for (const auto& mechanism : mechanisms_) mechanism->approach(scene(), begin, end);
  });
}

void Model::flip() {
  people_.approach.flip();
  people_.warmth.flip();
  if (is_audited()) audit();
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

namespace {

/// What is possible in a column.
struct Bounds {
  double least = -std::numeric_limits<double>::infinity();
  double most = std::numeric_limits<double>::infinity();
};

Bounds bounds_of(std::string_view column) {
  constexpr std::array<std::string_view, 8> shares{"connection", "distress",   "positive_affect", "negative_affect",
                                                   "need",       "loneliness", "company",         "craving"};
  constexpr std::array<std::string_view, 8> amounts{"tone",        "phasic",    "antagonist", "signal",
                                                    "signal_mean", "set_point", "bond",       "approach"};
  if (std::find(shares.begin(), shares.end(), column) != shares.end()) return {.least = 0.0, .most = 1.0};
  if (std::find(amounts.begin(), amounts.end(), column) != amounts.end()) return {.least = 0.0};
  return {};
}

std::string text_of(Bounds bounds) {
  return std::isinf(bounds.most) ? fmt::format("at least {}", bounds.least)
                                 : fmt::format("between {} and {}", bounds.least, bounds.most);
}

}  // namespace

void Model::audit() const {
  people::People::visit(people_, [&](const ColumnInfo& info, const auto& column) {
    const Bounds bounds = bounds_of(info.name);
    for_each_block(column.size(), [&](std::size_t begin, std::size_t end) {
      for (std::size_t p = begin; p < end; ++p) {
        const auto value = static_cast<double>(column[p]);
        if (!std::isfinite(value))
          throw PersonError(static_cast<PersonId>(p), std::string(info.name) + " is not a number");
        if (value < bounds.least || value > bounds.most) {
          throw PersonError(static_cast<PersonId>(p),
                            fmt::format("{} is {}, and must be {}", info.name, value, text_of(bounds)));
        }
      }
    });
  });
}

}  // namespace kith
