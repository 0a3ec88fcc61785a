#include <catch2/catch.hpp>

#include "models/conduct/observer.hpp"
#include "tests/support/small_worlds.hpp"

using namespace kith;
using kith::testing::Done;
using kith::testing::run_study;
using kith::testing::run_text;
using kith::testing::same_values;
using kith::testing::scenario_from;

namespace {

const std::string study_text = R"(
kith: 1
title: Small study
theory: {name: botsa, opioid_share: 0.3, approach_gain: 0.3, separation: 1}
time: {tick: 1 h, burn_in: 3 d, duration: 6 d}
people: {count: 120}
network: {generate: small_world, ties: 8}
trial:
  arms:
    naltrexone: {drug: naltrexone, doses: [50 mg, 50 mg], at: "09:00"}
    placebo: {drug: placebo, like: naltrexone}
  sequences:
    - {arms: [naltrexone, placebo], count: 5, leave: 1}
    - {arms: [placebo, naltrexone], count: 5}
  washout: 2 d
  adherence: 90 %
measures:
  - {diary: connection}
  - {probe: loving_messages, at: "day 2 14:00"}
  - {probe: occupancy, at: "day 2 14:00"}
record: {every: 1 d}
replicates: 4
seed: 7
)";

void check_same_study(const StudyResult& a, const StudyResult& b) {
  CHECK(a.fingerprint == b.fingerprint);
  REQUIRE(a.participants.size() == b.participants.size());
  for (std::size_t i = 0; i < a.participants.size(); ++i) {
    CHECK(a.participants[i].person == b.participants[i].person);
    CHECK(a.participants[i].sequence == b.participants[i].sequence);
    CHECK(a.participants[i].leaves == b.participants[i].leaves);
  }
  REQUIRE(a.measures.size() == b.measures.size());
  for (std::size_t m = 0; m < a.measures.size(); ++m) {
    CHECK(same_values(a.measures[m].values, b.measures[m].values));
    CHECK(same_values(a.measures[m].ratings, b.measures[m].ratings));
    CHECK(same_values(a.measures[m].own, b.measures[m].own));
  }
}

}  // namespace

TEST_CASE("one replicate run alone is what it was among all") {
  for (const char* population : {"replicates={count: 4, population: same}", "replicates={count: 4, population: new}"}) {
    const Scenario scenario = scenario_from(study_text, {{population}});
    const Done all = run_study(scenario);
    REQUIRE(all.run.studies.size() == 4);
    CHECK(all.result(1).fingerprint != all.result(2).fingerprint);
    for (const std::uint32_t replicate : {0U, 2U, 3U}) {
      const Done alone = run_study(scenario, replicate);
      REQUIRE(alone.run.studies.size() == 1);
      CAPTURE(population, replicate);
      check_same_study(alone.result(), all.result(replicate));
    }
  }
}

TEST_CASE("a replicate does not depend on how many there are") {
  const Done four = run_text(study_text);
  const Done two = run_text(study_text, {{"replicates=2"}});
  check_same_study(two.result(0), four.result(0));
  check_same_study(two.result(1), four.result(1));
}

TEST_CASE("another seed is another study, and the same seed the same") {
  const Done first = run_text(study_text);
  const Done again = run_text(study_text);
  const Done other = run_text(study_text, {{"seed=8"}});
  CHECK(first.run.fingerprint() == again.run.fingerprint());
  CHECK(first.run.fingerprint() != other.run.fingerprint());
  check_same_study(first.result(3), again.result(3));
}

TEST_CASE("what is recorded, how often and of whom changes nothing in the world") {
  const std::string fingerprint = run_text(study_text).run.fingerprint();
  for (const char* change : {"record.every=1 h", "record.every=6 d", "record.people=50", "record.network=true",
                             "record.by=[]", "trial.twin=false"}) {
    CAPTURE(change);
    CHECK(run_text(study_text, {{change}}).run.fingerprint() == fingerprint);
  }
  CHECK(run_text(study_text, {{"trial.washout=1 d"}}).run.fingerprint() != fingerprint);
}

TEST_CASE("diaries and probes change nothing in the world and nothing in each other's values") {
  const Done all = run_text(study_text);
  const Done occupancy = run_text(study_text, {{"measures=[{probe: occupancy, at: \"day 1 08:00\"}]"}});
  CHECK(occupancy.run.fingerprint() == all.run.fingerprint());
  const Done probe = run_text(study_text, {{"measures=[{probe: loving_messages, at: \"day 2 14:00\"}]"}});
  CHECK(probe.run.fingerprint() == all.run.fingerprint());
  CHECK(same_values(probe.result().measures[0].values, all.result().measures[1].values));
}

