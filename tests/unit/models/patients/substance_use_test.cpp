#include "models/patients/substance_use.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "models/patients/patients.hpp"
#include "models/patients/social_functioning.hpp"
#include "models/pharmacology/course.hpp"
#include "models/pharmacology/treated.hpp"

using namespace kith;
using namespace kith::patients;
using namespace kith::people;
using kith::pharmacology::Load;
using kith::pharmacology::mu_signal;
using kith::pharmacology::ReceptorParams;

namespace {

const pharmacology::Drug& drug(const std::string& name) {
  for (const auto& known : pharmacology::library()) {
    if (known.name == name) return known;
  }
  throw std::logic_error(name);
}

UseDiary diary_of(const std::vector<double>& days) {
  UseDiary diary;
  for (const double day : days) diary.note(24.0 * day);
  return diary;
}

/// Rise of the signal by a use of the usual dose at its peak, under so much antagonist or agonist.
float rise_under(const Load& load) {
  const ReceptorParams receptor;
  Load with = load;
  with.agonist += 0.35F;
  with.drive += 0.9F * 0.35F;
  return mu_signal(receptor, pharmacology::reference_tone, with) -
         mu_signal(receptor, pharmacology::reference_tone, load);
}

/// What a drug does at the receptor `hours` after the last of some doses.
Load load_of(const std::string& name, double dose, int count, double every, double hours) {
  const pharmacology::Drug& known = drug(name);
  const auto chain = std::make_shared<const pharmacology::SteppedChain>(known, 1.0);
  std::vector<pharmacology::Dose> doses;
  for (int k = 0; k < count; ++k) doses.push_back({every * k, dose});
  pharmacology::Treated treated(0);
  treated.add({0, chain, doses});
  const double end = every * (count - 1) + hours;
  for (double now = 0.0; now < end; now += 1.0) treated.advance(now, 1.0);
  return treated.load();
}

}  // namespace

TEST_CASE("points of loneliness run from 3 over 6, where people count as lonely, to 9") {
  CHECK(ucla3_points(0.0F, 0.2F) == 3.0F);
  CHECK(ucla3_points(0.2F, 0.2F) == Approx(5.5));
  CHECK(ucla3_points(0.0F, 0.0F) == 3.0F);
  CHECK(ucla3_points(0.4F, 0.2F) == Approx(9.0 - 6.0 * std::pow(3.5 / 6.0, 2.0)));
  for (float loneliness = 0.0F; loneliness < 1.0F; loneliness += 0.01F) {
    CHECK(ucla3_points(loneliness + 0.01F, 0.2F) > ucla3_points(loneliness, 0.2F));
    CHECK(ucla3_points(loneliness, 0.2F) < 9.0F);
  }
}

TEST_CASE("a point of loneliness multiplies the odds of use by what the scenario says, once craving has settled") {
  SubstanceUseParams p;
  for (const double per_point : {1.0, 1.16, 1.4}) {
    p.odds_per_ucla_point = per_point;
    const auto odds = [&](float points) {
      return odds_of_use(p, craving_at_rest(p, 0.2F, points, 0.5F, 0.0F), 0.5F, 0.3F);
    };
    CHECK(odds(5.0F) / odds(4.0F) == Approx(per_point).epsilon(1e-5));
    CHECK(odds(7.0F) / odds(4.0F) == Approx(std::pow(per_point, 3)).epsilon(1e-5));
  }
}

TEST_CASE("craving rises with negative affect, loneliness, habit and withdrawal, and never leaves 0 to 1") {
  const SubstanceUseParams p;
  const float rest = craving_at_rest(p, 0.1F, 4.0F, 0.5F, 0.0F);
  CHECK(craving_at_rest(p, 0.2F, 4.0F, 0.5F, 0.0F) > rest);
  CHECK(craving_at_rest(p, 0.1F, 5.0F, 0.5F, 0.0F) > rest);
  CHECK(craving_at_rest(p, 0.1F, 4.0F, 0.6F, 0.0F) > rest);
  CHECK(craving_at_rest(p, 0.1F, 4.0F, 0.5F, withdrawal(0.5F, 1.0F)) > rest);
  CHECK(withdrawal(1.2F, 1.0F) == 0.0F);
  CHECK(withdrawal(0.25F, 1.0F) == 0.75F);
  SubstanceUseParams strong;
  strong.craving_of_affect = 2.0F;
  CHECK(craving_at_rest(strong, 1.0F, 9.0F, 1.0F, 1.0F) == 1.0F);
}

