#include "models/study/world_run.hpp"

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

/// A virtual study while it runs, world after world.
struct Running {
  std::vector<TrialRun> runs;
  MemorySink sink;
  std::optional<WorldRecorder> recorder;
  std::unique_ptr<WorldRun> world;
  const Population* population;
  WorldKey key;

  Running(const Scenario& scenario, const Population& from, const Trials& trials)
      : population(&from), key{scenario.seed, 0} {
    std::vector<bool> taken(from.ties->people());
    for (std::size_t t = 0; t < trials.all.size(); ++t)
      runs.emplace_back(scenario, trials.all[t], trials.rosters[t], taken, from, key);
    recorder.emplace(scenario, from, runs, 0, sink);
  }
  void begin(WorldKind kind) {
    world = std::make_unique<WorldRun>(*population, runs, kind, key, kind == WorldKind::treated ? &*recorder : nullptr);
  }
};

struct End {
  std::uint64_t treated = 0, twin = 0;
  std::size_t stopped = 0, switched = 0;
  TrialResult result;
};

/// Both worlds to their ends.
End finish(Running& study, WorldKind now, Tick end) {
  End reached;
  study.world->run(end, "");
  if (now == WorldKind::treated) {
    reached.treated = study.world->finish();
    study.begin(WorldKind::twin);
    study.world->run(end, "");
  }
  reached.twin = study.world->finish();
  reached.result = study.runs.front().finish(true);
  for (const trials::Participant& participant : reached.result.participants) {
    reached.stopped += participant.stopped ? 1U : 0U;
    reached.switched += participant.switched ? 1U : 0U;
  }
  return reached;
}

void check_same_end(const End& a, const End& b) {
  CHECK(a.treated == b.treated);
  CHECK(a.twin == b.twin);
  REQUIRE(a.result.participants.size() == b.result.participants.size());
  for (std::size_t i = 0; i < a.result.participants.size(); ++i) {
    CHECK(a.result.participants[i].stopped == b.result.participants[i].stopped);
    CHECK(a.result.participants[i].switched == b.result.participants[i].switched);
  }
  REQUIRE(a.result.measures.size() == b.result.measures.size());
  for (std::size_t m = 0; m < a.result.measures.size(); ++m) {
    CHECK(same_values(a.result.measures[m].values, b.result.measures[m].values));
    CHECK(same_values(a.result.measures[m].ratings, b.result.measures[m].ratings));
    CHECK(same_values(a.result.measures[m].own, b.result.measures[m].own));
  }
  for (std::size_t world = 0; world < world_kinds; ++world) {
    REQUIRE(a.result.outcomes[world].size() == b.result.outcomes[world].size());
    for (std::size_t o = 0; o < a.result.outcomes[world].size(); ++o) {
      CHECK(a.result.outcomes[world][o].name == b.result.outcomes[world][o].name);
      CHECK(same_values({a.result.outcomes[world][o].values}, {b.result.outcomes[world][o].values}));
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

TEST_CASE("a world that is written down at any hour and read into a fresh one goes on with the same bits") {
  const Scenario scenario = scenario_from(all_at_once);
  const Population population = make_population(scenario, {scenario.seed, 0}, "", {});
  const Trials trials = trials_in(scenario, population);
  const Tick end = population.model->clock().tick_at(scenario.time.duration);
  for (const WorldKind kind : {WorldKind::treated, WorldKind::twin}) {
    for (const Tick stop : {0, 1, 37, 70, 127}) {
      CAPTURE(static_cast<int>(kind), stop);
      Running whole(scenario, population, trials);
      whole.begin(WorldKind::treated);
      if (kind == WorldKind::twin) {
        whole.world->run(end, "");
        whole.world->finish();
        whole.begin(WorldKind::twin);
      }
      whole.world->run(stop, "");
      StateWriter writer;
      whole.world->visit(writer);
      const std::size_t rows = whole.sink.rows().size();

      Running continued(scenario, population, trials);
      continued.begin(kind);
      StateReader reader(writer.buffer());
      continued.world->visit(reader);
      CHECK(reader.is_at_end());
      CHECK(continued.world->next() == stop);
      const End expected = finish(whole, kind, end);
      const End reached = finish(continued, kind, end);
      check_same_end(reached, expected);
      CHECK(digests(continued.sink.rows()) == digests(whole.sink.rows(), rows));
      if (kind == WorldKind::treated) {
        check_same_trends(continued.recorder->trends(), whole.recorder->trends());
        CHECK(continued.recorder->occurrences().size() == whole.recorder->occurrences().size());
        // The scenario has all that could be lost on the way.
        CHECK(expected.stopped > 0);
        CHECK(expected.switched > 0);
        CHECK(whole.recorder->occurrences().size() > 20);
      }
    }
  }
}
