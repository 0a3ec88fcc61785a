#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <set>

#include "core/error.hpp"
#include "models/trials/design/allocation.hpp"
#include "models/trials/design/doses.hpp"
#include "models/trials/measures/occasions.hpp"

using namespace kith;
using namespace kith::conditions;
using namespace kith::trials;

namespace {

const Clock hours_from_eight(3600, 8.0);

pharmacology::SharedDrug drug(const char* name) {
  static const pharmacology::Pharmacy pharmacy;
  return pharmacy.find(name);
}

/// The founding design: 4 days, 10 days of wash-out, 4 days.
Trial founding() {
  Trial trial;
  trial.arms = {{.name = "naltrexone", .regimens = {regular(drug("naltrexone"), {25, 25, 50, 50})}},
                {.name = "placebo", .regimens = {regular(drug("placebo"), {25, 25, 50, 50})}}};
  trial.reference = 1;
  trial.sequences = {{"naltrexone, placebo", {0, 1}, 19, 3}, {"placebo, naltrexone", {1, 0}, 15, 0}};
  return trial;
}

/// A roster of so many people, all eligible but those whom `is_out` names.
template <class F>
Roster roster(std::uint32_t people, F&& is_out) {
  Roster roster;
  roster.criteria = {"is in"};
  roster.cost = {0};
  for (PersonId p = 0; p < people; ++p) roster.failed.push_back(is_out(p) ? 0 : 1);
  return roster;
}

Roster everybody(std::uint32_t people) {
  return roster(people, [](PersonId) { return false; });
}

std::vector<PersonId> recruits_of(const Roster& from, std::uint32_t count, WorldKey world) {
  Trial trial;
  trial.sequences = {{"all", {0}, count, 0}};
  return recruit(trial, from, {}, world).people;
}

std::vector<Participant> allocated(const Trial& trial, std::uint32_t among, WorldKey world) {
  const Roster from = everybody(among);
  return allocate(trial, from, recruit(trial, from, {}, world), world);
}

}  // namespace

TEST_CASE("recruits are eligible, all different, and the same for the same world") {
  const Roster from = roster(300, [](PersonId p) { return p % 7 != 3; });
  const auto recruits = recruits_of(from, 20, {1, 0});
  CHECK(std::set<PersonId>(recruits.begin(), recruits.end()).size() == 20);
  for (const PersonId person : recruits) CHECK(person % 7 == 3);
  CHECK(recruits == recruits_of(from, 20, {1, 0}));
  CHECK(recruits != recruits_of(from, 20, {1, 1}));
  CHECK(recruits != recruits_of(from, 20, {2, 0}));
}

TEST_CASE("who else is eligible changes nobody's place in the order of recruits") {
  auto expected = recruits_of(everybody(200), 200, {4, 2});
  std::erase_if(expected, [](PersonId p) { return p % 2 == 1; });
  const Roster even = roster(200, [](PersonId p) { return p % 2 == 1; });
  CHECK(recruits_of(even, 100, {4, 2}) == expected);
  expected.resize(30);
  CHECK(recruits_of(even, 30, {4, 2}) == expected);
}

TEST_CASE("too few eligible people end the study with the numbers, the dearest criterion and a suggestion") {
  Roster few = roster(50, [](PersonId p) { return p >= 5; });
  few.cost = {45};
  CHECK_THROWS_WITH(recruits_of(few, 6, {1, 0}), Catch::Contains("6 participants") &&
                                                     Catch::Contains("5 people are eligible") &&
                                                     Catch::Contains("is in: without it 45 more would be eligible") &&
                                                     Catch::Contains("recruit fewer"));
  CHECK(recruits_of(few, 5, {1, 0}).size() == 5);
}

TEST_CASE("as many start and leave in each sequence as the design says, all leaving in the first period") {
  const Trial trial = founding();
  CHECK(trial.participants() == 34);
  for (std::uint32_t replicate = 0; replicate < 50; ++replicate) {
    const WorldKey world{9, replicate};
    const auto participants = allocated(trial, 100, world);
    REQUIRE(participants.size() == 34);
    unsigned started[2] = {0, 0};
    unsigned left[2] = {0, 0};
    std::set<PersonId> persons;
    for (const Participant& p : participants) {
      ++started[p.sequence];
      persons.insert(p.person);
      if (!p.leaves) continue;
      ++left[p.sequence];
      CHECK(*p.leaves >= 0);
      CHECK(*p.leaves < trial.period_days());
    }
    CHECK(persons.size() == 34);
    CHECK(started[0] == 19);
    CHECK(started[1] == 15);
    CHECK(left[0] == 3);
    CHECK(left[1] == 0);
  }
}

