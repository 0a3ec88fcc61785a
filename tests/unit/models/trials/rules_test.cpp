#include "models/trials/design/rules.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

using namespace kith;
using namespace kith::trials;

namespace {

const Clock hourly(3600, 0.0);
constexpr WorldKey world{1, 0};

conditions::Condition distressed() { return {"distress > 0.5", "distress", conditions::Relation::greater, 0.5, "0.5"}; }

pharmacology::SharedDrug drug(const char* name) {
  static const pharmacology::Pharmacy pharmacy;
  return pharmacy.find(name);
}

Regimen daily(const char* name, double amount, std::size_t days, double at = 9.0) {
  return regular(drug(name), std::vector<double>(days, amount), 24.0, {at});
}

/// Two periods of `days` days with `washout` days between: arm 0, then arm 1.
Trial two_periods(Arm first, Arm second, std::size_t days = 4, double washout = 2.0) {
  Trial trial;
  trial.arms = {std::move(first), std::move(second)};
  trial.sequences = {{"both", {0, 1}, 10, 0}};
  trial.washouts = {24.0 * washout};
  trial.period_length = 24.0 * static_cast<double>(days);
  return trial;
}

struct Followed {
  std::vector<std::pair<double, double>> doses;
  Participant after;
};

/// What the rules give to a person who feels distress at these hours.
template <class F>
Followed follow(const Trial& trial, double days, F&& is_distressed, Participant participant = {.person = 1}) {
  std::vector<Participant> participants{participant};
  Rules rules(trial, participants, hourly, world);
  people::People people;
  people.resize(2);
  Followed followed;
  for (Tick tick = 0; tick < hourly.tick_at(24.0 * days); ++tick) {
    people.distress[1] = is_distressed(hourly.hours(tick)) ? 0.9F : 0.1F;
    for (const Treatment& taken : rules.before_tick(people, tick)) {
      for (const auto& dose : taken.doses) followed.doses.emplace_back(dose.hours, dose.amount);
    }
  }
  rules.tell(participants);
  followed.after = participants.front();
  return followed;
}

using Doses = std::vector<std::pair<double, double>>;
const auto never = [](double) { return false; };
const auto always = [](double) { return true; };

}  // namespace

TEST_CASE("a condition that holds in the wash-out alone stops nobody") {
  const Arm stopping{.name = "drug", .regimens = {daily("naltrexone", 5.0, 4)}, .stop = Rule{distressed(), 2.0}};
  const Trial trial = two_periods(stopping, stopping);
  const Followed calm = follow(trial, 10.0, [](double hours) { return hours >= 96.0 && hours < 144.0; });
  CHECK_FALSE(calm.after.stopped);
  CHECK(calm.doses.size() == 8);
  // One hour earlier the condition holds for its two hours within the first period.
  const Followed late = follow(trial, 10.0, [](double hours) { return hours >= 93.0 && hours < 144.0; });
  CHECK(late.after.stopped == 95.0);
  CHECK(late.doses.size() == 4);  // stopped for good, in the second period, too
}

TEST_CASE("how long a condition has held is counted anew in every period, and after every break") {
  const Arm stopping{.name = "drug", .regimens = {daily("naltrexone", 5.0, 4)}, .stop = Rule{distressed(), 10.0}};
  const Trial trial = two_periods(stopping, stopping, 4, 0.0);
  CHECK(follow(trial, 8.0, [](double hours) { return hours >= 90.0; }).after.stopped == 106.0);
  CHECK_FALSE(follow(trial, 8.0, [](double hours) { return std::fmod(hours, 10.0) != 9.0; }).after.stopped);
  CHECK(follow(trial, 8.0, [](double hours) { return hours >= 50.0; }).after.stopped == 60.0);
}

TEST_CASE("who has left follows no rule any more") {
  const Arm stopping{.name = "drug", .regimens = {daily("naltrexone", 5.0, 4)}, .stop = Rule{distressed(), 2.0}};
  const Followed gone = follow(two_periods(stopping, stopping), 10.0, [](double hours) { return hours >= 48.0; },
                               {.person = 1, .leaves = 2});
  CHECK_FALSE(gone.after.stopped);
  CHECK(gone.doses == Doses{{9.0, 5.0}, {33.0, 5.0}});
}

TEST_CASE(
    "who changes the arm takes its doses from its first day on, to the end of the period, and is back in the next") {
  Trial trial = two_periods({.name = "rescue", .regimens = {daily("naltrexone", 50.0, 4)}}, {});
  trial.arms[1] = {.name = "drug", .regimens = {daily("naltrexone", 5.0, 4)}, .change = Switch{0, {}, 1}};
  trial.sequences = {{"drug twice", {1, 1}, 10, 0}};
  CHECK(follow(trial, 10.0, never).doses ==
        Doses{{9, 5}, {33, 50}, {57, 50}, {81, 50}, {153, 5}, {177, 50}, {201, 50}, {225, 50}});
  // The rescue has two doses a day: on the day of the change only the one after it is taken.
  trial.arms[0].regimens = {regular(drug("naltrexone"), {40.0, 41.0, 42.0, 43.0}, 24.0, {8.0, 20.0})};
  trial.arms[1].change = Switch{0, Rule{distressed(), 0.0}, {}};
  const Followed changed = follow(trial, 4.0, [](double hours) { return hours >= 34.0; });
  CHECK(changed.doses == Doses{{9, 5}, {33, 5}, {44, 40}, {56, 41}, {68, 41}, {80, 42}, {92, 42}});
  CHECK(changed.after.switched == 34.0);
}

