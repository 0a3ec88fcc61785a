#include "tests/support/plain_chain.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "models/pharmacology/course.hpp"
#include "tests/support/drugs.hpp"

using namespace kith;
using namespace kith::pharmacology;
using kith::testing::acting_drugs;
using kith::testing::PlainChain;

namespace {

/// A drug that has everything that a drug can have.
Drug complicated() {
  Drug drug = kith::testing::drug("naltrexone");
  const auto value = [](double number) { return Parameter{number, config::Mark::assumed, ""}; };
  drug.kinetics.absorption = {{value(0.7), value(1.5), value(0.3), 1}, {value(0.3), value(0.2), value(0.6), 3}};
  drug.kinetics.plasma = {{value(0.6), value(1.5)}, {value(0.4), value(12.0)}};
  drug.kinetics.metabolite->potency.value = 0.5;
  return drug;
}

}  // namespace

TEST_CASE("of every drug the effect is what the differential equations give, step by small step") {
  std::vector<Drug> drugs = acting_drugs();
  drugs.push_back(complicated());
  for (const Drug& drug : drugs) {
    CAPTURE(drug.name);
    const double dose = drug.usual_dose;
    PlainChain plain(drug);
    for (const Dose& each : {Dose{0.5, dose}, Dose{3.0, 0.5 * dose}, Dose{26.75, dose}}) plain.add(each);
    Course course = kith::testing::course(drug, {{0.5, dose}, {3.0, 0.5 * dose}, {26.75, dose}});
    double most = 0.0;
    for (int hour = 0; hour < 60; ++hour) {
      plain.advance(hour, 1.0);
      course.advance(hour, 1.0);
      most = std::max(most, plain.effect());
      CAPTURE(hour);
      REQUIRE(course.effect() == Approx(plain.effect()).epsilon(1e-6).margin(1e-9 * most));
    }
    CHECK(most > 0.05);
  }
}

TEST_CASE("in a body that differs in everything, the effect is what the differential equations of such a drug give") {
  const Drug drug = complicated();
  const BodyFactors body{.clearance = 1.7, .volume = 0.8, .bioavailability = 1.3, .effect_half_life = 0.6};
  Drug other = drug;
  other.kinetics.size.value *= body.clearance;
  for (Decline& decline : other.kinetics.plasma) decline.half_life.value *= body.volume / body.clearance;
  for (Absorption& way : other.kinetics.absorption) way.bioavailability.value *= body.bioavailability;
  other.kinetics.effect_half_life.value *= body.effect_half_life;
  PlainChain plain(other);
  plain.add({0.5, 20.0});
  Course course(0, std::make_shared<const SteppedChain>(drug, 1.0, body), {{0.5, 20.0}});
  for (int hour = 0; hour < 40; ++hour) {
    plain.advance(hour, 1.0);
    course.advance(hour, 1.0);
    REQUIRE(course.effect() == Approx(plain.effect()).epsilon(1e-6));
  }
  CHECK(course.effect() != Approx(kith::testing::course(drug, {{0.5, 20.0}}).effect_at(0.0, 40.0)).epsilon(0.05));
}

TEST_CASE("the volume follows from the clearance and from the concentration of a milligram") {
  Kinetics k = complicated().kinetics;
  k.extent = Extent::clearance;
  k.size.value = 30.0;
  const double hours = 0.6 * 1.5 / std::log(2.0) + 0.4 * 12.0 / std::log(2.0);
  CHECK(k.volume() == Approx(30.0 * hours));
  CHECK(k.clearance() == Approx(30.0));
  k.extent = Extent::volume;
  CHECK(k.volume() == 30.0);
  CHECK(k.clearance() == Approx(30.0 / hours));
  k.extent = Extent::concentration_per_mg;
  CHECK(k.volume() == Approx(1000.0 / 30.0));
}

TEST_CASE("repeated doses add up shifted in time, and the peak is the highest moment after the last") {
  const Drug& drug = kith::testing::drug("naltrexone");
  const std::vector<double> hours{24.5, 26.0, 30.0, 47.0};
  std::vector<double> earlier;
  for (const double at : hours) earlier.push_back(at - 24.0);
  const auto x = [](double occupied) { return occupied / (1.0 - occupied); };
  const auto one = occupancies(drug, {50.0, 24.0, 1}, hours);
  const auto shifted = occupancies(drug, {50.0, 24.0, 1}, earlier);
  const auto two = occupancies(drug, {50.0, 24.0, 2}, hours);
  for (std::size_t k = 0; k < hours.size(); ++k) CHECK(x(two[k]) == Approx(x(one[k]) + x(shifted[k])).epsilon(1e-9));
  double most = 0.0;
  for (double at = 24.0; at < 48.0; at += 0.25) most = std::max(most, occupancies(drug, {50.0, 24.0, 2}, {at}).front());
  CHECK(peak_occupancy(drug, {50.0, 24.0, 2}) == Approx(most).epsilon(1e-4));
  // A week after the first dose, where a drug still adds up.
  const Drug& slow = kith::testing::drug("methadone");
  const double peak = peak_occupancy(slow, {30.0, 24.0, 8});
  most = 0.0;
  for (double at = 168.0; at < 192.0; at += 0.25)
    most = std::max(most, occupancies(slow, {30.0, 24.0, 8}, {at}).front());
  CHECK(peak == Approx(most).epsilon(1e-3));
  CHECK(peak > 1.05 * peak_occupancy(slow, {30.0, 24.0, 1}));
  CHECK(modelled(drug, {.taken = {50.0, 24.0, 1}, .at = 30.0, .occupancy = 0.0, .source = ""}) == Approx(one[2]));
}

TEST_CASE("a dose at the end of a tick waits for the next, also beside another within the tick") {
  Course course = kith::testing::course(kith::testing::drug("naltrexone"), {{0.5, 50.0}, {1.0, 50.0}});
  course.advance(0.0, 1.0);
  CHECK(course.pending().size() == 1);
  CHECK(course.state()[0] == Approx(50.0 * std::exp(-2.0 * 0.5)));
}
