#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "models/study/run.hpp"
#include "models/study/study_run.hpp"
#include "tests/support/same_rows.hpp"
#include "tests/support/small_scenarios.hpp"

using namespace kith;
using kith::testing::digest;
using kith::testing::digests;
using kith::testing::scenario_from;

namespace {

const std::string everything = R"(
kith: 1
title: All at once
time: {tick: 3 h, burn_in: 3 d, duration: 9 d}
people: {count: 240}
network: {generate: layers, sizes: [4, 8], community: 60}
ties: living
trial:
  arms:
    naltrexone: {drug: naltrexone, doses: 50 mg, every: 1 d, for: 3 d, drop_out: 0.05 /d}
    placebo: {drug: placebo, like: naltrexone}
  sequences: [{arms: [naltrexone, placebo], count: 12}, {arms: [placebo, naltrexone], count: 12}]
  washout: 1 d
measures: [{diary: connection, at: "21:00"}, {probe: loving_messages, at: "day 2 14:00"}]
substance_use: {share: 10 %, odds: {base: 0.01}}
events:
  - {name: lockdown, at: 2 d, do: {opportunity: 0.3, for: 5 d}}
  - {name: helpline, when: "loneliness > 0.3", again_after: 2 d, do: {distress: 0.1}}
record: {every: 6 h, people: 5, by: [sequence, event]}
replicates: 2
seed: branches
)";

const std::string without_burn_in = R"(
kith: 1
title: From the start
time: {burn_in: 0 h, duration: 5 d}
people: {count: 150}
network: {generate: layers, sizes: [4, 8]}
record: {every: 6 h}
seed: 8
)";

struct Given {
  std::vector<TableRow> rows;
  std::string fingerprint;
};

Given run_of(const Scenario& scenario, std::vector<Past> past = {}) {
  MemorySink sink;
  const RunResult result = run(scenario, {.past = std::move(past)}, sink);
  return {sink.rows(), result.fingerprint()};
}

/// Digests in an order that does not depend on the threads; of rows up to an hour alone, where one is given.
std::vector<std::uint64_t> sorted(const Given& given, double until = std::numeric_limits<double>::infinity()) {
  std::vector<std::uint64_t> all;
  for (const TableRow& row : given.rows) {
    const bool is_of_the_end = row.table != "population" && row.table != "people" && row.table != "patients";
    if (std::isinf(until) || (!is_of_the_end && row.coordinate <= until)) all.push_back(digest(row));
  }
  std::sort(all.begin(), all.end());
  return all;
}

std::string refusal(const Scenario& scenario, const std::vector<Past>& past) {
  try {
    run_of(scenario, past);
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::invalid_scenario);
    return error.what();
  }
  return "";
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("A scenario that changes in nothing on the way gives the bits of the scenario", "[threaded]") {
  const Scenario scenario = scenario_from(everything);
  const Scenario before = scenario_from(everything);
  const Given plain = run_of(scenario);
  for (const std::vector<Past>& past :
       std::vector<std::vector<Past>>{{{&before, 0.0}}, {{&before, 75.0}}, {{&before, 48.0}, {&before, 111.0}}}) {
    const Given branched = run_of(scenario, past);
    CHECK(branched.fingerprint == plain.fingerprint);
    CHECK(sorted(branched) == sorted(plain));
  }
  const Scenario of_its_own = scenario_from(everything, {{"replicates.population=new"}});
  const Scenario own_before = scenario_from(everything, {{"replicates.population=new"}});
  CHECK(sorted(run_of(of_its_own, {{&own_before, 75.0}})) == sorted(run_of(of_its_own)));
}

