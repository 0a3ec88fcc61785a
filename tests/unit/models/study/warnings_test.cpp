#include "models/study/warnings.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <catch2/catch.hpp>

#include "models/pharmacology/course.hpp"
#include "tests/support/small_scenarios.hpp"

using namespace kith;
using kith::testing::scenario_from;

namespace {

const std::string crossover = R"(
kith: 1
title: A crossover
time: {burn_in: 1 d, duration: 40 d}
people: {count: 100}
network: {generate: layers, sizes: [4, 8, 20]}
trial:
  arms:
    naltrexone: {drug: naltrexone, doses: [50 mg, 50 mg], at: "09:00"}
    placebo: {drug: placebo, like: naltrexone}
  sequences: [{arms: [naltrexone, placebo], count: 4}, {arms: [placebo, naltrexone], count: 4}]
measures: [{diary: connection}]
)";

std::vector<std::string> of_carry_over(const std::string& washout, const std::string& sequences = "") {
  std::vector<config::Override> overrides{{"trial.washout=" + washout}};
  if (!sequences.empty()) overrides.push_back({"trial.sequences=" + sequences});
  std::vector<std::string> found = warnings_of(scenario_from(crossover, overrides));
  std::erase_if(found, [](const std::string& text) { return text.find("carry-over") == std::string::npos; });
  return found;
}

}  // namespace

TEST_CASE("a wash-out after which a drug still holds a tenth of the receptors is told, with how much it holds") {
  const Scenario scenario = scenario_from(crossover);
  const pharmacology::Drug& drug = *scenario.trial->arms.front().regimens.front().drug;
  // Two days of treatment and two without, less the nine hours before the first dose.
  const double held = pharmacology::occupancies(drug, {50.0, 24.0, 2}, {87.0}).front();
  REQUIRE(held > 0.2);
  const std::vector<std::string> found = of_carry_over("2 d");
  REQUIRE(found.size() == 1);
  CHECK(found.front().find(fmt::format("carry-over: naltrexone still holds {:.0f} % of the receptors", 100.0 * held)) ==
        0);
  CHECK(is_caution(found.front()));
  CHECK(of_carry_over("21 d").empty());
}

TEST_CASE("nothing is carried over where the drug comes last, or the next period has the same arm") {
  CHECK(
      of_carry_over("0 d", "[{arms: [placebo, naltrexone], count: 4}, {arms: [placebo, placebo], count: 4}]").empty());
  CHECK(of_carry_over(
            "0 d",
            "[{arms: [placebo, naltrexone, naltrexone], count: 4}, {arms: [placebo, placebo, naltrexone], count: 4}]")
            .empty());
}
