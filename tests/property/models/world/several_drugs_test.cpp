#include <catch2/catch.hpp>
#include <cmath>

#include "models/world/population.hpp"
#include "tests/support/differing_columns.hpp"
#include "tests/support/drugs.hpp"
#include "tests/support/small_scenarios.hpp"

using namespace kith;
using namespace kith::pharmacology;
using kith::testing::course;
using kith::testing::differing_columns;
using kith::testing::drug;
using kith::testing::scenario_from;

namespace {

/// Forty people who know each other, and the courses that some of them take.
struct World {
  Scenario scenario;
  network::Graph graph;
  network::Ties ties;
  Model model;

  explicit World(const std::string& text = "")
      : scenario(scenario_from("kith: 1\ntitle: world\n" + text)),
        graph(ring()),
        ties(graph),
        model(scenario, ties, {42, 0}) {}

  static network::Graph ring() {
    network::Graph graph;
    graph.people = 40;
    for (PersonId k = 0; k < 40; ++k)
      for (PersonId step = 1; step <= 3; ++step)
        graph.edges.push_back({.a = k, .b = (k + step) % 40, .closeness = 0.6F});
    network::make_simple(graph);
    return graph;
  }
  Model& run(std::vector<Course> courses, Tick to) {
    model.treat(std::move(courses));
    model.run(0, to, "");
    return model;
  }
};

std::vector<Dose> daily(int days, double amount) {
  std::vector<Dose> doses;
  for (int day = 0; day < days; ++day) doses.push_back({24.0 * day + 9.0, amount});
  return doses;
}

}  // namespace

TEST_CASE("any drug at 0 mg leaves every person as in a world without drugs, to the last bit") {
  World untreated;
  untreated.run({}, 24 * 6);
  std::vector<Course> nothing;
  std::vector<Course> something;
  for (const Drug& each : kith::testing::acting_drugs()) {
    nothing.push_back(course(each, daily(3, 0.0), 1.0, static_cast<PersonId>(nothing.size())));
    something.push_back(course(each, daily(3, each.usual_dose), 1.0, static_cast<PersonId>(something.size())));
  }
  World zero("symptoms: {strength: 1}\n");
  World active;
  CHECK(differing_columns(untreated.model.people(), zero.run(nothing, 24 * 6).people()).empty());
  CHECK_FALSE(differing_columns(untreated.model.people(), active.run(something, 24 * 6).people()).empty());
  for (const Treated& treated : zero.model.treated().all()) CHECK(treated.density() == 1.0F);
}

TEST_CASE("an antagonist lowers the signal of who takes an agonist, and an agonist alone raises it") {
  World untreated;
  World agonist;
  World both;
  const Course morphine = course(drug("morphine"), daily(1, 60.0), 1.0, 3);
  untreated.run({}, 12);
  agonist.run({morphine}, 12);
  both.run({morphine, course(drug("naltrexone"), daily(1, 50.0), 1.0, 3)}, 12);
  const auto signal = [](const World& world) { return world.model.people().signal[3]; };
  CHECK(signal(agonist) > 1.1F * signal(untreated));
  CHECK(signal(both) < 0.6F * signal(untreated));
  CHECK(both.model.treated().all().size() == 1);
  CHECK(both.model.treatment(3)->courses().size() == 2);
  CHECK(both.model.treatment(4) == nullptr);
}

TEST_CASE("two courses of one person act as the same doses in one course") {
  World one;
  World two;
  one.run({course(drug("naltrexone"), {{9.0, 25.0}, {33.0, 50.0}}, 1.0, 5)}, 24 * 4);
  two.model.treat({course(drug("naltrexone"), {{9.0, 25.0}}, 1.0, 5)});
  two.run({course(drug("naltrexone"), {{33.0, 50.0}}, 1.0, 5)}, 24 * 4);
  CHECK(two.model.treated().all().size() == 1);
  CHECK(two.model.people().antagonist[5] == Approx(one.model.people().antagonist[5]).epsilon(1e-5));
  CHECK(two.model.people().signal[5] == Approx(one.model.people().signal[5]).epsilon(1e-4));
}

