#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "models/trials/design/allocation.hpp"
#include "models/trials/measures/measures.hpp"
#include "tests/support/small_scenarios.hpp"

using namespace kith;
using namespace kith::conditions;
using namespace kith::trials;
using kith::testing::scenario_from;

namespace {

/// A trial of the given keys, with as many arms as wanted.
Trial trial_of(const std::string& keys, int arms = 2) {
  std::string text = "kith: 1\ntitle: Designs\ntime: {duration: 200 d}\npeople: {count: 900}\ntrial:\n  arms:\n";
  for (int arm = 0; arm + 1 < arms; ++arm)
    text += "    a" + std::to_string(arm) + ": {drug: naltrexone, doses: [" + std::to_string(arm + 1) + " mg]}\n";
  text += "    placebo: {drug: placebo, like: a0}\n";
  return *scenario_from(text + keys).trial;
}

Roster everybody(std::uint32_t people) { return {.failed = std::vector<std::uint32_t>(people)}; }

/// A category in which person p has the value p mod `values`.
Category by_turns(std::uint32_t people, std::uint32_t values) {
  Category category;
  for (std::uint32_t v = 0; v < values; ++v) category.names.push_back(std::to_string(v));
  for (PersonId p = 0; p < people; ++p) category.values.push_back(p % values);
  return category;
}

std::vector<Participant> allocated(const Trial& trial, const Roster& roster, std::uint32_t replicate) {
  const WorldKey world{3, replicate};
  return allocate(trial, roster, recruit(trial, roster, {}, world), world);
}

std::vector<std::size_t> counts(const Trial& trial, const std::vector<Participant>& participants) {
  std::vector<std::size_t> result(trial.sequences.size());
  for (const Participant& p : participants) ++result[p.sequence];
  return result;
}

bool same(const std::vector<Participant>& a, const std::vector<Participant>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Participant& x, const Participant& y) {
    return x.person == y.person && x.sequence == y.sequence && x.leaves == y.leaves && x.stratum == y.stratum;
  });
}

}  // namespace

TEST_CASE("a crossover of two arms without sequences is AB and BA") {
  const Trial trial = trial_of("  participants: {count: 31}\n");
  REQUIRE(trial.sequences.size() == 2);
  CHECK(trial.sequences[0].arms == std::vector<std::size_t>{0, 1});
  CHECK(trial.sequences[1].arms == std::vector<std::size_t>{1, 0});
  CHECK(trial.sequences[0].count == 16);
  CHECK(trial.sequences[1].count == 15);
}

TEST_CASE("in a Latin square every arm comes once in every period and equally often after every other") {
  for (int arms = 2; arms <= 7; ++arms) {
    const Trial trial = trial_of("  design: latin_square\n  participants: {count: 84}\n  washout: 1 d\n", arms);
    CAPTURE(arms);
    CHECK(trial.sequences.size() == static_cast<std::size_t>(arms % 2 == 0 ? arms : 2 * arms));
    std::map<std::pair<std::size_t, std::size_t>, int> in_period;
    std::map<std::pair<std::size_t, std::size_t>, int> after;
    for (const Sequence& sequence : trial.sequences) {
      CHECK(std::set<std::size_t>(sequence.arms.begin(), sequence.arms.end()).size() == sequence.arms.size());
      for (std::size_t k = 0; k < sequence.arms.size(); ++k) {
        ++in_period[{k, sequence.arms[k]}];
        if (k > 0) ++after[{sequence.arms[k - 1], sequence.arms[k]}];
      }
    }
    const int times = arms % 2 == 0 ? 1 : 2;
    CHECK(in_period.size() == static_cast<std::size_t>(arms * arms));
    CHECK(after.size() == static_cast<std::size_t>(arms * (arms - 1)));
    for (const auto& [cell, count] : in_period) CHECK(count == times);
    for (const auto& [pair, count] : after) CHECK(count == times);
  }
}

TEST_CASE("a parallel trial has one sequence of one period for each arm, in the ratio") {
  const Trial trial =
      trial_of("  design: parallel\n  participants: {count: 40}\n  allocation: {ratio: [3, 0, 1]}\n", 3);
  REQUIRE(trial.sequences.size() == 3);
  CHECK(trial.periods() == 1);
  CHECK(trial.washout_days(0) == 0);
  for (std::uint32_t replicate = 0; replicate < 5; ++replicate)
    CHECK(counts(trial, allocated(trial, everybody(100), replicate)) == std::vector<std::size_t>{30, 0, 10});
}

