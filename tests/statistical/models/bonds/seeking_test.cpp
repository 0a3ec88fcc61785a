#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>
#include <set>

#include "models/bonds/living_network.hpp"

using namespace kith;
using namespace kith::bonds;
using network::TieChange;
using network::TieEvent;

namespace {

// 0.1 % of a normal deviate lies beyond, both sides together.
constexpr double z_bound = 3.29;
constexpr float approach_most = 2.0F;  // Pmax

/// Nothing ends or fades by itself.
TieLifeParams lasting(double seeking) {
  TieLifeParams params;
  params.time.fill(1e9);
  params.floor = params.looser_below = params.silence_end = 0.0;
  params.loss.fill(0.0);
  params.seeking = seeking;
  params.introduction = params.focus = 0.0;
  params.triad_ratio = 1.0;
  return params;
}

struct Lost {
  PersonId a, b;
  float closeness;
};

/// People with the places of ties that they have lost, and the ties that they still have.
LivingNetwork with_places(const TieLifeParams& params, std::uint32_t people, const std::vector<Lost>& lost,
                          std::vector<network::Edge> edges, std::span<const std::uint32_t> community = {}) {
  for (const Lost& tie : lost) edges.push_back({.a = tie.a, .b = tie.b, .closeness = tie.closeness});
  network::Graph graph{.people = people, .edges = std::move(edges)};
  network::make_simple(graph);
  people::MeetingParams meeting;
  meeting.closeness_slope = 3.0;
  LivingNetwork living(params, meeting, network::Ties(graph), community);
  for (const Lost& tie : lost) living.stage_end(tie.a, tie.b);
  living.tend(1, 24.0, {3, 0}, std::vector<float>(people, 0.0F));  // nobody agrees to anything
  living.forget_events();
  return living;
}

/// Pairs (begin, begin + 1), (begin + 2, …) that lose a tie, `times` each with others.
std::vector<Lost> all_lose(std::uint32_t people, std::uint32_t times, PersonId first = 0) {
  std::vector<Lost> lost;
  for (PersonId p = 0; p < people; ++p) {
    for (std::uint32_t k = 1; k <= times; ++k) lost.push_back({first + p, first + (p + k) % people, 0.3F});
  }
  return lost;
}

double deviation(double seen, double expected) { return (seen - expected) / std::sqrt(expected); }

std::vector<TieEvent> tended(LivingNetwork& living, std::span<const float> approach) {
  living.tend(2, 48.0, {3, 0}, approach);
  return living.events();
}

constexpr std::uint32_t many = 6000;

}  // namespace

TEST_CASE("people try once for each free place at the rate of seeking, and agree with √(P_i P_j)/Pmax") {
  LivingNetwork living = with_places(lasting(0.02), many, all_lose(many, 2), {});  // each has four places
  std::vector<float> approach(many);
  for (PersonId p = 0; p < many; ++p) approach[p] = p % 2 == 0 ? 0.4F : 1.6F;
  const auto began = static_cast<double>(tended(living, approach).size());
  // Half of those asked are as ready as oneself, half are not: √(P P')/2 is 0.2, 0.4, 0.4 and 0.8.
  const auto expected = [](double places) { return many * (1.0 - std::exp(-0.02 * places)) * 0.45; };
  CHECK(std::abs(deviation(began, expected(4.0))) < z_bound);
  CHECK_FALSE(std::abs(deviation(began, expected(3.0))) < z_bound);  // must fail
}

TEST_CASE("without a common friend two people agree 3.3 times less often") {
  TieLifeParams params = lasting(0.2);
  params.triad_ratio = 3.3;
  const std::vector<float> ready(many + 1, approach_most);
  const double tries = many * (1.0 - std::exp(-0.2 * 2.0));
  LivingNetwork strangers = with_places(params, many + 1, all_lose(many, 1), {});
  CHECK(std::abs(deviation(static_cast<double>(tended(strangers, ready).size()), tries / 3.3)) < z_bound);
  // Everybody knows the last person.
  std::vector<network::Edge> edges;
  for (PersonId p = 0; p < many; ++p) edges.push_back({.a = p, .b = many, .closeness = 0.3F});
  LivingNetwork acquainted = with_places(params, many + 1, all_lose(many, 1), edges);
  const auto began = static_cast<double>(tended(acquainted, ready).size());
  CHECK(began > tries / 1.3);  // a few find the places taken by others of the same day
  CHECK(began < tries);
}

