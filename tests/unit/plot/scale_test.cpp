#include "plot/scale.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

using namespace kith::plot;

TEST_CASE("ticks stand 1, 2, 2.5 or 5 times a power of ten apart, about as many as wanted") {
  CHECK(tick_distance(100.0, 5) == Approx(20.0));
  CHECK(tick_distance(7.0, 6) == Approx(2.0));
  CHECK(tick_distance(24.0, 10) == Approx(2.5));
  CHECK(tick_distance(0.9, 6) == Approx(0.2));
}

TEST_CASE("a scale carries its ends to their places and everything between in proportion, upside down too") {
  const Scale scale{.from = -2.0, .to = 6.0, .start = 400.0, .end = 80.0};
  CHECK(scale(-2.0) == 400.0);
  CHECK(scale(6.0) == 80.0);
  CHECK(scale(0.0) == Approx(400.0 - 320.0 * 2.0 / 8.0));
}

TEST_CASE("ticks are the multiples of their distance within the range, and 0 is exactly 0") {
  CHECK(ticks(-1.0, 1.0, 4) == std::vector<double>{-1.0, -0.5, 0.0, 0.5, 1.0});
  const std::vector<double> odd = ticks(0.13, 0.87, 5);  // none at the ends
  REQUIRE(odd.size() == 4);
  CHECK(odd.front() == Approx(0.2));
  CHECK(odd.back() == Approx(0.8));
  const std::vector<double> thirds = ticks(0.0, 0.3, 3);  // 0.3 is 3 × 0.1 but for rounding
  REQUIRE(thirds.size() == 4);
  CHECK(thirds.back() == Approx(0.3));
  for (const double tick : ticks(-0.3, 0.3, 6)) CHECK((tick != 0.0 || !std::signbit(tick)));
}

TEST_CASE("a range is the least between ticks that holds every number") {
  const Range range = range_of({0.31, 0.44, std::numeric_limits<double>::quiet_NaN(), 0.52}, 5);
  CHECK(range.from == Approx(0.3));
  CHECK(range.to == Approx(0.55));
  const Range exact = range_of({0.0, 100.0}, 5);
  CHECK(exact.from == 0.0);
  CHECK(exact.to == 100.0);
  const Range one = range_of({5.0}, 5);
  CHECK(one.from < 5.0);
  CHECK(one.to > 5.0);
  const Range zero = range_of({0.0, 0.0}, 5);
  CHECK(zero.from == -1.0);
  CHECK(zero.to == 1.0);
  const Range nothing = range_of({}, 5);
  CHECK(nothing.from == 0.0);
  CHECK(nothing.to == 1.0);
}

TEST_CASE("numbers at ticks have a real minus and no digits that rounding left") {
  CHECK(tick_text(-0.25) == "−0.25");
  CHECK(tick_text(-0.0) == "0");
  CHECK(tick_text(0.1 + 0.2) == "0.3");
}

TEST_CASE("ticks of one axis have equally many digits after the point, but for 0") {
  using Texts = std::vector<std::string>;
  CHECK(tick_texts({0.5, 0.75, 1.0}) == Texts{"0.50", "0.75", "1.00"});
  CHECK(tick_texts({-0.5, 0.0, 0.25}) == Texts{"−0.50", "0", "0.25"});
  CHECK(tick_texts({0.0, 50.0, 100.0}) == Texts{"0", "50", "100"});
  CHECK(tick_texts({}).empty());
}