TEST_CASE("a factorial trial has an arm for every combination of levels, with the drugs of both") {
  const Scenario scenario = scenario_from(R"(
kith: 1
title: Factors
trial:
  design: factorial
  participants: {count: 60}
  factors:
    dose: {levels: {high: {drug: naltrexone, doses: [50 mg]}, low: {drug: naltrexone, doses: [5 mg]}, none: {drug: placebo, like: low}}}
    hour: {levels: {night: {drug: naltrexone, doses: [1 mg], at: "21:00"}, day: {drug: placebo, doses: [1 mg]}}}
)");
  const Trial& trial = *scenario.trial;
  REQUIRE(trial.arms.size() == 6);
  CHECK(trial.arms[0].name == "high + night");
  CHECK(trial.arms[5].name == "none + day");
  CHECK(trial.reference == 5);
  REQUIRE(trial.arms[2].regimens.size() == 2);
  CHECK(trial.arms[2].regimens[0].intakes[0].amount == 5.0);
  CHECK(trial.arms[2].regimens[1].intakes[0].at == 21.0);
  CHECK_FALSE(trial.arms[5].is_active());
  CHECK(counts(trial, allocated(trial, everybody(80), 0)) == std::vector<std::size_t>(6, 10));
}

TEST_CASE("a single-case trial goes through its arms again and again, everybody alike") {
  const Trial trial = trial_of("  design: single_case\n  repeats: 3\n  participants: {count: 4}\n  washout: 2 d\n");
  REQUIRE(trial.sequences.size() == 1);
  CHECK(trial.sequences[0].arms == std::vector<std::size_t>{0, 1, 0, 1, 0, 1});
  CHECK(trial.first_day(5) == 15);
}

TEST_CASE("in a stepped wedge every sequence changes one step later and none goes back") {
  const Trial trial =
      trial_of("  design: stepped_wedge\n  steps: 4\n  clusters: {by: community, count: 8, people: 3}\n");
  REQUIRE(trial.sequences.size() == 4);
  CHECK(trial.periods() == 5);
  CHECK(trial.participants() == 24);
  for (std::size_t s = 0; s < 4; ++s) {
    for (std::size_t period = 0; period < 5; ++period)
      CHECK(trial.sequences[s].arms[period] == (period <= s ? trial.reference : 0U));
  }
}

TEST_CASE("every full block of every stratum holds the ratio exactly, and is not always in the same order") {
  const Trial trial = trial_of(
      "  design: parallel\n  participants: {count: 200}\n  allocation: {ratio: [2, 1], blocks: 6, strata: "
      "[tone_tercile, "
      "degree_tercile]}\n");
  Roster roster = everybody(900);
  roster.strata = {by_turns(900, 3), by_turns(900, 2)};
  std::set<std::vector<std::size_t>> orders;
  for (std::uint32_t replicate = 0; replicate < 10; ++replicate) {
    const auto participants = allocated(trial, roster, replicate);
    CHECK(participants.size() == 200);
    CHECK(same(participants, allocated(trial, roster, replicate)));
    std::map<std::uint32_t, std::vector<std::size_t>> by_stratum;
    for (const Participant& p : participants) {
      CHECK(p.stratum == (p.person % 3) * 2 + p.person % 2);
      by_stratum[p.stratum].push_back(p.sequence);
    }
    CHECK(by_stratum.size() == 6);
    for (const auto& [stratum, sequences] : by_stratum) {
      for (std::size_t begin = 0; begin + 6 <= sequences.size(); begin += 6) {
        const std::vector<std::size_t> block(sequences.begin() + static_cast<std::ptrdiff_t>(begin),
                                             sequences.begin() + static_cast<std::ptrdiff_t>(begin) + 6);
        CHECK(std::count(block.begin(), block.end(), 0U) == 4);
        orders.insert(block);
      }
    }
  }
  CHECK(orders.size() == 15);  // 6! / (4! · 2!)
}