TEST_CASE("nobody gains a place by their number: of two who want the same, each gets it in half of the cases") {
  constexpr std::uint32_t groups = 2000;
  std::vector<Lost> lost;
  for (PersonId g = 0; g < groups; ++g) {
    lost.push_back({4 * g, 4 * g + 3, 0.3F});
    lost.push_back({4 * g + 1, 4 * g + 2, 0.3F});
  }
  LivingNetwork living = with_places(lasting(0.0), 4 * groups, lost, {});
  for (PersonId g = 0; g < groups; ++g) {
    living.stage_new(4 * g, 4 * g + 3, 0.3F, LivingNetwork::NewPlace::none);
    living.stage_new(4 * g + 1, 4 * g + 3, 0.3F, LivingNetwork::NewPlace::none);
  }
  double first = 0.0;
  double all = 0.0;
  for (const TieEvent& event : tended(living, std::vector<float>(4 * groups, 1.0F))) {
    first += event.a % 4 == 0 ? 1.0 : 0.0;
    all += 1.0;
  }
  CHECK(all == groups);
  CHECK(std::abs(first - 0.5 * all) < z_bound * std::sqrt(0.25 * all));
}

TEST_CASE("a friend's friend is asked in proportion to the time spent with the friend") {
  // In each group 0 knows 1 well and 2 less, of whom 1 knows 3 and 2 knows 4; 0, 3 and 4 each have a place.
  constexpr std::uint32_t groups = 3000;
  TieLifeParams params = lasting(0.3);
  params.introduction = 1.0;
  std::vector<Lost> lost;
  std::vector<network::Edge> edges;
  for (PersonId g = 0; g < groups; ++g) {
    const PersonId p = 8 * g;
    for (const PersonId k : {0U, 3U, 4U}) lost.push_back({p + k, p + (k == 0 ? 5 : k + 3), 0.3F});
    for (const auto& [a, b, w] : {std::tuple(0U, 1U, 0.9F), {0U, 2U, 0.2F}, {1U, 3U, 0.6F}, {2U, 4U, 0.6F}})
      edges.push_back({.a = p + a, .b = p + b, .closeness = w});
  }
  LivingNetwork living = with_places(params, 8 * groups, lost, edges);
  double with_3 = 0.0;
  double with_4 = 0.0;
  for (const TieEvent& event : tended(living, std::vector<float>(8 * groups, approach_most))) {
    CHECK(event.a % 8 == 0);
    (event.b % 8 == 3 ? with_3 : with_4) += 1.0;
  }
  // 3 and 4 find 0 and nobody else. 0 comes back to themselves unless 1 or 2 are asked about the other of their friends.
  const double way_1 = std::exp(3.0 * 0.7) * std::exp(-3.0 * 0.3) / (1.0 + std::exp(-3.0 * 0.3));
  const double way_2 = std::exp(3.0 * 0.4) / (1.0 + std::exp(3.0 * 0.4));
  const double share = way_1 / (way_1 + way_2);
  const double tries = 1.0 - std::exp(-0.3);
  // Each of the three tries by itself; where several find somebody on one day, 0 has one place only.
  double expected = 0.0;
  for (int who = 0; who < 8; ++who) {
    const double probability = std::pow(tries, __builtin_popcount(static_cast<unsigned>(who))) *
                               std::pow(1.0 - tries, 3 - __builtin_popcount(static_cast<unsigned>(who)));
    const bool asks = (who & 1) != 0;
    const bool by_3 = (who & 2) != 0;
    const bool by_4 = (who & 4) != 0;
    if (by_3 && by_4)
      expected += probability * 0.5;  // the lots of the two pairs decide, whoever asked
    else if (by_3)
      expected += probability * (asks ? share + (1.0 - share) * 0.5 : 1.0);
    else if (by_4)
      expected += probability * (asks ? share * 0.5 : 0.0);
    else if (asks)
      expected += probability * share;
  }
  expected /= 1.0 - std::pow(1.0 - tries, 3);
  const double all = with_3 + with_4;
  CHECK(all > 1000.0);
  CHECK(std::abs(with_3 - expected * all) < z_bound * std::sqrt(all * expected * (1.0 - expected)));
}

TEST_CASE("a place in an inner layer goes to somebody of the next layer in proportion to contact") {
  // In each group 0 has a place in the third layer, and so have their acquaintances 1 (closer) and 2, and 3, a friend already.
  constexpr std::uint32_t groups = 12000;
  std::vector<Lost> lost;
  std::vector<network::Edge> edges;
  for (PersonId g = 0; g < groups; ++g) {
    const PersonId p = 8 * g;
    for (PersonId k = 0; k < 4; ++k) lost.push_back({p + k, p + k + 4, 0.57F});
    for (const auto& [b, w] : {std::pair(1U, 0.42F), {2U, 0.08F}})
      edges.push_back({.a = p, .b = p + b, .closeness = w});
  }
  LivingNetwork living = with_places(lasting(0.03), 8 * groups, lost, edges);
  const double ratio = std::exp(3.0 * (0.42 - 0.08));
  double closer_1 = 0.0;
  double all = 0.0;
  std::set<float> settled;  // at any closeness of the layer
  for (const TieEvent& event : tended(living, std::vector<float>(8 * groups, approach_most))) {
    if (event.what != TieChange::closer) continue;
    CHECK(living.life().layer(network::usual_steps(event.closeness)) == 2);
    closer_1 += event.b % 8 == 1 ? 1.0 : 0.0;
    all += 1.0;
    settled.insert(event.closeness);
  }
  REQUIRE(all > 100.0);
  CHECK(settled.size() > 20);
  // 1 and 2 each find 0; 0 finds one of them. Two tries of a day are rare.
  const double share = (1.0 + ratio / (1.0 + ratio)) / 3.0;
  CHECK(std::abs(closer_1 - share * all) < z_bound * std::sqrt(all * share * (1.0 - share)) + 0.01 * all);
}

