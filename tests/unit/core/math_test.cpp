#include "core/math.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

using kith::portable_exp;
using kith::portable_log;

namespace {

double relative_error(long double approximate, long double exact) {
  return static_cast<double>(std::fabs(approximate - exact) / std::fabs(exact));
}

/// Largest relative error over every `step`-th float between two positive bit patterns, and their negatives if `both`.
enum class Signs { positive, both };
template <class Approximate, class Exact>
double worst_over_floats(float from, float to, std::uint32_t step, Signs signs, Approximate approximate, Exact exact) {
  double worst = 0.0;
  const auto last = std::bit_cast<std::uint32_t>(to);
  for (auto bits = std::bit_cast<std::uint32_t>(from); bits <= last; bits += step) {
    const auto x = std::bit_cast<float>(bits);
    worst = std::max(worst, relative_error(approximate(x), exact(static_cast<long double>(x))));
    if (signs == Signs::both)
      worst = std::max(worst, relative_error(approximate(-x), exact(-static_cast<long double>(x))));
  }
  return worst;
}

template <class Approximate, class Exact>
double worst_over_grid(double from, double to, int steps, Approximate approximate, Exact exact) {
  double worst = 0.0;
  for (int i = 0; i <= steps; ++i) {
    const double x = from + (to - from) * i / steps;
    worst = std::max(worst, relative_error(approximate(x), exact(static_cast<long double>(x))));
  }
  return worst;
}

long double exact_exp(long double x) { return std::exp(x); }
long double exact_log(long double x) { return std::log(x); }

}  // namespace

TEST_CASE("The float exponential keeps its stated error bound, and no much smaller one") {
  const double worst = worst_over_floats(
      1e-6F, 87.0F, 211, Signs::both, [](float x) { return portable_exp(x); }, exact_exp);
  CAPTURE(worst);
  CHECK(worst < 1.1e-7);
  CHECK(worst > 5e-8);
}

TEST_CASE("The double exponential keeps its stated error bound, and no much smaller one") {
  const auto approximate = [](double x) { return portable_exp(x); };
  const double worst = std::max(worst_over_grid(-700.0, 700.0, 700001, approximate, exact_exp),
                                worst_over_grid(-2.0, 2.0, 300007, approximate, exact_exp));
  CAPTURE(worst);
  CHECK(worst < 2.5e-16);
  CHECK(worst > 1e-16);
}

TEST_CASE("The float logarithm keeps its stated error bound, and no much smaller one") {
  const float least = std::numeric_limits<float>::min();
  const float greatest = std::numeric_limits<float>::max();
  const auto approximate = [](float x) { return portable_log(x); };
  const double worst = std::max({worst_over_floats(least, 0.999999F, 1009, Signs::positive, approximate, exact_log),
                                 worst_over_floats(1.000001F, greatest, 1009, Signs::positive, approximate, exact_log),
                                 worst_over_floats(0.5F, 0.999999F, 7, Signs::positive, approximate, exact_log),
                                 worst_over_floats(1.000001F, 2.0F, 7, Signs::positive, approximate, exact_log)});
  CAPTURE(worst);
  CHECK(worst < 2.5e-7);
  CHECK(worst > 5e-8);
}

TEST_CASE("The double logarithm keeps its stated error bound, and no much smaller one") {
  const auto approximate = [](double x) { return portable_log(x); };
  double worst = std::max(worst_over_grid(0.5, 0.9999999, 300007, approximate, exact_log),
                          worst_over_grid(1.0000001, 2.0, 300007, approximate, exact_log));
  worst = std::max(worst, worst_over_grid(2.0, 1e6, 300007, approximate, exact_log));
  for (double x = std::numeric_limits<double>::min(); x < 1e300; x *= 1.0123) {
    if (x != 1.0) worst = std::max(worst, relative_error(approximate(x), exact_log(x)));
  }
  CAPTURE(worst);
  CHECK(worst < 5e-16);
  CHECK(worst > 1e-16);
}

TEST_CASE("Exponential and logarithm are exact where results rest on it") {
  CHECK(portable_exp(0.0) == 1.0);
  CHECK(portable_exp(0.0F) == 1.0F);
  CHECK(portable_log(1.0) == 0.0);
  CHECK(portable_log(1.0F) == 0.0F);
}

TEST_CASE("The exponentials saturate and pass NaN on") {
  CHECK(portable_exp(-1e30F) == portable_exp(-87.0F));
  CHECK(portable_exp(1e30F) == portable_exp(87.0F));
  CHECK(portable_exp(-1e300) == portable_exp(-700.0));
  CHECK(portable_exp(std::numeric_limits<double>::infinity()) == portable_exp(700.0));
  CHECK(std::isnan(portable_exp(std::numeric_limits<double>::quiet_NaN())));
  CHECK(std::isnan(portable_exp(std::numeric_limits<float>::quiet_NaN())));
}
