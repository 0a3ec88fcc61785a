#include <catch2/catch.hpp>
#include <memory>

#include "core/state.hpp"
#include "models/theories/theory.hpp"
#include "models/world/population.hpp"
#include "tests/support/differing_columns.hpp"
#include "tests/support/small_scenarios.hpp"

using namespace kith;
using kith::testing::differing_columns;
using kith::testing::scenario_from;

namespace kith::theories {
extern const TheoryKind giving_up_theory;  // giving_up.cpp beside this file: one that does not ship
}

namespace {

/// An ordinary scenario, with that theory in place of a shipped one.
Scenario scenario(const std::string& keys) {
  Scenario made = scenario_from(R"(
kith: 1
title: A theory with a state of its own
time: {tick: 1 h, burn_in: 2 d, duration: 4 d}
people: {count: 200}
network: {generate: stochastic_block, within: 8, between: 2}
)");
  auto document = config::Document::from_text(keys, "theory.yaml");
  config::Section section = document.root();
  made.theory.theory = theories::giving_up_theory.read(section);
  document.check();
  return made;
}

double mean_approach(const people::People& people) {
  double sum = 0.0;
  for (const float approach : people.approach.now) sum += static_cast<double>(approach);
  return sum / static_cast<double>(people.count);
}

}  // namespace

TEST_CASE("a theory's own state starts, moves on with the tick, is shown, and goes on from where it was saved") {
  const Scenario made = scenario("rate: 0.001\n");
  const Population population = make_population(made, {made.seed, 0}, "", {});
  Model whole = *population.model;
  const std::vector<float> before = *whole.people().find("time_below");
  whole.run(0, 10, "");
  const people::People& s = whole.people();
  double hours = 0.0;
  for (PersonId p = 0; p < s.count; ++p) {
    const float grown = (*s.find("time_below"))[p] - before[p];
    REQUIRE(grown >= 0.0F);
    REQUIRE(grown <= 10.0F);
    hours += static_cast<double>(grown);
  }
  CHECK(hours > 0.0);
  StateWriter writer;
  whole.visit(writer);
  whole.run(10, 40, "");

  Model resumed = *population.model;
  StateReader reader(writer.buffer());
  resumed.visit(reader);
  resumed.run(10, 40, "");
  CHECK(differing_columns(whole.people(), resumed.people()).empty());
  CHECK(whole.fingerprint() == resumed.fingerprint());
}

TEST_CASE("the keys of a theory that is one file act and are checked as those of the shipped ones") {
  const Scenario slow = scenario("rate: 0.001\n");
  const Scenario quick = scenario("rate: 0.02\n");
  const Population a = make_population(slow, {slow.seed, 0}, "", {});
  const Population b = make_population(quick, {quick.seed, 0}, "", {});
  CHECK(mean_approach(b.model->people()) < mean_approach(a.model->people()));
  CHECK_THROWS_AS(scenario("rate: 2\n"), config::InvalidScenario);
  CHECK_THROWS_AS(scenario("rte: 0.1\n"), config::InvalidScenario);
}
