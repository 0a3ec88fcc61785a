#include "models/events/run.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <span>

#include "core/distributions.hpp"
#include "core/fingerprint.hpp"
#include "core/math.hpp"
#include "core/parallel.hpp"

namespace kith::events {
namespace {

constexpr double never = std::numeric_limits<double>::quiet_NaN();

/// Whether something can happen that last happened at `last`.
bool can_happen_again(double last, const std::optional<double>& again_after, double hours) {
  if (std::isnan(last)) return true;
  return again_after && hours >= last + *again_after;
}

const std::vector<float>& column_of(const conditions::Condition& condition, const people::People& people) {
  return *conditions::column_of(*conditions::find_variable(condition.variable), people);
}

}  // namespace

void EventRun::visit(kith::State& state) {
  state("going_on", state_);
  state("log", log_);
  if (!state.is_reading()) return;
  // What was written may be of events that have changed since.
  for (std::size_t e = 0; e < events_->size(); ++e) {
    std::vector<double>& last = state_.last_reached[e];
    if ((*events_)[e].trigger.when != When::state) last.clear();
    if ((*events_)[e].trigger.when == When::state && last.empty()) last.assign(people_, never);
  }
}

EventRun::EventRun(const std::vector<Event>& events, const Clock& clock, double duration, std::uint32_t people)
    : events_(&events), clock_(clock), last_tick_(clock.tick_at(duration)), people_(people) {
  state_.last_reached.resize(events.size());
  state_.last_shared.assign(events.size(), never);
  state_.ever_reached.resize(events.size());
  ticks_.resize(events.size());
  for (std::size_t e = 0; e < events.size(); ++e) {
    for (const double time : events[e].trigger.times) ticks_[e].push_back(clock.tick_at(time));
    if (events[e].trigger.when == When::state) state_.last_reached[e].assign(people, never);
  }
}

void EventRun::before_tick(World& world, Tick tick) {
  if (events_->empty() || tick >= last_tick_) return;
  bool has_changed = end_what_is_over(tick);
  std::vector<bool> struck;
  for (std::uint32_t e = 0; e < events_->size(); ++e) {
    const std::size_t before = state_.going_on.size();
    if (!(*events_)[e].is_asleep && happens(e, world, tick, struck)) reach(e, world, tick, struck);
    has_changed = has_changed || state_.going_on.size() > before;
  }
  if (has_changed) update_opportunity(world);
  for (const Reached& reached : state_.going_on) {
    for (const auto& action : (*events_)[reached.event].actions) action->go_on(world, reached, tick);
  }
}

bool EventRun::end_what_is_over(Tick tick) {
  return std::erase_if(state_.going_on, [&](const Reached& reached) { return reached.end <= tick; }) > 0;
}

bool EventRun::is_in_time(const Trigger& trigger, double hours) const {
  return hours >= trigger.from && hours < trigger.until;
}

bool EventRun::happens(std::uint32_t event, World& world, Tick tick, std::vector<bool>& struck) {
  const Trigger& trigger = (*events_)[event].trigger;
  const double hours = clock_.hours(tick);
  struck.clear();
  switch (trigger.when) {
    case When::at:
      return std::binary_search(ticks_[event].begin(), ticks_[event].end(), tick);
    case When::rate:
      return is_in_time(trigger, hours) && strike(event, world, tick, struck);
    case When::state:
      return is_in_time(trigger, hours) && meets_condition(event, world, hours, struck);
    case When::share:
      return is_in_time(trigger, hours) && share_is_exceeded(event, world, hours);
  }
  return false;
}

bool EventRun::strike(std::uint32_t event, const World& world, Tick tick, std::vector<bool>& struck) const {
  // Two in one tick count as one.
  const double probability = 1.0 - portable_exp(-(*events_)[event].trigger.rate * clock_.tick_hours());
  const Draws draws(world.key(), "events at random");
  const std::int64_t moment = Reached{.event = event, .people = {}}.moment(tick);
  bool anybody = false;
  std::vector<std::uint32_t> words(std::min<std::size_t>(people_, block_size));
  for (PersonId first = 0; first < people_; first += static_cast<PersonId>(words.size())) {
    const std::size_t count = std::min<std::size_t>(words.size(), people_ - first);
    draws.first_words(first, moment, {words.data(), count});
    for (std::size_t k = 0; k < count; ++k) {
      if (to_unit(words[k]) >= probability) continue;
      if (!anybody) struck.assign(people_, false);
      anybody = struck[first + k] = true;
    }
  }
  return anybody;
}

bool EventRun::meets_condition(std::uint32_t event, const World& world, double hours, std::vector<bool>& struck) const {
  const Trigger& trigger = (*events_)[event].trigger;
  const std::vector<float>& values = column_of(*trigger.condition, world.people());
  const std::vector<double>& last = state_.last_reached[event];
  bool anybody = false;
  for (PersonId p = 0; p < people_; ++p) {
    if (!trigger.condition->holds(static_cast<double>(values[p]))) continue;
    if (!can_happen_again(last[p], trigger.again_after, hours)) continue;
    if (!anybody) struck.assign(people_, false);
    anybody = struck[p] = true;
  }
  return anybody;
}

bool EventRun::share_is_exceeded(std::uint32_t event, const World& world, double hours) {
  const Trigger& trigger = (*events_)[event].trigger;
  if (!can_happen_again(state_.last_shared[event], trigger.again_after, hours)) return false;
  const std::vector<float>& values = column_of(*trigger.condition, world.people());
  const auto count = std::count_if(values.begin(), values.end(),
                                   [&](float value) { return trigger.condition->holds(static_cast<double>(value)); });
  if (static_cast<double>(count) <= trigger.above * people_) return false;
  state_.last_shared[event] = hours;
  return true;
}

void EventRun::reach(std::uint32_t event, World& world, Tick tick, const std::vector<bool>& struck) {
  const Event& what = (*events_)[event];
  const double hours = clock_.hours(tick);
  Reached reached{.event = event, .begin = tick, .end = last_tick_, .people = {}};
  if (what.lasting) reached.end = std::min(last_tick_, clock_.tick_at(hours + *what.lasting));
  std::vector<bool> is_under_it(people_, false);
  for (const Reached& other : state_.going_on) {
    if (other.event != event) continue;
    for (const PersonId p : other.people) is_under_it[p] = true;
  }
  for (const PersonId p : select(what.target, world, hours, reached.moment(tick))) {
    if (!is_under_it[p] && (struck.empty() || struck[p])) reached.people.push_back(p);
  }
  const bool is_for_some = what.trigger.when == When::rate || what.trigger.when == When::state;
  if (is_for_some && reached.people.empty()) return;
  log_.push_back({hours, event, static_cast<std::uint32_t>(reached.people.size())});
  if (reached.people.empty()) return;
  std::vector<bool>& ever = state_.ever_reached[event];
  ever.resize(people_, false);
  for (const PersonId p : reached.people) ever[p] = true;
  ++state_.times_reached;
  if (!state_.last_reached[event].empty()) {
    for (const PersonId p : reached.people) state_.last_reached[event][p] = hours;
  }
  for (const auto& action : what.actions) action->begin(world, reached);
  if (what.lasts()) state_.going_on.push_back(std::move(reached));
}

void EventRun::update_opportunity(World& world) const {
  people::OpportunityFactors all;
  const auto multiply = [&](std::vector<float>& factors, float factor, const std::vector<PersonId>& people) {
    if (factor == 1.0F) return;
    if (factors.empty()) factors.assign(people_, 1.0F);
    for (const PersonId p : people) factors[p] *= factor;
  };
  for (const Reached& reached : state_.going_on) {
    for (const auto& action : (*events_)[reached.event].actions) {
      const Factors factors = action->opportunity();
      multiply(all.in_person, factors.in_person, reached.people);
      multiply(all.at_distance, factors.at_distance, reached.people);
      if (factors.in_person == 1.0F) continue;
      if (all.home_from.empty()) all.home_from.assign(people_, 0.0F);
      for (const PersonId p : reached.people) all.home_from[p] = std::max(all.home_from[p], factors.home_from);
    }
  }
  world.set_opportunity(std::move(all));
}

std::vector<PersonId> EventRun::reached(std::size_t event) const {
  const std::vector<bool>& ever = state_.ever_reached[event];
  std::vector<PersonId> people;
  for (PersonId p = 0; p < ever.size(); ++p) {
    if (ever[p]) people.push_back(p);
  }
  return people;
}

std::uint64_t EventRun::joined_to(std::uint64_t world) const {
  Fingerprint fingerprint;
  fingerprint.add(world);
  bool is_alone = true;
  const auto add = [&](const auto& values) {
    fingerprint.add(std::as_bytes(std::span(values)));
    is_alone = false;
  };
  for (const Reached& reached : state_.going_on) {
    add(std::array<std::int64_t, 3>{reached.event, reached.begin, reached.end});
    add(reached.people);
  }
  for (const std::vector<double>& hours : state_.last_reached) {
    const auto is_known = [](double last) { return !std::isnan(last); };
    if (std::any_of(hours.begin(), hours.end(), is_known)) add(hours);
  }
  for (std::size_t e = 0; e < state_.last_shared.size(); ++e) {
    if (!std::isnan(state_.last_shared[e])) add(std::array<double, 2>{static_cast<double>(e), state_.last_shared[e]});
  }
  return is_alone ? world : fingerprint.value();
}

}  // namespace kith::events
