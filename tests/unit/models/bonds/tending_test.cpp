#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "models/bonds/living_network.hpp"

using namespace kith;
using namespace kith::bonds;
using network::TieChange;
using network::TieEvent;
using network::TieKind;
using network::usual_closeness;
using network::usual_steps;

namespace {

/// Nothing happens by itself.
TieLifeParams still() {
  TieLifeParams params;
  params.time.fill(1e9);
  params.floor = params.looser_below = params.silence_end = params.seeking = 0.0;
  params.loss.fill(0.0);
  return params;
}

network::Ties ties_of(std::uint32_t people, std::vector<network::Edge> edges) {
  network::Graph graph{.people = people, .edges = std::move(edges)};
  network::make_simple(graph);
  return network::Ties(graph);
}

network::Edge edge(PersonId a, PersonId b, float closeness, TieKind kind = TieKind::friendship) {
  return {.a = a, .b = b, .closeness = closeness, .kind = kind};
}

/// One day in which everybody is as ready as can be.
void tend(LivingNetwork& living, std::int64_t day, std::uint32_t replicate = 0) {
  const std::vector<float> approach(living.ties().people(), people::MeetingParams{}.approach_most);
  living.tend(day, 24.0 * static_cast<double>(day), {17, replicate}, approach);
}

std::ptrdiff_t count(const LivingNetwork& living, TieChange what) {
  return std::count_if(living.events().begin(), living.events().end(),
                       [&](const TieEvent& event) { return event.what == what; });
}

}  // namespace

TEST_CASE("closeness fades by the day, and a tie ends on the day on which it falls below the floor") {
  TieLifeParams params = still();
  params.time.fill(10.0);
  params.gaps_remembered = 0.0;
  params.floor = 0.3;
  LivingNetwork living(params, {}, ties_of(2, {edge(0, 1, 0.5F)}), {});
  // 0.5 e^(−d/10) < 0.3 from d = 5.11 on.
  for (int day = 1; day <= 5; ++day) {
    tend(living, day);
    REQUIRE(living.ties().count() == 1);
    CHECK(static_cast<double>(living.ties().closeness(0)) == Approx(0.5 * std::exp(-day / 10.0)).epsilon(1e-5));
  }
  tend(living, 6);
  CHECK(living.ties().count() == 0);
  CHECK(count(living, TieChange::faded) == 1);
}

TEST_CASE("a tie that falls below 60 % of its usual closeness settles where it is; kin stay kin, others are by layer") {
  TieLifeParams params = still();
  params.time.fill(10.0);
  params.gaps_remembered = 0.0;
  params.looser_below = 0.6;
  LivingNetwork living(params, {}, ties_of(4, {edge(0, 1, 0.6F), edge(2, 3, 0.6F, TieKind::kin)}), {});
  for (int day = 1; day <= 5; ++day) tend(living, day);
  CHECK(count(living, TieChange::looser) == 0);  // e^(−0.5) is 0.607
  tend(living, 6);
  CHECK(count(living, TieChange::looser) == 2);
  const network::Ties& ties = living.ties();
  for (const auto& [a, b] : {std::pair(0U, 1U), std::pair(2U, 3U)})
    CHECK(ties.usual(ties.find(a, b)) == usual_steps(static_cast<float>(0.6 * std::exp(-0.6))));
  CHECK(ties.kind(ties.find(0, 1)) == TieKind::acquaintance);
  CHECK(ties.kind(ties.find(2, 3)) == TieKind::kin);
  CHECK(living.places(0).held == std::array<std::uint32_t, 4>{0, 0, 0, 1});
  CHECK(living.places(0).capacity == std::array<std::uint32_t, 4>{0, 0, 1, 1});
}

TEST_CASE("a silence is noted once, and then one tie ends per usual gap") {
  constexpr std::uint32_t pairs = 3000;
  TieLifeParams params = still();
  params.silence = 2.0;
  params.silence_least = 0.0;
  params.silence_end = 1.0;
  people::MeetingParams meeting;
  meeting.calls_per_day = 0.0;
  meeting.contacts_per_day = 0.1;  // everybody has one tie, so a gap is ten days
  std::vector<network::Edge> edges;
  for (PersonId p = 0; p < 2 * pairs; p += 2) edges.push_back(edge(p, p + 1, 0.6F));
  LivingNetwork living(params, meeting, ties_of(2 * pairs, edges), {});
  REQUIRE(living.life().usual_gap(usual_steps(0.6F)) == Approx(10.0).epsilon(1e-5));
  for (int day = 1; day <= 20; ++day) tend(living, day);
  CHECK(living.events().empty());
  for (int day = 21; day <= 30; ++day) tend(living, day);
  CHECK(count(living, TieChange::silent) == pairs);
  const double left = static_cast<double>(living.ties().count()) / pairs;
  CHECK(std::abs(left - std::exp(-1.0)) < 3.29 * std::sqrt(0.37 * 0.63 / pairs));
  CHECK(count(living, TieChange::ended_by_silence) == std::ptrdiff_t{pairs} - living.ties().count());
}

