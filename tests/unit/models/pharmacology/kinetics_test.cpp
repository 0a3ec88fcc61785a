#include "models/pharmacology/kinetics.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace kith::pharmacology;

namespace {

Matrix matrix(std::size_t size, std::vector<double> values) {
  Matrix m(size);
  m.values = std::move(values);
  return m;
}

void check_close(const Matrix& got, const std::vector<double>& expected, double tolerance = 1e-13) {
  REQUIRE(got.values.size() == expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    CAPTURE(i);
    CHECK(got.values[i] == Approx(expected[i]).epsilon(tolerance).margin(1e-15));
  }
}

}  // namespace

TEST_CASE("the exponential of a diagonal matrix is that of its entries") {
  const Matrix a = matrix(3, {-2.0, 0, 0, 0, -0.05, 0, 0, 0, 0.3});
  check_close(exponential(a, 7.0), {std::exp(-14.0), 0, 0, 0, std::exp(-0.35), 0, 0, 0, std::exp(2.1)});
}

TEST_CASE("the exponential of a nilpotent matrix is a finite sum") {
  const Matrix a = matrix(3, {0, 2, 3, 0, 0, 5, 0, 0, 0});  // a² has 2·5 in the corner, a³ is 0
  const double t = 1.5;
  check_close(exponential(a, t), {1, 2 * t, 3 * t + 10 * t * t / 2, 0, 1, 5 * t, 0, 0, 1});
}

TEST_CASE("the exponential of a rotation's rate is the rotation") {
  const Matrix a = matrix(2, {0, -1, 1, 0});
  check_close(exponential(a, 2.5), {std::cos(2.5), -std::sin(2.5), std::sin(2.5), std::cos(2.5)});
}

TEST_CASE("two compartments follow Bateman's function") {
  constexpr double ka = 2.0;
  constexpr double ke = 0.173;
  const Chain chain(matrix(2, {-ka, 0, ka, -ke}));
  for (const double t : {0.0, 0.1, 1.0, 4.0, 24.0, 240.0}) {
    const auto state = chain.advanced({50.0, 0.0}, t);
    CAPTURE(t);
    CHECK(state[0] == Approx(50.0 * std::exp(-ka * t)).epsilon(1e-11).margin(1e-14));
    CHECK(state[1] ==
          Approx(50.0 * ka / (ka - ke) * (std::exp(-ke * t) - std::exp(-ka * t))).epsilon(1e-11).margin(1e-14));
  }
}

TEST_CASE("no time changes nothing, exactly") {
  const Matrix a = matrix(2, {-2.0, 0, 2.0, -0.2});
  CHECK(exponential(a, 0.0).values == std::vector<double>{1, 0, 0, 1});
}

TEST_CASE("advancing by two times is advancing by their sum") {
  const Matrix a = matrix(3, {-2.0, 0, 0, 1.7, -0.17, 0, 0.3, 0.17, -0.05});
  for (const double s : {0.01, 0.25, 3.0}) {
    for (const double t : {0.5, 6.0, 50.0}) {
      check_close(multiply(exponential(a, s), exponential(a, t)), exponential(a, s + t).values, 1e-12);
    }
  }
}

TEST_CASE("a year at once neither overflows nor leaves anything of a fast compartment") {
  const Matrix gone = exponential(matrix(2, {-2.0, 0, 2.0, -0.2}), 8766.0);
  for (const double value : gone.values) {
    CHECK(std::isfinite(value));
    CHECK(std::abs(value) < 1e-100);
  }
}
