#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/support/differing_columns.hpp"
#include "tests/support/drugs.hpp"
#include "tests/support/small_worlds.hpp"

using namespace kith;
using kith::testing::differing_columns;
using kith::testing::Done;
using kith::testing::naltrexone;
using kith::testing::run_text;
using kith::testing::same_values;
using kith::testing::scenario_from;

namespace {

/// A crossover with missed doses and people who leave. ARM is to be replaced by what the first arm takes.
std::string crossover(const std::string& arm, const std::string& theory) {
  return R"(
kith: 1
title: Twins
theory: )" +
         theory + R"(
time: {tick: 1 h, burn_in: 5 d, duration: 9 d, start: "Mon 08:00"}
people: {count: 150}
network: {generate: erdos_renyi, mean_ties: 12}
trial:
  arms:
    drug: )" +
         arm + R"(
    placebo: {drug: placebo, like: drug}
  sequences:
    - {arms: [drug, placebo], count: 8, leave: 2}
    - {arms: [placebo, drug], count: 7}
  washout: 4 d
  adherence: 80 %
measures:
  - {diary: connection}
  - {diary: positive_affect}
  - {diary: distress}
  - {probe: loving_messages, at: "day 2 14:00"}
  - {probe: loving_messages, at: "day 2 15:00", from: strangers}
  - {probe: occupancy, at: "day 2 14:00"}
  - {probe: occupancy, at: "day 1 08:30"}
seed: twins
)";
}

constexpr const char* active = "{drug: naltrexone, doses: [50 mg, 50 mg], at: \"09:00\"}";
constexpr const char* zero = "{drug: naltrexone, doses: [0 mg, 0 mg], at: \"09:00\"}";
constexpr const char* nothing = "{drug: placebo, doses: [50 mg, 50 mg], at: \"09:00\"}";
constexpr const char* strong_botsa = "{name: botsa, opioid_share: 0.3, approach_gain: 0.3, separation: 1}";

/// Effects of all measures that are outcomes.
template <class F>
void for_each_effect(const Done& done, F&& f) {
  for (std::size_t m = 0; m < done.result().measures.size(); ++m) {
    if (done.result().measures[m].has_effect) f(done.result().measures[m], done.result().effects[m][0]);
  }
}

/// 0 wherever `values` has a value: who has left the trial has none.
std::vector<std::vector<double>> zero_where_present(std::vector<std::vector<double>> values) {
  for (auto& occasion : values) {
    for (double& value : occasion) value = std::isnan(value) ? value : 0.0;
  }
  return values;
}

void check_no_own_effect(const Done& done) {
  std::size_t outcomes = 0;
  for_each_effect(done, [&](const trials::MeasureData& data, const trials::Effect& effect) {
    CAPTURE(data.name);
    CHECK(effect.own == 0.0);
    CHECK(effect.largest_own == 0.0);
    CHECK(same_values(data.own, zero_where_present(data.values)));
    ++outcomes;
  });
  CHECK(outcomes == 5);
}

/// A world in which some people take 50 mg a day for three days, and its twin in which nobody does.
struct Pair {
  Scenario scenario;
  network::Graph graph;
  network::Ties ties;
  Model treated;
  Model twin;

  Pair(const std::string& theory, std::vector<PersonId> patients, double amount, network::Graph on)
      : scenario(scenario_from("kith: 1\ntitle: pair\ntheory: " + theory + "\n")),
        graph(std::move(on)),
        ties(graph),
        treated(scenario, ties, {42, 0}),
        twin(treated) {
    for (const PersonId person : patients)
      treated.treat({naltrexone(person, 1.0, {{9.0, amount}, {33.0, amount}, {57.0, amount}})});
    for (Model* model : {&treated, &twin}) model->run(0, 24 * 8, "");
  }
};

/// A ring in which everybody knows the next three on either side; `from` is the first person.
void add_ring(network::Graph& graph, PersonId from, PersonId count) {
  for (PersonId k = 0; k < count; ++k) {
    for (PersonId step = 1; step <= 3; ++step)
      graph.edges.push_back(
          {.a = from + k, .b = from + (k + step) % count, .closeness = 0.4F + 0.15F * static_cast<float>(step)});
  }
  graph.people = from + count;
}

network::Graph ring(PersonId count) {
  network::Graph graph;
  add_ring(graph, 0, count);
  network::make_simple(graph);
  return graph;
}

}  // namespace

TEST_CASE("placebo against placebo: every person's own effect is exactly 0") {
  const Done done = run_text(crossover(nothing, strong_botsa));
  check_no_own_effect(done);
}

TEST_CASE("a dose of 0 mg against placebo: every person's own effect is exactly 0, and so is occupancy") {
  const Done done = run_text(crossover(zero, strong_botsa));
  check_no_own_effect(done);
  for (const auto& data : done.result().measures) {
    if (data.has_effect) continue;
    CHECK(same_values(data.values, zero_where_present(data.values)));
  }
}

TEST_CASE("the check of own effects refuses an active dose") {
  const Done done = run_text(crossover(active, strong_botsa));
  for_each_effect(done, [&](const trials::MeasureData& data, const trials::Effect& effect) {
    CAPTURE(data.name);
    CHECK(effect.largest_own > 0.0);
  });
}