TEST_CASE("the sampler gets the rate of each tie as it is: by closeness and opportunity, on the scale of the start") {
  people::MeetingParams meeting;
  meeting.calls_per_day = 0.5 * meeting.contacts_per_day;
  std::vector<network::Edge> edges{edge(0, 1, 0.9F), edge(1, 2, 0.5F), edge(0, 2, 0.2F)};
  edges[1].opportunity = 0.25F;
  LivingNetwork living(still(), meeting, ties_of(3, edges), {});
  const auto unscaled = [&](const network::Ties& ties, TieId tie) {
    return static_cast<double>(ties.opportunity(tie)) *
           std::exp(-meeting.closeness_slope * (1.0 - static_cast<double>(ties.closeness(tie))));
  };
  double total = 0.0;
  for (TieId tie = 0; tie < 3; ++tie) total += unscaled(living.ties(), tie);
  living.after_bad(living.ties().find(0, 1), 1);
  living.after_good(living.ties().find(0, 2), 1, 1.0F);
  ContactSampler sampler(living.ties(), std::vector<float>(3), 2.0F);
  living.refresh(sampler);
  for (PersonId p = 0; p < 3; ++p) {
    double expected = 0.0;
    for (TieId tie = living.ties().owned_begin(p); tie < living.ties().owned_end(p); ++tie)
      expected += 1.5 * meeting.contacts_per_day * 3.0 / (2.0 * 16.0 * total) * unscaled(living.ties(), tie);
    CHECK(static_cast<double>(sampler.total_rate(p)) == Approx(expected).epsilon(1e-5));
  }
}

TEST_CASE("a contact is remembered as the last, good or bad") {
  LivingNetwork living(still(), {}, ties_of(3, {edge(0, 1, 0.5F), edge(1, 2, 0.5F)}), {});
  living.after_good(living.ties().find(0, 1), 7, 1.0F);
  living.after_bad(living.ties().find(1, 2), 9);
  CHECK(living.ties().last(living.ties().find(0, 1)) == 7);
  CHECK(living.ties().last(living.ties().find(1, 2)) == 9);
  CHECK(living.ties().closeness(living.ties().find(0, 1)) > 0.5F);
  CHECK(living.ties().closeness(living.ties().find(1, 2)) == Approx(0.5F * 0.99F));
}

TEST_CASE("ends come before the new, so that a place that falls free on a day is taken on it") {
  LivingNetwork living(still(), {}, ties_of(4, {edge(0, 1, 0.3F), edge(2, 3, 0.3F)}), {});
  living.stage_end(0, 1);
  living.stage_end(2, 3);
  living.stage_new(0, 2, 0.3F, LivingNetwork::NewPlace::none);
  living.stage_new(0, 3, 0.3F, LivingNetwork::NewPlace::none);  // only one of them has a place
  tend(living, 1);
  CHECK(living.ties().count() == 1);
  CHECK(living.places(0).held == std::array<std::uint32_t, 4>{0, 0, 0, 1});
}

TEST_CASE("who becomes closer comes before the new, and settles at the closeness of the new layer") {
  // 0 and 1 have lost a tie of the third layer each and are acquaintances; 0 and 2 would become friends of that layer.
  TieLifeParams params = still();
  const auto losses = {edge(0, 3, 0.57F), edge(1, 4, 0.57F), edge(2, 5, 0.57F)};
  std::vector<network::Edge> edges(losses);
  edges.push_back(edge(0, 1, 0.35F, TieKind::acquaintance));
  params.seeking = 1000.0;
  LivingNetwork living(params, {}, ties_of(6, edges), {});
  for (const network::Edge& lost : losses) living.stage_end(lost.a, lost.b);
  tend(living, 1);
  living.stage_new(0, 2, 0.57F, LivingNetwork::NewPlace::none);
  living.forget_events();
  tend(living, 2);
  const TieId tie = living.ties().find(0, 1);
  REQUIRE(tie != network::Ties::none);
  CHECK(living.life().layer(living.ties().usual(tie)) == 2);
  CHECK(living.ties().closeness(tie) == usual_closeness(living.ties().usual(tie)));
  CHECK(living.ties().kind(tie) == TieKind::friendship);
  CHECK(living.ties().find(0, 2) == network::Ties::none);
  CHECK(count(living, TieChange::closer) == 1);
}

TEST_CASE("a new tie begins at its usual closeness, on this day, at an opportunity of 1") {
  LivingNetwork living(still(), {}, ties_of(2, {}), {});
  living.stage_new(0, 1, 0.3F, LivingNetwork::NewPlace::added);
  tend(living, 5);
  REQUIRE(living.ties().count() == 1);
  const TieId tie = living.ties().find(0, 1);
  CHECK(living.ties().closeness(tie) == usual_closeness(usual_steps(0.3F)));
  CHECK(living.ties().last(tie) == 5);
  CHECK(living.ties().opportunity(tie) == 1.0F);
  CHECK(living.places(0).capacity == std::array<std::uint32_t, 4>{0, 0, 0, 1});
}
