#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "models/trials/design/rules.hpp"
#include "tests/support/small_scenarios.hpp"

using namespace kith;
using namespace kith::conditions;
using namespace kith::trials;
using kith::testing::scenario_from;

namespace {

const Clock hourly(3600, 0.0);

/// A parallel trial of one drug arm with the given keys, and placebo.
Trial trial_with(const std::string& arm, const std::string& more = "") {
  return *scenario_from(
              "kith: 1\ntitle: Regimens\ntime: {duration: 200 d}\ntrial:\n  design: parallel\n  participants: "
              "{count: 10}\n  arms:\n    drug: " +
              arm + "\n    placebo: {drug: placebo, like: drug}\n" + more)
              .trial;
}

std::vector<std::pair<double, double>> doses_of(const Trial& trial, PersonId person = 1) {
  std::vector<std::pair<double, double>> doses;
  for (const Treatment& treatment : treatments(trial, {.person = person}, hourly, {1, 0})) {
    for (const auto& dose : treatment.doses) doses.emplace_back(dose.hours, dose.amount);
  }
  return doses;
}

/// What the rules give to person 1 over some days, when the person feels as `feel` says at each tick.
template <class F>
std::vector<std::pair<double, double>> followed(const Trial& trial, double days, F&& feel,
                                                Participant* after = nullptr) {
  std::vector<Participant> participants{{.person = 1}};
  Rules rules(trial, participants, hourly, {1, 0});
  people::People people;
  people.resize(2);
  std::vector<std::pair<double, double>> doses;
  for (Tick tick = 0; tick < hourly.tick_at(24.0 * days); ++tick) {
    feel(people, hourly.hours(tick));
    for (const Treatment& taken : rules.before_tick(people, tick)) {
      for (const auto& dose : taken.doses) doses.emplace_back(dose.hours, dose.amount);
    }
  }
  rules.tell(participants);
  if (after != nullptr) *after = participants.front();
  return doses;
}

using Doses = std::vector<std::pair<double, double>>;

}  // namespace

TEST_CASE("the last dose goes on until the end of the regimen") {
  const Trial trial = trial_with("{drug: naltrexone, doses: [25 mg, 50 mg], every: 1 d, at: \"10:00\", for: 4 d}");
  CHECK(doses_of(trial) == Doses{{10, 25}, {34, 50}, {58, 50}, {82, 50}});
  CHECK(trial.period_days() == 4);
}

TEST_CASE("a dose can be taken at several times of day") {
  const Trial trial = trial_with("{drug: naltrexone, doses: [25 mg, 50 mg], at: [\"21:00\", \"09:00\"]}");
  CHECK(doses_of(trial) == Doses{{9, 25}, {21, 25}, {33, 50}, {45, 50}});
  CHECK(trial.period_days() == 2);
}

TEST_CASE("phases follow each other: titration, injections every four weeks, tapering") {
  const Trial trial = trial_with(
      "{drug: naltrexone, phases: [{dose: 5 mg, for: 2 d}, {dose: 380 mg, for: 56 d, every: 28 d}, {dose: 1 mg, for: 1 "
      "d, at: \"20:00\"}]}");
  CHECK(doses_of(trial) == Doses{{9, 5}, {33, 5}, {57, 380}, {729, 380}, {1412, 1}});
  CHECK(trial.period_days() == 59);
}

TEST_CASE("an arm can have several regimens at once, and its placebo repeats all of them") {
  const Trial trial = trial_with(
      "{drugs: [{drug: naltrexone, doses: [5 mg, 6 mg]}, {drug: naltrexone, doses: 1 mg, for: 3 d, at: \"21:00\"}]}");
  CHECK(doses_of(trial) == Doses{{9, 5}, {21, 1}, {33, 6}, {45, 1}, {69, 1}});
  REQUIRE(trial.arms[1].regimens.size() == 2);
  CHECK(trial.arms[1].regimens[1].intakes.size() == 3);
  CHECK_FALSE(trial.arms[1].is_active());
}

TEST_CASE("as needed: a planned dose is taken only when its condition holds at that hour") {
  const Trial trial = trial_with("{drug: naltrexone, doses: 25 mg, for: 5 d, at: \"09:00\", when: loneliness > 0.7}");
  const auto doses = followed(trial, 6, [](people::People& people, double hours) {
    people.loneliness[1] = hours >= 48.0 && hours < 96.0 ? 0.8F : 0.7F;
    people.loneliness[0] = 1.0F;
  });
  CHECK(doses == Doses{{57, 25}, {81, 25}});
}

