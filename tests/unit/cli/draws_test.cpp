#include <catch2/catch.hpp>
#include <cmath>

#include "cli/assumed_ranges.hpp"
#include "cli/draws_report.hpp"
#include "command_line.hpp"

using namespace kith;
using namespace kith::cli;
using kith::testing::contains;
using kith::testing::invoke;

namespace {

config::Entry assumed(const std::string& fallback, const std::string& source, const std::string& unit = "") {
  return {.path = "a.b",
          .type = "number",
          .unit = unit,
          .fallback = fallback,
          .mark = config::Mark::assumed,
          .source = source};
}

}  // namespace

TEST_CASE("the range of an assumption is read from its source, in the unit that stands there") {
  const auto plain = range_told(assumed("0.1", "range 0.05-0.15 (3-8 % PET displacement)"));
  REQUIRE(plain);
  CHECK(plain->low == 0.05);
  CHECK(plain->high == 0.15);
  CHECK(plain->assignment(0.5) == "a.b=0.1");
  const auto days = range_told(assumed("1 d", "range 12-72 h", "h"));
  REQUIRE(days);
  CHECK(days->assignment(0.0) == "a.b=12 h");
  const auto share = range_told(assumed("40 %", "sign: x; range 20-60 %, about one layer", "%"));
  REQUIRE(share);
  CHECK(share->assignment(1.0) == "a.b=60 %");
  const auto rate = range_told(assumed("0.1 /h", "range 0.05-0.2 /h; a day alone", "/h"));
  REQUIRE(rate);
  CHECK(rate->assignment(1.0) == "a.b=0.2 /h");
  config::Entry whole = assumed("200", "range 100-500");
  whole.type = "integer";
  CHECK(range_told(whole)->assignment(0.2501) == "a.b=200");
}

TEST_CASE("a range of something else, or of no assumption, is none") {
  CHECK_FALSE(range_told(assumed("1", "range 0.05-0.15 of the scale; as for loving messages")));
  CHECK_FALSE(range_told(assumed("0.1", "about half")));
  CHECK_FALSE(range_told(assumed("0.1", "range wide")));
  config::Entry published = assumed("0.1", "range 0.05-0.15");
  published.mark = config::Mark::published;
  CHECK_FALSE(range_told(published));
  config::Entry clock = assumed("23:00", "range 22:00-01:00");
  clock.type = "time of day";
  CHECK_FALSE(range_told(clock));
}

TEST_CASE("assumptions are drawn where the scenario has that variant and says nothing else itself") {
  config::Entry first = assumed("0.1", "range 0.05-0.15");
  first.path = "theory.gain";
  first.only_with = "theory.name = botsa";
  config::Entry second = assumed("0.3", "range 0.2-0.4");
  second.path = "theory.gain";
  second.only_with = "theory.name = reward";
  config::Entry probe = assumed("0.5", "range 0.4-0.7");
  probe.path = "measures.[].noise";
  probe.only_with = "measures.[].probe = play";
  config::Entry run = assumed("28 d", "range 14-60 d", "h");
  run.path = "time.burn_in";
  const std::vector<config::Entry> reference{first, second, probe, run};
  const std::string scenario =
      "theory:\n  name: reward\n  gain: 0.3\ntime:\n  burn_in: 28 d\nmeasures:\n  - probe: play\n    noise: 0.5\n"
      "  - probe: touch\n    noise: 0.5\n";
  const std::vector<AssumedRange> ranges = assumed_ranges(reference, scenario);
  REQUIRE(ranges.size() == 2);
  CHECK(ranges[0].key == "measures.0.noise");
  CHECK(ranges[1].key == "theory.gain");
  CHECK(ranges[1].low == 0.2);
  CHECK(assumed_ranges(reference, "theory:\n  name: botsa\n  gain: 0.12\n").empty());
}

TEST_CASE("the spread over studies and draws is taken apart as it was put together") {
  // Draws lie 0.2 apart; at each, studies lie one below and one above.
  const std::vector<std::vector<double>> at_draws{{-0.1, 0.1}, {0.1, 0.3}, {0.3, 0.5}};
  const Spread spread = spread_of(at_draws);
  CHECK(spread.mean == Approx(0.2));
  CHECK(spread.chance == Approx(0.1 * std::sqrt(2.0)));
  CHECK(spread.parameters == Approx(0.2));
  // The quantiles of the means, 0.01 and 0.39, and the chance that all draws share, SE 0.1.
  CHECK(spread.shared_error == Approx(0.1));
  CHECK(spread.mean_low == Approx(0.2 - std::hypot(0.19, 0.1959964)));
  CHECK(spread.mean_high == Approx(0.2 + std::hypot(0.19, 0.1959964)));
  CHECK(spread.study_low == Approx(-0.1 + 0.125 * 0.2));
  // Where parameters change nothing, what the studies happen to show is not sure.
  const Spread same = spread_of({{-0.02, 0.18}, {-0.02, 0.18}});
  CHECK(same.parameters == 0.0);
  CHECK(same.mean_low < 0.0);
}

TEST_CASE("draws refuse what makes no sense with them") {
  CHECK(invoke({"run", "first-steps", "--draw-count", "5"}).status == 2);
  CHECK(invoke({"run", "first-steps", "--draws", "prior", "--draw-count", "1"}).status == 2);
  CHECK(invoke({"run", "first-steps", "--draws", "prior", "--theory", "all"}).status == 2);
  CHECK(invoke({"run", "first-steps", "--draws", "prior", "--replicate", "0"}).status == 2);
  const auto without = invoke({"run", "naltrexone-crossover", "--draws", "prior"});
  CHECK(without.status == 2);
  CHECK(contains(without.err, "no key of this scenario is an assumption with a documented range"));
  CHECK(contains(invoke({"run", "first-steps", "--draws", "prior"}).err, "add --replicates 20"));
  const kith::ScratchFolder folder;
  const std::string problem = folder / "problem.yaml";
  kith::testing::write_file(problem, "fit: 1\ntitle: A problem\n");
  const auto no_fit = invoke({"run", "naltrexone-crossover", "--draws", problem});
  CHECK(no_fit.status == 2);
  CHECK(contains(no_fit.err, "this is a problem, which has no draws yet\n  first: kith fit " + problem));
  const std::string fitted = folder / "fitted.yaml";
  kith::testing::write_file(fitted, "estimates: 1\nvalues: {theory.gain: {value: 0.1, draws: [0.1, 0.2]}}\n");
  const auto many = invoke({"run", "naltrexone-crossover", "--draws", fitted, "--draw-count", "3"});
  CHECK(many.status == 2);
  CHECK(contains(many.err, fitted + " has 2 draws"));
}
