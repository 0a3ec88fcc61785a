#include "sweep/sensitivity.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <numbers>

#include "sweep/points.hpp"

using namespace kith::sweep;

namespace {

template <class F>
std::vector<double> outcomes_of(const Points& points, const F& f) {
  std::vector<double> outcomes;
  for (std::size_t row = 0; row < points.rows(); ++row) {
    std::vector<double> x(points.factors);
    for (std::size_t factor = 0; factor < points.factors; ++factor) x[factor] = points.at(row, factor);
    outcomes.push_back(f(x));
  }
  return outcomes;
}

/// Ishigami & Homma 1990, a = 7, b = 0.1; each factor from −π to π.
double ishigami(const std::vector<double>& u) {
  const auto x = [&](std::size_t k) { return std::numbers::pi * (2.0 * u[k] - 1.0); };
  return std::sin(x(0)) + 7.0 * std::pow(std::sin(x(1)), 2) + 0.1 * std::pow(x(2), 4) * std::sin(x(0));
}

/// Sobol's g-function.
const std::vector<double> g_weights{0.0, 1.0, 4.5, 9.0, 99.0};
double g_function(const std::vector<double>& u) {
  double product = 1.0;
  for (std::size_t k = 0; k < u.size(); ++k)
    product *= (std::abs(4.0 * u[k] - 2.0) + g_weights[k]) / (1.0 + g_weights[k]);
  return product;
}

void check(const Estimate& estimate, double truth) {
  CHECK(std::abs(estimate.value - truth) < 0.02);
  CHECK(estimate.low <= truth + 0.005);
  CHECK(estimate.high >= truth - 0.005);
  CHECK(estimate.low <= estimate.value);
  CHECK(estimate.high >= estimate.value);
}

}  // namespace

TEST_CASE("Sobol indices of Ishigami's function are those of its formula") {
  const double pi_4 = std::pow(std::numbers::pi, 4);
  const double variance = 49.0 / 8.0 + 0.1 * pi_4 / 5.0 + 0.01 * pi_4 * pi_4 / 18.0 + 0.5;
  const double v1 = 0.5 * std::pow(1.0 + 0.1 * pi_4 / 5.0, 2);
  const double v13 = 0.01 * pi_4 * pi_4 * (1.0 / 18.0 - 1.0 / 50.0);
  const auto found = sobol_indices(outcomes_of(saltelli(4096, 3, 5), ishigami), 3, 1, 300);
  CHECK(found.used == 4096);
  check(found.factors[0].first, v1 / variance);
  check(found.factors[1].first, 49.0 / 8.0 / variance);
  check(found.factors[2].first, 0.0);
  check(found.factors[0].total, (v1 + v13) / variance);
  check(found.factors[1].total, 49.0 / 8.0 / variance);
  check(found.factors[2].total, v13 / variance);
}

TEST_CASE("Sobol indices of the g-function are those of its formula") {
  std::vector<double> alone;
  double all = 1.0;
  for (const double a : g_weights) {
    alone.push_back(1.0 / (3.0 * (1.0 + a) * (1.0 + a)));
    all *= 1.0 + alone.back();
  }
  const auto found = sobol_indices(outcomes_of(saltelli(4096, 5, 2), g_function), 5, 1, 300);
  for (std::size_t k = 0; k < 5; ++k) {
    CAPTURE(k);
    check(found.factors[k].first, alone[k] / (all - 1.0));
    check(found.factors[k].total, alone[k] * all / (1.0 + alone[k]) / (all - 1.0));
  }
}

TEST_CASE("samples with a run that has no outcome are left out and counted") {
  std::vector<double> outcomes = outcomes_of(saltelli(64, 3, 5), ishigami);
  const auto whole = sobol_indices(outcomes, 3, 1, 10);
  outcomes[7] = std::numeric_limits<double>::quiet_NaN();
  const auto found = sobol_indices(outcomes, 3, 1, 10);
  CHECK(found.used == 63);
  CHECK(found.left_out == 1);
  outcomes.erase(outcomes.begin() + 5, outcomes.begin() + 10);
  CHECK(sobol_indices(outcomes, 3, 1, 10).factors[0].first.value == found.factors[0].first.value);
  CHECK(whole.factors[0].first.value != found.factors[0].first.value);
  const auto constant = sobol_indices(std::vector<double>(20, 3.0), 3, 1, 10);
  CHECK(std::isnan(constant.factors[0].first.value));
  CHECK(std::isnan(sobol_indices(std::vector<double>(5, 3.0), 3, 1, 10).factors[0].total.value));
}

