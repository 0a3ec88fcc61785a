// Distributions of counts: Poisson and binomial.
#include <cmath>
#include <limits>
#include <stdexcept>

#include "core/distributions.hpp"
#include "core/math.hpp"

namespace kith {
namespace {

constexpr double largest_inverted_mean = 30.0;
constexpr double two_pi = 6.283185307179586;

/// log(1 + x) for x > −1, exact for small x too (Kahan's quotient).
double log_one_plus(double x) {
  const double w = 1.0 + x;
  return w == 1.0 ? x : portable_log(w) * x / (w - 1.0);
}

/// log k! − (½ log 2πk + k log k − k): what Stirling's formula leaves, for k ≥ 1.
double stirling_rest(double k) {
  if (k < 16.0) {
    double factorial = 1.0;
    for (double i = 2.0; i <= k; i += 1.0) factorial *= i;
    return portable_log(factorial) - (0.5 * portable_log(two_pi * k) + k * portable_log(k) - k);
  }
  const double k2 = k * k;
  return (1.0 / 12.0 - (1.0 / 360.0 - (1.0 / 1260.0 - 1.0 / (1680.0 * k2)) / k2) / k2) / k;
}

/// k log(k/m) + m − k ≥ 0, the deviance; with it log probabilities keep their digits for large counts (Loader 2000).
double deviance(double k, double m) { return k * portable_log(k / m) + m - k; }

double log_poisson(double k, double mean) {
  if (k == 0.0) return -mean;
  return -stirling_rest(k) - deviance(k, mean) - 0.5 * portable_log(two_pi * k);
}

double log_binomial(double k, double n, double p) {
  if (k == 0.0) return n * log_one_plus(-p);
  if (k == n) return n * portable_log(p);
  return stirling_rest(n) - stirling_rest(k) - stirling_rest(n - k) - deviance(k, n * p) -
         deviance(n - k, n * (1.0 - p)) + 0.5 * portable_log(n / (two_pi * k * (n - k)));
}

/// Poisson count for a mean above 10 by transformed rejection: PTRS of Hörmann 1993 (doi:10.1016/0167-6687(93)90997-4).
std::uint32_t poisson_by_rejection(Stream& stream, double mean) {
  const double b = 0.931 + 2.53 * std::sqrt(mean);
  const double a = -0.059 + 0.02483 * b;
  const double inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
  const double squeeze = 0.9277 - 3.6224 / (b - 2.0);
  for (;;) {
    const double u = uniform(stream) - 0.5;
    const double v = uniform(stream);
    const double edge = 0.5 - std::fabs(u);
    const double k = std::floor((2.0 * a / edge + b) * u + mean + 0.43);
    if (edge >= 0.07 && v <= squeeze) return static_cast<std::uint32_t>(k);
    if (k < 0.0 || k > std::numeric_limits<std::uint32_t>::max() || (edge < 0.013 && v > edge)) continue;
    if (portable_log(v * inverse_alpha / (a / (edge * edge) + b)) <= log_poisson(k, mean)) {
      return static_cast<std::uint32_t>(k);
    }
  }
}

/// Binomial count for p ≤ ½ and np ≥ 10 by transformed rejection: BTRS of Hörmann 1993 (doi:10.1080/00949659308811496).
std::uint32_t binomial_by_rejection(Stream& stream, double n, double p) {
  const double deviation = std::sqrt(n * p * (1.0 - p));
  const double b = 1.15 + 2.53 * deviation;
  const double a = -0.0873 + 0.0248 * b + 0.01 * p;
  const double alpha = (2.83 + 5.1 / b) * deviation;
  const double squeeze = 0.92 - 4.2 / b;
  const double log_mode = log_binomial(std::floor((n + 1.0) * p), n, p);
  for (;;) {
    const double u = uniform(stream) - 0.5;
    const double v = uniform(stream);
    const double edge = 0.5 - std::fabs(u);
    const double k = std::floor((2.0 * a / edge + b) * u + n * p + 0.5);
    if (edge >= 0.07 && v <= squeeze) return static_cast<std::uint32_t>(k);
    if (k < 0.0 || k > n) continue;
    if (portable_log(v * alpha / (a / (edge * edge) + b)) <= log_binomial(k, n, p) - log_mode) {
      return static_cast<std::uint32_t>(k);
    }
  }
}

/// Binomial count for p ≤ ½ and np < 10 by inversion.
std::uint32_t binomial_quantile(double unit, std::uint32_t count, double p) {
  const double odds = p / (1.0 - p);
  double probability = portable_exp(count * log_one_plus(-p));
  double reached = probability;
  std::uint32_t k = 0;
  while (unit > reached && k < count && probability > 0.0) {
    probability *= odds * (count - k) / (k + 1.0);
    reached += probability;
    ++k;
  }
  return k;
}

}  // namespace

std::uint32_t poisson_quantile(double unit, double mean) {
  if (!(mean >= 0.0 && mean <= largest_inverted_mean)) {
    throw std::invalid_argument("a Poisson quantile needs a mean of 0 … 30");
  }
  double probability = portable_exp(-mean);
  double reached = probability;
  std::uint32_t k = 0;
  while (unit > reached && probability > 0.0) {  // the sum may stop short of 1 by rounding; then the terms run out
    ++k;
    probability *= mean / k;
    reached += probability;
  }
  return k;
}

std::uint32_t poisson(Stream& stream, double mean) {
  if (!(mean >= 0.0 && mean <= 4.0e9)) throw std::invalid_argument("a Poisson count needs a mean of 0 … 4e9");
  if (mean <= largest_inverted_mean) return poisson_quantile(uniform(stream), mean);
  return poisson_by_rejection(stream, mean);
}

std::uint32_t binomial(Stream& stream, std::uint32_t count, double probability) {
  if (!(probability >= 0.0 && probability <= 1.0)) {
    throw std::invalid_argument("a binomial count needs a probability of 0 … 1");
  }
  // Failures are counted instead of successes where they are rarer; the mirrored uniform keeps the count rising with
  // it.
  const bool mirrored = probability > 0.5;
  const double p = mirrored ? 1.0 - probability : probability;
  if (count * p < 10.0) {
    const double unit = uniform(stream);
    return mirrored ? count - binomial_quantile(1.0 - unit, count, p) : binomial_quantile(unit, count, p);
  }
  const std::uint32_t k = binomial_by_rejection(stream, count, p);
  return mirrored ? count - k : k;
}

}  // namespace kith
