#include "models/evidence/scores.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>

#include "models/trials/analysis/statistics.hpp"

namespace kith::evidence {
namespace {

constexpr double limit_95 = 1.959963984540054;

double normal_cdf(double z) { return 0.5 * std::erfc(-z / std::numbers::sqrt2); }
double log_density(double z) { return -0.5 * (z * z + std::log(2.0 * std::numbers::pi)); }

/// ln(e^x + e^y).
double log_of_sum(double x, double y) { return std::max(x, y) + std::log1p(std::exp(-std::abs(x - y))); }
/// ln(1 − e^x), x < 0.
double log_of_rest(double x) { return x > -std::numbers::ln2 ? std::log(-std::expm1(x)) : std::log1p(-std::exp(x)); }

/// ln of the probability that a study sees what was published, or that it does not.
double log_probability(const ExpectedOutcome& outcome, const Prediction& predicted, bool is_seen) {
  const double spread = predicted.spread();
  const double above = predicted.mean / spread;
  if (outcome.finding != Finding::none) {
    const bool is_above = (outcome.finding == Finding::higher) == is_seen;
    return log_normal_cdf(is_above ? above : -above);
  }
  const double low = (-outcome.bound - predicted.mean) / spread;
  const double high = (outcome.bound - predicted.mean) / spread;
  return is_seen ? log_normal_between(low, high) : log_of_sum(log_normal_cdf(low), log_normal_cdf(-high));
}

Score score_of_event(const ExpectedOutcome& outcome, const Prediction& predicted, bool is_seen) {
  const double other = std::exp(log_probability(outcome, predicted, !is_seen));
  return {log_probability(outcome, predicted, is_seen), other * other};
}

/// Of a number under N(mean, variance).
Score score_of_number(double value, double mean, double variance) {
  const double sd = std::sqrt(variance);
  const double z = (value - mean) / sd;
  const double crps =
      sd * (z * (2.0 * normal_cdf(z) - 1.0) + 2.0 * std::exp(log_density(z)) - 1.0 / std::sqrt(std::numbers::pi));
  return {log_density(z) - std::log(sd), crps};
}

/// Means that agree with what was published.
struct Region {
  double from = -std::numeric_limits<double>::infinity();
  double to = std::numeric_limits<double>::infinity();
  bool holds(double mean) const { return mean > from && mean < to; }
};

Region region_of(const ExpectedOutcome& outcome) {
  switch (outcome.finding) {
    case Finding::effect:
      return {outcome.effect - limit_95 * outcome.standard_error, outcome.effect + limit_95 * outcome.standard_error};
    case Finding::lower:
      return {.to = -outcome.bound};
    case Finding::higher:
      return {.from = outcome.bound};
    case Finding::none:
      break;
  }
  return {-outcome.bound, outcome.bound};
}

}  // namespace

double Prediction::spread() const { return std::hypot(between, error); }

Prediction prediction(const std::vector<double>& effects) {
  const trials::Mean mean = trials::mean_with_interval(effects);
  const auto n = static_cast<double>(effects.size());
  double squares = 0.0;
  for (const double effect : effects) squares += (effect - mean.mean) * (effect - mean.mean);
  const double between = std::sqrt(squares / (n - 1.0));
  return {.studies = effects.size(),
          .mean = mean.mean,
          .between = between,
          .error = between / std::sqrt(n),
          .low = mean.low,
          .high = mean.high};
}

std::string_view name(Verdict verdict) {
  constexpr std::array<std::string_view, verdicts> names{"hit", "miss", "too noisy to tell", "cannot be expressed",
                                                         "failed"};
  return names[static_cast<std::size_t>(verdict)];
}

Verdict verdict(const ExpectedOutcome& outcome, const Prediction& predicted) {
  const Region agreeing = region_of(outcome);
  const Region simulated{predicted.low, predicted.high};
  if (outcome.finding == Finding::effect && agreeing.holds(0.0) && simulated.holds(0.0)) return Verdict::noisy;
  if (agreeing.holds(predicted.low) && agreeing.holds(predicted.high)) return Verdict::hit;
  const bool is_apart = simulated.to <= agreeing.from || simulated.from >= agreeing.to;
  return is_apart ? Verdict::miss : Verdict::noisy;
}

Score score(const ExpectedOutcome& outcome, const Prediction& predicted) {
  if (outcome.finding == Finding::effect) return score_of_study(outcome, predicted, outcome.effect);
  return score_of_event(outcome, predicted, true);
}

Score score_of_study(const ExpectedOutcome& outcome, const Prediction& predicted, double effect) {
  switch (outcome.finding) {
    case Finding::effect:
      return score_of_number(effect, predicted.mean,
                             outcome.standard_error * outcome.standard_error + predicted.error * predicted.error);
    case Finding::none:
      return score_of_event(outcome, predicted, std::abs(effect) < outcome.bound);
    case Finding::lower:
      return score_of_event(outcome, predicted, effect < 0.0);
    case Finding::higher:
      break;
  }
  return score_of_event(outcome, predicted, effect > 0.0);
}

double log_normal_cdf(double z) {
  constexpr double where_erfc_fails = -37.0;
  if (z > where_erfc_fails) return std::log(normal_cdf(z));
  // Mills' ratio for large −z (Abramowitz & Stegun 26.2.12); the next term is below 1e-8.
  const double inverse = 1.0 / (z * z);
  return log_density(z) - std::log(-z) + std::log1p(-inverse * (1.0 - 3.0 * inverse * (1.0 - 5.0 * inverse)));
}

double log_normal_between(double a, double b) {
  if (a > 0.0) return log_normal_between(-b, -a);  // in the lower tail differences keep their digits
  const double upper = log_normal_cdf(b);
  return upper + log_of_rest(log_normal_cdf(a) - upper);
}

}  // namespace kith::evidence
