#include "models/pharmacology/dosing.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "core/distributions.hpp"
#include "tests/support/small_worlds.hpp"

using namespace kith;
using namespace kith::pharmacology;
using kith::testing::naltrexone;

namespace {

std::vector<double> state_after(std::vector<Dose> doses, double hours, double tick = 1.0) {
  Course course = naltrexone(0, tick, std::move(doses));
  for (double now = 0.0; now < hours; now += tick) course.advance(now, tick);
  return {course.state().begin(), course.state().end()};
}

void check_same(const std::vector<double>& a, const std::vector<double>& b) {
  REQUIRE(a.size() == b.size());
  for (std::size_t i = 0; i < a.size(); ++i) CHECK(a[i] == Approx(b[i]).epsilon(1e-10).margin(1e-12));
}

}  // namespace

TEST_CASE("two half doses at once are one dose") {
  check_same(state_after({{2.5, 25.0}, {2.5, 25.0}}, 48.0), state_after({{2.5, 50.0}}, 48.0));
}

TEST_CASE("doses add up: the effect of several is the sum of their effects") {
  const auto both = state_after({{1.0, 20.0}, {30.25, 35.0}}, 60.0);
  const auto first = state_after({{1.0, 20.0}}, 60.0);
  const auto second = state_after({{30.25, 35.0}}, 60.0);
  for (std::size_t i = 0; i < both.size(); ++i) CHECK(both[i] == Approx(first[i] + second[i]).epsilon(1e-10));
}

TEST_CASE("a dose an hour later has the same effect an hour later") {
  check_same(state_after({{5.0, 50.0}}, 30.0), state_after({{6.0, 50.0}}, 31.0));
}

TEST_CASE("a dose of 0 mg, and no dose, leave exactly nothing") {
  for (const auto& doses : {std::vector<Dose>{{3.0, 0.0}, {27.5, 0.0}}, std::vector<Dose>{}}) {
    for (const double value : state_after(doses, 100.0)) CHECK(value == 0.0);
  }
}

TEST_CASE("the state does not depend on how time is cut into ticks, doses between ticks included") {
  Stream stream = Draws({5, 0}, "test").at(0, 0);
  for (int trial = 0; trial < 20; ++trial) {
    std::vector<Dose> doses;
    for (double at = 10.0 * uniform(stream); at < 90.0; at += 40.0 * uniform(stream))
      doses.push_back({at, 50.0 * uniform(stream)});
    const auto hourly = state_after(doses, 96.0, 1.0);
    for (const double tick : {0.25, 6.0, 24.0}) check_same(state_after(doses, 96.0, tick), hourly);
  }
}

TEST_CASE("a dose at the end of a tick belongs to the next") {
  Course course = naltrexone(0, 1.0, {{1.0, 50.0}});
  course.advance(0.0, 1.0);
  CHECK(course.state()[Drug::gut] == 0.0);
  CHECK(course.pending().size() == 1);
  course.advance(1.0, 1.0);
  CHECK(course.state()[Drug::gut] == Approx(50.0 * std::exp(-2.0)));
  CHECK(course.pending().empty());
}

TEST_CASE("looking ahead changes nothing and sees what comes") {
  Course course = naltrexone(0, 1.0, {{2.0, 50.0}});
  course.advance(0.0, 1.0);
  const double ahead = course.effect_at(1.0, 4.0);
  CHECK(course.state()[Drug::gut] == 0.0);
  CHECK(course.pending().size() == 1);
  for (const double now : {1.0, 2.0, 3.0, 4.0}) course.advance(now, 1.0);
  CHECK(course.effect() == Approx(ahead).epsilon(1e-12));
  CHECK(ahead > 0.0);
}

TEST_CASE("what leaves the gut arrives in blood, as drug or as metabolite, and what leaves the blood was there") {
  const auto known =
      std::find_if(library().begin(), library().end(), [](const Drug& d) { return d.name == "naltrexone"; });
  const OralAntagonist& k = known->kinetics;
  const Matrix rates = k.chain().rates();
  const double volume = k.clearance.value * k.half_life.value / std::log(2.0);
  const double f = k.bioavailability.value;
  // Gut [mg] loses what plasma [ng/mL · L / 1000 = mg] and metabolite gain, first-pass losses apart.
  CHECK(rates(Drug::plasma, Drug::gut) * volume / 1000.0 == Approx(-f * rates(Drug::gut, Drug::gut)));
  CHECK(rates(Drug::metabolite, Drug::gut) * k.metabolite_volume.value / 1000.0 ==
        Approx(-(1.0 - f) * k.metabolite_share.value * rates(Drug::gut, Drug::gut)));
  CHECK(rates(Drug::metabolite, Drug::plasma) * k.metabolite_volume.value ==
        Approx(-k.metabolite_share.value * volume * rates(Drug::plasma, Drug::plasma)));
  // The area under the plasma curve is dose · F / clearance [mg/L · h]; hourly trapezoids of fine steps come near it.
  Course course = naltrexone(0, 0.05, {{0.0, 50.0}});
  double area = 0.0;
  double before = 0.0;
  for (int step = 0; step < 20 * 120; ++step) {
    course.advance(0.05 * step, 0.05);
    area += 0.5 * 0.05 * (before + course.state()[Drug::plasma]);
    before = course.state()[Drug::plasma];
  }
  CHECK(area / 1000.0 == Approx(50.0 * f / k.clearance.value).epsilon(0.005));
}