TEST_CASE("receptors rise in number under two weeks of naltrexone, and the signal rebounds when it is gone") {
  World still("receptor: {up_regulation: 0}\n");
  World regulating;
  const std::vector<Course> courses{course(drug("naltrexone"), daily(14, 50.0), 1.0, 8)};
  still.run(courses, 24 * 14);
  regulating.run(courses, 24 * 14);
  CHECK(still.model.treatment(8)->density() == 1.0F);
  CHECK(regulating.model.treatment(8)->density() > 1.2F);
  CHECK(regulating.model.people().signal[8] > still.model.people().signal[8]);
  // What a contact's own release does is felt by as many receptors as there are now.
  const Treated& treated = *regulating.model.treatment(8);
  const ReceptorParams& receptor = regulating.scenario.receptor;
  for (const float ligand : {0.1F, 0.6F}) {
    CHECK(regulating.model.signal_at(8, ligand) ==
          Approx(mu_signal(receptor, ligand, treated.load(), treated.density())).epsilon(1e-6));
    CHECK(regulating.model.signal_at(9, ligand) == mu_signal(receptor, ligand, Load{}));
  }
  regulating.model.run(24 * 14, 24 * 60, "");
  CHECK(regulating.model.treatment(8)->density() == Approx(1.0F).margin(1e-3));
}

TEST_CASE("under an agonist receptors fall in number and the set point drifts up, so that withdrawal lies below it") {
  World world;
  world.run({course(drug("methadone"), daily(28, 120.0), 1.0, 8)}, 24 * 28);
  CHECK(world.model.treatment(8)->density() < 0.985F);
  const float used_to = world.model.people().set_point[8];
  World untreated;
  untreated.run({}, 24 * 28);
  CHECK(used_to > 1.1F * untreated.model.people().set_point[8]);
  world.model.run(24 * 28, 24 * 40, "");
  CHECK(world.model.people().signal_mean[8] < world.model.people().set_point[8]);
}

TEST_CASE(
    "symptoms at the kappa-receptor lower mood and connection without any opioid theory, and not where they are off") {
  const std::vector<Course> courses{course(drug("naltrexone"), daily(4, 50.0), 1.0, 8)};
  World off("theory: none\n");
  World on("theory: none\nsymptoms: {strength: 1}\n");
  World without_link("theory: none\nsymptoms: {strength: 1, connection: 0}\n");
  off.run(courses, 24 * 4);
  on.run(courses, 24 * 4);
  without_link.run(courses, 24 * 4);
  CHECK(on.model.people().negative_affect[8] > off.model.people().negative_affect[8] + 0.02F);
  CHECK(on.model.people().positive_affect[8] < off.model.people().positive_affect[8] - 0.02F);
  CHECK(on.model.people().connection[8] < off.model.people().connection[8] - 0.005F);
  CHECK(without_link.model.people().connection[8] == off.model.people().connection[8]);
  CHECK(on.model.people().negative_affect[20] == off.model.people().negative_affect[20]);
}

TEST_CASE("genotypes do nothing by default, and carriers alone differ where they are switched on") {
  World plain;
  World carried("people: {oprm1: {region: europe}}\n");
  plain.run({}, 48);
  CHECK(plain.model.fingerprint() == carried.run({}, 48).fingerprint());
  World lowered("theory: none\npeople: {oprm1: {region: east_asia, reserve_factor: 0.5}}\n");
  World none("theory: none\n");
  lowered.run({}, 48);
  none.run({}, 48);
  std::size_t lower = 0;
  std::size_t alike = 0;
  for (PersonId p = 0; p < 40; ++p) {
    const float a = lowered.model.people().signal[p];
    const float b = none.model.people().signal[p];
    CHECK(a <= b);
    (a < b ? lower : alike) += 1;
  }
  // Three quarters carry the allele: 30 of 40 expected, SD 2.7; 4.5 SD on either side.
  CHECK(lower > 17);
  CHECK(alike > 0);
}
