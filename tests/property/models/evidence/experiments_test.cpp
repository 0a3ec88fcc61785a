#include "models/evidence/experiments.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "engine/tables.hpp"
#include "models/evidence/evidence_report.hpp"
#include "tests/support/small_scenarios.hpp"

using namespace kith;
using namespace kith::evidence;

namespace {

const std::string small = R"(
kith: 1
title: Small
time: {burn_in: 2 d, duration: 4 d}
people: {count: 60}
network: {generate: layers, sizes: [3, 5]}
trial:
  design: parallel
  participants: {count: 20}
  arms:
    low: {drug: naltrexone, doses: 5 mg, at: "09:00"}
    high: {drug: naltrexone, doses: 50 mg, at: "09:00"}
    placebo: {drug: placebo, like: low}
  reference: placebo
  twin: false
measures:
  - {probe: loving_messages, at: "day 1 14:00"}
  - {probe: object, temperature: warm, at: "day 1 14:00"}
  - {probe: object, temperature: neutral, at: "day 1 14:00"}
expect:
  source: a paper
  outcomes:
    plain: {direction: lower, measure: loving messages, arm: high}
    between: {direction: lower, measure: loving messages, arm: high, against: low}
    minus: {direction: lower, measure: warm object, minus: neutral object, arm: high}
    outside: {direction: none, cannot_express: no}
record: {by: []}
replicates: 5
)";

Source source(const std::string& name, const std::string& text) {
  return {name,
          [name, text](const std::string& change) {
            std::vector<config::Override> changes;
            if (!change.empty()) changes.push_back({change});
            return config::Document::from_text(text, name, changes);
          },
          [name](const std::string& change) { return "kith run " + name + " --set " + change; }};
}

/// Hedges g of two samples, written anew.
double hedges(const std::vector<double>& a, const std::vector<double>& b) {
  const auto moments = [](const std::vector<double>& x) {
    double mean = 0.0;
    double squares = 0.0;
    for (const double value : x) mean += value / static_cast<double>(x.size());
    for (const double value : x) squares += (value - mean) * (value - mean);
    return std::pair(mean, squares);
  };
  const auto [mean_a, squares_a] = moments(a);
  const auto [mean_b, squares_b] = moments(b);
  const auto degrees = static_cast<double>(a.size() + b.size() - 2);
  return (mean_a - mean_b) / std::sqrt((squares_a + squares_b) / degrees) * (1.0 - 3.0 / (4.0 * degrees - 1.0));
}

}  // namespace

TEST_CASE("effects are those of the arms and measures that an outcome names") {
  const Scenario scenario = testing::scenario_from(small);
  MemorySink sink;
  const RunResult result = run(scenario, {}, sink);
  const auto effects = effects_in(scenario, result);
  REQUIRE(effects.size() == 4);
  CHECK(effects[3].empty());
  for (std::size_t k = 0; k < 5; ++k) {
    const StudyResult& study = result.studies[k];
    const auto ratings = [&](std::size_t measure, std::size_t minus, std::size_t arm) {
      std::vector<double> values;
      for (const std::size_t i : study.members_of(*scenario.trial, arm)) {
        const double other = minus == 9 ? 0.0 : study.measures[minus].ratings[0][i];
        values.push_back(study.measures[measure].ratings[0][i] - other);
      }
      return values;
    };
    CHECK(effects[0][k] == Approx(hedges(ratings(0, 9, 1), ratings(0, 9, 2))));
    CHECK(effects[1][k] == Approx(hedges(ratings(0, 9, 1), ratings(0, 9, 0))));
    CHECK(effects[2][k] == Approx(hedges(ratings(1, 2, 1), ratings(1, 2, 2))));
  }
}

TEST_CASE("none and nonspecific come first, runs repeat to the bit, and what cannot be expressed is not run") {
  const std::vector<std::string> theories{"botsa", "nonspecific", "none"};
  const Matrix matrix = run_experiments({source("small", small)}, theories, {});
  CHECK(matrix.theories == std::vector<std::string>{"none", "nonspecific", "botsa"});
  const Matrix again = run_experiments({source("small", small)}, theories, {});
  CHECK(matrix.fingerprint == again.fingerprint);
  for (std::size_t k = 0; k < 3; ++k) {
    CHECK(matrix.experiments[0].cells[0][k].effects == again.experiments[0].cells[0][k].effects);
    CHECK(matrix.experiments[0].cells[3][k].verdict == Verdict::inexpressible);
  }
  CHECK(matrix.experiments[0].cells[0][0].effects != matrix.experiments[0].cells[0][2].effects);
}

TEST_CASE("a run that fails leaves all others as they are") {
  std::string lonely = small;
  const std::string count = "participants: {count: 20}";
  lonely.replace(lonely.find(count), count.size(), "participants: {count: 3}");  // one an arm: no spread, no g
  const Matrix alone = run_experiments({source("small", small)}, {"none"}, {});
  const Matrix both = run_experiments({source("lonely", lonely), source("small", small)}, {"none"}, {});
  CHECK(both.experiments[0].cells[0][0].verdict == Verdict::failed);
  CHECK(both.experiments[0].cells[0][0].command == "kith run lonely --set theory={name: none} --replicate 0");
  CHECK(both.experiments[1].cells[0][0].effects == alone.experiments[0].cells[0][0].effects);
  std::string crowded = small;
  crowded.replace(crowded.find(count), count.size(),
                  "participants: {count: 20, close_ties: 50}");  // nobody is eligible
  const Matrix refused = run_experiments({source("crowded", crowded), source("small", small)}, {"none"}, {});
  CHECK(refused.experiments[0].cells[0][0].verdict == Verdict::failed);
  CHECK(refused.experiments[0].cells[0][0].why.find("eligible") != std::string::npos);
  CHECK(refused.experiments[0].cells[3][0].verdict == Verdict::inexpressible);
  CHECK(refused.experiments[1].cells[0][0].effects == alone.experiments[0].cells[0][0].effects);
}

TEST_CASE(
    "a file that says nothing of what was found is refused, and mistakes of files are told before anything runs") {
  std::string silent = small.substr(0, small.find("expect:"));
  CHECK_THROWS_WITH(run_experiments({source("silent", silent)}, {"none"}, {}),
                    Catch::Contains("silent does not say what an experiment found"));
  CHECK_THROWS_AS(run_experiments({source("wrong", small + "peple: 1\n")}, {"none"}, {}), config::InvalidScenario);
}

TEST_CASE("the table of the result has every outcome under every theory, and NaN where there is no number") {
  const Matrix matrix = run_experiments({source("small", small)}, {"none", "botsa"}, {});
  MemorySink sink;
  write_evidence(matrix, sink);
  REQUIRE(sink.rows().size() == 1);
  const TableSpec& spec = sink.specs().front();
  for (std::size_t v = 0; v < spec.variables.size(); ++v) {
    if (spec.variables[v].name == "mean") {
      const auto& means = std::get<std::vector<double>>(sink.rows()[0].values[v]);
      REQUIRE(means.size() == 8);
      CHECK(means[1] == matrix.experiments[0].cells[0][1].predicted.mean);
      CHECK(std::isnan(means[7]));
    }
    if (spec.variables[v].name == "effect") {
      const auto& effects = std::get<std::vector<double>>(sink.rows()[0].values[v]);
      REQUIRE(effects.size() == 4 * 2 * 5);
      CHECK(effects[5 + 3] == matrix.experiments[0].cells[0][1].effects[3]);
    }
  }
  CHECK(cell_table(matrix).rows.size() == 8);
}
