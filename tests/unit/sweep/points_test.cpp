#include "sweep/points.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>
#include <set>

using namespace kith::sweep;

namespace {

/// Whether each of `rows` equal slices of a factor holds one point.
bool is_spread_evenly(const Points& points, std::size_t factor) {
  std::set<std::size_t> slices;
  for (std::size_t row = 0; row < points.rows(); ++row)
    slices.insert(static_cast<std::size_t>(points.at(row, factor) * static_cast<double>(points.rows())));
  return slices.size() == points.rows() && *slices.rbegin() == points.rows() - 1;
}

}  // namespace

TEST_CASE("a Latin hypercube has one point in each slice of each factor, in another order for each") {
  const Points points = latin_hypercube(50, 3, 7);
  REQUIRE(points.rows() == 50);
  for (std::size_t factor = 0; factor < 3; ++factor) CHECK(is_spread_evenly(points, factor));
  double correlation = 0.0;
  for (std::size_t row = 0; row < 50; ++row)
    correlation += (points.at(row, 0) - 0.5) * (points.at(row, 1) - 0.5) * 12.0 / 50.0;
  CHECK(std::abs(correlation) < 0.5);
  CHECK(latin_hypercube(50, 3, 7).values == points.values);
  CHECK(latin_hypercube(50, 3, 8).values != points.values);
}

TEST_CASE("the Sobol sequence begins with the origin and has the directions of Joe and Kuo") {
  // scipy.stats.qmc.Sobol(4, scramble=False).random(8)
  const std::vector<double> expected{0,     0,     0,     0,     0.5,   0.5,   0.5,   0.5,   0.75,  0.25,  0.25,
                                     0.25,  0.25,  0.75,  0.75,  0.75,  0.375, 0.375, 0.625, 0.875, 0.875, 0.875,
                                     0.125, 0.375, 0.625, 0.125, 0.875, 0.625, 0.125, 0.625, 0.375, 0.125};
  CHECK(sobol(8, 4, 1, Shift::none).values == expected);
}

TEST_CASE("a power of two Sobol points is balanced, with the digital shift as without") {
  for (const Shift shift : {Shift::none, Shift::by_seed}) {
    const Points points = sobol(256, 6, 3, shift);
    for (std::size_t factor = 0; factor < 6; ++factor) CHECK(is_spread_evenly(points, factor));
    // Of the first two factors each box of 1/16 by 1/16 holds one: a (0, 8, 2)-net.
    std::set<std::pair<int, int>> boxes;
    for (std::size_t row = 0; row < 256; ++row)
      boxes.emplace(static_cast<int>(points.at(row, 0) * 16.0), static_cast<int>(points.at(row, 1) * 16.0));
    CHECK(boxes.size() == 256);
  }
  CHECK(sobol(256, 6, 3).values != sobol(256, 6, 4).values);
}

TEST_CASE("Saltelli's design is A, B, and A with each column of B") {
  const Points points = saltelli(4, 3, 9);
  REQUIRE(points.rows() == 4 * 5);
  for (std::size_t sample = 0; sample < 4; ++sample) {
    const std::size_t first = 5 * sample;
    for (std::size_t changed = 0; changed < 3; ++changed) {
      for (std::size_t factor = 0; factor < 3; ++factor) {
        CHECK(points.at(first, factor) != points.at(first + 1, factor));
        CHECK(points.at(first + 2 + changed, factor) == points.at(first + (factor == changed ? 1 : 0), factor));
      }
    }
  }
}

TEST_CASE("each step of a Morris trajectory changes another factor by two thirds, on the grid of four levels") {
  const Points points = morris(20, 5, 11);
  REQUIRE(points.rows() == 20 * 6);
  for (std::size_t trajectory = 0; trajectory < 20; ++trajectory) {
    std::set<std::size_t> changed;
    for (std::size_t step = 1; step < 6; ++step) {
      const std::size_t row = 6 * trajectory + step;
      for (std::size_t factor = 0; factor < 5; ++factor) {
        const double third = 3.0 * points.at(row, factor);
        CHECK(std::abs(third - std::round(third)) < 1e-12);
        const double moved = std::abs(points.at(row, factor) - points.at(row - 1, factor));
        if (moved == 0.0) continue;
        CHECK(moved == Approx(2.0 / 3.0));
        CHECK(changed.insert(factor).second);
      }
      CHECK(changed.size() == step);
    }
  }
}

TEST_CASE("runs are shuffled: every one is there once, and a shard holds early and late ones") {
  const std::vector<std::uint64_t> order = shuffled_runs(1000);
  CHECK(std::set<std::uint64_t>(order.begin(), order.end()).size() == 1000);
  const double mean_of_first_half = std::accumulate(order.begin(), order.begin() + 500, 0.0) / 500.0;
  CHECK(std::abs(mean_of_first_half - 499.5) < 4.0 * 1000.0 / std::sqrt(12.0 * 500.0));
}