TEST_CASE("A change acts from its tick on in every world, and nothing before it differs") {
  const Scenario before = scenario_from(everything);
  const Scenario after =
      scenario_from(everything, {{"meeting.positive_share=40 %"}, {"feelings.distress.stressors=3 /d"}});
  const Given plain = run_of(before);
  const Given branched = run_of(after, {{&before, 75.0}});
  CHECK(sorted(branched, 75.0) == sorted(plain, 75.0));
  CHECK(sorted(branched, 78.0) != sorted(plain, 78.0));
  // The moment counts.
  CHECK(run_of(after, {{&before, 84.0}}).fingerprint != branched.fingerprint);
}

TEST_CASE("A world moves on as one that is written down under one scenario and read under the other") {
  const Scenario before = scenario_from(everything);
  const Scenario after = scenario_from(everything, {{"receptor.release=0.03"}});
  MemorySink nowhere;
  Population first = make_population(before, {before.seed, 0}, "", {});
  StateWriter population;
  write(first, population);
  StateReader reader(population.buffer());
  const Population second = read_population(after, {before.seed, 0}, reader);
  const Trials trials_before = trials_in(before, first);
  const Trials trials_after = trials_in(after, second);
  std::size_t ticks = 0;
  StudyRun study(first, trials_before, 0, nowhere);
  REQUIRE_FALSE(study.run("", [&] { return ++ticks < 25; }));  // 75 h
  StateWriter half_way;
  study.visit(half_way);
  StudyRun further(second, trials_after, 0, nowhere);
  StateReader from_there(half_way.buffer());
  further.visit(from_there);
  REQUIRE(further.run_world("", {}));
  // Its twin goes through both, too; the digest is of the treated world alone.
  MemorySink sink;
  const RunResult result = run(after, {.only_replicate = 0, .past = {{&before, 75.0}}}, sink);
  REQUIRE(further.run("", {}));
  CHECK(result.studies.front().fingerprint == further.finish().fingerprint);
}

TEST_CASE("Where nothing comes before hour 0, a change there is that scenario from the start") {
  const Scenario before = scenario_from(without_burn_in);
  for (const char* change : {"feelings.connection.time=20 h", "receptor.release=0.05", "theory.approach_gain=0.3",
                             "meeting.contacts_per_day=3", "meeting.at_distance.per_day=1"}) {
    CAPTURE(change);
    const Scenario after = scenario_from(without_burn_in, {{change}});
    const Given branched = run_of(after, {{&before, 0.0}});
    CHECK(sorted(branched) == sorted(run_of(after)));
    CHECK(sorted(branched) != sorted(run_of(before)));
  }
}

TEST_CASE("An event that comes later is that event planned from the start, also at the very tick") {
  const std::string event = R"({name: rain, at: 4 d, do: {distress: 0.8}})";
  const Scenario before = scenario_from(everything);
  const Scenario after = scenario_from(everything, {{"events.2=" + event}});
  const Given planned = run_of(after);
  CHECK(sorted(run_of(after, {{&before, 75.0}})) == sorted(planned));
  CHECK(sorted(run_of(after, {{&before, 96.0}})) == sorted(planned));
  CHECK(sorted(run_of(after, {{&before, 99.0}})) != sorted(planned));
  // One that changes at the very tick at which it happens is already the changed one.
  const Scenario drizzle = scenario_from(everything, {{"events.2={name: rain, at: 4 d, do: {distress: 0.1}}"}});
  CHECK(sorted(run_of(after, {{&drizzle, 96.0}})) == sorted(planned));
  CHECK(sorted(run_of(after, {{&drizzle, 99.0}})) != sorted(planned));
}

