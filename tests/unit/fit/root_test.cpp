#include "fit/root.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace kith::fit;

TEST_CASE("a root is found to the tolerance in few calls") {
  int calls = 0;
  const auto falling = [&](double x) {
    ++calls;
    return -2.0 * x / (1.0 + x);
  };
  const Root root = find_root(falling, -0.2, 0.0, 1.0, 1e-6, 40);
  CHECK(root.is_met);
  CHECK(root.at == Approx(1.0 / 9.0).epsilon(1e-5));
  CHECK(calls < 12);
}

TEST_CASE("a value that is not met between the bounds gives the nearer bound") {
  const auto rising = [](double x) { return x * x; };
  const Root above = find_root(rising, 9.0, 0.0, 2.0, 1e-3, 40);
  CHECK_FALSE(above.is_met);
  CHECK(above.at == 2.0);
  const Root at_bound = find_root(rising, 4.0005, 0.0, 2.0, 1e-3, 40);
  CHECK(at_bound.is_met);
  CHECK(at_bound.at == 2.0);
}
