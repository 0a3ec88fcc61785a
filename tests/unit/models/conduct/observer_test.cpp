#include "models/conduct/observer.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "models/conduct/measured.hpp"
#include "models/conduct/patient_outcomes.hpp"
#include "models/trials/analysis/expected_rating.hpp"
#include "models/world/population.hpp"
#include "tests/support/small_worlds.hpp"

using namespace kith;
using kith::testing::scenario_from;

namespace {

const std::string text = R"(
kith: 1
title: Diaries
time: {tick: 1 h, burn_in: 2 d, duration: 6 d, start: "Mon 08:00"}
people: {count: 60}
network: {generate: layers, sizes: [5], community: 60}
trial:
  design: parallel
  participants: {count: 20}
  period: 5 d
  arms: {a: {drug: placebo, doses: 5 mg}, b: {drug: placebo, like: a}}
measures:
  - {diary: distress, at: "21:00", scale: 2..6, gain: 0.5}
  - {diary: connection, at: "08:00"}
  - {diary: loneliness, at: "22:30"}
)";

/// A world with an observer, and what the people felt after every tick.
struct Watched {
  Scenario scenario;
  Population population;
  std::vector<trials::Participant> participants;
  std::vector<people::People> states;  // after tick −1, 0, 1 …
  std::vector<trials::Occasion> occasions;
  Observer observer;

  Watched(const std::vector<config::Override>& overrides, std::uint64_t seed)
      : scenario(scenario_from(text, overrides)),
        population(make_population(scenario, {seed, 0}, "", {})),
        participants(of(20)),
        occasions(trials::diary_occasions(*scenario.trial, scenario.measures, population.model->clock())),
        observer(scenario.measures, participants, occasions, {}) {
    Model& model = *population.model;
    observer.after_tick(model, -1);
    states.push_back(model.people());
    for (Tick tick = 0; tick < model.clock().tick_at(scenario.time.duration); ++tick) {
      model.run(tick, tick + 1, "");
      observer.after_tick(model, tick);
      states.push_back(model.people());
    }
  }
  static std::vector<trials::Participant> of(std::uint32_t count) {
    std::vector<trials::Participant> participants;
    for (PersonId p = 0; p < count; ++p) participants.push_back({.person = 3 * p});
    return participants;
  }

  /// The mean since waking of the ticks that are over, each by its waking minutes; what is felt now before anybody has waked.
  double expected(const trials::Occasion& occasion, PersonId person) const {
    const double tick = population.model->clock().tick_hours();
    const double start = std::fmod(scenario.time.start, 24.0);
    const auto over = static_cast<std::size_t>(std::floor(occasion.hours / tick + 1e-9));  // ticks that are over
    double sum = 0.0;
    double awake = 0.0;
    for (std::size_t k = over; k > 0; --k) {
      const double begin = start + tick * static_cast<double>(k - 1);
      int minutes = 0;
      bool has_waked = false;
      for (int minute = 0; minute < static_cast<int>(std::lround(60.0 * tick)); ++minute) {
        const double at = std::fmod(begin + (minute + 0.5) / 60.0, 24.0);
        const double from = scenario.measures.diaries[occasion.measure].since.value_or(7.0);
        minutes += at >= from && at < 23.0 ? 1 : 0;
        has_waked = has_waked || (at > 7.0 && at < 7.02);
      }
      sum += minutes / 60.0 * value(states[k], occasion.measure, person);
      awake += minutes / 60.0;
      if (has_waked) break;
    }
    return awake > 0.0 ? sum / awake : value(states[over], occasion.measure, person);
  }
  static double value(const people::People& s, std::size_t measure, PersonId person) {
    return static_cast<double>((measure == 0 ? s.distress : measure == 1 ? s.connection : s.loneliness)[person]);
  }
};

}  // namespace

TEST_CASE("a diary has the mean of a feeling since waking, weighted by waking hours, at any length of a tick") {
  for (const auto& [tick, start] : {std::pair("1 h", "Mon 08:00"), {"6 h", "Mon 02:00"}, {"30 min", "Mon 08:00"}}) {
    CAPTURE(tick);
    const Watched w({{std::string("time.tick=") + tick}, {std::string("time.start=") + start}}, 3);
    for (std::size_t o = 0; o < w.occasions.size(); ++o) {
      CAPTURE(o, w.occasions[o].hours, w.occasions[o].measure);
      for (std::size_t i = 0; i < w.participants.size(); ++i)
        REQUIRE(w.observer.diary_values()[o][i] ==
                Approx(w.expected(w.occasions[o], w.participants[i].person)).epsilon(1e-9));
    }
  }
}

