#include "models/pharmacology/bodies.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <fstream>
#include <set>

#include "models/pharmacology/course.hpp"
#include "tests/support/drugs.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/support/small_worlds.hpp"

using namespace kith;
using namespace kith::pharmacology;
using kith::testing::Done;
using kith::testing::run_text;
using kith::testing::same_values;
using kith::testing::scenario_from;

namespace {

const std::string text = R"(
kith: 1
title: Bodies
time: {tick: 1 h, burn_in: 1 d, duration: 4 d}
people: {count: 60}
network: {generate: erdos_renyi, mean_ties: 4}
drugs:
  everybodys:
    action: antagonist
    absorption: [{rate: 1 /h, bioavailability: 40 %}]
    clearance: 60 L/h
    half_life: 3 h
    effect_site: {ec50: 2 ng/mL, half_life: 2 h}
trial:
  arms:
    drug: {drug: naltrexone, doses: [50 mg, 50 mg], at: "09:00"}
    placebo: {drug: placebo, like: drug}
  sequences: [{arms: [drug, placebo], count: 12}]
  washout: 0 d
measures:
  - {diary: connection}
  - {probe: occupancy, at: "day 1 15:00"}
  - {probe: plasma, at: "day 1 15:00"}
  - {probe: plasma, at: "day 2 10:30"}
record: {every: 6 h, by: [sequence]}
replicates: 2
seed: bodies
)";

const std::string typical = "people.drug_kinetics=typical";

Population population_of(const Scenario& scenario) { return make_population(scenario, {scenario.seed, 0}, "", {}); }

/// Values of a variable of the population table, row by row.
std::vector<std::vector<float>> recorded(const Done& done, const std::string& name) {
  std::size_t place = 0;
  for (const TableSpec& spec : done.sink->specs()) {
    for (std::size_t v = 0; spec.name == "population" && v < spec.variables.size(); ++v) {
      if (spec.variables[v].name == name) place = v;
    }
  }
  std::vector<std::vector<float>> rows;
  for (const TableRow& row : done.sink->rows()) {
    if (row.table == "population" && row.replicate == 0)
      rows.push_back(std::get<std::vector<float>>(row.values[place]));
  }
  return rows;
}

bool has_variable(const Done& done, const std::string& name) {
  for (const TableSpec& spec : done.sink->specs()) {
    for (const Variable& variable : spec.variables) {
      if (spec.name == "population" && variable.name == name) return true;
    }
  }
  return false;
}

}  // namespace

TEST_CASE("a person has one body in all worlds and studies of a population, and each person another") {
  const Scenario scenario = scenario_from(text);
  const Population population = population_of(scenario);
  Model other = *population.model;
  other.continue_as({scenario.seed, 5});
  const SharedDrug naltrexone = scenario.pharmacy->find("naltrexone");
  std::set<double> rates;
  for (PersonId p = 0; p < 60; ++p) {
    const auto chain = population.model->chain(naltrexone, p);
    CHECK(chain->step == other.chain(naltrexone, p)->step);
    rates.insert(chain->drug.chain.rates().values.back());
    const BodyFactors body = chance_factors(naltrexone->between_people, {scenario.seed, 0}, p);
    CHECK(chain->drug.chain.rates().values == make_chain(naltrexone->kinetics, body).chain.rates().values);
  }
  CHECK(rates.size() == 60);
  CHECK(population.model->chain(nullptr, 3) == nullptr);

  const Scenario alike = scenario_from(text, {{typical}});
  const Population all = population_of(alike);
  const SharedDrug same = alike.pharmacy->find("naltrexone");
  CHECK(all.model->chain(same, 3) == alike.pharmacy->chain(same, 1.0));
  const SharedDrug everybodys = scenario.pharmacy->find("everybodys");
  CHECK(population.model->chain(everybodys, 3) == scenario.pharmacy->chain(everybodys, 1.0));
}

TEST_CASE("participants' occupancy and plasma are what the kinetics of their own bodies say, in each study") {
  const Done done = run_text(text);
  const Drug& drug = kith::testing::drug("naltrexone");
  const DoseSeries taken{50.0, 24.0, 2};
  for (const std::size_t study : {0U, 1U}) {
    const StudyResult& result = done.result(study);
    for (std::size_t i = 0; i < result.participants.size(); ++i) {
      const BodyFactors body =
          chance_factors(drug.between_people, {done.scenario->seed, 0}, result.participants[i].person);
      CHECK(result.measures[1].values[0][i] ==
            Approx(100.0 * occupancies(drug, taken, {6.0}, body).front()).epsilon(1e-9));
      CHECK(result.measures[2].values[0][i] == Approx(concentrations(drug, taken, {6.0}, body).front()).epsilon(1e-9));
      CHECK(result.measures[3].values[0][i] == Approx(concentrations(drug, taken, {25.5}, body).front()).epsilon(1e-9));
    }
    CHECK(result.measures[2].name == "plasma naltrexone day 1 15:00");
    CHECK(result.measures[2].unit == "ng/mL");
    CHECK_FALSE(result.measures[2].has_effect);
  }
}

