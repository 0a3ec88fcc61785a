#include "models/evidence/sign_worlds.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "core/parallel.hpp"
#include "models/evidence/signs.hpp"

using namespace kith;
using namespace kith::evidence;

namespace {

double mean(const std::vector<double>& values) {
  double total = 0.0;
  for (const double value : values) total += value;
  return total / static_cast<double>(values.size());
}

const Measured& cell(const SignTable& table, const std::string& probe, std::size_t theory) {
  for (std::size_t row = 0; row < table.cells.size(); ++row) {
    if (sign_probes()[row].name == probe) return table.cells[row][theory];
  }
  FAIL("no probe " << probe);
  return table.cells.front().front();
}

}  // namespace

TEST_CASE("without an opioid theory a drug changes nobody, and isolation what it changes in everybody") {
  const SignWorlds none = sign_worlds("none", 60);
  for (const std::size_t drug : {1U, 2U}) {
    for (const auto* worlds : {&none.calm_first, &none.calm_week, &none.company_week, &none.apart_day}) {
      CHECK((*worlds)[drug].approach == (*worlds)[0].approach);
      CHECK((*worlds)[drug].connection == (*worlds)[0].connection);
      CHECK((*worlds)[drug].distress == (*worlds)[0].distress);
    }
  }
  CHECK(mean(none.apart_day[0].distress) > mean(none.apart_evening[0].distress));
  CHECK(mean(none.apart_evening[0].distress) > mean(none.company_first[0].distress) + 0.05);
  CHECK(mean(none.calm_week[0].distress) < mean(none.company_week[0].distress));
  CHECK(mean(none.isolated_month.approach) < mean(none.isolated_week.approach));
  CHECK(mean(none.reunited.distress) < mean(none.isolated_month.distress) - 0.1);  // they do meet again
}

TEST_CASE("the table is the effect under the theory minus that under none, with the signs that the rules give") {
  const SignTable table = measure_signs({.people = 60, .theories = {"botsa", "reward", "none", "nonspecific"}});
  for (const auto& row : table.cells) {
    CHECK(row[2].mean == 0.0);
    CHECK(row[2].half_width == 0.0);
  }
  const std::string week = "antagonist, in comfort, after encounters: approach";
  CHECK(cell(table, week, 0).sign() == Sign::up);
  CHECK(cell(table, week, 1).sign() == Sign::down);
  CHECK(cell(table, week, 3).sign() == Sign::down);
  CHECK(cell(table, "antagonist: separation distress", 0).sign() == Sign::up);
  CHECK(cell(table, "antagonist: separation distress", 1).sign() == Sign::zero);
  CHECK(cell(table, "agonist: separation distress", 0).sign() == Sign::down);
  // Of full blockade: S near 0.1, so the share that it carries is lost.
  CHECK(cell(table, "antagonist: closeness per contact with a stranger", 0).mean == Approx(-0.053).margin(0.01));
  CHECK(cell(table, "antagonist: closeness per contact with a stranger", 3).mean == 0.0);
}

TEST_CASE("the table of signs has the same bits for any number of threads") {
  set_threads(1);
  const SignTable one = measure_signs({.people = 300, .theories = {"feedback", "homeostasis"}});
  set_threads(3);
  const SignTable three = measure_signs({.people = 300, .theories = {"feedback", "homeostasis"}});
  set_threads(0);
  for (std::size_t row = 0; row < one.cells.size(); ++row) {
    for (std::size_t k = 0; k < 2; ++k) {
      CHECK(one.cells[row][k].mean == three.cells[row][k].mean);
      CHECK(one.cells[row][k].half_width == three.cells[row][k].half_width);
    }
  }
}
