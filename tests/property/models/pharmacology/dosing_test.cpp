#include "models/pharmacology/dosing.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <memory>
#include <utility>

#include "core/distributions.hpp"
#include "models/pharmacology/pharmacy.hpp"
#include "models/pharmacology/treated.hpp"
#include "tests/support/drugs.hpp"

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
  CHECK(course.state()[0] == 0.0);
  CHECK(course.pending().size() == 1);
  course.advance(1.0, 1.0);
  CHECK(course.state()[0] == Approx(50.0 * std::exp(-2.0)));
  CHECK(course.pending().empty());
}

TEST_CASE("looking ahead changes nothing and sees what comes") {
  Course course = naltrexone(0, 1.0, {{2.0, 50.0}});
  course.advance(0.0, 1.0);
  const double ahead = course.effect_at(1.0, 4.0);
  CHECK(course.state()[0] == 0.0);
  CHECK(course.pending().size() == 1);
  for (const double now : {1.0, 2.0, 3.0, 4.0}) course.advance(now, 1.0);
  CHECK(course.effect() == Approx(ahead).epsilon(1e-12));
  CHECK(ahead > 0.0);
}

TEST_CASE("a chain of many compartments is followed as exactly as a short one") {
  Drug many = kith::testing::drug("naltrexone");
  many.kinetics.absorption.front().stages = 6;
  const auto chain = std::make_shared<const SteppedChain>(many, 1.0);
  REQUIRE(chain->drug.entry.size() > 8);
  Course course(0, chain, {{0.25, 50.0}});
  for (int hour = 0; hour < 30; ++hour) course.advance(hour, 1.0);
  std::vector<double> dose = chain->drug.entry;
  for (double& amount : dose) amount *= 50.0;
  const Course copy = course;
  check_same({copy.state().begin(), copy.state().end()}, chain->drug.chain.advanced(dose, 29.75));
}

TEST_CASE("treated people are in order and keep their courses, however they come") {
  TreatedPeople people;
  people.add({naltrexone(7, 1.0, {}), naltrexone(2, 1.0, {}), naltrexone(7, 1.0, {})});
  people.add(
      {naltrexone(9, 1.0, {}), naltrexone(4, 1.0, {}), naltrexone(2, 1.0, {{1.0, 50.0}}), naltrexone(0, 1.0, {})});
  std::vector<std::pair<PersonId, std::size_t>> found;
  for (const Treated& treated : people.all()) found.emplace_back(treated.person(), treated.courses().size());
  CHECK(found == std::vector<std::pair<PersonId, std::size_t>>{{0, 1}, {2, 1}, {4, 1}, {7, 1}, {9, 1}});
  CHECK(people.find(2)->courses()[0].pending().size() == 1);
  CHECK(people.find(3) == nullptr);
  CHECK(people.among(1, 7).size() == 2);
}

TEST_CASE("a person has one course of each drug from each giver, in the order in which they came") {
  const Pharmacy pharmacy;
  const auto naltrexone = pharmacy.chain(pharmacy.find("naltrexone"), 1.0);
  const auto heroin = pharmacy.chain(pharmacy.find("heroin"), 1.0);
  const Giver trial{Giver::Kind::trial, 0};
  const Giver other_trial{Giver::Kind::trial, 1};
  const Giver event{Giver::Kind::event, 0};
  TreatedPeople people;
  people.add({{4, heroin, {}, Giver::oneself()}, {4, naltrexone, {{3.0, 1.0}}, event}});
  people.add({{4, naltrexone, {}, trial}, {1, naltrexone, {{1.0, 9.0}}, event}, {4, heroin, {}, trial}});
  people.add({{4, naltrexone, {{2.0, 2.0}, {5.0, 5.0}}, trial}, {4, naltrexone, {}, other_trial}});
  people.add({{4, naltrexone, {{4.0, 4.0}}, trial}, {4, naltrexone, {{2.5, 3.0}, {9.0, 6.0}}, event}});
  people.find(4)->own_use().add({7.0, 10.0});

  const auto doses_of = [](const Course& course) {
    std::vector<std::pair<double, double>> doses;
    for (const Dose& dose : course.pending()) doses.emplace_back(dose.hours, dose.amount);
    return doses;
  };
  using Doses = std::vector<std::pair<double, double>>;
  REQUIRE(people.all().size() == 2);
  CHECK(people.find(1)->courses().size() == 1);
  const auto courses = people.find(4)->courses();
  REQUIRE(courses.size() == 5);
  CHECK(courses[0].giver() == Giver::oneself());
  CHECK(doses_of(courses[0]) == Doses{{7.0, 10.0}});
  CHECK(courses[1].giver() == event);
  CHECK(doses_of(courses[1]) == Doses{{2.5, 3.0}, {3.0, 1.0}, {9.0, 6.0}});
  CHECK(courses[2].giver() == trial);
  CHECK(doses_of(courses[2]) == Doses{{2.0, 2.0}, {4.0, 4.0}, {5.0, 5.0}});
  CHECK((courses[3].giver() == trial && &courses[3].drug() == heroin.get()));
  CHECK(courses[4].giver() == other_trial);
}

TEST_CASE("doses that come as time goes by add up to what they would be in one, from one giver or two") {
  const Pharmacy pharmacy;
  const auto naltrexone = pharmacy.chain(pharmacy.find("naltrexone"), 1.0);
  const Giver trial{Giver::Kind::trial, 0};
  const Giver event{Giver::Kind::event, 0};
  Treated whole(0);
  Treated halves(0);
  Treated from_two(0);
  whole.add({0, naltrexone, {{2.5, 50.0}, {9.0, 30.0}}, trial});
  for (double hour = 0.0; hour < 20.0; hour += 1.0) {
    for (const Dose dose : {Dose{2.5, 25.0}, Dose{2.5, 25.0}, Dose{9.0, 10.0}, Dose{9.0, 20.0}}) {
      if (dose.hours < hour || dose.hours >= hour + 1.0) continue;
      halves.add({0, naltrexone, {dose}, trial});
      from_two.add({0, naltrexone, {dose}, dose.amount == 25.0 && from_two.courses().empty() ? trial : event});
    }
    for (Treated* one : {&whole, &halves, &from_two}) one->advance(hour, 1.0);
    CHECK(halves.load().antagonist == Approx(whole.load().antagonist));
    CHECK(from_two.load().antagonist == Approx(whole.load().antagonist));
  }
  CHECK(whole.load().antagonist > 1.0F);
  CHECK(halves.courses().size() == 1);
  CHECK(from_two.courses().size() == 2);
  CHECK(halves.courses()[0].pending().empty());
}