TEST_CASE("the founding design has two periods of four days with ten days between") {
  const Trial trial = founding();
  CHECK(trial.periods() == 2);
  CHECK(trial.period_days() == 4);
  CHECK(trial.washout_days(0) == 10);
  CHECK(trial.first_day(0) == 0);
  CHECK(trial.first_day(1) == 14);
}

TEST_CASE("a participant takes the doses of the arms at their times, and placebo is no treatment") {
  const Trial trial = founding();
  for (const std::size_t sequence : {0U, 1U}) {
    const auto treatment = treatments(trial, {5, sequence, {}}, hours_from_eight, {1, 0});
    REQUIRE(treatment.size() == 1);
    CHECK(treatment[0].drug->name == "naltrexone");
    REQUIRE(treatment[0].doses.size() == 4);
    const double amounts[] = {25, 25, 50, 50};
    for (std::size_t k = 0; k < 4; ++k) {
      CHECK(treatment[0].doses[k].amount == amounts[k]);
      // 09:00 is one hour after a start at 08:00.
      CHECK(treatment[0].doses[k].hours == 1.0 + 24.0 * (static_cast<double>(k) + (sequence == 1 ? 14.0 : 0.0)));
    }
  }
}

TEST_CASE("two arms with the same drug are one course, with the doses in order of time") {
  Trial trial = founding();
  trial.arms[1].regimens = {regular(drug("naltrexone"), {5, 5, 5, 5})};
  const auto treatment = treatments(trial, {5, 0, {}}, hours_from_eight, {1, 0});
  REQUIRE(treatment.size() == 1);
  REQUIRE(treatment[0].doses.size() == 8);
  CHECK(std::is_sorted(treatment[0].doses.begin(), treatment[0].doses.end(),
                       [](const auto& a, const auto& b) { return a.hours < b.hours; }));
  CHECK(treatment[0].doses[7].amount == 5.0);
}

TEST_CASE("who has left takes nothing from that day on") {
  const Trial trial = founding();
  for (std::int64_t day = 0; day < 4; ++day) {
    const auto treatment = treatments(trial, {5, 0, day}, hours_from_eight, {1, 0});
    const std::size_t taken = treatment.empty() ? 0 : treatment[0].doses.size();
    CHECK(taken == static_cast<std::size_t>(day));
  }
  const auto late = treatments(trial, {5, 1, 2}, hours_from_eight, {1, 0});
  CHECK((late.empty() || late[0].doses.empty()));
}

TEST_CASE("nobody adheres at 0 % and everybody at 100 %") {
  Trial trial = founding();
  trial.adherence = 0.0;
  for (PersonId person = 0; person < 20; ++person) {
    const auto treatment = treatments(trial, {person, 0, {}}, hours_from_eight, {1, 0});
    CHECK((treatment.empty() || treatment[0].doses.empty()));
  }
}

TEST_CASE("adherence varies between people with the spread that the trial says") {
  constexpr double n = 40.0;
  constexpr PersonId people = 10000;
  Trial trial = founding();
  trial.arms[0].regimens = {regular(drug("naltrexone"), std::vector<double>(40, 50.0))};
  trial.period_length = 960.0;
  trial.adherence = 0.7;
  trial.adherence_sd = 0.2;
  double sum = 0.0;
  double squares = 0.0;
  for (PersonId person = 0; person < people; ++person) {
    const auto treatment = treatments(trial, {person, 0, {}}, hours_from_eight, {1, 0});
    const double share = treatment.empty() ? 0.0 : static_cast<double>(treatment[0].doses.size()) / n;
    sum += share;
    squares += share * share;
  }
  const double mean = sum / people;
  CHECK(std::abs(mean - 0.7) < 3.29 * 0.21 / std::sqrt(static_cast<double>(people)));
  // Between people the beta's variance, and what forty doses leave to chance.
  const double expected = 0.04 + (0.21 - 0.04) / n;
  CHECK(std::abs((squares / people - mean * mean) / expected - 1.0) < 3.29 * std::sqrt(2.0 / people));
}