TEST_CASE("minimisation keeps every category balanced, far better than chance does") {
  const std::string keys = "  design: parallel\n  participants: {count: 120}\n";
  const Trial minimised = trial_of(keys + "  allocation: {minimise: [tone_tercile, need_tercile, degree_tercile]}\n");
  const Trial simple = trial_of(keys);
  Roster roster = everybody(900);
  for (const std::uint32_t values : {2U, 3U, 5U}) roster.strata.push_back(by_turns(900, values));
  const auto imbalance = [&](const Trial& trial, std::uint32_t replicate) {
    const auto participants = allocated(trial, roster, replicate);
    CHECK(same(participants, allocated(trial, roster, replicate)));
    int total = 0;
    for (const Category& category : roster.strata) {
      std::vector<int> difference(category.names.size());
      for (const Participant& p : participants) difference[category.values[p.person]] += p.sequence == 0 ? 1 : -1;
      for (const int d : difference) total += std::abs(d);
    }
    return total;
  };
  int with = 0;
  int without = 0;
  for (std::uint32_t replicate = 0; replicate < 20; ++replicate) {
    with += imbalance(minimised, replicate);
    without += imbalance(simple, replicate);
  }
  // By chance the difference in a level of n among 120 has the variance n (1 − n/120) and the mean √(2/π) of its root: 4.4, 4.1
  // and 3.5 in levels of 60, 40 and 24, 38.6 a study in all. The sum of 20 studies has an SD below 60.
  CHECK(without > 20 * 38.6 - 180.0);
  CHECK(without < 20 * 38.6 + 180.0);
  CHECK(with < 20 * 38.6 / 2.0);
}

TEST_CASE("a cluster has one sequence, and clusters are shared out equally") {
  const Trial trial = trial_of("  design: cluster\n  clusters: {by: community, count: 10, people: 7}\n");
  Roster roster = everybody(900);
  roster.cluster = by_turns(900, 12);
  for (std::uint32_t replicate = 0; replicate < 10; ++replicate) {
    const auto participants = allocated(trial, roster, replicate);
    CHECK(participants.size() == 70);
    std::map<std::uint32_t, std::set<std::size_t>> sequences;
    std::map<std::uint32_t, std::size_t> sizes;
    for (const Participant& p : participants) {
      REQUIRE(p.cluster);
      CHECK(*p.cluster == p.person % 12);
      sequences[*p.cluster].insert(p.sequence);
      ++sizes[*p.cluster];
    }
    CHECK(sequences.size() == 10);
    std::size_t first = 0;
    for (const auto& [cluster, of_cluster] : sequences) {
      CHECK(of_cluster.size() == 1);
      CHECK(sizes[cluster] == 7);
      first += of_cluster.count(0);
    }
    CHECK(first == 5);
  }
}

TEST_CASE("all clusters take part with everybody eligible when no numbers are given") {
  Trial trial = trial_of("  design: cluster\n  clusters: {by: community}\n");
  CHECK(trial.participants() == 0);
  Roster roster = everybody(90);
  roster.cluster = by_turns(90, 4);
  for (PersonId p = 0; p < 90; p += 10) roster.failed[p] = 0;
  roster.criteria = {"is in"};
  for (PersonId p = 0; p < 90; ++p) roster.failed[p] = p % 10 == 0 ? 0 : 1;
  roster.cost = {9};
  roster.eligible = 81;
  settle(trial, roster);
  CHECK(trial.participants() == 81);
  const auto participants = allocated(trial, roster, 0);
  CHECK(participants.size() == 81);
  for (const Participant& p : participants) CHECK(p.person % 10 != 0);
}

TEST_CASE("a target recruits those with the most or the least, in random order") {
  Trial trial = trial_of("  design: parallel\n  participants: {count: 40}\n");
  Roster roster = everybody(200);
  for (PersonId p = 0; p < 200; ++p) roster.order.push_back(static_cast<double>((p * 37) % 200));
  const Recruits recruits = recruit(trial, roster, {}, {3, 0});
  CHECK(recruits.screening.screened == 200);
  for (const PersonId person : recruits.people) CHECK(roster.order[person] < 40.0);
  std::vector<double> order;
  for (const PersonId person : recruits.people) order.push_back(roster.order[person]);
  CHECK_FALSE(std::is_sorted(order.begin(), order.end()));
}

