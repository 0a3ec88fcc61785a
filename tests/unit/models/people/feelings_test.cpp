#include "models/people/feelings.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "models/pharmacology/receptor.hpp"

using namespace kith;
using namespace kith::people;

namespace {

constexpr Feelings some{0.6F, 0.3F, 0.7F, 0.2F, 0.4F, 0.25F};

constexpr float protection = 0.5F;  // s, as by default

Opioids with_opioids(float share) { return {share, protection}; }
const Opioids without = with_opioids(0.0F);

}  // namespace

TEST_CASE("feelings relax exponentially to rest") {
  const FeelingParams p;
  const double hours = 6.0;
  const Feelings f = relax(p, without, Relaxation(p, hours), some, 1.0F, 0.0F, 0.6F);
  const auto left = [&](float time) { return std::exp(-hours / static_cast<double>(time)); };
  const auto rested = [&](float from, double rest, float time) {
    return Approx(rest + (static_cast<double>(from) - rest) * left(time)).epsilon(1e-5);
  };
  CHECK(f.connection == rested(some.connection, static_cast<double>(p.connection_rest), p.connection_time));
  CHECK(f.distress == rested(some.distress, 0.0, p.distress_time));
  CHECK(f.positive_affect == rested(some.positive_affect, static_cast<double>(p.positive_rest), p.affect_time));
  CHECK(f.need == rested(some.need, 1.0, p.need_time));
}

TEST_CASE("two half ticks are one tick where feelings relax without anything happening") {
  const FeelingParams p;
  const Opioids o = with_opioids(0.3F);
  const Relaxation whole(p, 6.0);
  const Relaxation half(p, 3.0);
  const Feelings once = relax(p, o, whole, some, 0.7F, 0.0F, 0.6F);
  const Feelings twice = relax(p, o, half, relax(p, o, half, some, 0.7F, 0.0F, 0.6F), 0.7F, 0.0F, 0.6F);
  CHECK(twice.connection == Approx(once.connection).epsilon(1e-5));
  CHECK(twice.distress == Approx(once.distress).epsilon(1e-5));
  CHECK(twice.positive_affect == Approx(once.positive_affect).epsilon(1e-5));
  CHECK(twice.need == Approx(once.need).epsilon(1e-5));
}

TEST_CASE("connection rests lower on a low signal, in proportion to the opioid share, and not at all without it") {
  const auto rest = [](float share, float signal) {
    const FeelingParams p;
    const Opioids o = with_opioids(share);
    return relax(p, o, Relaxation(p, 1e5), some, signal, 0.0F, 0.6F).connection;
  };
  const FeelingParams p;
  CHECK(rest(0.2F, 1.0F) == Approx(p.connection_rest));
  CHECK(rest(0.2F, 0.5F) == Approx(p.connection_rest * 0.9F));
  CHECK(rest(0.2F, 1.5F) == Approx(p.connection_rest * 1.1F));
  CHECK(rest(0.0F, 0.1F) == rest(0.0F, 1.0F));
}

TEST_CASE("loneliness follows the missing share of the connection wanted, and surplus is no loneliness") {
  const FeelingParams p;
  Feelings steady = some;
  steady.connection = p.connection_rest;
  const auto loneliness = [&](float wanted) {
    return relax(p, without, Relaxation(p, 1e6), steady, 1.0F, 0.0F, wanted).loneliness;
  };
  CHECK(loneliness(0.9F) == Approx((0.9F - p.connection_rest) / 0.9F).epsilon(1e-4));
  CHECK(loneliness(p.connection_rest) == Approx(0.0F).margin(1e-6));
  CHECK(loneliness(0.2F) == Approx(0.0F).margin(1e-6));
}

