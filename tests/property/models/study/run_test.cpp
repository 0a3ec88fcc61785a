#include "models/study/run.hpp"

#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <thread>

#include "core/error.hpp"
#include "tests/support/same_rows.hpp"
#include "tests/support/small_worlds.hpp"

using namespace kith;
using kith::testing::digests;
using kith::testing::scenario_from;

namespace {

const std::string crossover = R"(
kith: 1
title: A crossover
time: {tick: 3 h, burn_in: 3 d, duration: 6 d}
people: {count: 400}
network: {generate: layers, sizes: [4, 8, 20]}
trial:
  arms:
    naltrexone: {drug: naltrexone, doses: [50 mg, 50 mg], at: "09:00"}
    placebo: {drug: placebo, like: naltrexone}
  sequences: [{arms: [naltrexone, placebo]}, {arms: [placebo, naltrexone]}]
  participants: {share: 10 %}
  washout: 2 d
measures: [{diary: connection}, {probe: loving_messages, at: "day 2 14:00"}]
record: {people: 10, network: true}
replicates: 3
)";

const std::string living = R"(
kith: 1
title: Living ties and events
time: {tick: 6 h, burn_in: 4 d, duration: 12 d}
people: {count: 300}
network: {generate: layers, sizes: [4, 8, 20], community: 60}
ties: living
record: {every: 2 d, tie_events: true}
replicates: {count: 2, population: new}
events:
  - {rate: 4 /a, do: {lose_ties: {closest: 1}, distress: 0.6}}
  - {at: 3 d, do: {opportunity: 0.3, for: 4 d}}
seed: 3
)";

/// What a run gave: every row in an order that does not depend on the threads, and its fingerprint.
struct Given {
  std::vector<std::uint64_t> rows;
  std::string fingerprint;
  bool operator==(const Given&) const = default;
};

Given given(const RunResult& result, const MemorySink& sink) {
  std::vector<std::uint64_t> rows = digests(sink.rows());
  std::sort(rows.begin(), rows.end());
  return {std::move(rows), result.fingerprint()};
}

Given from_anew(const Scenario& scenario) {
  MemorySink sink;
  const RunResult result = run(scenario, {}, sink);
  return given(result, sink);
}

Given from(const SetUp& start, std::optional<std::uint32_t> only_replicate = {}) {
  MemorySink sink;
  const RunResult result = run(start, {.only_replicate = only_replicate}, sink);
  return given(result, sink);
}

}  // namespace

TEST_CASE("two runs from one set-up give the bits of two runs from the scenario") {
  for (const std::string& text : {crossover, living}) {
    const Scenario scenario = scenario_from(text);
    const Given fresh = from_anew(scenario);
    REQUIRE(fresh.rows.size() > 10);
    const SetUp start = set_up(scenario);
    const std::uint64_t before = start.population.model->fingerprint();
    CHECK(from(start) == fresh);
    CHECK(from(start, 1).fingerprint != fresh.fingerprint);
    CHECK(from(start) == fresh);
    CHECK(start.population.model->fingerprint() == before);
  }
}

TEST_CASE("different runs in two threads at once give what they give alone", "[threaded]") {
  const Scenario one = scenario_from(crossover);
  const Scenario other = scenario_from(living);
  const Given one_alone = from_anew(one);
  const Given other_alone = from_anew(other);
  const SetUp shared = set_up(one);
  Given one_beside;
  Given other_beside;
  Given shared_beside;
  std::thread first([&] { one_beside = from_anew(one); });
  std::thread second([&] { other_beside = from_anew(other); });
  std::thread third([&] { shared_beside = from(shared); });
  const Given shared_here = from(shared);
  first.join();
  second.join();
  third.join();
  CHECK(one_beside == one_alone);
  CHECK(other_beside == other_alone);
  CHECK(shared_beside == one_alone);
  CHECK(shared_here == one_alone);
}

TEST_CASE("a run changes nothing in its scenario; what the population settles is in the result") {
  const Scenario scenario = scenario_from(crossover);
  REQUIRE(scenario.trial->participants() == 0);
  MemorySink sink;
  const RunResult result = run(scenario, {.only_replicate = 2}, sink);
  CHECK(scenario.trial->participants() == 0);
  CHECK(result.trials.front().participants() == 40);
  REQUIRE(result.studies.size() == 1);
  CHECK(result.studies.front().replicate == 2);
  CHECK(result.studies.front().participants.size() == 40);
  CHECK(result.warnings.size() == 2);  // of carry-over, and of what follows the last dose
  CHECK(result.import_notes.empty());
}

TEST_CASE("a replicate that the scenario does not have is refused, and the set-up is as good as before") {
  const Scenario scenario = scenario_from(crossover);
  const SetUp start = set_up(scenario);
  MemorySink sink;
  CHECK_THROWS_AS(run(start, {.only_replicate = 3}, sink), Error);
  CHECK(sink.rows().empty());
  CHECK_THROWS_AS(run(start,
                      {.progress =
                           [](double share, std::string_view) {
                             if (share > 0.5) throw Error(ErrorKind::failed, "stop");
                           }},
                      sink),
                  Error);
  CHECK(from(start) == from_anew(scenario));
}

namespace {

/// Runs a scenario in pieces: each pauses after so many ticks, is written down, and goes on in a fresh run.
Given in_pieces(const Scenario& scenario, std::uint64_t ticks_of_a_piece) {
  MemorySink sink;
  std::vector<std::byte> state;
  for (int piece = 0;; ++piece) {
    REQUIRE(piece < 1000);
    std::atomic<std::uint64_t> ticks = 0;
    Run run(scenario, {.goes_on = [&] { return ++ticks < ticks_of_a_piece; }}, sink);
    if (piece > 0) {
      StateReader reader(state);
      run.visit(reader);
      REQUIRE(reader.is_at_end());
    }
    if (run.advance()) return given(run.finish(), sink);
    StateWriter writer;
    run.visit(writer);
    state = writer.buffer();
  }
}

}  // namespace

TEST_CASE("a run in pieces, burn-in included, each in a fresh object, gives the bits of a run in one go",
          "[threaded]") {
  for (const std::string& text : {crossover, living}) {
    const Scenario scenario = scenario_from(text);
    const Given whole = from_anew(scenario);
    for (const std::uint64_t ticks : {7U, 23U, 60U, 100U}) {
      CAPTURE(ticks);
      CHECK(in_pieces(scenario, ticks) == whole);
    }
  }
}

TEST_CASE("a run that has paused goes on where it was, and a run from a set-up is not written down") {
  const Scenario scenario = scenario_from(crossover);
  const SetUp start = set_up(scenario);
  MemorySink sink;
  bool goes_on = false;
  Run one(start, {.goes_on = [&] { return goes_on; }}, sink);
  CHECK_FALSE(one.advance());
  CHECK_FALSE(one.advance());
  StateWriter writer;
  CHECK_THROWS_AS(one.visit(writer), std::logic_error);
  goes_on = true;
  REQUIRE(one.advance());
  CHECK(given(one.finish(), sink) == from_anew(scenario));
}
