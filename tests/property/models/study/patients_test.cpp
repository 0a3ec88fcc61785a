#include <catch2/catch.hpp>
#include <cmath>

#include "tests/support/small_worlds.hpp"

using namespace kith;
using kith::testing::Done;
using kith::testing::run_text;

namespace {

const std::string plain = R"(
kith: 1
title: Patients
theory: {name: botsa, opioid_share: 0.3, approach_gain: 0.3, separation: 1}
time: {tick: 1 h, burn_in: 6 d, duration: 10 d}
people: {count: 300}
network: {generate: layers, community: 60}
ties: living
seed: patients
)";

const std::string with_patients = plain + "substance_use: {share: 30 %, odds: {base: 0.005}}\n";

}  // namespace

TEST_CASE("a study's split adds up, and its own column is the treated world against the twin") {
  const Done done = run_text(with_patients + R"(
trial:
  design: parallel
  participants: {share: 100 %, where: "patient == 1"}
  arms:
    drug: {drug: naltrexone, doses: [50 mg], at: "09:00", for: 10 d, every: 1 d}
    none: {drug: placebo, doses: [1 mg]}
measures: [{diary: connection, person_sd: 0, occasion_sd: 0}, {diary: craving}]
record: {every: 1 d, by: [patients]}
)",
                             {{"substance_use.split_paths=true"}});
  const auto& result = done.result();
  const std::vector<std::size_t> treated = result.members_of(*done.scenario->trial, 0);
  const std::vector<std::size_t> control = result.members_of(*done.scenario->trial, 1);
  REQUIRE(!treated.empty());
  const std::size_t diary = patient_outcome_names.size();  // the first measure: connection
  const PathEffect effect = path_effect(result.outcomes, diary, treated);
  const double in_control = path_effect(result.outcomes, diary, control).both;
  CHECK(effect.both - in_control == Approx(result.effects[0][0].own).margin(1e-9));
  CHECK(effect.both == Approx(effect.attachment + effect.use + effect.interaction()).margin(1e-12));
  CHECK(effect.attachment < 0.0);
  CHECK(effect.attachment < effect.use);
  CHECK(std::abs(in_control) < std::abs(effect.both));
}