TEST_CASE("a longer run repeats the shorter one and goes on") {
  const Done six = run_text(study_text);
  const Done nine = run_text(study_text, {{"time.duration=9 d"}});
  for (std::size_t m = 0; m < six.result().measures.size(); ++m)
    CHECK(same_values(six.result().measures[m].values, nine.result().measures[m].values));
  CHECK(six.result().fingerprint != nine.result().fingerprint);
}

TEST_CASE("every write names a declared table and has a value for each of its variables") {
  const Done done = run_text(study_text, {{"record.people=5"}, {"record.network=true"}});
  std::size_t population_rows = 0;
  for (const TableRow& row : done.sink->rows()) {
    const TableSpec* spec = nullptr;
    for (const TableSpec& known : done.sink->specs()) {
      if (known.name == row.table) spec = &known;
    }
    CAPTURE(row.table);
    REQUIRE(spec != nullptr);
    CHECK(row.values.size() == spec->variables.size());
    population_rows += row.table == "population" ? 1U : 0U;
  }
  CHECK(population_rows == 4 * 7);  // four studies; the start and the end of six days
}

TEST_CASE("a person's state and share of the sampler fit into 200 bytes") {
  people::People people;
  people.resize(1);
  const network::Graph graph{.people = 1000};
  const network::Ties ties(graph);
  const ContactSampler sampler(ties, {}, 2.0F);
  const std::size_t bytes = people.bytes_per_person() + (sampler.bytes() + ties.bytes()) / 1000;
  CHECK(bytes <= 200);
  CHECK(bytes >= 18 * 4);
}

TEST_CASE("the diary of a feeling that never changes is that feeling at any tick") {
  // With a rest of connection that never changes, every entry is that rest, whatever the tick.
  const std::string text = R"(
kith: 1
title: Diary
theory: none
time: {tick: 1 h, burn_in: 1 d, duration: 4 d, start: "Mon 08:00"}
people: {count: 40}
network: {generate: erdos_renyi, mean_ties: 5}
feelings: {connection: {rest: 0.5, gain: 0}}
trial:
  arms:
    a: {drug: placebo, doses: [1 mg, 1 mg]}
    b: {drug: placebo, like: a}
  sequences: [{arms: [a, b], count: 5}]
  washout: 0 d
measures: [{diary: connection, at: "21:00"}, {diary: distress, at: "21:00"}]
)";
  for (const char* tick : {"time.tick=15 min", "time.tick=1 h", "time.tick=6 h"}) {
    const Done done = run_text(text, {{tick}});
    for (const auto& occasion : done.result().measures[0].values) {
      for (const double value : occasion) CHECK(value == Approx(0.5));
    }
  }
}

TEST_CASE("the diary forgets the days before, also when a tick begins in the evening and ends after waking") {
  const Scenario scenario = scenario_from(
      "kith: 1\ntitle: Diary\ntheory: none\ntime: {tick: 6 h, burn_in: 0 h, duration: 6 d, start: \"Mon 08:00\"}\n"
      "meeting: {night: {from: \"23:00\", to: \"01:30\"}}\n");
  network::Graph graph{.people = 20};
  for (PersonId p = 0; p + 1 < 20; ++p) graph.edges.push_back({.a = p, .b = p + 1, .closeness = 0.8F});
  const network::Ties ties(graph);
  Model model(scenario, ties, {3, 0});
  trials::Measures measures;
  measures.diaries = {{trials::Feeling::connection, 21.0, {}}};
  std::vector<trials::Occasion> occasions;
  for (std::int64_t day = 1; day < 6; ++day) occasions.push_back({0, 0, day, model.clock().at(day, 21.0)});
  Observer observer(measures, {{7, 0, {}}}, occasions, {});
  std::vector<double> after;  // each tick
  observer.after_tick(model, -1);
  model.run(0, 24, "", [&](Tick tick) {
    observer.after_tick(model, tick);
    after.push_back(static_cast<double>(model.people().connection[7]));
    return true;
  });
  // Ticks begin at 8, 14, 20 and 2 o'clock; that of 20 o'clock holds 3.5 waking hours and the moment of waking.
  for (std::size_t o = 0; o < occasions.size(); ++o) {
    const double* since_waking = after.data() + 4 * o + 2;
    const double mean = (3.5 * since_waking[0] + 6 * (since_waking[1] + since_waking[2] + since_waking[3])) / 21.5;
    CHECK(observer.diary_values()[o][0] == Approx(mean));
  }
  CHECK(after[2] != after[6]);
}
