#include "models/people/feelings.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "models/pharmacology/receptor.hpp"

using namespace kith;
using namespace kith::people;

namespace {

constexpr Feelings some{0.6F, 0.3F, 0.7F, 0.2F, 0.4F, 0.55F};

constexpr float protection = 0.5F;  // s, as by default

Opioids with_opioids(float share) { return {share, protection, 0.5F}; }
const Opioids without = with_opioids(0.0F);

/// Feelings after hours awake and alone, and the loneliness towards which they draw.
struct Alone {
  Feelings f;
  float lonely_rest;
};
Alone alone(const FeelingParams& p, const Opioids& o, double hours, Feelings f, float signal, float bond, float wanted,
            int spans = 1) {
  const Relaxation step(p, hours / spans, hours / spans);
  double lonely = 0.0;
  for (int k = 0; k < spans; ++k)
    lonely += static_cast<double>(relax(p, o, step.whole(), f, signal, bond, wanted, company_needed(p))) / spans;
  return {f, static_cast<float>(lonely)};
}

}  // namespace

TEST_CASE("without bonds feelings relax exponentially to rest") {
  const FeelingParams p;
  const double hours = 6.0;
  const Feelings f = alone(p, without, hours, some, 1.0F, 0.0F, 0.6F).f;
  const auto left = [&](float time) { return std::exp(-hours / static_cast<double>(time)); };
  const auto rested = [&](float from, double rest, float time) {
    return Approx(rest + (static_cast<double>(from) - rest) * left(time)).epsilon(1e-5);
  };
  CHECK(f.connection == rested(some.connection, static_cast<double>(p.connection_rest), p.connection_time));
  CHECK(f.distress == rested(some.distress, 0.0, p.distress_time));
  CHECK(f.positive_affect == rested(some.positive_affect, static_cast<double>(p.positive_rest), p.affect_time));
  CHECK(f.need == rested(some.need, 0.0, p.need_time));
  CHECK(f.company == rested(some.company, 0.0, p.company_time));
}

TEST_CASE("feelings move as the differential equations say, which Euler takes in small steps") {
  const FeelingParams p;
  const Opioids o{0.3F, 0.5F, 0.8F};
  const double signal = 0.6;
  const double bond = 1.4;
  double connection = some.connection, distress = some.distress, negative = some.negative_affect, need = some.need;
  double company = some.company;
  double lonely = 0.0;
  constexpr int steps = 50000;
  const double hours = 9.0;
  const double dt = hours / steps;
  for (int k = 0; k < steps; ++k) {
    const double lack = std::max(0.0, 1.0 - company * std::exp(p.separation_tolerance / p.company_time));
    const double separation = bond * lack * std::exp(-0.8 * (signal - 1.0));
    const double missing = separation / (1.0 + separation);
    const double unmet = std::max(0.0, 0.8 - connection) / 0.8;
    lonely += (1.0 - (1.0 - unmet) * (1.0 - p.loneliness_of_separation * missing)) / steps;
    connection += dt * (p.connection_rest * (1.0 + 0.3 * (signal - 1.0)) - connection) / p.connection_time;
    negative += dt * (p.negative_rest + p.negative_of_distress * distress - negative) / p.affect_time;
    distress += dt * (p.distress_of_separation * separation * (1.0 - distress) - distress / p.distress_time);
    need += dt * (missing - need) / p.need_time;
    company -= dt * company / p.company_time;
  }
  const Alone at_once = alone(p, o, hours, some, 0.6F, 1.4F, 0.8F, 36);
  CHECK(at_once.f.connection == Approx(connection).epsilon(1e-3));
  CHECK(at_once.f.distress == Approx(distress).epsilon(2e-3));
  CHECK(at_once.f.negative_affect == Approx(negative).epsilon(1e-3));
  CHECK(at_once.f.need == Approx(need).epsilon(2e-3));
  CHECK(at_once.f.company == Approx(company).epsilon(1e-3));
  CHECK(at_once.lonely_rest == Approx(lonely).epsilon(2e-3));
  // However the time is cut.
  for (const int spans : {9, 3}) {
    const Alone cut = alone(p, o, hours, some, 0.6F, 1.4F, 0.8F, spans);
    CHECK(cut.f.connection == Approx(at_once.f.connection).epsilon(1e-5));
    CHECK(cut.f.distress == Approx(at_once.f.distress).epsilon(0.02));
    CHECK(cut.f.need == Approx(at_once.f.need).epsilon(0.02));
    CHECK(cut.lonely_rest == Approx(at_once.lonely_rest).epsilon(0.02));
  }
}

