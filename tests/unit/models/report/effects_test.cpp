#include "models/report/effects.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <string>

#include "models/report/study_report.hpp"
#include "tests/support/small_worlds.hpp"

using namespace kith;
using kith::testing::Done;
using kith::testing::run_text;

namespace {

const std::string world = R"(
kith: 1
title: Reported
time: {tick: 3 h, burn_in: 2 d, duration: 12 d, start: "Mon 08:00"}
people: {count: 120}
network: {generate: stochastic_block, sizes: [25 %, 25 %, 25 %, 25 %], within: 8, between: 2}
measures: [{diary: connection}, {probe: ucla3, at: "day 2 20:00"}]
replicates: 2
seed: reported
trial:
)";
const std::string arms = R"(
  arms:
    drug: {drug: naltrexone, doses: 50 mg, for: 2 d}
    placebo: {drug: placebo, like: drug}
)";

std::vector<std::string> names_of_rows(const ReportTable& table) {
  std::vector<std::string> names;
  for (const auto& row : table.rows) names.push_back(row.front().text);
  return names;
}

std::size_t itt_rows(const ReportTable& table) {
  const std::vector<std::string> names = names_of_rows(table);
  return static_cast<std::size_t>(std::count(names.begin(), names.end(), "  intention to treat"));
}

}  // namespace

TEST_CASE("where somebody left, each outcome and each risk has a row of all who were allocated, and else none") {
  const std::string stay = world +
                           "  sequences: [{arms: [drug, placebo], count: 6}, {arms: [placebo, drug], count: 6}]\n" +
                           "  washout: 1 d\n" + arms;
  std::string leave = stay;
  leave.replace(leave.find("count: 6"), 8, "count: 6, leave: 2");
  const Done all_stayed = run_text(stay);
  const Done some_left = run_text(leave);
  CHECK_FALSE(somebody_left(all_stayed.run));
  REQUIRE(somebody_left(some_left.run));
  CHECK(itt_rows(effect_tables(*all_stayed.scenario, all_stayed.run, 0)[0]) == 0);
  CHECK(itt_rows(risk_table(*all_stayed.scenario, all_stayed.run)) == 0);
  const ReportTable rated = effect_tables(*some_left.scenario, some_left.run, 0)[0];
  CHECK(names_of_rows(rated) == std::vector<std::string>{"connection diary (1-7)", "  intention to treat",
                                                         "UCLA-3 (3-9)", "  intention to treat"});
  CHECK(itt_rows(effect_tables(*some_left.scenario, some_left.run, 0)[1]) == 0);  // adjusted: those who stayed
  CHECK(itt_rows(risk_table(*some_left.scenario, some_left.run)) == 1);
  // The row shows what was found in all.
  double own = 0.0;
  for (const StudyResult& study : some_left.run.studies) {
    own += 0.5 * study.effects[0][0].intention_to_treat.own;
    CHECK(study.effects[0][0].ratings.n() == 10);
    CHECK(study.effects[0][0].intention_to_treat.ratings.n() == 12);
  }
  CHECK(*rated.rows[1].back().value == Approx(own));
}

TEST_CASE("of clusters that change arms only the adjusted differences are shown, with the own effects") {
  const Done done = run_text(
      world + "  design: stepped_wedge\n  clusters: {by: community, count: 4, people: 5}\n  steps: 2\n" + arms);
  const std::vector<ReportTable> tables = effect_tables(*done.scenario, done.run, 0);
  REQUIRE(tables.size() == 1);
  CHECK(tables[0].title == "drug against placebo, adjusted for the period");
  CHECK(tables[0].columns.back() == "own effect");
  CHECK(names_of_rows(tables[0]) == std::vector<std::string>{"connection diary (1-7)", "UCLA-3 (3-9)"});
  CHECK(risk_table(*done.scenario, done.run).rows.empty());
  const double own = 0.5 * (done.result(0).effects[0][0].own + done.result(1).effects[0][0].own);
  CHECK(*tables[0].rows[0].back().value == Approx(own));
  CHECK(own != 0.0);
}

TEST_CASE("the number needed says whether one more is harmed or benefits, and where it may be either") {
  CHECK(number_needed_cell(0.29, 0.1, 0.5).text == "harm 4 [2, 10]");
  CHECK(number_needed_cell(-0.05, -0.1, -0.02).text == "benefit 20 [10, 50]");
  CHECK(number_needed_cell(0.05, -0.02, 0.125).text == "harm 20 [harm 8 to ∞ to benefit 50]");
  CHECK(number_needed_cell(-0.05, -0.125, 0.02).text == "benefit 20 [benefit 8 to ∞ to harm 50]");
  CHECK(number_needed_cell(0.0, -0.1, 0.1).text == "–");
  CHECK(number_needed_cell(0.1 + 0.2 - 0.3, -0.1, 0.1).text == "–");  // 5.6e-17: nobody is needed 18 quadrillion times
  CHECK(number_needed_cell(0.05, 0.1 + 0.2 - 0.3, 0.1).text == "harm 20");
  const Cell benefit = number_needed_cell(-0.05, -0.1, -0.02);
  CHECK(*benefit.value == Approx(-20.0));
  CHECK(*benefit.low == Approx(-50.0));
  CHECK(*benefit.high == Approx(-10.0));
}

TEST_CASE("numbers in tables have a true minus, no minus before zero, and their limits as numbers") {
  CHECK(number_cell(-0.204, 2).text == "−0.20");
  CHECK(number_cell(-0.004, 2).text == "0.00");
  CHECK(number_cell(std::nan(""), 2).text == "–");
  const Cell cell = with_interval(-0.204, -0.31, 0.001, 2);
  CHECK(cell.text == "−0.20 [−0.31, 0.00]");
  CHECK(*cell.low == -0.31);
  CHECK(*cell.high == 0.001);
  CHECK_FALSE(with_interval(1.0, std::nan(""), 2.0, 1).low.has_value());
}
