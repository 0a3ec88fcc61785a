#include "models/bonds/tie_life.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

using namespace kith;
using namespace kith::bonds;
using namespace kith::people;
using network::TieKind;
using network::usual_steps;

namespace {

constexpr double f1 = 0.0447;  // that of the layers: five of the closest are met every second day

TieLife life_with(const TieLifeParams& params = {}) { return {params, people::MeetingParams{}, f1}; }

/// Mean closeness over years of contacts at exactly the usual gap, `good` of them good.
double settled(const TieLife& life, TieKind kind, std::uint8_t usual, double good, double reward) {
  constexpr int contacts = 4000;
  auto closeness = network::usual_closeness(usual);
  const double gap = static_cast<double>(life.usual_gap(usual));
  double bad_due = 0.0;
  double total = 0.0;
  for (int contact = 0; contact < contacts; ++contact) {
    const float before = closeness * std::pow(life.kept(kind, usual), static_cast<float>(gap));
    total += 0.5 * static_cast<double>(closeness + before);
    bad_due += 1.0 - good;
    if (bad_due >= 1.0) {
      bad_due -= 1.0;
      closeness = life.after_bad(before);
    } else {
      closeness = life.after_good(before, kind, usual, static_cast<float>(reward));
    }
  }
  return total / contacts;
}

}  // namespace

TEST_CASE(
    "met at its usual gap with usual rewards, a tie stays within 0.02 of its usual closeness, whatever layer and "
    "kind") {
  const TieLife life = life_with();
  const double good = static_cast<double>(people::MeetingParams{}.positive_share);
  for (const TieKind kind : {TieKind::kin, TieKind::friendship, TieKind::acquaintance}) {
    for (const float usual : {0.95F, 0.73F, 0.567F, 0.319F, 0.2F}) {
      CAPTURE(static_cast<int>(kind), usual);
      const double closeness = settled(life, kind, usual_steps(usual), good, 1.0);
      CHECK(closeness == Approx(static_cast<double>(usual)).margin(0.02));
      // Must fail: twice the bad contacts, or little reward, do not leave it there.
      CHECK(settled(life, kind, usual_steps(usual), 0.2, 1.0) < closeness - 0.02);
      CHECK(settled(life, kind, usual_steps(usual), good, 0.3) < closeness - 0.02);
    }
  }
}

TEST_CASE("closeness without contact falls by 1/e in 200 days for friends who meet weekly and in 1000 days for kin") {
  const TieLife life = life_with();
  const std::uint8_t usual = usual_steps(0.8F);
  REQUIRE(life.usual_gap(usual) * 26.0F < 200.0F);
  CHECK(std::pow(static_cast<double>(life.kept(TieKind::friendship, usual)), 200.0) ==
        Approx(std::exp(-1.0)).epsilon(1e-3));
  CHECK(std::pow(static_cast<double>(life.kept(TieKind::kin, usual)), 1000.0) == Approx(std::exp(-1.0)).epsilon(1e-3));
}

TEST_CASE(
    "whoever meets once a quarter does not lose the tie in a usual gap: a gap takes at most 1/26 of its closeness") {
  const TieLife life = life_with();
  for (int step = 20; step < 256; ++step) {
    const auto usual = static_cast<std::uint8_t>(step);
    for (const TieKind kind : {TieKind::kin, TieKind::friendship, TieKind::acquaintance}) {
      const double left =
          std::pow(static_cast<double>(life.kept(kind, usual)), static_cast<double>(life.usual_gap(usual)));
      REQUIRE(left >= std::exp(-1.0 / 26.0) - 1e-3);
      REQUIRE(left < 1.0);
    }
  }
}

TEST_CASE(
    "a good contact draws closeness up to the headroom and never beyond, more reward draws more, and a bad one costs") {
  const TieLife life = life_with();
  const std::uint8_t usual = usual_steps(0.6F);
  const float top = network::usual_closeness(usual) + 0.06F;
  float before = 0.3F;
  for (int k = 0; k < 1000; ++k) {
    const float after = life.after_good(before, TieKind::friendship, usual, 1.0F);
    REQUIRE(after >= before);
    REQUIRE(after <= top + 1e-6F);
    before = after;
  }
  CHECK(before == Approx(top).margin(1e-4));
  CHECK(life.after_good(0.9F, TieKind::friendship, usual, 1.0F) == 0.9F);
  CHECK(life.after_good(0.5F, TieKind::friendship, usual, 1.2F) >
        life.after_good(0.5F, TieKind::friendship, usual, 0.8F));
  CHECK(life.after_good(0.99F, TieKind::friendship, 255, 50.0F) == 1.0F);
  CHECK(life.after_bad(0.5F) == Approx(0.495F));
}