TEST_CASE("company stays as it is asleep, and a tick that is half asleep takes half of its time") {
  const FeelingParams p;
  const auto left = [&](double awake) {
    Feelings f = some;
    relax(p, without, Relaxation(p, 4.0, awake).whole(), f, 1.0F, 1.0F, 0.6F, company_needed(p));
    return f.company / some.company;
  };
  CHECK(left(0.0) == 1.0F);
  CHECK(left(2.0) == Approx(std::exp(-2.0 / 6.0)).epsilon(1e-5));
  CHECK(left(4.0) == Approx(std::exp(-4.0 / 6.0)).epsilon(1e-5));
}

TEST_CASE("nothing is missed until the tolerance after the best company is over, and then more and more") {
  const FeelingParams p;
  const float needed = company_needed(p);
  CHECK(apart(1.0F, needed) == 0.0F);
  CHECK(apart(std::exp(-p.separation_tolerance / p.company_time) + 1e-4F, needed) == 0.0F);
  CHECK(apart(std::exp(-p.separation_tolerance / p.company_time) - 1e-3F, needed) > 0.0F);
  CHECK(apart(0.0F, needed) == 1.0F);
  Feelings f = some;
  f.distress = f.need = 0.0F;
  f.company = 1.0F;
  float distress = 0.0F;
  float need = 0.0F;
  for (int hour = 1; hour <= 40; ++hour) {
    f = alone(p, without, 1.0, f, 1.0F, 1.0F, 0.6F).f;
    if (static_cast<float>(hour) <= p.separation_tolerance) {
      CHECK(f.distress == Approx(0.0).margin(1e-6));
      continue;
    }
    CHECK(f.distress > distress);
    CHECK(f.need > need);
    distress = f.distress;
    need = f.need;
  }
  CHECK(distress > 0.3F);  // what four to ten hours come near to
}

TEST_CASE("a low signal deepens what separation brings, a high one soothes it, and neither does anything in company") {
  const FeelingParams p;
  Feelings apart_now = some;
  apart_now.company = 0.0F;
  float distress = 2.0F;
  float need = 2.0F;
  float lonely = 2.0F;
  for (const float signal : {0.0F, 0.3F, 0.7F, 1.0F, 1.5F, 2.0F}) {
    const Alone here = alone(p, without, 4.0, apart_now, signal, 1.0F, 0.6F);
    CHECK(here.f.distress < distress);
    CHECK(here.f.need < need);
    CHECK(here.lonely_rest < lonely);
    distress = here.f.distress;
    need = here.f.need;
    lonely = here.lonely_rest;
    Feelings together = some;
    together.company = 1.0F;
    CHECK(alone(p, without, 1.0, together, signal, 1.0F, 0.6F).f.distress ==
          alone(p, without, 1.0, together, 1.0F, 1.0F, 0.6F).f.distress);
    CHECK(alone(p, {}, 4.0, apart_now, signal, 1.0F, 0.6F).f.distress ==
          alone(p, {}, 4.0, apart_now, 1.0F, 1.0F, 0.6F).f.distress);
  }
  CHECK(bond_of(p, 0.0F) == 0.0F);
  CHECK(bond_of(p, p.bond_strength) == 1.0F);
  CHECK(bond_of(p, 1e9F) == Approx(2.0F));
}

TEST_CASE("connection rests lower on a low signal, in proportion to the opioid share, and not at all without it") {
  const FeelingParams p;
  const auto rest = [&](float share, float signal) {
    return alone(p, with_opioids(share), 1e5, some, signal, 0.0F, 0.6F).f.connection;
  };
  CHECK(rest(0.2F, 1.0F) == Approx(p.connection_rest));
  CHECK(rest(0.2F, 0.5F) == Approx(p.connection_rest * 0.9F));
  CHECK(rest(0.2F, 1.5F) == Approx(p.connection_rest * 1.1F));
  CHECK(rest(0.0F, 0.1F) == rest(0.0F, 1.0F));
}