TEST_CASE("whether an arm is started is drawn anew in each period, and who does not start takes none of its doses") {
  Trial trial = founding();
  trial.arms[1].regimens = {regular(drug("naltrexone"), {5, 5, 5, 5})};
  for (Arm& arm : trial.arms) arm.induction_failure = 0.5;
  std::array<std::uint32_t, 4> seen{};
  for (PersonId person = 0; person < 4000; ++person) {
    const Participant participant{person, 0, {}};
    const bool first = starts(trial, participant, 0, {1, 0});
    const bool second = starts(trial, participant, 1, {1, 0});
    ++seen[(first ? 1U : 0U) + (second ? 2U : 0U)];
    double amount = 0.0;
    for (const Treatment& treatment : treatments(trial, participant, hours_from_eight, {1, 0})) {
      for (const pharmacology::Dose& dose : treatment.doses) amount += dose.amount;
    }
    REQUIRE(amount == (first ? 150.0 : 0.0) + (second ? 20.0 : 0.0));
  }
  for (const std::uint32_t count : seen) CHECK(std::abs(count - 1000.0) < 3.29 * std::sqrt(4000.0 * 0.25 * 0.75));
}

TEST_CASE("the doses that a person misses do not depend on the drug, the amounts or the order") {
  Trial trial = founding();
  trial.adherence = 0.6;
  Trial half = trial;
  half.arms[0].regimens = {regular(drug("naltrexone"), {1, 2, 3, 4})};
  std::size_t missed = 0;
  for (PersonId person = 0; person < 50; ++person) {
    const auto a = treatments(trial, {person, 0, {}}, hours_from_eight, {1, 0});
    const auto b = treatments(half, {person, 0, {}}, hours_from_eight, {1, 0});
    REQUIRE(a.size() == b.size());
    REQUIRE(a[0].doses.size() == b[0].doses.size());
    missed += 4 - a[0].doses.size();
    for (std::size_t k = 0; k < a[0].doses.size(); ++k) CHECK(a[0].doses[k].hours == b[0].doses[k].hours);
  }
  CHECK(missed > 0);
}

TEST_CASE("diaries come every day of every period, probes once a period") {
  const Trial trial = founding();
  Measures measures;
  measures.diaries = {{Feeling::connection, 21.0, {}}, {Feeling::positive_affect, 22.0, {}}};
  measures.probes = {{.label = "occupancy", .day = 4, .at = 14.0}};
  const auto diary = diary_occasions(trial, measures, hours_from_eight);
  REQUIRE(diary.size() == 16);
  CHECK(diary[0].hours == 13.0);  // 21:00 after a start at 08:00
  CHECK(diary[4].period == 1);
  CHECK(diary[4].hours == 13.0 + 14.0 * 24.0);
  CHECK(diary[8].measure == 1);
  CHECK(diary[15].day == 3);
  const auto probes = probe_occasions(trial, measures, hours_from_eight);
  REQUIRE(probes.size() == 2);
  CHECK(probes[0].hours == 3.0 * 24.0 + 6.0);
  CHECK(probes[1].hours == 17.0 * 24.0 + 6.0);
}

TEST_CASE("a rating without noise is the value on the scale, clipped to its ends") {
  const Scale scale{.low = 1, .high = 7, .offset = 0.1, .gain = 0.8};
  CHECK(rate(scale, 0.5, 3, 0, 60, {1, 0}) == Approx(1.0 + 6.0 * 0.5));
  CHECK(rate(scale, 2.0, 3, 0, 60, {1, 0}) == 7.0);
  CHECK(rate(scale, -1.0, 3, 0, 60, {1, 0}) == 1.0);
}