TEST_CASE("elementary effects of a linear function are its slopes, and what depends on others spreads") {
  const Points points = morris(40, 3, 3);
  const auto linear = elementary_effects(
      outcomes_of(points, [](const std::vector<double>& x) { return 4.0 * x[0] - 2.0 * x[1]; }), points.values, 3);
  CHECK(linear.used == 40);
  CHECK(linear.factors[0].mean == Approx(4.0));
  CHECK(linear.factors[1].mean == Approx(-2.0));
  CHECK(linear.factors[1].mean_size == Approx(2.0));
  CHECK(linear.factors[0].deviation == Approx(0.0).margin(1e-9));
  CHECK(linear.factors[2].mean_size == 0.0);
  const auto product = elementary_effects(outcomes_of(points, [](const std::vector<double>& x) { return x[0] * x[1]; }),
                                          points.values, 3);
  CHECK(product.factors[0].deviation > 0.2);
  // The g-function: µ* falls as the weight rises.
  const Points five = morris(200, 5, 3);
  const auto g = elementary_effects(outcomes_of(five, g_function), five.values, 5);
  for (std::size_t k = 1; k < 5; ++k) CHECK(g.factors[k].mean_size < g.factors[k - 1].mean_size);
}

TEST_CASE(
    "partial dependence is the mean at each value whatever the other factors are, or in equal parts of many values") {
  const double none = std::numeric_limits<double>::quiet_NaN();
  // A grid of x = 1, 2, 4 and z = -1, 1: y = 10 x + x z, of mean 10 x and standard deviation x √2.
  const std::vector<double> x{4.0, 1.0, 2.0, 4.0, 1.0, 2.0, none, 2.0};
  const std::vector<double> y{36.0, 9.0, 18.0, 44.0, 11.0, 22.0, 5.0, none};
  const Dependence found = partial_dependence(y, x, 3);
  CHECK(found.places == std::vector<double>{1.0, 2.0, 4.0});
  CHECK(found.counts == std::vector<std::size_t>{2, 2, 2});
  for (std::size_t k = 0; k < 3; ++k) {
    CHECK(found.means[k].value == Approx(10.0 * found.places[k]));
    // √2 x / √2 times Student's t of one degree of freedom (0.975): tan(0.475 π).
    CHECK(found.means[k].high - found.means[k].value == Approx(12.7062047362 * found.places[k]));
    CHECK(found.means[k].value - found.means[k].low == Approx(12.7062047362 * found.places[k]));
  }
  std::vector<double> many(100);
  for (std::size_t k = 0; k < 100; ++k) many[k] = static_cast<double>(99 - k);
  const Dependence parts = partial_dependence(many, many, 4);
  CHECK(parts.counts == std::vector<std::size_t>{25, 25, 25, 25});
  for (std::size_t k = 0; k < 4; ++k) CHECK(parts.places[k] == Approx(12.0 + 25.0 * static_cast<double>(k)));
  CHECK(parts.means[3].value == Approx(87.0));
  const std::vector<double> ones(6, 1.0);
  CHECK(partial_dependence(ones, ones, 4).places == std::vector<double>{1.0});  // words are counted by it
  const std::vector<double> few{1.0, 2.0, 2.0, 2.0,
                                2.0, 2.0, 2.0, 3.0};  // of which equal parts would begin with 1 and 2 together
  CHECK(partial_dependence(few, few, 4).places == std::vector<double>{1.0, 2.0, 3.0});
  CHECK(partial_dependence({}, {}, 4).means.empty());
  CHECK(std::isnan(partial_dependence(std::vector{3.0}, std::vector{1.0}, 4).means[0].low));
}

TEST_CASE(
    "two factors together have the mean of the runs where both have their values, and no number where no run lies") {
  const std::vector<double> first{1.0, 1.0, 2.0, 2.0, 1.0, std::nan("")};
  const std::vector<double> second{10.0, 20.0, 10.0, 10.0, 10.0, 10.0};
  const std::vector<double> outcome{1.0, 2.0, 4.0, 6.0, 5.0, 100.0};
  const JointDependence found = joint_dependence(outcome, first, second, 4);
  CHECK(found.across == std::vector<double>{1.0, 2.0});
  CHECK(found.up == std::vector<double>{10.0, 20.0});
  CHECK(found.means[0] == std::vector<double>{3.0, 2.0});
  CHECK(found.means[1][0] == 5.0);
  CHECK(std::isnan(found.means[1][1]));
  CHECK(found.counts == std::vector<std::vector<std::size_t>>{{2, 1}, {2, 0}});
}