TEST_CASE("treatment stops for good once the condition has held for long enough without a break") {
  const Trial trial = trial_with("{drug: naltrexone, doses: 25 mg, for: 8 d, stop: {when: distress > 0.5, for: 2 d}}");
  Participant after;
  const auto doses = followed(
      trial, 9,
      [](people::People& people, double hours) {
        const bool pause = hours == 40.0 || hours > 120.0;
        people.distress[1] = hours >= 24.0 && !pause ? 0.6F : 0.0F;
      },
      &after);
  REQUIRE(after.stopped);
  CHECK(*after.stopped == 41.0 + 48.0);
  CHECK(doses.size() == 4);  // on days 1 to 4; the fifth would be at hour 105
  CHECK_FALSE(after.leaves);
}

TEST_CASE(
    "participants change to another arm on a day, or when their condition has held, and take its doses from then") {
  const std::string arms =
      "kith: 1\ntitle: Switch\ntrial:\n  design: parallel\n  participants: {count: 10}\n  arms:\n    rescue: {drug: "
      "naltrexone, doses: 50 mg, for: 6 d}\n    drug: {drug: naltrexone, doses: 5 mg, for: 6 d, switch: ";
  const std::string rest = "}\n    placebo: {drug: placebo, like: drug}\n  allocation: {ratio: [0, 1, 1]}\n";
  Trial on_day = *scenario_from(arms + "{to: rescue, day: 3}" + rest).trial;
  Trial by_rule = *scenario_from(arms + "{to: rescue, when: distress > 0.5, for: 3 h}" + rest).trial;
  for (Trial* trial : {&on_day, &by_rule}) std::swap(trial->sequences[0], trial->sequences[1]);
  const auto feel = [](people::People& people, double hours) { people.distress[1] = hours >= 72.0 ? 0.9F : 0.1F; };
  Participant after;
  CHECK(followed(on_day, 7, feel, &after) == Doses{{9, 5}, {33, 5}, {57, 50}, {81, 50}, {105, 50}, {129, 50}});
  CHECK(after.switched == 48.0);
  CHECK(followed(by_rule, 7, feel, &after) == Doses{{9, 5}, {33, 5}, {57, 5}, {81, 50}, {105, 50}, {129, 50}});
  CHECK(after.switched == 75.0);
}

TEST_CASE("who leaves takes nothing afterwards, rules or not") {
  const Trial trial = trial_with("{drug: naltrexone, doses: 25 mg, for: 5 d, when: loneliness >= 0}");
  std::vector<Participant> participants{{.person = 1, .leaves = 2}};
  Rules rules(trial, participants, hourly, {1, 0});
  people::People people;
  people.resize(2);
  std::size_t taken = 0;
  for (Tick tick = 0; tick < 120; ++tick) taken += rules.before_tick(people, tick).size();
  CHECK(taken == 2);
}

TEST_CASE("without a condition that fails, rules give exactly the doses of the plan") {
  const Trial plain = trial_with("{drug: naltrexone, doses: 25 mg, for: 12 d}", "  adherence: 70 %\n");
  const Trial ruled = trial_with("{drug: naltrexone, doses: 25 mg, for: 12 d, when: need >= 0}", "  adherence: 70 %\n");
  const auto planned = doses_of(plain);
  CHECK(planned.size() < 12);
  CHECK(followed(ruled, 13, [](people::People&, double) {}) == planned);
}

TEST_CASE("conditions compare as they are written") {
  Condition condition{"x", "loneliness", Relation::at_least, 0.5, ""};
  CHECK(condition.holds(0.5));
  CHECK_FALSE(condition.holds(0.4));
  CHECK_FALSE(condition.holds(std::nan("")));
  condition.relation = Relation::other;
  CHECK_FALSE(condition.holds(0.5));
  condition.number.reset();
  condition.word = "north";
  CHECK(condition.holds(std::string("south")));
  CHECK_FALSE(condition.holds(0.5));
}

TEST_CASE("strata, targets and criteria read the columns of the people's table") {
  const people::People people = [] {
    people::People three;
    three.resize(3);
    three.loneliness = {0.1F, 0.2F, 0.3F};
    return three;
  }();
  const network::Graph graph{.people = 3};
  const network::Ties ties(graph);
  const OnDemand<people::Isolation> isolation([] { return people::Isolation{{{}, {}, {}}, {3, 2, 1}}; });
  const Columns columns{{"age", "town"}, {{"30", "", "41"}, {"north", "south", "north"}}};
  const Everybody everybody{people, {}, ties, ties, isolation, columns, {1, 0}};
  CHECK(numbers(everybody, "age")[2] == 41.0);
  CHECK(std::isnan(numbers(everybody, "age")[1]));
  CHECK(numbers(everybody, "isolation_score") == std::vector<double>{3, 2, 1});
  CHECK(category(everybody, "town").values == std::vector<std::uint32_t>{0, 1, 0});
  CHECK(category(everybody, "loneliness_tercile").values == std::vector<std::uint32_t>{0, 1, 2});
  CHECK_THROWS_WITH(category(everybody, "community"), Catch::Contains("no communities"));
  const Condition is_north{"town == north", "town", Relation::equal, {}, "north"};
  CHECK(holds(is_north, everybody) == std::vector<bool>{true, false, true});
}