TEST_CASE("An event asleep does nothing, and one that waits for a state can take the place of another") {
  const Scenario before = scenario_from(everything);
  const Scenario swapped =
      scenario_from(everything, {{"events.0={name: lockdown, when: \"connection < 0.4\", do: {distress: 0.1}}"},
                                 {"events.1={name: helpline, at: 8 d, do: {distress: 0.1}}"}});
  const Given plain = run_of(before);
  CHECK(sorted(run_of(swapped, {{&before, 75.0}}), 75.0) == sorted(plain, 75.0));
  // What everybody meets reaches everybody once, as soon as what it took the place of is over.
  const Scenario awaited =
      scenario_from(everything, {{"events.0={name: lockdown, when: \"connection < 2\", do: {distress: 0.1}}"}});
  const auto everybody = static_cast<double>(awaited.traits.count);
  MemorySink waited;
  for (const StudyResult& study : run(awaited, {.past = {{&before, 75.0}}}, waited).studies) {
    std::vector<double> reached;
    for (const auto& one : study.occurrences) {
      if (one.event == 0) reached.insert(reached.end(), {one.hours, static_cast<double>(one.people)});
    }
    CHECK(reached == std::vector<double>{48.0, everybody, 48.0 + 5 * 24.0, everybody});
  }
  Scenario asleep = scenario_from(everything);
  for (events::Event& event : asleep.events) event.is_asleep = true;
  std::size_t happened = 0;
  MemorySink sink;
  for (const StudyResult& study : run(asleep, {}, sink).studies) happened += study.occurrences.size();
  CHECK(happened == 0);
}

TEST_CASE("A run with a past that is written down at any tick goes on to the same bits") {
  const Scenario before = scenario_from(everything);
  const Scenario after = scenario_from(everything, {{"feelings.distress.stressors=2 /d"}});
  // One replicate stops at the same place each time, in each of its worlds; of several, each somewhere.
  for (const std::optional<std::uint32_t> only : {std::optional<std::uint32_t>(0), std::optional<std::uint32_t>()}) {
    const RunOptions options{.only_replicate = only, .past = {{&before, 75.0}}};
    MemorySink plain_rows;
    const std::string fingerprint = run(after, options, plain_rows).fingerprint();
    for (const std::size_t stop : {5U, 30U, 48U, 49U, 51U, 90U, 100U, 130U, 160U}) {
      CAPTURE(only.has_value(), stop);
      MemorySink first_rows;
      std::atomic<std::size_t> ticks = 0;
      RunOptions until = options;
      until.goes_on = [&] { return ++ticks < stop; };
      Run one(after, until, first_rows);
      REQUIRE_FALSE(one.advance());
      StateWriter writer;
      one.visit(writer);
      MemorySink further_rows;
      Run other(after, options, further_rows);
      StateReader reader(writer.buffer());
      other.visit(reader);
      CHECK(reader.is_at_end());
      REQUIRE(other.advance());
      CHECK(other.finish().fingerprint() == fingerprint);
      Given joined{first_rows.rows(), ""};
      joined.rows.insert(joined.rows.end(), further_rows.rows().begin(), further_rows.rows().end());
      CHECK(sorted(joined) == sorted({plain_rows.rows(), ""}));
    }
  }
}

TEST_CASE("What a run cannot take on its way is refused, and says why") {
  const Scenario before = scenario_from(everything);
  const Scenario after = scenario_from(everything);
  CHECK(contains(refusal(after, {{&before, 76.0}}), "hour 76 is in the middle of a tick"));
  CHECK(contains(refusal(after, {{&before, 216.0}}), "hour 216 is not in what is left of the run"));
  CHECK(contains(refusal(after, {{&before, -3.0}}), "hour -3 is not in what is left"));
  CHECK(contains(refusal(after, {{&before, 48.0}, {&before, 45.0}}), "which goes from hour 48 to 216"));
  const Scenario fewer = scenario_from(everything, {{"events=[{name: lockdown, at: 2 d, do: {distress: 0.1}}]"}});
  CHECK(contains(refusal(fewer, {{&before, 48.0}}), "an event cannot be taken out of the list"));
  const Scenario other_theory = scenario_from(everything, {{"theory=homeostasis"}});
  CHECK(contains(refusal(other_theory, {{&before, 48.0}}), "people would have other state than before"));
  const Scenario other_table = scenario_from(everything, {{"record.people=6"}});
  CHECK(contains(refusal(other_table, {{&before, 48.0}}), "the tables of the result would have other columns"));
}