TEST_CASE(
    "a rating is the same in every world with the same key, and another for another person, measure or occasion") {
  const Scale scale{.low = 0, .high = 100, .person_sd = 0.05, .occasion_sd = 0.05};
  const double rating = rate(scale, 0.5, 3, 1, 60, {1, 0});
  CHECK(rate(scale, 0.5, 3, 1, 60, {1, 0}) == rating);
  CHECK(rate(scale, 0.6, 3, 1, 60, {1, 0}) == Approx(rating + 10.0));
  CHECK(rate(scale, 0.5, 4, 1, 60, {1, 0}) != rating);
  CHECK(rate(scale, 0.5, 3, 2, 60, {1, 0}) != rating);
  CHECK(rate(scale, 0.5, 3, 1, 61, {1, 0}) != rating);
  CHECK(rate(scale, 0.5, 3, 1, 60, {1, 1}) != rating);
  const Scale person_only{.low = 0, .high = 100, .person_sd = 0.05};
  CHECK(rate(person_only, 0.5, 3, 1, 60, {1, 0}) == rate(person_only, 0.5, 3, 1, 61, {1, 0}));
}

TEST_CASE(
    "run-in, periods, unequal wash-outs and follow-up follow one another day by day, and diaries are asked in them") {
  Trial trial = founding();
  trial.sequences = {{"all", {0, 1, 0, 1}, 4, 0}};
  trial.period_length = 72.0;
  trial.washouts = {48.0, 0.0, 216.0};
  trial.run_in = 96.0;
  trial.follow_up = 144.0;
  // A calendar, day by day: a letter for the phase or the wash-out, a digit for the period.
  std::string calendar(4, 'r');
  std::string letters;
  for (const auto& [period, washout] : {std::pair(0, 2), {1, 0}, {2, 9}, {3, 0}}) {
    calendar += std::string(3, static_cast<char>('0' + period));
    calendar += std::string(static_cast<std::size_t>(washout), 'w');
  }
  calendar += std::string(6, 'f');
  CHECK(trial.days() == static_cast<std::int64_t>(calendar.size()));
  for (std::size_t period = 0; period < 4; ++period)
    CHECK(trial.first_day(period) == static_cast<std::int64_t>(calendar.find(static_cast<char>('0' + period))));
  CHECK(trial.first_day(4) == static_cast<std::int64_t>(calendar.find('f')));

  Measures measures;
  measures.diaries = {{Feeling::connection, 21.0, {}}, {.feeling = Feeling::distress, .at = 20.0, .scale = {}}};
  measures.diaries[1].days = {{2, 3}};
  measures.probes = {{.label = "before", .day = 2, .at = 14.0},
                     {.label = "within", .day = 3, .at = 14.0},
                     {.label = "after", .day = 6, .at = 14.0}};
  measures.probes[0].phase = Phase::run_in;
  measures.probes[2].phase = Phase::follow_up;
  std::string asked[2] = {std::string(calendar.size(), 'w'), std::string(calendar.size(), 'w')};
  for (const Occasion& occasion : diary_occasions(trial, measures, hours_from_eight)) {
    const auto day = static_cast<std::size_t>(hours_from_eight.day(occasion.hours));
    CHECK(occasion.hours == 24.0 * static_cast<double>(day) + (occasion.measure == 0 ? 13.0 : 12.0));
    asked[occasion.measure][day] = occasion.phase == Phase::run_in      ? 'r'
                                   : occasion.phase == Phase::follow_up ? 'f'
                                                                        : static_cast<char>('0' + occasion.period);
    CHECK(calendar[day - static_cast<std::size_t>(occasion.day)] == calendar[day]);
  }
  CHECK(asked[0] == calendar);
  CHECK(asked[1] == "rrrrw00www11w22wwwwwwwwww33ffffff");
  std::string days;
  for (const Occasion& occasion : probe_occasions(trial, measures, hours_from_eight))
    days += std::to_string(hours_from_eight.day(occasion.hours)) + " ";
  CHECK(days == "1 6 11 14 26 32 ");
}

TEST_CASE("nobody takes a dose in the run-in, the wash-outs or the follow-up") {
  Trial trial = founding();
  trial.sequences = {{"all", {0, 0, 0}, 4, 0}};
  trial.washouts = {24.0, 120.0};
  trial.run_in = 72.0;
  trial.follow_up = 240.0;
  std::string days;
  for (const Treatment& treatment : treatments(trial, {5, 0, {}}, hours_from_eight, {1, 0})) {
    for (const pharmacology::Dose& dose : treatment.doses)
      days += std::to_string(hours_from_eight.day(dose.hours)) + " ";
  }
  CHECK(days == "3 4 5 6 8 9 10 11 17 18 19 20 ");
}