TEST_CASE("the stop of the arm to which somebody has changed is counted from the change") {
  Trial trial =
      two_periods({.name = "rescue", .regimens = {daily("naltrexone", 50.0, 4)}, .stop = Rule{distressed(), 12.0}}, {});
  trial.arms[1] = {.name = "drug",
                   .regimens = {daily("naltrexone", 5.0, 4)},
                   .stop = Rule{distressed(), 90.0},
                   .change = Switch{0, Rule{distressed(), 24.0}, {}}};
  trial.sequences = {{"drug", {1, 1}, 10, 0}};
  const Followed followed = follow(trial, 4.0, always);
  CHECK(followed.after.switched == 24.0);
  CHECK(followed.after.stopped == 37.0);  // the hour after the change is the first that counts
}

TEST_CASE(
    "as needed is asked at the start of the tick that holds the dose, for that dose alone, and placebo is nothing") {
  Regimen needed = daily("naltrexone", 5.0, 4, 9.5);
  needed.when = distressed();
  Regimen sham = daily("placebo", 5.0, 4, 9.5);
  sham.when = distressed();
  const Trial trial = two_periods({.name = "drug", .regimens = {needed, sham}}, {.name = "none", .regimens = {sham}});
  CHECK(follow(trial, 10.0, [](double hours) { return hours == 9.0 || hours == 58.0 || hours == 81.0; }).doses ==
        Doses{{9.5, 5.0}, {81.5, 5.0}});
}

TEST_CASE("who never starts an arm takes none of its doses and stays") {
  Arm arm{.name = "drug", .regimens = {daily("naltrexone", 5.0, 4)}, .induction_failure = 0.5};
  arm.stop = Rule{distressed(), 1e6};
  const Trial trial = two_periods(arm, arm);
  std::size_t none = 0;
  for (PersonId person = 0; person < 60; ++person) {
    std::vector<Participant> participants{{.person = person}};
    Rules rules(trial, participants, hourly, world);
    people::People people;
    people.resize(60);
    std::array<std::size_t, 2> taken{};
    for (Tick tick = 0; tick < 240; ++tick) taken[tick < 120 ? 0 : 1] += rules.before_tick(people, tick).size();
    for (std::size_t period = 0; period < 2; ++period) {
      CHECK(taken[period] == (starts(trial, participants.front(), period, world) ? 4U : 0U));
      none += taken[period] == 0 ? 1U : 0U;
    }
  }
  CHECK(none > 30);
  CHECK(none < 90);
}

TEST_CASE("what is missed after a change, of another drug and in another period, is drawn anew") {
  Trial trial =
      two_periods({.name = "both", .regimens = {daily("naltrexone", 5.0, 1), daily("morphine", 5.0, 1, 10.0)}},
                  {.name = "one", .regimens = {daily("naltrexone", 5.0, 1)}});
  trial.adherence = 0.5;
  // Each pair of doses is taken or missed together in half of the cases, not in all.
  constexpr std::uint32_t people = 400;
  std::array<int, 3> alike{};
  for (PersonId person = 0; person < people; ++person) {
    const Participant participant{.person = person};
    const auto doses = [&](std::size_t period, Origin origin) {
      std::array<bool, 2> taken{};
      for (const PlannedDose& dose : plan(trial, participant, period, 0, 0, origin, hourly, world))
        taken[dose.dose.hours > 9.5 ? 1 : 0] = true;
      return taken;
    };
    const auto allocated = doses(0, Origin::allocated);
    alike[0] += allocated[0] == allocated[1] ? 1 : 0;
    alike[1] += allocated[0] == doses(0, Origin::switched)[0] ? 1 : 0;
    alike[2] += allocated[0] == doses(1, Origin::allocated)[0] ? 1 : 0;
  }
  for (const int count : alike) CHECK(std::abs(count - 200) < 3.29 * 10.0);
}

TEST_CASE("a change takes no dose beyond its period, an arm as allocated does") {
  const Trial trial = two_periods({.name = "long", .regimens = {daily("naltrexone", 5.0, 9)}}, {.name = "other"});
  CHECK(plan(trial, {.person = 1}, 0, 0, 2, Origin::switched, hourly, world).size() == 2);
  CHECK(plan(trial, {.person = 1}, 0, 0, 0, Origin::allocated, hourly, world).size() == 9);
}

TEST_CASE("in the run-in no rule is followed and no dose is taken; the periods then go on as they would without it") {
  Arm needed{.name = "needed", .regimens = {daily("naltrexone", 50.0, 4)}};
  needed.stop = Rule{distressed(), 0.0};
  Trial trial = two_periods(needed, {.name = "other", .regimens = {daily("naltrexone", 20.0, 4)}});
  const auto late = [](double hours) { return hours >= 24.0 * 8.0; };
  const Followed without = follow(trial, 12.0, late);
  trial.run_in = 72.0;
  const Followed with = follow(trial, 15.0, [&](double hours) { return hours < 72.0 || late(hours - 72.0); });
  REQUIRE(with.doses.size() == without.doses.size());
  REQUIRE(!with.doses.empty());
  for (std::size_t k = 0; k < with.doses.size(); ++k) {
    CHECK(with.doses[k].first == without.doses[k].first + 72.0);
    CHECK(with.doses[k].second == without.doses[k].second);
  }
  CHECK_FALSE(with.after.stopped.has_value());
}
