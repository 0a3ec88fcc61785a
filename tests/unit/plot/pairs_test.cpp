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

TEST_CASE("a histogram has as many bins as the square root of the number of different draws") {
  std::vector<double> draws(400);
  for (std::size_t k = 0; k < draws.size(); ++k) draws[k] = static_cast<double>(k / 4);
  CHECK(bins_of(draws) == 10);
  CHECK(bins_of({1.0, 1.0}) == 5);
  for (std::size_t k = 0; k < draws.size(); ++k) draws[k] = static_cast<double>(k);
  CHECK(bins_of(draws) == 20);
}

TEST_CASE("a pairs plot marks the estimate and its interval, and densities have an area of 1") {
  Pairs pairs{.title = "a",
              .variables = {{.name = "first", .low = 0.0, .high = 0.02, .draws = {0.001, 0.001, 0.019, 0.019}}}};
  const std::string bare = pairs_svg(pairs);
  // Two of five bins of 0.004, half of the draws in each: 125.
  CHECK(count_of(bare, ">100<") == 1);
  CHECK(count_of(bare, ">first<") == 2);
  CHECK(count_of(bare, "<polygon") == 0);
  CHECK(count_of(bare, "curve s1 whole") == 1);
  pairs.variables[0].estimate = 0.01;
  pairs.variables[0].interval = {0.001, 0.019};
  CHECK(count_of(pairs_svg(pairs), "<polygon") == 1);
  CHECK(count_of(pairs_svg(pairs), "curve s1 whole") == 2);  // in the plot, and in the legend
}

TEST_CASE("the legend of a pairs plot of one parameter, in two lines, is inside the drawing") {
  const Pairs pairs{.title = "a", .variables = {{.name = "first", .low = 0.0, .high = 1.0, .draws = {0.1, 0.9}}}};
  const std::string svg = pairs_svg(pairs);
  const std::size_t before = svg.rfind("y=\"", svg.find(">estimate, 95 %<"));
  const double baseline = std::stod(svg.substr(before + 3));
  CHECK(baseline + 4.0 < drawing_of(pairs).height());
  CHECK(baseline > drawing_of(pairs).height() - 40.0);
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
  // The highest bar reaches where one is that holds every draw, a twentieth below the top.
  pairs.variables = {pairs.variables[2]};
  pairs.correlations.clear();
  const std::string one = pairs_svg(pairs);
  CHECK(count_of(one, "<circle") == 0);
  CHECK(count_of(one, "height=\"152.4\"") == 1);
}