TEST_CASE("a low signal amplifies distress, from conflict and from separation, and a high one damps it") {
  const FeelingParams p;
  Feelings calm = some;
  calm.distress = 0.0F;
  CHECK(after_negative(p, without, calm, 1.0F).distress == Approx(p.distress_of_conflict));
  CHECK(after_negative(p, without, calm, 0.4F).distress ==
        Approx(p.distress_of_conflict * std::exp(protection * 0.6F)).epsilon(1e-5));
  const Relaxation hour(p, 1.0);
  CHECK(relax(p, without, hour, calm, 1.0F, 0.05F, 0.6F).distress == Approx(0.05F));
  float before = 2.0F;
  float before_separation = 2.0F;
  for (const float signal : {0.0F, 0.3F, 0.7F, 1.0F, 1.5F, 2.0F}) {
    const float conflict = after_negative(p, without, some, signal).distress;
    const float separation = relax(p, without, hour, some, signal, 0.05F, 0.6F).distress;
    CHECK(conflict < before);
    CHECK(separation < before_separation);
    before = conflict;
    before_separation = separation;
  }
}

TEST_CASE("distress stays within 0 and 1 however much there is of it") {
  FeelingParams p;
  p.distress_of_conflict = 1.0F;
  const Opioids o{0.0F, 5.0F};
  Feelings f = some;
  for (int i = 0; i < 20; ++i) {
    f = after_negative(p, o, f, 0.0F);
    f = relax(p, o, Relaxation(p, 24.0), f, 0.0F, 1.0F, 0.6F);
    CHECK(f.distress >= 0.0F);
    CHECK(f.distress <= 1.0F);
    CHECK(f.negative_affect <= 1.0F);
  }
}

TEST_CASE("feelings stay within 0 and 1 after any number of good contacts") {
  for (const float share : {0.0F, 0.2F, 1.0F}) {
    const FeelingParams p;
    const Opioids o = with_opioids(share);
    Feelings f = some;
    for (int i = 0; i < 300; ++i) {
      f = after_positive(p, o, f, 1.0F, 1.0F + 0.01F * static_cast<float>(i));
      for (const float value : {f.connection, f.distress, f.positive_affect, f.negative_affect, f.need}) {
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
  const Feelings f = after_positive(p, o, some, quality, peak);
  CHECK(f.connection == Approx(some.connection + p.connection_gain * reward * (1.0F - some.connection)));
  CHECK(f.distress == Approx(some.distress * (1.0F - p.soothing * reward)));
  CHECK(f.need == Approx(some.need * (1.0F - p.need_relief * quality)));
  CHECK(f.loneliness == some.loneliness);
  CHECK(f.negative_affect == some.negative_affect);
}

TEST_CASE("positive affect follows the quality of a contact and is blind to the signal") {
  const FeelingParams p;
  const Opioids o = with_opioids(1.0F);
  const Feelings blocked = after_positive(p, o, some, 0.8F, 0.1F);
  const Feelings open = after_positive(p, o, some, 0.8F, 1.6F);
  CHECK(blocked.positive_affect == open.positive_affect);
  CHECK(blocked.connection < open.connection);
  CHECK(blocked.distress > open.distress);
  CHECK(after_positive(p, o, some, 0.9F, 0.1F).positive_affect > blocked.positive_affect);
  const Relaxation hour(p, 1.0);
  CHECK(relax(p, o, hour, some, 0.1F, 0.0F, 0.6F).positive_affect ==
        relax(p, o, hour, some, 1.6F, 0.0F, 0.6F).positive_affect);
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

TEST_CASE("the signal is 1 for the resting median person and follows the receptor's equations") {
  using namespace kith::pharmacology;
  const ReceptorParams p;
  CHECK(mu_signal(p, p.median_tone, 0.0F) == 1.0F);
  // q = τ λ/(1 + λ + x), response q/(1 + q).
  const auto by_hand = [&](double ligand, double x) {
    const double q = static_cast<double>(p.reserve) * ligand / (1.0 + ligand + x);
    return q / (1.0 + q);
  };
  const double reference = by_hand(static_cast<double>(p.median_tone), 0.0);
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