TEST_CASE("the chance of use is that of the odds in an hour, however the time is cut") {
  for (const double odds : {0.001, 0.2, 3.0}) {
    CHECK(chance_of_use(odds, 1.0) == Approx(odds / (1.0 + odds)).epsilon(1e-12));
    const double quarter = 1.0 - chance_of_use(odds, 0.25);
    CHECK(1.0 - std::pow(quarter, 4) == Approx(chance_of_use(odds, 1.0)).epsilon(1e-12));
    CHECK(chance_of_use(odds, 0.0) == 0.0);
  }
}

TEST_CASE("use of a resting median person without drugs is worth 1, and nothing when all receptors are held") {
  const SubstanceUseParams p;
  const float usual = rise_under({});
  CHECK(reward_of_use(p, usual, usual) == Approx(1.0));
  const Load full{.antagonist = std::numeric_limits<float>::infinity()};
  CHECK(rise_under(full) == 0.0F);
  CHECK(reward_of_use(p, rise_under(full), usual) == 0.0F);
  SubstanceUseParams all_felt = p;
  all_felt.least_reward = 0.0F;
  CHECK(reward_of_use(all_felt, rise_under(full), usual) == 0.0F);
  CHECK(reward_of_use(all_felt, rise_under({.antagonist = 50.0F}), usual) > 0.0F);  // the check can fail
}

TEST_CASE("from half of the receptors held on, reward of use falls strictly until it is not felt any more") {
  const SubstanceUseParams p;
  const float usual = rise_under({});
  float last = reward_of_use(p, rise_under({.antagonist = 1.0F}), usual);
  CHECK(last > 0.9F);
  for (const float x : {2.0F, 4.0F, 8.0F}) {
    const float reward = reward_of_use(p, rise_under({.antagonist = x}), usual);
    CHECK(reward < last);
    last = reward;
  }
  CHECK(reward_of_use(p, rise_under({.antagonist = 40.0F}), usual) == 0.0F);
}

TEST_CASE(
    "a depot of naltrexone blocks a usual dose for four weeks and not for ten; buprenorphine blunts it for a day") {
  const SubstanceUseParams p;
  const float usual = rise_under({});
  const auto reward = [&](const Load& load) { return reward_of_use(p, rise_under(load), usual); };
  for (const double days : {2.0, 7.0, 14.0, 27.0}) {
    CAPTURE(days);
    CHECK(reward(load_of("naltrexone_xr", 380.0, 2, 672.0, 24.0 * days)) == 0.0F);
  }
  CHECK(reward(load_of("naltrexone_xr", 380.0, 2, 672.0, 24.0 * 70.0)) > 0.3F);
  CHECK(reward(load_of("buprenorphine", 16.0, 14, 24.0, 4.0)) == 0.0F);
  CHECK(reward(load_of("buprenorphine", 16.0, 14, 24.0, 24.0 * 7.0)) > 0.3F);
}

TEST_CASE("habit that is not rewarded fades as (1 - a)^n, and habit that is comes to the reward") {
  SubstanceUseParams p;
  p.learning = 0.1F;
  float fading = 0.8F;
  float rising = 0.2F;
  for (int n = 0; n < 20; ++n) {
    fading = habit_after(p, fading, 0.0F);
    rising = habit_after(p, rising, 1.4F);
  }
  CHECK(fading == Approx(0.8 * std::pow(0.9, 20)).epsilon(1e-4));
  CHECK(rising == Approx(1.0 - 0.8 * std::pow(0.9, 20)).epsilon(1e-4));
}

TEST_CASE("relapse is seven days in a row or four weeks in a row, from day 20 on") {
  CHECK(!diary_of({0, 1, 2, 3, 4, 5, 6, 7, 8}).has_relapsed());  // too early
  CHECK(diary_of({14, 15, 16, 17, 18, 19, 20}).relapsed_at == 20.0F * 24.0F);
  CHECK(!diary_of({30, 31, 32, 33, 34, 35}).has_relapsed());
  CHECK(!diary_of({30, 31, 32, 34, 35, 36, 37}).has_relapsed());
  CHECK(diary_of({30, 31, 32, 33, 34, 35, 36, 40}).relapsed_at == 36.0F * 24.0F);
  CHECK(diary_of({22, 30, 37, 43}).relapsed_at == 43.0F * 24.0F);  // weeks 3, 4, 5, 6
  CHECK(!diary_of({22, 30, 43, 50}).has_relapsed());               // week 5 is missing
  CHECK(diary_of({5, 8, 15, 22}).relapsed_at == 22.0F * 24.0F);
  CHECK(diary_of({5, 8, 15, 22, 23, 40}).relapsed_at == 22.0F * 24.0F);  // the first time counts
}