TEST_CASE("who has no place, is below the usual closeness, or is two layers out does not become closer") {
  constexpr std::uint32_t groups = 3000;
  const auto events_of = [](LivingNetwork& living) {
    return tended(living, std::vector<float>(living.ties().people(), approach_most));
  };
  // 0 and 2 have a place in the third layer; 1, with whom 0 is more, has none and is never thought of.
  std::vector<Lost> lost;
  std::vector<network::Edge> edges;
  for (PersonId p = 0; p < 6 * groups; p += 6) {
    lost.push_back({p, p + 4, 0.57F});
    lost.push_back({p + 2, p + 5, 0.57F});
    edges.push_back({.a = p, .b = p + 1, .closeness = 0.42F});
    edges.push_back({.a = p, .b = p + 2, .closeness = 0.08F});
  }
  LivingNetwork places = with_places(lasting(0.1), 6 * groups, lost, edges);
  double closer = 0.0;
  for (const TieEvent& event : events_of(places)) closer += event.what == TieChange::closer ? 1.0 : 0.0;
  const double either = 1.0 - std::exp(-0.2);  // tries
  CHECK(std::abs(closer - groups * either) < z_bound * std::sqrt(groups * either * (1.0 - either)));

  // The same, after some quarrels on every tie: usual closeness is kept in steps of 1/255.
  LivingNetwork quarrel = with_places(lasting(0.1), 6 * groups, lost, edges);
  for (TieId tie = 0; tie < quarrel.ties().slots(); ++tie) {
    for (int k = 0; k < 4; ++k) quarrel.after_bad(tie, 1);
  }
  for (const TieEvent& event : events_of(quarrel)) CHECK(event.what != TieChange::closer);

  // Both have a place in the second layer, and are in each other's fourth.
  LivingNetwork far =
      with_places(lasting(50.0), 4, {{0, 2, 0.75F}, {1, 3, 0.75F}}, {{.a = 0, .b = 1, .closeness = 0.2F}});
  std::vector<std::size_t> layers;
  for (const TieEvent& event : events_of(far)) {
    if (event.what == TieChange::closer) layers.push_back(far.life().layer(network::usual_steps(event.closeness)));
  }
  CHECK(layers == std::vector<std::size_t>{2});
}

TEST_CASE("new ties come from friends' friends, from the community, and from anybody, in their shares") {
  TieLifeParams params = lasting(0.05);
  params.focus = 0.6;
  params.introduction = 0.4;
  std::vector<std::uint32_t> community(many);
  std::vector<network::Edge> edges;
  for (PersonId p = 0; p < many; ++p) {
    community[p] = p / 60;
    edges.push_back({.a = p, .b = p / 60 * 60 + (p + 2) % 60, .closeness = 0.3F});
  }
  const std::vector<float> ready(many, approach_most);
  const auto outside = [&](double focus) {
    params.focus = focus;
    LivingNetwork living = with_places(params, many, all_lose(many, 1), edges, community);
    double out = 0.0;
    double all = 0.0;
    for (const TieEvent& event : tended(living, ready)) {
      out += community[event.a] != community[event.b] ? 1.0 : 0.0;
      all += 1.0;
    }
    REQUIRE(all > 300.0);
    return std::pair(out, all);
  };
  CHECK(outside(0.6).first == 0.0);
  const auto [out, all] = outside(0.3);
  // Half of the friends' friends are oneself, and three of sixty neighbours are oneself or known: then somebody else is asked.
  const double expected = 0.3 / (0.3 + 0.3 * 57.0 / 60.0 + 0.4 * 0.5);
  CHECK(std::abs(out / all - expected) < z_bound * std::sqrt(expected * (1.0 - expected) / all));
}

