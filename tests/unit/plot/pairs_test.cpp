#include "plot/pairs.hpp"

#include <catch2/catch.hpp>

#include "plot/drawing.hpp"

using namespace kith::plot;

namespace {

std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

}  // namespace

TEST_CASE("bins hold the draws from end to end, and leave out what lies outside") {
  const std::vector<double> shares = shares_in_bins({0.0, 0.1, 0.5, 1.0, -0.1, 1.1}, 0.0, 1.0, 2);
  CHECK(shares[0] == Approx(2.0 / 6.0));
  CHECK(shares[1] == Approx(2.0 / 6.0));
}

TEST_CASE("a pairs plot has a histogram of each, dots of each two, and words for how they correlate") {
  Pairs pairs{.title = "a < b",
              .variables = {{"first", 0.0, 1.0, {0.2, 0.4, 0.6}, {1.0, 1.0}, "identified"},
                            {"second", 0.0, 2.0, {1.8, 1.0, 0.2}, {1.0, 1.0}, "not identified"},
                            {"third", 0.0, 2.0, {1.0, 1.0, 1.0}, {0.0, 1.0}, "identified"}},
              .correlations = {{1.0, -0.98, 0.0}, {-0.98, 1.0, 0.0}, {0.0, 0.0, 1.0}}};
  const std::string svg = pairs_svg(pairs);
  CHECK(count_of(svg, "<circle") == 3 * 3);         // three pairs of three draws
  CHECK(count_of(svg, "f0 dot\"/>") == 3 + 3 + 1);  // bars of bins that are not empty
  CHECK(count_of(svg, "r = −0.98") == 1);
  CHECK(count_of(svg, "r = 0.00") == 2);
  CHECK(count_of(svg, "<polyline") == 3);       // what was believed before
  CHECK(count_of(svg, "not identified") == 2);  // there, and in the description
  CHECK(count_of(svg, "a &lt; b") == 2);
  // The highest bar reaches where one is that holds every draw: 25 times as high as even ones, a twentieth below the top.
  pairs.variables = {pairs.variables[2]};
  pairs.correlations.clear();
  const std::string one = pairs_svg(pairs);
  CHECK(count_of(one, "<circle") == 0);
  CHECK(count_of(one, "height=\"152.4\"") == 1);
}