TEST_CASE("placebo and 0 mg give the same ratings and effects to the last bit") {
  const Done placebo = run_text(crossover(nothing, strong_botsa));
  const Done none_taken = run_text(crossover(zero, strong_botsa));
  const Done taken = run_text(crossover(active, strong_botsa));
  for (std::size_t m = 0; m < placebo.result().measures.size(); ++m) {
    CHECK(same_values(placebo.result().measures[m].ratings, none_taken.result().measures[m].ratings));
    CHECK(!same_values(placebo.result().measures[m].ratings, taken.result().measures[m].ratings));
  }
}

TEST_CASE("placebo leaves every column of every person as in a world without a trial") {
  const Scenario scenario = scenario_from(crossover(nothing, strong_botsa));
  const Done done = run_text(crossover(nothing, strong_botsa));
  const Population population = make_population(scenario, {scenario.seed, 0}, "", {});
  Model alone = *population.model;
  alone.continue_as({scenario.seed, 0});
  alone.run(0, 9 * 24, "");
  CHECK(done.result().fingerprint == alone.fingerprint());
  CHECK(run_text(crossover(active, strong_botsa)).result().fingerprint != alone.fingerprint());
}

TEST_CASE("doses of 0 mg leave every column of every person as it is in the twin") {
  const Pair pair(strong_botsa, {3, 50, 51}, 0.0, ring(100));
  CHECK(differing_columns(pair.treated.people(), pair.twin.people()).empty());
}

TEST_CASE("naltrexone moves feelings and meetings in botsa") {
  const Pair pair(strong_botsa, {3, 50, 51}, 50.0, ring(100));
  const auto names = differing_columns(pair.treated.people(), pair.twin.people());
  for (const char* name : {"antagonist", "signal", "connection", "distress", "approach", "contacts"}) {
    CAPTURE(name);
    CHECK(std::count(names.begin(), names.end(), name) == 1);
  }
  for (const char* name : {"tone", "wanted_connection", "tone_today"})
    CHECK(std::count(names.begin(), names.end(), name) == 0);
  CHECK(pair.treated.people().signal_mean[3] < pair.twin.people().signal_mean[3]);
}

TEST_CASE("without an opioid theory naltrexone changes the signal and nothing that anybody feels or does") {
  const Pair pair("none", {3, 50, 51}, 50.0, ring(100));
  CHECK(differing_columns(pair.treated.people(), pair.twin.people()) ==
        std::vector<std::string>{"antagonist", "set_point", "signal", "signal_mean"});
}

TEST_CASE("without an opioid theory a study's own effects are exactly 0") {
  check_no_own_effect(run_text(crossover(active, "none")));
}

TEST_CASE("people whom no chain of ties joins to a patient do not feel a bit of the treatment") {
  network::Graph graph = ring(60);
  add_ring(graph, 60, 40);
  network::make_simple(graph);
  const Pair pair(strong_botsa, {3, 30}, 50.0, graph);
  const auto& a = pair.treated.people();
  const auto& b = pair.twin.people();
  std::size_t touched = 0;
  for (PersonId person = 0; person < 100; ++person) {
    bool same = true;
    std::vector<double> values;
    people::People::visit(
        a, [&](const ColumnInfo&, const auto& column) { values.push_back(static_cast<double>(column[person])); });
    std::size_t k = 0;
    people::People::visit(b, [&](const ColumnInfo&, const auto& column) {
      same = same && values[k++] == static_cast<double>(column[person]);
    });
    if (person >= 60) CHECK(same);
    touched += same ? 0U : 1U;
  }
  CHECK(touched > 2);  // more than the patients: the treatment spreads along ties
}

TEST_CASE("the order in which patients are listed does not matter") {
  const Pair there(strong_botsa, {3, 50, 51}, 50.0, ring(100));
  const Pair back(strong_botsa, {51, 50, 3}, 50.0, ring(100));
  CHECK(differing_columns(there.treated.people(), back.treated.people()).empty());
}

TEST_CASE("occupancy is still there when the second period starts, and exactly 0 after placebo") {
  const std::string text = R"(
kith: 1
title: Carry-over
time: {tick: 1 h, burn_in: 1 d, duration: 18 d}
people: {count: 100, drug_kinetics: typical}
network: {generate: erdos_renyi, mean_ties: 6}
trial:
  arms:
    naltrexone: {drug: naltrexone, doses: [25 mg, 25 mg, 50 mg, 50 mg], at: "09:00"}
    placebo: {drug: placebo, like: naltrexone}
  sequences:
    - {arms: [naltrexone, placebo], count: 4}
    - {arms: [placebo, naltrexone], count: 4}
  washout: 10 d
measures: [{probe: occupancy, at: "day 1 08:00"}, {probe: occupancy, at: "day 4 14:00"}]
)";
  const Done done = run_text(text);
  const auto& early = done.result().measures[0].values;  // [period][participant]
  const auto& late = done.result().measures[1].values;
  for (std::size_t i = 0; i < done.result().participants.size(); ++i) {
    const bool drug_first = done.result().participants[i].sequence == 0;
    CHECK(early[0][i] == 0.0);
    if (drug_first) {
      CHECK(early[1][i] > 1.0);
      CHECK(early[1][i] < 8.0);
      CHECK(late[0][i] > 90.0);
      CHECK(late[1][i] < early[1][i]);
    } else {
      CHECK(early[1][i] == 0.0);
      CHECK(late[0][i] == 0.0);
      CHECK(late[1][i] > 90.0);
    }
  }
}
