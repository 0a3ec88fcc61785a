#include "models/trials/measures/probes.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <string>

#include "tests/support/small_worlds.hpp"

using namespace kith;
using namespace kith::testing;

namespace {

constexpr const char* text = R"(
kith: 1
title: Probes
time: {tick: 1 h, burn_in: 4 d, duration: 6 d, start: "Mon 08:00"}
people: {count: 150}
network: {generate: layers, sizes: [3, 5, 12], community: 75}
trial:
  arms:
    naltrexone: {drug: naltrexone, doses: [50 mg, 50 mg], at: "09:00"}
    placebo: {drug: placebo, like: naltrexone}
  sequences:
    - {arms: [naltrexone, placebo], count: 5, leave: 1}
    - {arms: [placebo, naltrexone], count: 5}
  washout: 2 d
measures: [{diary: connection}]
replicates: 2
)";

}  // namespace

TEST_CASE("every probe changes nothing in the world and nothing in the diary") {
  const Done without = run_text(text);
  for (const trials::Task& task : trials::all_tasks()) {
    CAPTURE(task.name);
    const std::string measures =
        "measures=[{diary: connection}, {probe: " + std::string(task.name) + R"(, at: "day 1 13:00"}])";
    const Done with = run_text(text, {{measures}});
    CHECK(with.run.fingerprint() == without.run.fingerprint());
    CHECK(same_values(with.result().measures[0].ratings, without.result().measures[0].ratings));
    CHECK(with.result().measures.size() == 2);
  }
  CHECK(run_text(text, {{"feelings.connection.gain=0.11"}}).run.fingerprint() != without.run.fingerprint());
}

TEST_CASE("under placebo in both periods every probe finds each person exactly like the twin") {
  for (const trials::Task& task : trials::all_tasks()) {
    CAPTURE(task.name);
    const Done done = run_text(text, {{"measures=[{probe: " + std::string(task.name) + R"(, at: "day 2 13:00"}])"},
                                      {"trial.arms.naltrexone.drug=placebo"}});
    CHECK(done.result().effects[0][0].largest_own == 0.0);
  }
}

TEST_CASE("a diary filled in less often has fewer ratings, the same where it has one, and the same state behind them") {
  const Done all = run_text(text);
  const Done some = run_text(text, {{"measures=[{diary: connection, compliance: 60 %}]"}});
  CHECK(some.run.fingerprint() == all.run.fingerprint());
  const auto& full = all.result().measures[0];
  const auto& partial = some.result().measures[0];
  CHECK(same_values(full.values, partial.values));
  int missing = 0;
  for (std::size_t o = 0; o < full.ratings.size(); ++o) {
    for (std::size_t i = 0; i < full.ratings[o].size(); ++i) {
      if (std::isnan(partial.ratings[o][i])) {
        missing += std::isnan(full.ratings[o][i]) ? 0 : 1;
      } else {
        CHECK(partial.ratings[o][i] == full.ratings[o][i]);
      }
    }
  }
  CHECK(missing > 5);
}

TEST_CASE("LSNS-6 falls while nobody can meet anybody, and is as at the start again afterwards") {
  const Done done =
      run_text(text, {{R"(measures=[{probe: lsns6, at: "day 1 13:00"}, {probe: lsns6, at: "day 2 13:00"}])"},
                      {"events=[{at: 0 d, do: {opportunity: {factor: 0, at_distance: 0}, for: 1 d}}]"}});
  const auto& first_day = done.result().measures[0].values;
  const auto& second_day = done.result().measures[1].values;
  REQUIRE(first_day.size() == 2);  // in both periods
  std::size_t met_again = 0;
  for (std::size_t i = 0; i < first_day[0].size(); ++i) {
    if (std::isnan(first_day[0][i])) continue;
    CHECK(first_day[0][i] <= second_day[0][i]);
    CHECK(second_day[0][i] == second_day[1][i]);
    met_again += first_day[0][i] < second_day[0][i] ? 1U : 0U;
  }
  CHECK(met_again > 5);
}
