#include "models/evidence/scores.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <numbers>
#include <vector>

using namespace kith;
using namespace kith::evidence;

namespace {

ExpectedOutcome outcome_of(Finding finding) {
  ExpectedOutcome outcome;
  outcome.name = "a";
  outcome.finding = finding;
  outcome.effect = -0.32;
  outcome.standard_error = 0.225;
  outcome.bound = 0.1;
  return outcome;
}

Prediction predicted(double mean, double between, double error) {
  return {.studies = 9,
          .mean = mean,
          .between = between,
          .error = error,
          .low = mean - 2.0 * error,
          .high = mean + 2.0 * error};
}

/// ∫ (F(x) − 1[x ≥ y])² dx by the midpoint rule on both sides of y: what the CRPS is.
double crps_by_integration(double mean, double sd, double y) {
  constexpr int steps = 100000;
  double total = 0.0;
  const auto add = [&](double from, double to, double beyond) {
    const double step = (to - from) / steps;
    for (int k = 0; k < steps; ++k) {
      const double x = from + (k + 0.5) * step;
      const double f = 0.5 * std::erfc((mean - x) / (sd * std::numbers::sqrt2)) - beyond;
      total += f * f * step;
    }
  };
  add(mean - 12.0 * sd, y, 0.0);
  add(y, mean + 12.0 * sd, 1.0);
  return total;
}

/// Probability of a < x < b under N(mean, sd²), by the midpoint rule.
double probability(double a, double b, double mean, double sd) {
  double total = 0.0;
  constexpr int steps = 200000;
  const double step = (b - a) / steps;
  for (int k = 0; k < steps; ++k) {
    const double z = (a + (k + 0.5) * step - mean) / sd;
    total += std::exp(-0.5 * z * z) / (sd * std::sqrt(2.0 * std::numbers::pi)) * step;
  }
  return total;
}

}  // namespace

TEST_CASE("a prediction is the mean of the studies, their standard deviation and the error of the mean") {
  const Prediction p = prediction({1.0, 2.0, 3.0, 6.0});
  CHECK(p.studies == 4);
  CHECK(p.mean == Approx(3.0));
  CHECK(p.between == Approx(std::sqrt(14.0 / 3.0)));
  CHECK(p.error == Approx(std::sqrt(14.0 / 12.0)));
  CHECK(p.high - p.mean == Approx(3.182446 * p.error));  // t of three degrees of freedom
  CHECK(p.spread() == Approx(std::sqrt(14.0 / 3.0 + 14.0 / 12.0)));
}

TEST_CASE(
    "the score of an effect is the log density under both errors, and the spread of single studies does not count "
    "twice") {
  const Score found = score(outcome_of(Finding::effect), predicted(-0.2, 0.5, 0.03));
  const double variance = 0.225 * 0.225 + 0.03 * 0.03;
  CHECK(found.log == Approx(-0.5 * std::log(2.0 * std::numbers::pi * variance) - 0.5 * 0.12 * 0.12 / variance));
  CHECK(found.crps == Approx(crps_by_integration(-0.2, std::sqrt(variance), -0.32)).epsilon(1e-7));
}

TEST_CASE("the score of a direction is the probability that a study of this size sees it") {
  const Prediction p = predicted(-0.2, 0.24, 0.07);  // spread 0.25
  const double lower = probability(-4.0, 0.0, -0.2, 0.25);
  CHECK(score(outcome_of(Finding::lower), p).log == Approx(std::log(lower)).epsilon(1e-7));
  CHECK(score(outcome_of(Finding::lower), p).crps == Approx((1.0 - lower) * (1.0 - lower)).epsilon(1e-7));
  CHECK(score(outcome_of(Finding::higher), p).log == Approx(std::log1p(-lower)).epsilon(1e-7));
  CHECK(score(outcome_of(Finding::lower), predicted(0.0, 0.2, 0.1)).log == Approx(-std::numbers::ln2));
}

TEST_CASE("the score of none is the probability inside the bound") {
  const Prediction p = predicted(-0.05, 0.24, 0.07);
  const double within = probability(-0.1, 0.1, -0.05, 0.25);
  CHECK(score(outcome_of(Finding::none), p).log == Approx(std::log(within)).epsilon(1e-7));
  CHECK(score(outcome_of(Finding::none), p).crps == Approx((1.0 - within) * (1.0 - within)).epsilon(1e-7));
}

