#include "cli/chart.hpp"

#include <catch2/catch.hpp>
#include <sstream>

#include "cli/console.hpp"
#include "cli/exit_code.hpp"
#include "command_line.hpp"
#include "plot/chart.hpp"
#include "support/scratch_folder.hpp"

using namespace kith;
using namespace kith::cli;
using kith::plot::Chart;
using kith::plot::chart_svg;
using kith::testing::contains;
using kith::testing::invoke;

namespace {

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t times = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++times;
  return times;
}

/// A curve that rises to the top of the axis and a flat one at half of it.
Chart ramp() {
  Chart chart;
  chart.title = "ramp";
  chart.x_label = "hours";
  chart.y_label = "%";
  chart.x_most = 10.0;
  chart.y_most = 100.0;
  chart.curves = {{"rising", {{0.0, 0.0}, {10.0, 100.0}}}, {"flat", {{0.0, 50.0}, {10.0, 50.0}}}};
  return chart;
}

}  // namespace

TEST_CASE("blocks fill a column up to the curve, in eighths of a line") {
  const std::string text = chart_text(ramp(), 80);
  std::istringstream lines(text);
  std::string line;
  std::vector<std::string> all;
  while (std::getline(lines, line)) all.push_back(line);
  REQUIRE(all.size() == 1 + 2 * (1 + 10 + 2));
  CHECK(all[0] == "ramp (%)");
  CHECK(all[1] == "rising");
  CHECK(contains(all[2], "100 ┤"));
  CHECK(all[2].ends_with("█"));
  CHECK(count(all[11], "█") > count(all[6], "█"));
  CHECK(all[14] == "flat");
  for (std::size_t row = 15; row < 20; ++row) CHECK(count(all[row], "█") == 0);  // above one half
  for (std::size_t row = 20; row < 25; ++row) CHECK(count(all[row], "█") == 50);
  for (const std::string& each : all) CHECK(width_of(each) <= 80);
}

TEST_CASE("a drawing has its title, axes with units and ticks, a line for each curve and the observed points") {
  Chart chart = ramp();
  chart.title = "a < b & c";
  chart.marks = {{1, 5.0, 40.0, 0.0}, {1, 6.0, 60.0, 10.0}};
  chart.mark_name = "observed";
  const std::string svg = chart_svg(chart);
  CHECK(svg.starts_with("<svg "));
  CHECK(svg.ends_with("</svg>\n"));
  CHECK(contains(svg, ">a &lt; b &amp; c</title>"));
  CHECK(count(svg, "<polyline ") == 2);
  CHECK(count(svg, "<circle ") == 3);  // two points and one in the legend
  CHECK(contains(svg, ">hours</text>"));
  CHECK(contains(svg, "points=\"80.0,370.0 690.0,50.0\""));
  CHECK(contains(svg, "cx=\"385.0\" cy=\"242.0\""));
}

TEST_CASE("a band is an area between its limits on a drawing, and shades beside the curve in the terminal") {
  Chart chart = ramp();
  chart.band_name = "most people";
  CHECK(count(chart_svg(chart), "<polygon ") == 0);
  CHECK_FALSE(contains(chart_text(chart, 80), "shaded"));
  chart.curves[1].band = {{20.0, 80.0}, {30.0, 60.0}};
  const std::string svg = chart_svg(chart);
  CHECK(count(svg, "<polygon ") == 1);
  CHECK(contains(svg, "points=\"80.0,306.0 690.0,274.0 690.0,178.0 80.0,114.0\""));
  CHECK(contains(svg, "most people"));

  std::istringstream lines(chart_text(chart, 80));
  std::vector<std::string> all;
  for (std::string line; std::getline(lines, line);) all.push_back(line);
  CHECK(all[0] == "ramp (%; shaded: most people)");
  const auto row = [&](int percent_below) { return all.at(static_cast<std::size_t>(24 - percent_below / 10)); };
  CHECK(count(row(80), "░") == 0);
  CHECK(count(row(70), "░") == 13);  // the upper limit falls from 80 to 60, past 75 after a quarter
  CHECK(count(row(60), "░") == 37);  // and past 65 after three quarters
  CHECK(count(row(50), "░") == 50);
  CHECK(count(row(40), "▓") == 50);
  CHECK(count(row(20), "▓") == 25);  // the lower limit rises past 25 half-way
  CHECK(count(row(20), "█") == 25);
  CHECK(count(row(10), "▓") == 0);
}

TEST_CASE("explain draws a drug's curve, and writes it where nothing is yet or --force is given") {
  const ScratchFolder folder;
  const std::string file = folder / "curve.svg";
  CHECK(contains(invoke({"explain", "naltrexone"}).out, "one curve"));
  const auto drawn = invoke({"explain", "naltrexone", "--dose", "80 mg", "--count", "3", "--plot", file});
  CHECK(drawn.status == 0);
  CHECK(contains(drawn.out, "60"));
  const std::string svg = kith::testing::read_file(file);
  CHECK(contains(svg, "<polyline "));
  const auto again = invoke({"explain", "naltrexone", "--plot", file});
  CHECK(again.status == static_cast<int>(ExitCode::output));
  CHECK(contains(again.err, "--force"));
  CHECK(kith::testing::read_file(file) == svg);
  CHECK(invoke({"explain", "naltrexone", "--plot", file, "--force"}).status == 0);
  CHECK(kith::testing::read_file(file) != svg);
}

TEST_CASE("explain refuses doses of what is no drug, and doses that are none") {
  for (const cli::Words& words :
       {cli::Words{"explain", "botsa", "--dose", "50 mg"}, cli::Words{"explain", "--count", "2"},
        cli::Words{"explain", "naltrexone", "--dose", "50"}, cli::Words{"explain", "naltrexone", "--dose", "0 mg"},
        cli::Words{"explain", "naltrexone", "--every", "2 mg"}}) {
    const auto outcome = invoke(words);
    CAPTURE(words.back(), outcome.err);
    CHECK(outcome.status == static_cast<int>(ExitCode::usage));
    CHECK(outcome.out.empty());
  }
}
