#include <array>
#include <catch2/catch.hpp>
#include <cmath>

#include "models/world/population.hpp"
#include "tests/support/small_scenarios.hpp"

using namespace kith;
using kith::testing::scenario_from;

namespace {

// 0.1 % of a normal deviate lies beyond, both sides together.
constexpr double z_bound = 3.29;

/// Nobody meets, nothing is felt of use, and craving is settled: the odds of use are known.
const std::string still = R"(
kith: 1
title: Odds of use
theory: none
time: {tick: 1 h, burn_in: 20 d, duration: 40 d}
people: {count: 4000, wanted_connection: {mean: 0.6, sd: 0.1, drift: 0 %}}
network: {generate: erdos_renyi, mean_ties: 4}
meeting: {contacts_per_day: 0}
feelings: {loneliness: {time: 1 d}, separation: {distress: 0 /h, loneliness: 0}}
scales: {lonely: {share: 24 %}}
substance_use:
  share: 100 %
  substance: alcohol
  craving: {time: 1 h, of_habit: 0, of_withdrawal: 0, relief_by_use: 0}
  odds: {base: 0.003, habit: 0, sd: 0}
  reward: {soothes: 0, lifts: 0}
seed: odds
)";

/// Uses of each patient, and what the model says of the patient.
struct Counted {
  std::vector<double> uses, points, rate;
  double hours = 0.0;
};

Counted count(const std::string& text, const std::vector<config::Override>& overrides = {}) {
  const Scenario scenario = scenario_from(text, overrides);
  const Population population = make_population(scenario, {scenario.seed, 0}, "", {});
  Model model = *population.model;
  const Tick ticks = model.clock().tick_at(scenario.time.duration);
  model.run(0, ticks, "");
  Counted counted;
  counted.hours = model.clock().hours(ticks) * (24.0 - scenario.meeting.night.length()) / 24.0;
  for (const patients::Patient& patient : model.patients().all()) {
    const float points =
        people::ucla3_points(model.people().loneliness[patient.person], population.scales.lonely_above);
    const double odds = patients::odds_of_use(scenario.substance_use->params, patient.craving, patient.habit, 0.0F);
    counted.uses.push_back(patient.diary.uses);
    counted.points.push_back(static_cast<double>(points));
    counted.rate.push_back(patients::chance_of_use(odds, 1.0));
  }
  return counted;
}

/// z of all uses against what a rate would give.
double deviation(const Counted& counted, double factor) {
  double seen = 0.0;
  double expected = 0.0;
  double variance = 0.0;
  for (std::size_t i = 0; i < counted.uses.size(); ++i) {
    const double p = factor * counted.rate[i];
    seen += counted.uses[i];
    expected += p * counted.hours;
    variance += p * (1.0 - p) * counted.hours;
  }
  return (seen - expected) / std::sqrt(variance);
}

struct Slope {
  double value, error;
};

/// ln of the odds of use over a point of loneliness by logistic regression (Newton's method), with its standard error.
Slope odds_per_point(const Counted& counted) {
  double a = -5.0;
  double b = 0.0;
  double error = 0.0;
  for (int step = 0; step < 30; ++step) {
    std::array<double, 2> gradient{};
    std::array<double, 3> information{};
    for (std::size_t i = 0; i < counted.uses.size(); ++i) {
      const double x = counted.points[i] - 5.0;
      const double p = 1.0 / (1.0 + std::exp(-(a + b * x)));
      const double weight = counted.hours * p * (1.0 - p);
      gradient[0] += counted.uses[i] - counted.hours * p;
      gradient[1] += x * (counted.uses[i] - counted.hours * p);
      information[0] += weight;
      information[1] += weight * x;
      information[2] += weight * x * x;
    }
    const double determinant = information[0] * information[2] - information[1] * information[1];
    a += (information[2] * gradient[0] - information[1] * gradient[1]) / determinant;
    b += (information[0] * gradient[1] - information[1] * gradient[0]) / determinant;
    error = std::sqrt(information[0] / determinant);
  }
  return {b, error};
}

}  // namespace

TEST_CASE("patients use as often as their odds say", "[slow]") {
  const Counted counted = count(still);
  CHECK(std::abs(deviation(counted, 1.0)) < z_bound);
  CHECK(std::abs(deviation(counted, 1.05)) > z_bound);
  CHECK(std::abs(deviation(counted, 0.95)) > z_bound);
}

TEST_CASE("counting uses finds that a point of loneliness multiplies the odds by 1.16", "[slow]") {
  const Slope found = odds_per_point(count(still));
  CHECK(std::abs(found.value - std::log(1.16)) < z_bound * found.error);
  CHECK(std::abs(found.value) > z_bound * found.error);
  const Slope none = odds_per_point(count(still, {{"substance_use.odds.per_ucla_point=1"}}));
  CHECK(std::abs(none.value) < z_bound * none.error);
  CHECK(std::abs(none.value - std::log(1.16)) > z_bound * none.error);
}