TEST_CASE("probabilities of a study and of its contrary add up to 1, and far tails keep a finite logarithm") {
  for (const Finding finding : {Finding::lower, Finding::higher, Finding::none}) {
    const ExpectedOutcome outcome = outcome_of(finding);
    const Prediction p = predicted(0.13, 0.3, 0.02);
    const double a = std::exp(score_of_study(outcome, p, 0.05).log);
    const double b = std::exp(score_of_study(outcome, p, finding == Finding::none ? 0.5 : -0.05).log);
    CHECK(a + b == Approx(1.0));
  }
  CHECK(score_of_study(outcome_of(Finding::effect), predicted(0.1, 0.3, 0.02), 0.4).log ==
        Approx(score_of_study(outcome_of(Finding::effect), predicted(0.1, 0.3, 0.02), -0.2).log));
  // ln Φ(−40) and ln Φ(−20) by SciPy.
  CHECK(log_normal_cdf(-40.0) == Approx(-804.608442).epsilon(1e-8));
  CHECK(log_normal_cdf(-20.0) == Approx(-203.917155).epsilon(1e-8));
  CHECK(log_normal_cdf(-37.0 - 1e-9) == Approx(log_normal_cdf(-37.0 + 1e-9)).epsilon(1e-8));
  CHECK(log_normal_between(30.0, 31.0) == Approx(log_normal_cdf(-30.0)).epsilon(1e-9));
  CHECK(std::isfinite(log_normal_between(60.0, 61.0)));
}

TEST_CASE("a direction is hit, missed, or too noisy by the interval of the mean") {
  const ExpectedOutcome lower = outcome_of(Finding::lower);
  CHECK(verdict(lower, predicted(-0.2, 0.2, 0.02)) == Verdict::hit);
  CHECK(verdict(lower, predicted(0.2, 0.2, 0.02)) == Verdict::miss);
  CHECK(verdict(lower, predicted(0.0, 0.2, 0.02)) == Verdict::miss);  // it says that nothing happens
  CHECK(verdict(lower, predicted(-0.1, 0.5, 0.06)) == Verdict::noisy);
  CHECK(verdict(outcome_of(Finding::higher), predicted(0.2, 0.2, 0.02)) == Verdict::hit);
  CHECK(verdict(outcome_of(Finding::higher), predicted(-0.2, 0.2, 0.02)) == Verdict::miss);
}

TEST_CASE("a direction is no hit where the effect is smaller than the bound, however many replicates there are") {
  const ExpectedOutcome lower = outcome_of(Finding::lower);
  CHECK(verdict(lower, predicted(-0.05, 0.2, 0.001)) == Verdict::miss);
  CHECK(verdict(lower, predicted(-0.05, 0.2, 0.02)) == Verdict::miss);
  CHECK(verdict(lower, predicted(-0.05, 0.2, 0.06)) == Verdict::noisy);  // never a hit
  CHECK(verdict(lower, predicted(-0.12, 0.2, 0.02)) == Verdict::noisy);
  CHECK(verdict(lower, predicted(-0.12, 0.2, 0.001)) == Verdict::hit);
  ExpectedOutcome large = lower;
  large.bound = 2.0;
  CHECK(verdict(large, predicted(-0.2, 0.2, 0.02)) == Verdict::miss);
}

TEST_CASE("none is hit within the bound, missed outside, else too noisy") {
  const ExpectedOutcome none = outcome_of(Finding::none);
  CHECK(verdict(none, predicted(0.05, 0.2, 0.02)) == Verdict::hit);
  CHECK(verdict(none, predicted(-0.2, 0.2, 0.02)) == Verdict::miss);
  CHECK(verdict(none, predicted(0.2, 0.2, 0.02)) == Verdict::miss);
  CHECK(verdict(none, predicted(0.09, 0.2, 0.02)) == Verdict::noisy);
}

TEST_CASE("an effect is too noisy where neither it nor the prediction can be told from 0") {
  ExpectedOutcome effect = outcome_of(Finding::effect);  // its interval holds 0
  CHECK(verdict(effect, predicted(0.0, 0.2, 0.02)) == Verdict::noisy);
  CHECK(verdict(effect, predicted(-0.2, 0.2, 0.02)) == Verdict::hit);
  CHECK(verdict(effect, predicted(0.3, 0.2, 0.02)) == Verdict::miss);
  effect.standard_error = 0.05;
  CHECK(verdict(effect, predicted(0.0, 0.2, 0.02)) == Verdict::miss);
  // A mean that is hardly known is no hit because it may agree.
  CHECK(verdict(effect, predicted(-0.1, 0.6, 0.2)) == Verdict::noisy);
  CHECK(verdict(effect, predicted(-0.3, 0.6, 0.2)) == Verdict::noisy);
  CHECK(verdict(effect, predicted(-0.3, 0.6, 0.01)) == Verdict::hit);
}
