#include "models/record/isolation_times.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace kith;

namespace {

people::Isolation scores(const std::vector<int>& isolated) {
  people::Isolation isolation;
  for (const int is : isolated) isolation.score.push_back(is != 0 ? 5 : 20);
  return isolation;
}

template <class T>
T value(const TableRow& row, std::size_t variable, std::size_t group) {
  return std::get<std::vector<T>>(row.values[variable])[group];
}

}  // namespace

TEST_CASE("times to isolation are the product-limit estimate with Greenwood's error, worked out by hand") {
  // Ten people; the first is isolated from the start and so never at risk. The second group is people 5 to 9.
  IsolationTimes times({{"all", {}, true}, {"late", {5, 6, 7, 8, 9}, false}}, 0);
  times.judge(scores({1, 0, 0, 0, 0, 0, 0, 0, 0, 0}));
  const TableRow start = times.row(0.0);
  CHECK(value<std::int32_t>(start, 0, 0) == 9);
  CHECK(value<std::int32_t>(start, 1, 0) == 0);
  CHECK(value<float>(start, 2, 0) == 1.0F);
  CHECK(value<float>(start, 3, 0) == 0.0F);
  // Two of nine become isolated, one of them among the late; one is back on the next row and does not count again.
  times.judge(scores({1, 1, 0, 0, 0, 1, 0, 0, 0, 0}));
  const TableRow second = times.row(24.0);
  CHECK(value<std::int32_t>(second, 0, 0) == 9);
  CHECK(value<std::int32_t>(second, 1, 0) == 2);
  CHECK(value<float>(second, 2, 0) == Approx(7.0 / 9.0));
  CHECK(value<float>(second, 3, 0) == Approx(7.0 / 9.0 * std::sqrt(2.0 / (9.0 * 7.0))));
  CHECK(value<float>(second, 2, 1) == Approx(4.0 / 5.0));
  times.judge(scores({0, 0, 1, 0, 0, 1, 0, 0, 0, 0}));
  const TableRow third = times.row(48.0);
  CHECK(value<std::int32_t>(third, 0, 0) == 7);
  CHECK(value<std::int32_t>(third, 1, 0) == 1);
  CHECK(value<float>(third, 2, 0) == Approx(7.0 / 9.0 * 6.0 / 7.0));
  CHECK(value<float>(third, 3, 0) == Approx(6.0 / 9.0 * std::sqrt(2.0 / 63.0 + 1.0 / 42.0)));
  CHECK(value<std::int32_t>(third, 1, 1) == 0);
  CHECK(value<float>(third, 2, 1) == Approx(0.8));
  // Who was isolated before, came back and is isolated again is not at risk.
  times.judge(scores({0, 1, 1, 0, 0, 1, 0, 0, 0, 0}));
  const TableRow fourth = times.row(72.0);
  CHECK(value<std::int32_t>(fourth, 0, 0) == 6);
  CHECK(value<std::int32_t>(fourth, 1, 0) == 0);
}

TEST_CASE(
    "a row has what was judged since the last, who was isolated in between included, and the curve of all judgements") {
  IsolationTimes times({{"all", {}, true}}, 0);
  times.judge(scores({0, 0, 0, 0, 0}));
  times.row(0.0);
  times.judge(scores({1, 0, 0, 0, 0}));
  times.judge(scores({0, 0, 1, 0, 0}));
  const TableRow row = times.row(48.0);
  CHECK(value<std::int32_t>(row, 0, 0) == 5);
  CHECK(value<std::int32_t>(row, 1, 0) == 2);
  CHECK(value<float>(row, 2, 0) == Approx(3.0 / 5.0));
  CHECK(value<float>(row, 3, 0) == Approx(3.0 / 5.0 * std::sqrt(1.0 / (5.0 * 4.0) + 1.0 / (4.0 * 3.0))));
  const TableRow later = times.row(54.0);
  CHECK(value<std::int32_t>(later, 0, 0) == 3);
  CHECK(value<std::int32_t>(later, 1, 0) == 0);
  CHECK(value<float>(later, 2, 0) == Approx(3.0 / 5.0));
}

TEST_CASE(
    "without losses the interval of a survival is Wilson's of a share, also where nothing or everything has happened") {
  // SciPy: stats.binomtest(k, 20).proportion_ci(method='wilson') for k = 14, 20 and 0 who stayed
  Survival curve;
  CHECK(std::isnan(curve.limits().low));
  curve.step(20, 0);
  CHECK(curve.limits().low == Approx(0.838875).epsilon(1e-5));
  CHECK(curve.limits().high == Approx(1.0));
  curve.step(20, 4);
  curve.step(16, 2);
  CHECK(curve.limits().low == Approx(0.4810271816464766).epsilon(1e-7));
  CHECK(curve.limits().high == Approx(0.8545227551323957).epsilon(1e-7));
  curve.step(14, 14);
  CHECK(curve.share() == 0.0);
  CHECK(curve.limits().low == Approx(0.0).margin(1e-12));
  CHECK(curve.limits().high == Approx(1.0 - 0.838875).epsilon(1e-5));
  // Six lost between the steps: 0.64 with the error of 15 people, 0.36/(0.64 (4/(20·16) + 2/(10·8))).
  Survival with_losses;
  with_losses.step(20, 4);
  with_losses.step(10, 2);
  CHECK(with_losses.limits().low == Approx(0.3928483480483218).epsilon(1e-9));
  CHECK(with_losses.limits().high == Approx(0.8300643276616406).epsilon(1e-9));
}
