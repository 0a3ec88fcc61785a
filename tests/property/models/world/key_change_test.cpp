#include "models/scenario/key_change.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "core/state.hpp"
#include "models/world/population.hpp"
#include "tests/support/small_scenarios.hpp"

using namespace kith;
using kith::testing::scenario_from;

namespace {

const std::string society = R"(
kith: 1
title: Before the start
theory: botsa
time: {burn_in: 4 d, duration: 10 d}
people: {count: 240}
network: {generate: layers, sizes: [5, 10]}
ties: living
symptoms: {strength: 1}
substance_use: {share: 20 %, odds: {base: 0.01}}
seed: burn-in
)";

const std::string trial = R"({design: parallel, participants: {count: 20}, reference: placebo,
  arms: {drug: {drug: naltrexone, doses: 50 mg, every: 1 d, for: 8 d}, placebo: {drug: placebo, like: drug}}})";
const std::string further = R"(
events: [{name: lockdown, at: 5 d, do: {opportunity: {factor: 0.2}, for: 3 d}}]
measures: [{diary: connection, at: "21:00"}]
)";

const std::string one_trial = society + "trial: " + trial + further;
const std::string two_trials = society + "trials: {first: " + trial + "}" + further;

/// All state of the population after its burn-in.
std::vector<std::byte> after_burn_in(const std::string& text, const std::vector<std::string>& changes) {
  std::vector<config::Override> overrides;
  for (const std::string& change : changes) overrides.push_back({change});
  const Scenario scenario = scenario_from(text, overrides);
  Population population = make_population(scenario, {scenario.seed, 0}, "", {});
  StateWriter writer;
  write(population, writer);
  return writer.buffer();
}

/// A change of one key, or of some that go together.
struct Change {
  std::string keys;  ///< that it stands for: itself and those below
  std::vector<std::string> assignments;
};

/// For every key that does not act in the burn-in.
const std::vector<Change> changes{
    {"title", {"title=Another"}},
    {"time.duration", {"time.duration=12 d"}},
    {"trial.design",
     {"trial={design: crossover, participants: {count: 10}, period: 2 d, washout: 1 d, "
      "arms: {a: {drug: buprenorphine, doses: 2 mg}, b: {drug: placebo, like: a}}}"}},
    {"trial.participants", {"trial.participants={share: 30 %, where: [\"tone > 0.1\"], target: loneliest}"}},
    {"trial", {"trial.arms.drug.doses=100 mg", "trial.arms.drug.drop_out=0.1 /d", "trial.twin=false"}},
    {"trial", {"trial.arms.drug.drug=heroin"}},
    {"events", {"events.0={name: rain, rate: 0.1 /d, do: {distress: 0.4}}"}},
    {"events", {"events=[{name: ties, at: 2 d, do: {add_ties: {count: 2, closeness: 0.5}}}]"}},
    {"measures", {"measures=[{probe: ucla3}]"}},
    {"record", {"record={every: 2 d, by: [arm], people: 10, network: true, tie_events: true}"}},
    {"replicates", {"replicates={count: 3, population: new}"}},
    {"scales.isolated", {"scales.isolated.share=20 %"}},
    {"scales.isolated", {"scales.isolated.private_matters=0.5"}},
    {"substance_use.split_paths", {"substance_use.split_paths=true"}},
    {"expect",
     {"expect={source: a paper, role: held_out, outcomes: {one: {direction: lower, measure: connection diary, arm: "
      "drug}}}"}},
};

}  // namespace

TEST_CASE("What does not act in the burn-in leaves the population after it as it is, bit for bit") {
  const std::vector<std::byte> as_it_is = after_burn_in(one_trial, {});
  for (const Change& change : changes) {
    CAPTURE(change.assignments);
    CHECK_FALSE(change_of(change.keys).acts_in_burn_in);
    CHECK(after_burn_in(one_trial, change.assignments) == as_it_is);
  }
  CHECK(after_burn_in(two_trials, {}) == as_it_is);
  CHECK(after_burn_in(two_trials, {"trials.first.arms.drug.doses=100 mg"}) == as_it_is);
}

TEST_CASE("Of every rule whose keys do not act in the burn-in some are tried") {
  auto document = config::Document::describe();
  read_scenario(document.root());
  for (const config::Entry& entry : document.entries()) {
    if (change_of(entry.path).acts_in_burn_in || entry.path == "kith" || entry.path.starts_with("trials")) continue;
    CAPTURE(entry.path);
    CHECK(std::any_of(changes.begin(), changes.end(), [&](const Change& change) {
      return entry.path == change.keys || entry.path.starts_with(change.keys + ".");
    }));
  }
}

TEST_CASE("Keys that act in the burn-in show in the population after it") {
  const std::vector<std::byte> as_it_is = after_burn_in(one_trial, {});
  for (const char* change :
       {"theory.approach_gain=0.2", "time.burn_in=5 d", "people.opioid_tone.median=0.2", "network.community=100",
        "meeting.contacts_per_day=5", "meeting.night.to=08:00", "feelings.connection.gain=0.5", "receptor.reserve=4",
        "scales.lonely.above=0.3", "substance_use.dose=20 mg", "substance_use.treatment_acts_on=use",
        "substance_use.craving.time=6 h", "seed=other"}) {
    CAPTURE(change);
    const std::string key(change, std::string(change).find('='));
    CHECK(change_of(key).acts_in_burn_in);
    CHECK(after_burn_in(one_trial, {change}) != as_it_is);
  }
}
