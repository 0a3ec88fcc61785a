#include "fit/curve_posterior.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <numbers>

using namespace kith::fit;

namespace {

double mean_of(const std::vector<double>& values) {
  double sum = 0.0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

double deviation_of(const std::vector<double>& values) {
  double squares = 0.0;
  for (const double value : values) squares += (value - mean_of(values)) * (value - mean_of(values));
  return std::sqrt(squares / static_cast<double>(values.size()));
}

/// Density and share below of the standard normal distribution.
double density(double z) { return std::exp(-0.5 * z * z) / std::sqrt(2.0 * std::numbers::pi); }
double below(double z) { return 0.5 * std::erfc(-z / std::numbers::sqrt2); }

}  // namespace

TEST_CASE("draws along a straight curve have the normal posterior, and its quantiles in order") {
  // f = 2 x - 1, y = 0.2 ± 0.1: x = 0.6 ± 0.05.
  const SimulatedCurve curve{{0.0, -1.0}, {0.3, -0.4}, {1.0, 1.0}};
  const auto draws = draws_of_curve(curve, {0.2, 0.1}, {.low = 0.0, .high = 1.0}, 2000);
  CHECK(std::is_sorted(draws.begin(), draws.end()));
  CHECK(mean_of(draws) == Approx(0.6).margin(1e-4));
  CHECK(deviation_of(draws) == Approx(0.05).epsilon(0.01));
  CHECK(draws[50] == Approx(0.6 - 1.95 * 0.05).margin(1e-3));  // a share of 0.02525 lies below z = -1.955
}

TEST_CASE("a bound cuts the posterior off") {
  // x = 0.02 ± 0.05, at least 0: the mean of the truncated normal distribution.
  const SimulatedCurve curve{{0.0, 0.0}, {1.0, -1.0}};
  const auto draws = draws_of_curve(curve, {-0.02, 0.05}, {.low = 0.0, .high = 1.0}, 2000);
  const double z = -0.02 / 0.05;
  CHECK(draws.front() >= 0.0);
  CHECK(mean_of(draws) == Approx(0.02 + 0.05 * density(z) / (1.0 - below(z))).margin(1e-4));
}

TEST_CASE("a prior counts as much as a measurement") {
  // Prior 0.4 ± 0.1 and measurement 0.6 ± 0.1: 0.5 ± 0.1/√2.
  const SimulatedCurve curve{{0.0, 0.0}, {1.0, 1.0}};
  const Prior prior{.kind = Prior::Kind::normal, .low = -1.0, .high = 2.0, .centre = 0.4, .sd = 0.1};
  const auto draws = draws_of_curve(curve, {0.6, 0.1}, prior, 2000);
  CHECK(mean_of(draws) == Approx(0.5).margin(1e-3));
  CHECK(deviation_of(draws) == Approx(0.1 / std::numbers::sqrt2).epsilon(0.01));
}

TEST_CASE("a flat curve leaves the prior as it was") {
  const auto draws = draws_of_curve({{0.0, 0.3}, {2.0, 0.3}}, {0.9, 0.1}, {.low = 0.0, .high = 2.0}, 4);
  const std::vector<double> quantiles{0.25, 0.75, 1.25, 1.75};
  for (std::size_t k = 0; k < 4; ++k) CHECK(draws[k] == Approx(quantiles[k]).margin(1e-4));
}
