#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <set>

#include "models/study/run.hpp"
#include "tests/support/same_rows.hpp"
#include "tests/support/small_worlds.hpp"

using namespace kith;
using kith::testing::digest;
using kith::testing::scenario_from;

namespace {

/// But for how often there is a row.
const std::string scenario_text = R"(
kith: 1
title: Living ties and a trial
time: {tick: 6 h, burn_in: 4 d, duration: 12 d}
people: {count: 300}
network: {generate: layers, sizes: [4, 8, 20], community: 60}
ties: living
trial:
  arms:
    naltrexone: {drug: naltrexone, doses: [50 mg, 50 mg], at: "09:00"}
    placebo: {drug: placebo, like: naltrexone}
  sequences: [{arms: [naltrexone, placebo]}, {arms: [placebo, naltrexone]}]
  participants: {share: 10 %}
  washout: 2 d
replicates: {count: 2, population: new}
)";

/// Wants so many rows of `population`, and all of other tables.
class Choosy : public MemorySink {
 public:
  explicit Choosy(RowsWanted wanted) : wanted_(wanted) {}
  RowsWanted wanted(const std::string& table) const override {
    return table == "population" ? wanted_ : RowsWanted::all;
  }

 private:
  RowsWanted wanted_;
};

struct Given {
  std::map<std::uint32_t, std::vector<TableRow>> population;  // by replicate
  std::multiset<std::uint64_t> others;                        // digests
  RunResult result;
};

Given given(const std::string& every, RowsWanted wanted) {
  const Scenario scenario = scenario_from(scenario_text + "record: {every: " + every + "}\n");
  Choosy sink(wanted);
  Given all{.population = {}, .others = {}, .result = run(scenario, {}, sink)};
  for (const TableRow& row : sink.rows()) {
    if (row.table == "population")
      all.population[row.replicate].push_back(row);
    else
      all.others.insert(digest(row));
  }
  return all;
}

void check_same_but_for_population(const Given& one, const Given& other) {
  CHECK(one.others == other.others);
  CHECK(one.result.fingerprint() == other.result.fingerprint());
  for (std::size_t study = 0; study < 2; ++study) {
    for (const std::string_view variable : Trends::variables) {
      const Trend& a = one.result.studies[study].trends.of(variable, 0);
      const Trend& b = other.result.studies[study].trends.of(variable, 0);
      CAPTURE(variable);
      CHECK_FALSE(std::isnan(a.first));
      CHECK(a.first == b.first);
      CHECK(a.last == b.last);
      CHECK(a.least == b.least);
      CHECK(a.most_at == b.most_at);
    }
  }
}

}  // namespace

TEST_CASE("rows of the population that a sink does not want are not made, and nothing else changes") {
  // Of 12 days: the last row is at their end, or on the tenth.
  for (const std::string every : {"6 d", "5 d"}) {
    CAPTURE(every);
    const Given all = given(every, RowsWanted::all);
    const Given last = given(every, RowsWanted::last);
    const Given none = given(every, RowsWanted::none);
    REQUIRE(all.population.size() == 2);
    REQUIRE(last.population.size() == 2);
    for (const auto& [replicate, rows] : all.population) {
      REQUIRE(rows.size() == 3);
      REQUIRE(last.population.at(replicate).size() == 1);
      CHECK(digest(last.population.at(replicate).front()) == digest(rows.back()));
    }
    CHECK(none.population.empty());
    check_same_but_for_population(all, last);
    check_same_but_for_population(all, none);
  }
}
