#include "models/study/study_run.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/support/same_rows.hpp"
#include "tests/support/small_worlds.hpp"

using namespace kith;
using kith::testing::digests;
using kith::testing::same_values;
using kith::testing::scenario_from;

namespace {

/// Rules that give, stop and switch doses; diaries and probes; ties that live; events that last, dose and move; patients,
/// genotypes, symptoms; groups.
const std::string all_at_once = R"(
kith: 1
title: All at once
time: {tick: 3 h, burn_in: 6 d, duration: 16 d}
people: {count: 300, oprm1: {region: east_asia, reserve_factor: 0.7}}
symptoms: {strength: 1}
network: {generate: layers, sizes: [4, 8, 20], community: 60}
ties: living
substance_use: {share: 30 %, odds: {base: 0.02}}
trial:
  arms:
    as_needed: {drug: buprenorphine, doses: 8 mg, for: 5 d, when: distress > 0.02, stop: {when: distress > 0.1, for: 6 h}}
    by_feeling: {drug: naltrexone, doses: 50 mg, for: 5 d, at: "09:00", switch: {to: as_needed, day: 3}}
    placebo: {drug: placebo, like: by_feeling}
  sequences:
    - {arms: [by_feeling, placebo], count: 10, leave: 2}
    - {arms: [placebo, as_needed], count: 10}
  washout: 2 d
measures:
  - {diary: connection}
  - {diary: craving}
  - {probe: loving_messages, at: "day 2 14:00"}
  - {probe: ucla3, at: "day 4 18:00"}
  - {probe: lsns6, at: "day 5 18:00"}
record: {every: 2 d, by: [sequence, tone_tercile, patients, community, ring, event], people: 20, tie_events: true, keyframes: 4 d}
events:
  - {at: 3 d, target: {share: 50 %}, do: {opportunity: 0.3, for: 6 d}}
  - {when: "loneliness > 0.1", again_after: 3 d, do: {distress: 0.2}}
  - {share: {of: "distress > 0.05", above: 5 %}, again_after: 4 d, do: {contact: {per_day: 1}, for: 3 d}}
  - {rate: 6 /a, do: {lose_ties: {closest: 1}}}
  - {at: 2 d, target: {share: 20 %}, do: {dose: {drug: morphine, amount: 10 mg, every: 1 d}, for: 10 d}}
  - {at: 4 d, target: {share: 10 %}, do: {move: {}}}
  - {at: [3 h, 111 h], target: {share: 30 %}, do: {add_ties: {count: 2, closeness: 0.5, places: added}}}
seed: stop
)";

void check_same_results(const TrialResult& a, const TrialResult& b) {
  REQUIRE(a.participants.size() == b.participants.size());
  for (std::size_t i = 0; i < a.participants.size(); ++i) {
    CHECK(a.participants[i].stopped == b.participants[i].stopped);
    CHECK(a.participants[i].switched == b.participants[i].switched);
  }
  REQUIRE(a.measures.size() == b.measures.size());
  for (std::size_t m = 0; m < a.measures.size(); ++m) {
    CHECK(same_values(a.measures[m].values, b.measures[m].values));
    CHECK(same_values(a.measures[m].ratings, b.measures[m].ratings));
    CHECK(same_values(a.measures[m].own, b.measures[m].own));
  }
  for (std::size_t world = 0; world < world_kinds; ++world) {
    REQUIRE(a.outcomes[world].size() == b.outcomes[world].size());
    for (std::size_t o = 0; o < a.outcomes[world].size(); ++o) {
      CHECK(a.outcomes[world][o].name == b.outcomes[world][o].name);
      CHECK(same_values({a.outcomes[world][o].values}, {b.outcomes[world][o].values}));
    }
  }
}

void check_same_trends(const Trends& a, const Trends& b) {
  for (const std::string_view variable : Trends::variables) {
    for (std::size_t group = 0; group < a.groups().size(); ++group) {
      const Trend& x = a.of(variable, group);
      const Trend& y = b.of(variable, group);
      CHECK(same_values({{x.first, x.last, x.least, x.most, x.least_at, x.most_at}},
                        {{y.first, y.last, y.least, y.most, y.least_at, y.most_at}}));
    }
  }
  CHECK(a.hours() == b.hours());
}

}  // namespace

TEST_CASE("a study that is written down at any hour and read into a fresh one goes on with the same bits") {
  const Scenario scenario = scenario_from(all_at_once);
  const Population population = make_population(scenario, {scenario.seed, 0}, "", {});
  const Trials trials = trials_in(scenario, population);
  const auto of_a_world = static_cast<std::size_t>(population.model->clock().tick_at(scenario.time.duration));
  for (const std::size_t stop : {std::size_t{1}, std::size_t{2}, std::size_t{38}, std::size_t{70}, of_a_world - 1,
                                 of_a_world, of_a_world + 1, of_a_world + 70, 2 * of_a_world - 1}) {
    CAPTURE(stop);
    MemorySink whole_rows;
    StudyRun whole(population, trials, 0, whole_rows);
    std::size_t ticks = 0;
    REQUIRE_FALSE(whole.run("", [&] { return ++ticks < stop; }));
    StateWriter writer;
    whole.visit(writer);
    const std::size_t rows = whole_rows.rows().size();

    MemorySink further_rows;
    StudyRun continued(population, trials, 0, further_rows);
    StateReader reader(writer.buffer());
    continued.visit(reader);
    CHECK(reader.is_at_end());
    REQUIRE(whole.run("", {}));
    REQUIRE(continued.run("", {}));
    const StudyResult expected = whole.finish();
    const StudyResult reached = continued.finish();
    CHECK(reached.fingerprint == expected.fingerprint);
    check_same_results(reached, expected);
    check_same_trends(reached.trends, expected.trends);
    CHECK(reached.occurrences.size() == expected.occurrences.size());
    CHECK(digests(further_rows.rows()) == digests(whole_rows.rows(), rows));
    // The scenario has all that could be lost on the way.
    const auto& participants = expected.participants;
    CHECK(
        std::any_of(participants.begin(), participants.end(), [](const auto& one) { return one.stopped.has_value(); }));
    CHECK(std::any_of(participants.begin(), participants.end(),
                      [](const auto& one) { return one.switched.has_value(); }));
    CHECK(expected.occurrences.size() > 20);
  }
}
