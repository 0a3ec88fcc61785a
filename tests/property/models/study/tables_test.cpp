#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "models/study/declare.hpp"
#include "tests/support/small_worlds.hpp"

using namespace kith;
using kith::testing::Done;
using kith::testing::run_text;

namespace {

const std::string town = R"(
kith: 1
title: Tables
time: {tick: 6 h, burn_in: 1 d, duration: 8 d}
people: {count: 300}
network: {generate: layers, sizes: [4, 8, 20], community: 60}
)";

const std::string crossover = R"(
trial:
  arms:
    naltrexone: {drug: naltrexone, doses: [50 mg, 50 mg], at: "09:00"}
    placebo: {drug: placebo, like: naltrexone}
  sequences: [{arms: [naltrexone, placebo]}, {arms: [placebo, naltrexone]}]
  participants: {share: 10 %}
  washout: 2 d
)";

const std::string ward = R"(
ties: living
substance_use: {substance: opioid, drug: heroin, dose: 10 mg, share: 40 %, detoxification: 1 d, split_paths: true}
trial:
  arms:
    naltrexone: {drug: naltrexone, doses: 50 mg, every: 1 d, for: 8 d, at: "10:00"}
    nothing: {drug: placebo, like: naltrexone}
  design: parallel
  participants: {share: 100 %, where: "patient == 1"}
measures: [{diary: craving, at: "21:00"}]
record: {by: [arm]}
)";

/// The tables that it is said to have, once it is certain that its run declares just these.
std::set<std::string> tables_in(const std::string& text) {
  const Done done = run_text(town + text);
  std::set<std::string> declared;
  for (const TableSpec& spec : done.sink->specs()) declared.insert(spec.name);
  std::set<std::string> said;
  for (const TableOfRuns& table : tables_of_runs(*done.scenario)) {
    if (table.needs.empty()) said.insert(table.name);
  }
  CHECK(said == declared);
  return said;
}

}  // namespace

TEST_CASE("which tables a run has is known from its scenario, and what the others need is told") {
  std::set<std::string> seen;
  for (const std::string& text :
       {std::string(), crossover, crossover + "measures: [{probe: loving_messages, at: \"day 1 14:00\"}]\n", ward,
        crossover + "ties: living\nrecord: {people: 3, network: true, tie_events: true}\n",
        std::string("events:\n- {at: 2 d, do: {opportunity: 0.3, for: 2 d}}\n")}) {
    CAPTURE(text);
    seen.merge(tables_in(text));
  }
  const Scenario bare = kith::testing::scenario_from(town);
  for (const TableOfRuns& table : tables_of_runs(bare)) {
    CAPTURE(table.name);
    CHECK(table.needs.empty() == (table.name == "population"));
    CHECK(seen.count(table.name) == 1);
  }
}
