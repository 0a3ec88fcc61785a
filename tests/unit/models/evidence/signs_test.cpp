#include "models/evidence/signs.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "models/theories/theory.hpp"

using namespace kith;
using namespace kith::evidence;

TEST_CASE("a sign is told by the interval: outside 0, inside the bound, or neither") {
  CHECK(Measured{0.01, 0.005}.sign() == Sign::up);
  CHECK(Measured{-0.01, 0.005}.sign() == Sign::down);
  CHECK(Measured{0.01, 0.02}.sign() == Sign::silent);
  CHECK(Measured{0.0, 0.0}.sign() == Sign::zero);
  CHECK(Measured{0.0005, 0.0004}.sign() == Sign::zero);  // not 0, but too little to count
  CHECK(Measured{0.0005, 0.0006}.sign() == Sign::silent);
  CHECK(Measured{std::nan(""), 0.0}.sign() == Sign::silent);
}

TEST_CASE("every theory that ships has its column of expected signs") {
  for (const theories::TheoryKind* kind : theories::all_theories()) {
    if (kind->is_written_in_yaml) continue;
    CAPTURE(kind->name);
    const std::vector<Sign> signs = expected_signs(std::string(kind->name));
    REQUIRE(signs.size() == sign_probes().size());
    int told = 0;
    for (const Sign sign : signs) told += sign == Sign::silent ? 0 : 1;
    CHECK(told >= 13);
  }
  for (const Sign sign : expected_signs("a stranger")) CHECK(sign == Sign::silent);
}

TEST_CASE("the report marks what was not expected, counts what was, and tells the procedures") {
  SignTable table{.theories = {"none"}, .cells = {}};
  for (std::size_t row = 0; row < sign_probes().size(); ++row) table.cells.push_back({Measured{0.0, 0.0}});
  table.cells[0][0] = {0.1, 0.01};
  table.cells[1][0] = {0.1, 0.2};
  const Report report = sign_report(table);
  CHECK(report.tables[0].rows[0][1].text == "↑ +0.1000 ±0.0100 (expected 0)");
  CHECK(report.tables[0].rows[0][1].value == 0.1);
  CHECK(report.tables[0].rows[1][1].text == "? +0.1000 ±0.2000 (expected 0)");
  CHECK(report.tables[0].rows[2][1].text == "0 +0.0000 ±0.0000");
  CHECK(report.tables[1].rows[0][1].value == static_cast<double>(sign_probes().size() - 2));
  CHECK(report.tables[1].rows[0][2].value == static_cast<double>(sign_probes().size()));
  CHECK(report.tables[1].rows[0][3].value == 1.0);
  CHECK(report.notes.size() == 1 + sign_probes().size());
}