TEST_CASE(
    "loneliness draws towards the missing share of the connection wanted; surplus and no bonds are no loneliness") {
  const FeelingParams p;
  Feelings steady = some;
  steady.connection = p.connection_rest;
  steady.company = 0.0F;
  const auto loneliness = [&](float wanted, float bond) {
    return alone(p, without, 1.0, steady, 1.0F, bond, wanted).lonely_rest;
  };
  CHECK(loneliness(0.9F, 0.0F) == Approx((0.9F - p.connection_rest) / 0.9F).epsilon(1e-4));
  CHECK(loneliness(p.connection_rest, 0.0F) == Approx(0.0F).margin(1e-6));
  CHECK(loneliness(0.2F, 0.0F) == Approx(0.0F).margin(1e-6));
  CHECK(loneliness(0.2F, 1.0F) == Approx(0.5F * p.loneliness_of_separation).epsilon(1e-5));
  CHECK(loneliness(0.9F, 1.0F) == Approx(0.5F + 0.5F * 0.5F * p.loneliness_of_separation).epsilon(1e-4));
}

TEST_CASE("a low signal amplifies the distress of a conflict, and a high one damps it") {
  const FeelingParams p;
  Feelings calm = some;
  calm.distress = 0.0F;
  CHECK(after_negative(p, without, calm, 1.0F).distress == Approx(p.distress_of_conflict));
  CHECK(after_negative(p, without, calm, 0.4F).distress ==
        Approx(p.distress_of_conflict * std::exp(protection * 0.6F)).epsilon(1e-5));
  float before = 2.0F;
  for (const float signal : {0.0F, 0.3F, 0.7F, 1.0F, 1.5F, 2.0F}) {
    const float conflict = after_negative(p, without, some, signal).distress;
    CHECK(conflict < before);
    before = conflict;
  }
}

TEST_CASE("distress stays within 0 and 1 however much there is of it") {
  FeelingParams p;
  p.distress_of_conflict = 1.0F;
  const Opioids o{0.0F, 5.0F, 5.0F};
  Feelings f = some;
  for (int i = 0; i < 20; ++i) {
    f = after_negative(p, o, f, 0.0F);
    f = alone(p, o, 24.0, f, 0.0F, 2.0F, 0.6F).f;
    CHECK(f.distress >= 0.0F);
    CHECK(f.distress <= 1.0F);
    CHECK(f.negative_affect <= 1.0F);
    CHECK(f.need <= 1.0F);
  }
}

TEST_CASE("feelings stay within 0 and 1 after any number of good contacts") {
  for (const float share : {0.0F, 0.2F, 1.0F}) {
    const FeelingParams p;
    const Opioids o = with_opioids(share);
    Feelings f = some;
    for (int i = 0; i < 300; ++i) {
      f = after_positive(p, o, f, {1.0F, 1.0F}, 1.0F + 0.01F * static_cast<float>(i));
      for (const float value : {f.connection, f.distress, f.positive_affect, f.negative_affect, f.need, f.company}) {
        REQUIRE(value >= 0.0F);
        REQUIRE(value <= 1.0F);
      }
    }
    CHECK(f.connection > 0.9F);
    CHECK(f.distress < 0.01F);
  }
}

TEST_CASE("a good contact has the effect that the equations say") {
  const FeelingParams p;
  const Opioids o = with_opioids(0.4F);
  const float quality = 0.5F;
  const float peak = 0.75F;
  const float reward = quality * (1.0F + 0.4F * (peak - 1.0F));
  const Feelings f = after_positive(p, o, some, {quality, 0.6F}, peak);
  CHECK(f.connection == Approx(some.connection + p.connection_gain * reward * (1.0F - some.connection)));
  CHECK(f.distress == Approx(some.distress * (1.0F - p.soothing * reward)));
  CHECK(f.need == Approx(some.need * (1.0F - p.need_relief * quality)));
  CHECK(f.company == Approx(some.company + p.company_gain * 0.6F * reward * (1.0F - some.company)));
  CHECK(after_positive(p, o, some, {quality}, peak).company == some.company);
  CHECK(f.negative_affect == some.negative_affect);
}

TEST_CASE("a reward above the full one soothes as much as a full one") {
  const FeelingParams p;
  const Opioids o = with_opioids(1.0F);
  const Feelings beyond = after_positive(p, o, some, {1.0F}, 1.7F);
  CHECK(beyond.distress == Approx(some.distress * (1.0F - p.soothing)));
  CHECK(beyond.distress == after_positive(p, o, some, {1.0F}, 1.0F).distress);
  CHECK(beyond.connection > after_positive(p, o, some, {1.0F}, 1.0F).connection);
}