TEST_CASE(
    "in a community on a circle the nearest on either side are met, each as often, and across the closing point too") {
  constexpr PersonId around = 60;
  constexpr std::uint32_t reach = 4;
  TieLifeParams params = lasting(0.2);
  params.focus = 1.0;
  std::vector<std::uint32_t> community(many);
  for (PersonId p = 0; p < many; ++p) community[p] = p / around;
  std::vector<Lost> lost;  // of somebody far away
  for (PersonId p = 0; p < many / 2; ++p) lost.push_back({p, p + many / 2, 0.3F});
  const std::vector<float> ready(many, approach_most);
  LivingNetwork living = with_places(params, many, lost, {}, community);
  living.set_neighbours(reach);
  std::array<double, 2 * reach> at{};
  double closing = 0.0;
  double all = 0.0;
  for (const TieEvent& event : tended(living, ready)) {
    REQUIRE(community[event.a] == community[event.b]);
    const PersonId ahead = (event.b + around - event.a) % around;
    const PersonId distance = std::min(ahead, around - ahead);
    REQUIRE(distance >= 1);
    REQUIRE(distance <= reach);
    at[distance - 1] += 1.0;
    closing += event.b - event.a > reach ? 1.0 : 0.0;
    all += 1.0;
  }
  REQUIRE(all > 800.0);
  for (std::uint32_t distance = 1; distance <= reach; ++distance)
    CHECK(std::abs(deviation(at[distance - 1], all / reach)) < z_bound);
  // Of the pairs at distance d, d in each circle lie across the point where it closes: 1 + 2 + 3 + 4 of 4 · 60.
  const double expected = all * (1 + 2 + 3 + 4) / (reach * around);
  CHECK(std::abs(deviation(closing, expected)) < z_bound);

  SECTION("who has moved meets anybody of the new community, and is met where a neighbour has gone") {
    LivingNetwork moved = with_places(params, many, lost, {}, community);
    moved.set_neighbours(reach);
    // Every tenth person goes to the next community.
    std::vector<PersonId> who;
    std::vector<std::uint32_t> to;
    for (PersonId p = 0; p < many; p += 10) {
      who.push_back(p);
      to.push_back((community[p] + 1) % (many / around));
    }
    moved.move_to(who, to);
    double far = 0.0;
    for (const TieEvent& event : tended(moved, ready)) {
      CHECK(moved.community(event.a) == moved.community(event.b));
      const bool is_new = event.a % 10 == 0 || event.b % 10 == 0;
      const PersonId ahead = (event.b + around - event.a) % around;
      if (!is_new && std::min(ahead, around - ahead) > reach) far += 1.0;
    }
    CHECK(far > 0.0);  // in place of those who went
  }
  SECTION("where neighbours are all of a community, everybody of it is met") {
    LivingNetwork wide = with_places(params, many, lost, {}, community);
    wide.set_neighbours(around / 2);
    double far = 0.0;
    double met = 0.0;
    for (const TieEvent& event : tended(wide, ready)) {
      const PersonId ahead = (event.b + around - event.a) % around;
      far += std::min(ahead, around - ahead) > reach ? 1.0 : 0.0;
      met += 1.0;
    }
    const double share = 1.0 - 2.0 * reach / (around - 1);
    CHECK(std::abs(far / met - share) < z_bound * std::sqrt(share * (1.0 - share) / met));
  }
}

TEST_CASE("life ends ties of each layer at its own rate, of kin at a tenth of it") {
  constexpr std::uint32_t pairs = 2000;  // of each layer
  constexpr int days = 200;
  TieLifeParams params = lasting(0.0);
  params.loss = {0.4, 0.8, 0.6, 1.2};
  std::vector<network::Edge> edges;
  for (std::uint32_t k = 0; k < 8 * pairs; ++k) {
    const float w = std::array{0.95F, 0.73F, 0.57F, 0.32F}[k % 4];
    edges.push_back({.a = 2 * k,
                     .b = 2 * k + 1,
                     .closeness = w,
                     .kind = k < 4 * pairs ? network::TieKind::kin : network::TieKind::friendship});
  }
  LivingNetwork living = with_places(params, 16 * pairs, {}, edges);
  const std::vector<float> approach(16 * pairs, 1.0F);
  for (int day = 2; day < days; ++day) living.tend(day, 24.0 * day, {3, 0}, approach);
  std::array<std::array<double, 4>, 2> lost{};
  for (std::uint32_t k = 0; k < 8 * pairs; ++k) {
    if (living.ties().find(2 * k, 2 * k + 1) == network::Ties::none) lost[k < 4 * pairs ? 0 : 1][k % 4] += 1.0;
  }
  for (std::size_t layer = 0; layer < 4; ++layer) {
    const auto share = [&](double factor) {
      return 1.0 - std::exp(-factor * params.loss[layer] * (days - 1) / 365.25);
    };
    CHECK(std::abs(deviation(lost[1][layer], pairs * share(1.0))) < z_bound);
    CHECK(std::abs(deviation(lost[0][layer], pairs * share(0.1))) < z_bound);
    CHECK_FALSE(std::abs(deviation(lost[1][layer], pairs * share(1.5))) < z_bound);  // must fail
  }
}