TEST_CASE("screening counts everybody who was asked, and stops when the study is full") {
  const Trial trial = trial_of("  design: parallel\n  participants: {count: 30}\n");
  Roster roster = everybody(300);
  roster.criteria = {"first", "second"};
  roster.cost = {0, 0};
  for (PersonId p = 0; p < 300; ++p) roster.failed[p] = p % 3;
  std::vector<bool> taken(300);
  for (PersonId p = 2; p < 150; p += 3) taken[p] = true;
  const Screening screening = recruit(trial, roster, taken, {3, 0}).screening;
  CHECK(screening.screened < 300);
  CHECK(screening.excluded[0] > 0);
  CHECK(screening.in_another_trial > 0);
  CHECK(screening.excluded[0] + screening.excluded[1] + screening.in_another_trial + 30 == screening.screened);
}

TEST_CASE("shares are rounded so that they add up") {
  CHECK(apportion(10, {1, 1, 1}) == std::vector<std::uint32_t>{4, 3, 3});
  CHECK(apportion(34, {19, 15}) == std::vector<std::uint32_t>{19, 15});
  CHECK(apportion(5, {0, 2, 1}) == std::vector<std::uint32_t>{0, 3, 2});
}

TEST_CASE("wash-outs are one for all or one after each period; run-in and follow-up lie around the periods") {
  const std::string keys = "  design: single_case\n  participants: {count: 4}\n  period: 3 d\n";
  const Trial unequal = trial_of(keys + "  washout: [2 d, 0 d, 9 d]\n  run_in: 4 d\n  follow_up: 6 d\n");
  CHECK(unequal.first_day(0) == 4);
  CHECK(unequal.first_day(1) == 4 + 3 + 2);
  CHECK(unequal.first_day(2) == 4 + 3 + 2 + 3);
  CHECK(unequal.first_day(3) == 4 + 3 + 2 + 3 + 3 + 9);
  CHECK(unequal.days() == 4 + 3 + 2 + 3 + 3 + 9 + 3 + 6);
  const Trial equal = trial_of(keys + "  washout: 2 d\n");
  CHECK(equal.first_day(3) == 15);
  CHECK(equal.days() == 18);
}

TEST_CASE("a parallel trial of one arm has the twins for a reference") {
  const std::string text =
      "kith: 1\ntitle: One\ntime: {duration: 5 d}\npeople: {count: 90}\ntrial:\n  design: parallel\n"
      "  participants: {count: 9}\n  arms: {a: {drug: naltrexone, doses: 5 mg}}\n";
  CHECK(scenario_from(text).trial->is_single_arm());
  CHECK_THROWS_AS(scenario_from(text + "  twin: false\n"), config::InvalidScenario);
  CHECK_FALSE(trial_of("  design: parallel\n  participants: {count: 9}\n").is_single_arm());
}

TEST_CASE("measures that would be called alike are told apart by their times, then by what else differs") {
  const std::string text =
      "kith: 1\ntitle: Names\ntime: {duration: 9 d}\npeople: {count: 90}\ntrial:\n  design: parallel\n  run_in: 2 d\n"
      "  follow_up: 3 d\n  participants: {count: 9}\n  arms: {a: {drug: naltrexone, doses: [5 mg, 5 mg]}, b: {drug: "
      "placebo, like: a}}\nmeasures:\n  - {diary: distress}\n  - {diary: distress, days: 2..2}\n"
      "  - {probe: separation, alone: 4 h, at: \"day 1 14:00\"}\n  - {probe: separation, at: \"day 1 14:00\", alone: "
      "10 h}\n"
      "  - {probe: play, at: \"run-in day 2 14:00\"}\n  - {probe: play, at: \"follow-up day 3 14:00\"}\n";
  CHECK(names(scenario_from(text).measures) ==
        std::vector<std::string>{"distress diary, 21:00", "distress diary, 21:00, days 2",
                                 "separation, day 1 14:00, alone 4 h", "separation, day 1 14:00, alone 10 h",
                                 "play, run-in day 2 14:00", "play, follow-up day 3 14:00"});
}