TEST_CASE("a silence is eight usual gaps but at least sixty days, and kin outlast it ten times as long") {
  const TieLife life = life_with();
  const std::uint8_t outer = usual_steps(0.35F);
  const std::uint8_t inner = usual_steps(0.95F);
  CHECK(life.silence(outer) == Approx(8.0F * life.usual_gap(outer)));
  CHECK(life.silence(inner) == 60.0F);
  CHECK(life.silence_end(TieKind::friendship, outer, life.silence(outer)) == 0.0F);
  const float friends = life.silence_end(TieKind::friendship, outer, life.silence(outer) + 1.0F);
  const float kin = life.silence_end(TieKind::kin, outer, life.silence(outer) + 1.0F);
  CHECK(friends == Approx(1.0 - std::exp(-1.0 / static_cast<double>(life.usual_gap(outer)))).epsilon(1e-4));
  CHECK(kin == Approx(1.0 - std::exp(-0.1 / static_cast<double>(life.usual_gap(outer)))).epsilon(1e-3));
}

TEST_CASE("what life ends in a year comes to the rates of the layers, a tenth of it for kin") {
  const TieLife life = life_with();
  const TieLifeParams params;
  for (std::size_t layer = 0; layer < layer_count; ++layer) {
    CHECK(365.25 * static_cast<double>(life.loss(TieKind::friendship, layer)) ==
          Approx(params.loss[layer]).epsilon(1e-3));
    CHECK(365.25 * static_cast<double>(life.loss(TieKind::kin, layer)) ==
          Approx(0.1 * params.loss[layer]).epsilon(1e-2));
    CHECK(life.loss(TieKind::friendship, layer) <= life.greatest_loss());
  }
}

TEST_CASE("a tie settles lower once it is below 60 % of its usual closeness") {
  const TieLife life = life_with();
  const std::uint8_t usual = usual_steps(0.8F);
  CHECK_FALSE(life.is_looser(0.481F, usual));
  CHECK(life.is_looser(0.479F, usual));
}

TEST_CASE("rate, gap, fading and growth of a tie are what the equations say") {
  TieLifeParams params;
  params.usual_warmth = 0.8;
  const TieLife life = life_with(params);
  const MeetingParams meeting;
  const double good = static_cast<double>(meeting.positive_share);
  for (const TieKind kind : {TieKind::kin, TieKind::friendship, TieKind::acquaintance}) {
    for (const float at : {0.95F, 0.6F, 0.3F, 0.1F}) {
      const std::uint8_t steps = usual_steps(at);
      const double u = steps / 255.0;
      CAPTURE(static_cast<int>(kind), u);
      const double both = f1 * (meeting.contacts_per_day + meeting.calls_per_day) / meeting.contacts_per_day;
      const double rate = both * std::exp(-6.3 * (1.0 - u));
      const double gap = 1.0 / (16.0 * rate);
      const double time = std::max(params.time[static_cast<std::size_t>(kind)], 26.0 * gap);
      CHECK(static_cast<double>(life.rate(static_cast<float>(u))) == Approx(rate).epsilon(1e-5));
      CHECK(static_cast<double>(life.share_of_time(static_cast<float>(u))) == Approx(rate / both).epsilon(1e-5));
      CHECK(static_cast<double>(life.usual_gap(steps)) == Approx(gap).epsilon(1e-5));
      CHECK(1.0 - static_cast<double>(life.kept(kind, steps)) == Approx(1.0 - std::exp(-1.0 / time)).epsilon(1e-3));
      const double growth = std::min(1.0, u * (gap / time + (1.0 - good) * 0.01) / (good * 0.06));
      for (const double reward : {0.4, 1.0, 1.3}) {
        const double w = 0.9 * u;
        const double expected = std::min(1.0, growth * reward) * (u + 0.06 - w);
        const auto before = static_cast<float>(w);
        CHECK(static_cast<double>(life.after_good(before, kind, steps, static_cast<float>(reward)) - before) ==
              Approx(expected).epsilon(1e-3));
      }
    }
  }
}