TEST_CASE("lack of signal is the share of the set point that is missing, and none above it") {
  CHECK(withdrawal(0.5F, 2.0F) == 0.75F);
  CHECK(withdrawal(0.25F, 0.5F) == 0.5F);
  CHECK(withdrawal(0.0F, 0.4F) == 1.0F);
  CHECK(withdrawal(1.5F, 1.0F) == 0.0F);
}

TEST_CASE("a diary of use counts uses and days once") {
  const UseDiary diary = diary_of({1.0, 1.2, 1.9, 3.5, 3.6});
  CHECK(diary.uses == 5);
  CHECK(diary.days == 2);
  CHECK(diary.last_use == Approx(3.6 * 24.0));
}

TEST_CASE("social functioning is 100 for who lives as usual, is not lonely and has all ties, and 0 for nobody's life") {
  MeetingParams meeting;
  patients::Patient patient;
  const auto usual = static_cast<float>(meeting.contacts_per_day);
  patient.good_a_day = usual * meeting.positive_share;
  patient.bad_a_day = usual - patient.good_a_day;
  CHECK(patients::social_functioning(patient, meeting, 30.0, 3.0) == Approx(100.0));
  CHECK(patients::social_functioning(patient, meeting, 15.0, 6.0) == Approx(75.0));
  patient.good_a_day *= 0.5F;
  patient.bad_a_day *= 0.5F;
  CHECK(patients::social_functioning(patient, meeting, 30.0, 3.0) == Approx(87.5));
  patient.good_a_day = patient.bad_a_day = 0.0F;
  CHECK(patients::social_functioning(patient, meeting, 0.0, 9.0) == Approx(0.0));
}

TEST_CASE("own use is told apart from treatment at the receptor") {
  const auto naltrexone = std::make_shared<const pharmacology::SteppedChain>(drug("naltrexone"), 1.0);
  const auto heroin = std::make_shared<const pharmacology::SteppedChain>(drug("heroin"), 1.0);
  pharmacology::Treated treated(3);
  treated.add({3, heroin, {{0.0, 10.0}}, pharmacology::Giver::oneself()});
  pharmacology::Treated alone = treated;
  treated.add({3, naltrexone, {{0.0, 50.0}}});
  for (auto* one : {&treated, &alone}) one->advance(0.0, 1.0);
  CHECK(treated.load().antagonist > 1.0F);
  CHECK(treated.load_of_own_use().antagonist == 0.0F);
  CHECK(treated.load_of_own_use().agonist == alone.load().agonist);
  CHECK(treated.load_of_own_use().drive == alone.load().drive);
  CHECK(treated.load_at(1.0, 2.0).agonist == alone.load_at(1.0, 2.0).agonist);
  CHECK(treated.load_of_own_use_at(1.0, 2.0).antagonist == 0.0F);
}

TEST_CASE("a diary of use that is saved on any day and read back finds relapse when one that went straight on does") {
  for (const int gap : {1, 3}) {  // days in a row, and weeks in a row
    for (const int stop : {2, 15, 22, 24, 40}) {
      CAPTURE(gap, stop);
      UseDiary whole;
      UseDiary saved;
      for (int day = 0; day < 60; day += gap) {
        if (day / gap == stop / gap) {
          StateWriter writer;
          saved.visit(writer);
          const float before = saved.last_use;
          saved = UseDiary{};
          StateReader reader(writer.buffer());
          saved.visit(reader);
          CHECK((saved.last_use == before || day == 0));
        }
        whole.note(24.0 * day + 1.0);
        saved.note(24.0 * day + 1.0);
      }
      REQUIRE(whole.has_relapsed());
      CHECK(saved.relapsed_at == whole.relapsed_at);
      CHECK(saved.uses == whole.uses);
      CHECK(saved.days == whole.days);
      CHECK(saved.last_use == whole.last_use);
    }
  }
}
