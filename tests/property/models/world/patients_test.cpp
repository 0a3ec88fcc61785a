#include <catch2/catch.hpp>
#include <cmath>

#include "core/parallel.hpp"
#include "models/world/population.hpp"
#include "tests/support/differing_columns.hpp"
#include "tests/support/drugs.hpp"
#include "tests/support/small_scenarios.hpp"

using namespace kith;
using kith::testing::differing_columns;
using kith::testing::naltrexone;
using kith::testing::scenario_from;

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

/// A world after its burn-in, and patients of it who take naltrexone.
struct World {
  Scenario scenario;
  Population population;

  explicit World(const std::string& text, const std::vector<config::Override>& overrides = {})
      : scenario(scenario_from(text, overrides)), population(make_population(scenario, {scenario.seed, 0}, "", {})) {}

  /// Ten days, with treatment acting on these paths; nothing: untreated.
  Model run(std::optional<people::DrugPaths> paths) const {
    Model model = *population.model;
    if (paths) {
      std::vector<pharmacology::Course> courses;
      for (const patients::Patient& patient : model.patients().all()) {
        std::vector<pharmacology::Dose> doses;
        for (int day = 0; day < 10; ++day) doses.push_back({24.0 * day + 9.0, 50.0});
        courses.push_back(naltrexone(patient.person, 1.0, doses));
      }
      model.treat(std::move(courses));
      model.act_on(*paths);
    }
    model.run(0, 240, "");
    return model;
  }
};

bool same_patient(const patients::Patient& a, const patients::Patient& b) {
  return a.person == b.person && a.craving == b.craving && a.habit == b.habit && a.cost == b.cost &&
         a.signal == b.signal && a.set_point == b.set_point && a.density == b.density && a.good_a_day == b.good_a_day &&
         a.bad_a_day == b.bad_a_day && a.diary.uses == b.diary.uses && a.diary.days == b.diary.days;
}

std::size_t differing_patients(const Model& a, const Model& b) {
  std::size_t differing = 0;
  for (std::size_t i = 0; i < a.patients().all().size(); ++i)
    differing += same_patient(a.patients().all()[i], b.patients().all()[i]) ? 0U : 1U;
  return differing;
}

std::uint32_t uses(const Model& model) {
  std::uint32_t total = 0;
  for (const patients::Patient& patient : model.patients().all()) total += patient.diary.uses;
  return total;
}

}  // namespace

TEST_CASE("where nobody is a patient, the world is as without the disorder, bit for bit") {
  const World none(plain);
  const World nobody(plain + "substance_use: {share: 0 %}\n");
  const World some(with_patients);
  const Model a = none.run({});
  const Model b = nobody.run({});
  CHECK(differing_columns(a.people(), b.people()).empty());
  CHECK(a.people().find("craving") == nullptr);
  CHECK_FALSE(differing_columns(a.people(), some.run({}).people()).empty());
}

TEST_CASE("who is a patient depends on the person and the world alone") {
  const World few(with_patients);
  const World more(with_patients, {{"substance_use.share=60 %"}});
  std::size_t kept = 0;
  for (const patients::Patient& patient : few.population.model->patients().all())
    kept += more.population.model->patients().find(patient.person) != nullptr ? 1U : 0U;
  CHECK(kept == few.population.model->patients().all().size());
  CHECK(more.population.model->patients().all().size() > kept);
}

TEST_CASE("treatment that acts on neither path leaves everybody as in the untreated twin, bit for bit") {
  const World world(with_patients);
  const Model twin = world.run({});
  const Model inert = world.run(people::DrugPaths::none);
  CHECK(differing_columns(twin.people(), inert.people()).empty());
  CHECK(differing_patients(twin, inert) == 0);
  CHECK(uses(twin) > 0);
  const Model treated = world.run(people::DrugPaths::both);
  CHECK(!differing_columns(twin.people(), treated.people()).empty());
  CHECK(differing_patients(twin, treated) > 0);
}

