#include "cli/sweep_cells.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using kith::Cell;
using kith::cli::index_cell;
using kith::cli::mean_cell;
using kith::cli::number_cell;

namespace {

const double none = std::nan("");

}  // namespace

TEST_CASE(
    "an index is called about 0 where its interval holds 0 and nothing that counts, and told in numbers elsewhere") {
  CHECK(index_cell({0.359, -0.03, 0.86}).text == "0.36 [−0.03, 0.86]");
  CHECK(index_cell({0.02, -0.03, 0.0999}).text == "≈ 0 [−0.03, 0.10]");
  CHECK(index_cell({0.02, -0.03, 0.1}).text == "0.02 [−0.03, 0.10]");
  CHECK(index_cell({0.02, 0.01, 0.04}).text == "0.02 [0.01, 0.04]");
  CHECK(index_cell({-0.02, -0.03, -0.01}).text == "−0.02 [−0.03, −0.01]");
  const Cell cell = index_cell({0.02, -0.03, 0.04});
  CHECK((cell.value == 0.02 && cell.low == -0.03 && cell.high == 0.04));
}

TEST_CASE("where there is no number a dash stands, in texts and for programs nothing") {
  CHECK(number_cell(none).text == "–");
  CHECK_FALSE(number_cell(none).value);
  CHECK(number_cell(-0.10449).text == "−0.104");
  CHECK(index_cell({none, none, none}).text == "–");
  const Cell alone = mean_cell({-0.81, none, none});
  CHECK(alone.text == "−0.81 [–]");
  CHECK(alone.value == -0.81);
  CHECK_FALSE((alone.low || alone.high));
  CHECK(mean_cell({0.81, 0.79, 0.83}).text == "0.81 [0.79, 0.83]");
}
