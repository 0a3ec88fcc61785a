#include "models/patients/patients.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "models/patients/social_functioning.hpp"

using namespace kith;
using namespace kith::patients;

namespace {

SubstanceUse drinking(double share = 0.5) {
  SubstanceUse use;
  use.substance = Substance::alcohol;
  use.share = share;
  return use;
}

/// The patients of a small world.
struct World {
  people::People people;
  std::shared_ptr<const pharmacology::Pharmacy> pharmacy = std::make_shared<pharmacology::Pharmacy>();
  people::Receptors receptors{{}, {}, pharmacy, 1.0};
  people::FeelingParams feelings;
  people::MeetingParams meeting;
  Clock clock{3600, 0.0};
  Patients patients;

  explicit World(const SubstanceUse& use, const std::vector<bool>& eligible = {})
      : patients(use, pharmacology::ReceptorParams{}, *pharmacy, people::Scales{}) {
    people.resize(400);
    patients.admit({people, receptors, feelings, meeting, clock, {5, 0}}, eligible);
  }
};

}  // namespace

TEST_CASE("craving comes to rest at the sum that the equation says") {
  const SubstanceUseParams p;
  const auto expected = [&](double affect, double points, double habit, double lack) {
    return 0.1 + 0.4 * affect + std::log(1.16) / 4.0 * (points - 3.0) + 0.3 * habit + 0.1 * lack;
  };
  for (const auto& [affect, points, habit, lack] : {std::array{0.0F, 3.0F, 0.0F, 0.0F},
                                                    {0.5F, 3.0F, 0.0F, 0.0F},
                                                    {0.2F, 8.0F, 0.3F, 0.0F},
                                                    {0.1F, 5.0F, 0.6F, 0.7F}})
    CHECK(static_cast<double>(craving_at_rest(p, affect, points, habit, lack)) ==
          Approx(expected(affect, points, habit, lack)).epsilon(1e-5));
  CHECK(craving_at_rest(p, 1.0F, 9.0F, 1.0F, 1.0F) == 1.0F);
}

TEST_CASE("odds of use are the base times e to the power of craving, habit and the own part") {
  SubstanceUseParams p;
  p.base_odds = 0.002;
  CHECK(odds_of_use(p, 0.0F, 0.0F, 0.0F) == Approx(0.002));
  CHECK(odds_of_use(p, 0.4F, 0.3F, -0.5F) == Approx(0.002 * std::exp(4.0 * 0.4 + 5.0 * 0.3 - 0.5)).epsilon(1e-6));
  CHECK(chance_of_use(0.25, 2.0) == Approx(1.0 - std::pow(1.25, -2.0)));
}

TEST_CASE("reward is felt beyond a part of the usual rise, and at most twice the usual one") {
  SubstanceUseParams p;
  p.least_reward = 0.25F;
  CHECK(reward_of_use(p, 0.2F, 0.8F) == 0.0F);
  CHECK(reward_of_use(p, 0.5F, 0.8F) == Approx(0.5F));
  CHECK(reward_of_use(p, 0.8F, 0.8F) == Approx(1.0F));
  CHECK(reward_of_use(p, 1.1F, 0.8F) == Approx(1.5F));
  CHECK(reward_of_use(p, 8.0F, 0.8F) == 2.0F);
  CHECK(reward_of_use(p, -1.0F, 0.8F) == 0.0F);
}

TEST_CASE("use costs approach and good contacts, the latter by whoever has used last") {
  SubstanceUseParams p;
  p.missed_contacts = 0.4F;
  p.spoiled_contacts = 0.6F;
  CHECK(kept_approach(p, 0.5F) == Approx(0.8F));
  CHECK(kept_approach(p, 0.0F) == 1.0F);
  SubstanceUse use = drinking();
  use.params = p;
  const World world(use);
  const Patients& patients = world.patients;
  REQUIRE(patients.all().size() > 2);
  auto& one = const_cast<Patient&>(patients.all()[0]);
  auto& other = const_cast<Patient&>(patients.all()[1]);
  PersonId nobody = 0;
  while (patients.find(nobody) != nullptr) ++nobody;
  one.cost = 0.25F;
  other.cost = 1.0F;
  for (const auto& [a, b, cost] : {std::tuple(one.person, other.person, 1.0F),
                                   {other.person, one.person, 1.0F},
                                   {one.person, nobody, 0.25F},
                                   {nobody, one.person, 0.25F},
                                   {nobody, nobody, 0.0F}})
    CHECK(patients.kept_goodness(a, b) == Approx(1.0F - 0.6F * cost));
}

TEST_CASE("patients are a share of those eligible, with own odds that spread as the scenario says") {
  SubstanceUse use = drinking(0.3);
  use.params.person_sd = 2.0;
  std::vector<bool> even(400);
  for (PersonId p = 0; p < 400; p += 2) even[p] = true;
  const World everybody(use);
  const World half(use, even);
  const Patients& all = everybody.patients;
  const Patients& some = half.patients;
  // 400 and 200 people at 30 %: SD 9.2 and 6.5.
  CHECK(std::abs(static_cast<double>(all.all().size()) - 120.0) < 3.29 * 9.2);
  CHECK(std::abs(static_cast<double>(some.all().size()) - 60.0) < 3.29 * 6.5);
  for (const Patient& patient : some.all()) {
    CHECK(patient.person % 2 == 0);
    CHECK(all.find(patient.person)->own_odds == patient.own_odds);
    CHECK(patient.habit == use.params.habit_start);
    CHECK(patient.craving == use.params.craving_rest);
  }
  double squares = 0.0;
  for (const Patient& patient : all.all()) squares += std::pow(static_cast<double>(patient.own_odds), 2);
  const auto n = static_cast<double>(all.all().size());
  CHECK(std::abs(std::sqrt(squares / n) - 2.0) < 3.29 * 2.0 / std::sqrt(2.0 * n));
}

TEST_CASE("24 % of people are lonelier than the threshold") {
  std::vector<float> loneliness;
  for (int k = 0; k < 1000; ++k) loneliness.push_back(static_cast<float>((k * 377) % 1000));
  CHECK(lonely_threshold(loneliness, 0.24) == 759.0F);
}

TEST_CASE("each part of social functioning is a quarter, and none gives more than that") {
  people::MeetingParams meeting;
  Patient patient;
  const auto usual = static_cast<float>(meeting.contacts_per_day) * meeting.positive_share;
  patient.good_a_day = 3.0F * usual;
  CHECK(social_functioning(patient, meeting, 0.0, 9.0) == Approx(50.0));  // more and better contacts than usual
  patient.good_a_day = 0.5F * usual;
  patient.bad_a_day = 0.5F * usual;
  CHECK(social_functioning(patient, meeting, 12.0, 4.5) ==
        Approx(25.0 * (0.5 + 0.5 / static_cast<double>(meeting.positive_share) + 0.4 + 0.75)));
}