TEST_CASE("typical people are all alike, and their plasma is Bateman's function") {
  const Done done = run_text(text, {{typical}});
  const auto& values = done.result().measures[2].values[0];
  const double ka = 2.0;
  const double ke = std::log(2.0) / 4.0;
  const double volume = 94.0 / ke;
  const double expected = 50.0 * 0.08 * 1000.0 / volume * ka / (ka - ke) * (std::exp(-ke * 6.0) - std::exp(-ka * 6.0));
  for (const double value : values) CHECK(value == Approx(expected).epsilon(1e-9));
  CHECK(done.run.fingerprint() != run_text(text).run.fingerprint());
}

TEST_CASE("a drug of which nobody differs gives the same bits whether or not people may differ") {
  const std::vector<config::Override> own{{"trial.arms.drug.drug=everybodys"}};
  const Done differing = run_text(text, own);
  const Done alike = run_text(text, {own[0], {typical}});
  CHECK(differing.run.fingerprint() == alike.run.fingerprint());
  CHECK(same_values(differing.result().measures[0].ratings, alike.result().measures[0].ratings));
}

TEST_CASE("the mean concentration in plasma of each drug that somebody takes is recorded by group") {
  const std::string events =
      R"(events=[{at: 1 d, target: {share: 50 %}, do: {dose: {drug: morphine, amount: 10 mg}}}])";
  const Done done = run_text(text, {{events}});
  const auto plasma = recorded(done, "plasma");
  REQUIRE(plasma.size() == 17);
  REQUIRE(plasma.front().size() == 4);  // all and the sequence, in the order of the drugs: morphine, naltrexone
  const Drug& drug = kith::testing::drug("naltrexone");
  double expected = 0.0;  // at hour 12, 3 h after the first dose
  for (const trials::Participant& participant : done.result().participants) {
    const BodyFactors body = chance_factors(drug.between_people, {done.scenario->seed, 0}, participant.person);
    expected += concentrations(drug, {50.0, 24.0, 1}, {3.0}, body).front() / 12.0;
  }
  CHECK(plasma[2][3] == Approx(expected).epsilon(1e-5));
  CHECK(plasma[2][1] == Approx(expected * 12.0 / 60.0).epsilon(1e-5));
  CHECK(plasma[2][0] == 0.0F);
  CHECK(plasma[5][0] > 0.0F);
  const std::string nobody = R"(trial.arms.drug.drug=placebo)";
  CHECK_FALSE(has_variable(run_text(text, {{nobody}}), "plasma"));
}

TEST_CASE("who weighs twice as much has the clearance and volume that the drug says, by the people's table") {
  const ScratchFolder folder;
  const std::string file = folder / "people.csv";
  {
    std::ofstream table(file);
    table << "id,weight_kg\n";
    for (int p = 0; p < 60; ++p) table << p << "," << (p % 2 == 0 ? "140" : p % 3 == 0 ? "" : "70") << "\n";
  }
  const Scenario scenario = scenario_from(text, {{"people.columns={file: " + file + "}"}});
  const Population population = population_of(scenario);
  REQUIRE(population.column_notes.size() == 1);
  CHECK_THAT(population.column_notes[0], Catch::Contains("10 of 60 people have no weight_kg"));
  const SharedDrug drug = scenario.pharmacy->find("naltrexone");
  for (const PersonId p : {0U, 1U, 3U}) {
    BodyFactors body = chance_factors(drug->between_people, {scenario.seed, 0}, p);
    if (p == 0) {
      body.clearance *= std::pow(2.0, 0.75);
      body.volume *= 2.0;
    }
    const auto rates = population.model->chain(drug, p)->drug.chain.rates().values;
    const auto expected = make_chain(drug->kinetics, body).chain.rates().values;
    for (std::size_t i = 0; i < rates.size(); ++i) CHECK(rates[i] == Approx(expected[i]).epsilon(1e-12));
  }
  const Scenario alike = scenario_from(text, {{"people.columns={file: " + file + "}"}, {typical}});
  const Population all = population_of(alike);
  const SharedDrug same = alike.pharmacy->find("naltrexone");
  CHECK(all.model->chain(same, 0) == alike.pharmacy->chain(same, 1.0));
}
