#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/random.hpp"

/// Portable distributions: the same numbers with every compiler and standard library. The `quantile` forms turn one uniform
/// into one value and rise with it, so that two worlds that share a draw differ no more than their parameters do.
namespace kith {

/// Middle of the 2⁻³² wide interval that a word names: in (0, 1), never 0 or 1.
constexpr double to_unit(std::uint32_t word) { return (static_cast<double>(word) + 0.5) * 0x1p-32; }

/// Uniform on (0, 1).
constexpr double uniform(Stream& stream) { return to_unit(stream()); }
/// Uniform whole number in 0 … count − 1; count ≥ 1. Exactly uniform (Lemire 2019, with rejection).
std::uint32_t uniform_below(Stream& stream, std::uint32_t count);
/// Standard normal by inversion of one uniform (Wichura 1988, AS 241).
double normal_quantile(double unit);
double normal(Stream& stream);
/// exp(N(log median, sigma²)) given the median and the coefficient of variation, sigma² = log(1 + cv²).
double lognormal(Stream& stream, double median, double cv);
/// Exponential with the given mean.
double exponential(Stream& stream, double mean);
/// Poisson count by inversion of one uniform; mean ≤ 30.
std::uint32_t poisson_quantile(double unit, double mean);
/// Poisson count, any mean ≥ 0.
std::uint32_t poisson(Stream& stream, double mean);
/// Number of successes in `count` trials.
std::uint32_t binomial(Stream& stream, std::uint32_t count, double probability);
/// Gamma with the given shape > 0 and scale 1 (Marsaglia & Tsang 2000).
double gamma(Stream& stream, double shape);
/// Beta with shapes a, b > 0.
double beta(Stream& stream, double a, double b);
/// Index drawn in proportion to the weights (≥ 0, sum > 0).
std::size_t categorical(Stream& stream, std::span<const double> weights);

/// Fisher–Yates shuffle; `before_each` is called before each exchange, and may throw to leave it unfinished.
template <class T, class F>
void shuffle(Stream& stream, std::span<T> items, F&& before_each) {
  for (std::size_t i = items.size(); i > 1; --i) {
    before_each();
    const std::uint32_t j = uniform_below(stream, static_cast<std::uint32_t>(i));
    std::swap(items[i - 1], items[j]);
  }
}
template <class T>
void shuffle(Stream& stream, std::span<T> items) {
  shuffle(stream, items, [] {});
}

}  // namespace kith
