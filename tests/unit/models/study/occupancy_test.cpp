#include <catch2/catch.hpp>
#include <cmath>

#include "tests/support/small_worlds.hpp"

using namespace kith;
using kith::testing::run_text;

TEST_CASE("a study's occupancy probe sees what the kinetics say, at ticks of 15 minutes, 1 hour and 6 hours") {
  // One dose at 09:00 and then none; zero doses make the period eight days long.
  const std::string text = R"(
kith: 1
title: Occupancy
time: {tick: 1 h, burn_in: 1 d, duration: 16 d}
people: {count: 30, drug_kinetics: typical}
network: {generate: erdos_renyi, mean_ties: 4}
trial:
  arms:
    drug: {drug: naltrexone, doses: [50 mg, 0 mg, 0 mg, 0 mg, 0 mg, 0 mg, 0 mg, 0 mg], at: "09:00"}
    placebo: {drug: placebo, like: drug}
  sequences: [{arms: [drug, placebo], count: 3}]
  washout: 0 d
measures:
  - {probe: occupancy, at: "day 1 09:00"}
  - {probe: occupancy, at: "day 1 13:00"}
  - {probe: occupancy, at: "day 3 09:00"}
  - {probe: occupancy, at: "day 4 09:00"}
  - {probe: occupancy, at: "day 6 09:00"}
  - {probe: occupancy, at: "day 8 09:00"}
)";
  const std::vector<double> model{0, 90, 88, 79, 52, 24};
  const auto hourly = run_text(text);
  for (const char* tick : {"time.tick=15 min", "time.tick=1 h", "time.tick=6 h"}) {
    const auto done = run_text(text, {{tick}});
    for (std::size_t m = 0; m < model.size(); ++m) {
      const double value = done.result().measures[m].values[0][0];
      CAPTURE(tick, m, value);
      CHECK(std::abs(value - model[m]) < 3.0);
      CHECK(std::abs(value - hourly.result().measures[m].values[0][0]) < 0.1);
    }
    CHECK(done.result().measures[0].values[0][0] == 0.0);  // at the time of the dose, before it acts
  }
}