TEST_CASE("positive affect follows the quality of a contact and is blind to the signal") {
  const FeelingParams p;
  const Opioids o = with_opioids(1.0F);
  const Feelings blocked = after_positive(p, o, some, {0.8F}, 0.1F);
  const Feelings open = after_positive(p, o, some, {0.8F}, 1.6F);
  CHECK(blocked.positive_affect == open.positive_affect);
  CHECK(blocked.connection < open.connection);
  CHECK(blocked.distress > open.distress);
  CHECK(after_positive(p, o, some, {0.9F}, 0.1F).positive_affect > blocked.positive_affect);
  CHECK(alone(p, o, 1.0, some, 0.1F, 1.0F, 0.6F).f.positive_affect ==
        alone(p, o, 1.0, some, 1.6F, 1.0F, 0.6F).f.positive_affect);
}

TEST_CASE("the gain on reward is 1 at the reference signal, linear in it, and never negative") {
  CHECK(reward_gain(with_opioids(0.3F), 1.0F) == 1.0F);
  CHECK(reward_gain(with_opioids(0.3F), 1.5F) == Approx(1.15F));
  CHECK(reward_gain(with_opioids(0.0F), 0.0F) == 1.0F);
  CHECK(reward_gain(with_opioids(1.0F), 0.0F) == 0.0F);
  CHECK(reward_gain(with_opioids(5.0F), 0.0F) == 0.0F);
}

TEST_CASE("mild loneliness seeks others, strong loneliness withdraws, and no loneliness does neither") {
  FeelingParams p;
  p.loneliness_turn = 0.5F;
  CHECK(loneliness_drive(p, 0.0F) == 0.0F);
  CHECK(loneliness_drive(p, 0.25F) == Approx(p.loneliness_approach * 0.125F));
  CHECK(loneliness_drive(p, 0.5F) == Approx(0.0F).margin(1e-7));
  CHECK(loneliness_drive(p, 0.9F) < 0.0F);
}

TEST_CASE("the lonely and the distressed offer less warmth, but always some") {
  FeelingParams p;
  CHECK(offered_warmth(p, 0.0F, 0.0F) == 1.0F);
  CHECK(offered_warmth(p, 0.5F, 0.0F) == Approx(1.0F - 0.5F * p.lonely_coldness));
  CHECK(offered_warmth(p, 0.0F, 0.5F) == Approx(1.0F - 0.5F * p.distressed_coldness));
  p.lonely_coldness = p.distressed_coldness = 1.0F;
  CHECK(offered_warmth(p, 1.0F, 1.0F) == 0.05F);
}

TEST_CASE("the signal is 1 at rest with the reference tone and follows the receptor's equations") {
  using namespace kith::pharmacology;
  const ReceptorParams p;
  CHECK(mu_signal(p, reference_tone, 0.0F) == 1.0F);
  // q = τ λ/(1 + λ + x), response q/(1 + q).
  const auto by_hand = [&](double ligand, double x) {
    const double q = static_cast<double>(p.reserve) * ligand / (1.0 + ligand + x);
    return q / (1.0 + q);
  };
  const double reference = by_hand(static_cast<double>(reference_tone), 0.0);
  for (const float ligand : {0.05F, 0.15F, 0.4F}) {
    for (const float x : {0.0F, 1.0F, 9.0F, 100.0F}) {
      CHECK(mu_signal(p, ligand, x) ==
            Approx(by_hand(static_cast<double>(ligand), static_cast<double>(x)) / reference).epsilon(1e-5));
    }
  }
}

TEST_CASE("the signal falls with antagonist to nothing, and rises with ligand to the receptors' most") {
  using namespace kith::pharmacology;
  const ReceptorParams p;
  float before = 10.0F;
  for (const float x : {0.0F, 0.1F, 1.0F, 10.0F, 100.0F}) {
    const float signal = mu_signal(p, 0.15F, x);
    CHECK(signal < before);
    before = signal;
  }
  CHECK(mu_signal(p, 0.15F, 1e9F) < 1e-6F);
  CHECK(mu_signal(p, 0.0F, 0.0F) == 0.0F);
  CHECK(response(p.reserve, 1e9F, 0.0F) == Approx(p.reserve / (1.0F + p.reserve)));
  CHECK(mu_signal(p, 0.30F, 0.0F) > mu_signal(p, 0.15F, 0.0F));
}