TEST_CASE("a diary since a time of day leaves out what was felt before") {
  for (const char* tick : {"1 h", "30 min", "6 h"}) {
    CAPTURE(tick);
    const Watched w({{std::string("time.tick=") + tick},
                     {"time.start=Mon 02:00"},
                     {"measures.0.since=\"12:30\""},
                     {"measures.2.since=\"09:00\""}},
                    3);
    for (std::size_t o = 0; o < w.occasions.size(); ++o) {
      CAPTURE(o, w.occasions[o].hours, w.occasions[o].measure);
      for (std::size_t i = 0; i < w.participants.size(); ++i)
        REQUIRE(w.observer.diary_values()[o][i] ==
                Approx(w.expected(w.occasions[o], w.participants[i].person)).epsilon(1e-9));
    }
  }
}

TEST_CASE(
    "who has left gives nothing but to the intention to treat, and the own effect is the difference from the twin in "
    "units of the scale") {
  const std::vector<config::Override> asked{
      {"measures=[{diary: distress, at: \"21:00\", scale: 2..6, gain: 0.5}, {diary: connection, at: \"09:00\"}]"}};
  Watched one(asked, 3);
  const Watched twin(asked, 4);
  one.participants[2].leaves = 2;
  const Clock& clock = one.population.model->clock();
  const auto data = measured(*one.scenario.trial, one.scenario.measures, one.participants, one.observer, &twin.observer,
                             clock, {3, 0});
  const auto expected = [&](std::size_t diary, double value) {
    return trials::expected_rating(one.scenario.measures.diaries[diary].scale, value);
  };
  REQUIRE(data.size() == 2);
  REQUIRE(data[0].values.size() == 5);
  for (std::size_t day = 0; day < 5; ++day) {
    for (std::size_t i = 0; i < 20; ++i) {
      const double a = one.observer.diary_values()[day][i];
      const double b = twin.observer.diary_values()[day][i];
      const double rating = trials::rate(one.scenario.measures.diaries[0].scale, a, one.participants[i].person, 0,
                                         std::llround(60.0 * one.occasions[day].hours), {3, 0});
      CHECK(data[0].itt_ratings[day][i] == rating);
      CHECK(data[0].itt_own[day][i] == Approx(expected(0, a) - expected(0, b)).margin(1e-12));
      if (i == 2 && day >= 2) {
        CHECK(std::isnan(data[0].values[day][i]));
        CHECK(std::isnan(data[0].ratings[day][i]));
        CHECK(std::isnan(data[0].own[day][i]));
        continue;
      }
      CHECK(data[0].values[day][i] == a);
      CHECK(data[0].own[day][i] == Approx(expected(0, a) - expected(0, b)).margin(1e-12));
      CHECK(data[0].ratings[day][i] == rating);
      CHECK(data[1].own[day][i] == Approx(expected(1, one.observer.diary_values()[5 + day][i]) -
                                          expected(1, twin.observer.diary_values()[5 + day][i]))
                                       .margin(1e-12));
    }
  }
}

TEST_CASE("effects through paths are means over an arm against the twin, and who has no value is left out") {
  const auto outcome = [](std::vector<double> values) {
    Outcome one{"x", "1"};
    one.values = std::move(values);
    return std::vector<Outcome>{one};
  };
  const double none = std::nan("");
  Outcomes outcomes;
  outcomes[static_cast<std::size_t>(WorldKind::treated)] = outcome({5.0, 9.0, none, 100.0});
  outcomes[static_cast<std::size_t>(WorldKind::twin)] = outcome({1.0, 3.0, none, 100.0});
  outcomes[static_cast<std::size_t>(WorldKind::attachment)] = outcome({2.0, 5.0, none, 100.0});
  outcomes[static_cast<std::size_t>(WorldKind::use)] = outcome({3.0, 3.0, none, 100.0});
  const PathEffect effect = path_effect(outcomes, 0, {0, 1, 2});
  CHECK(effect.both == Approx(7.0 - 2.0));
  CHECK(effect.attachment == Approx(3.5 - 2.0));
  CHECK(effect.use == Approx(3.0 - 2.0));
  CHECK(effect.interaction() == Approx(5.0 - 1.5 - 1.0));
  CHECK(std::isnan(mean_of(outcomes[0][0], {2})));
}