TEST_CASE("where treatment acts on both paths, use sees the very signal, set point and receptors that feelings see") {
  const World world(with_patients);
  const Model treated = world.run(people::DrugPaths::both);
  const Model apart = world.run(people::DrugPaths::attachment);
  std::size_t different = 0;
  for (const patients::Patient& patient : treated.patients().all()) {
    CHECK(patient.signal == treated.people().signal[patient.person]);
    CHECK(patient.set_point == treated.people().set_point[patient.person]);
    CHECK(patient.density == treated.treatment(patient.person)->density());
  }
  for (const patients::Patient& patient : apart.patients().all())
    different += patient.signal != apart.people().signal[patient.person] ? 1U : 0U;
  CHECK(different == apart.patients().all().size());
}

TEST_CASE("with the attachment path off, patients who do not use feel nothing of an antagonist, bit for bit") {
  const World world(with_patients, {{"substance_use.odds.base=0"}});
  const Model twin = world.run({});
  const std::vector<std::string> craving{"craving"};  // follows the reward of use
  CHECK(differing_columns(twin.people(), world.run(people::DrugPaths::use).people()) == craving);
  CHECK(!differing_columns(twin.people(), world.run(people::DrugPaths::attachment).people()).empty());
}

TEST_CASE(
    "with the substance path off, use is as without treatment where craving follows nothing that treatment changes") {
  const World world(with_patients, {{"substance_use.craving.of_negative_affect=0"},
                                    {"substance_use.craving.relief_by_company=0"},
                                    {"substance_use.craving.of_withdrawal=0"},
                                    {"substance_use.craving.of_habit=0"},
                                    {"substance_use.craving.relief_by_use=0"},
                                    {"substance_use.odds.habit=0"},
                                    {"substance_use.odds.base=0.05"},
                                    {"substance_use.odds.per_ucla_point=1"}});
  const Model twin = world.run({});
  const Model off = world.run(people::DrugPaths::attachment);
  for (std::size_t i = 0; i < twin.patients().all().size(); ++i)
    CHECK(twin.patients().all()[i].diary.uses == off.patients().all()[i].diary.uses);
  CHECK(!differing_columns(twin.people(), off.people()).empty());
}

TEST_CASE("an antagonist on the substance path takes the reward away, and with it habit and use") {
  const World world(with_patients, {{"substance_use.odds.base=0.02"}});
  const Model twin = world.run({});
  const Model treated = world.run(people::DrugPaths::use);
  CHECK(uses(treated) < uses(twin));
  double habit = 0.0;
  for (std::size_t i = 0; i < twin.patients().all().size(); ++i)
    habit += static_cast<double>(treated.patients().all()[i].habit - twin.patients().all()[i].habit);
  CHECK(habit < 0.0);
}

TEST_CASE("patients live the same for any number of threads") {
  const World world(with_patients + "record: {every: 1 d, by: [patients]}\n");
  const World drinkers(plain + "substance_use: {substance: alcohol, share: 30 %, odds: {base: 0.005}}\n");
  const std::uint64_t opioid = world.run(people::DrugPaths::use).fingerprint();
  const std::uint64_t alcohol = drinkers.run(people::DrugPaths::both).fingerprint();
  for (const unsigned threads : {1U, 2U, 3U, 8U}) {
    set_threads(threads);
    CHECK(World(with_patients).run(people::DrugPaths::use).fingerprint() == opioid);
    CHECK(drinkers.run(people::DrugPaths::both).fingerprint() == alcohol);
  }
  set_threads(0);
}

TEST_CASE("nobody uses on the ward") {
  const World world(with_patients, {{"substance_use.detoxification=6 d"}, {"substance_use.odds.base=1"}});
  for (const patients::Patient& patient : world.population.model->patients().all()) CHECK(patient.habit == 0.8F);
  const World outside(with_patients, {{"substance_use.odds.base=1"}});
  for (const patients::Patient& patient : outside.population.model->patients().all()) CHECK(patient.habit != 0.8F);
}
