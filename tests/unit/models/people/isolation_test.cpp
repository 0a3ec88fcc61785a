#include "models/people/isolation.hpp"

#include <catch2/catch.hpp>

#include "network/generate.hpp"

using namespace kith;
using namespace kith::people;

namespace {

network::Edge edge(PersonId a, PersonId b, float closeness, network::TieKind kind = network::TieKind::friendship) {
  return {.a = a, .b = b, .closeness = closeness, .kind = kind};
}

/// A closeness in the middle of a layer.
float in_layer(std::size_t layer) { return static_cast<float>(network::layer_closeness[layer]); }

/// Person 0 with `count` ties, all in one layer and of one kind, and all met as often as `rate` says.
unsigned score(std::uint32_t count, std::size_t layer, network::TieKind kind, float rate) {
  network::Graph graph{.people = count + 1};
  for (PersonId other = 1; other <= count; ++other) graph.edges.push_back(edge(0, other, in_layer(layer), kind));
  const network::Ties ties(graph);
  return isolation(ties, std::vector<float>(ties.count(), rate), 16.0, 0.725F).score[0];
}

constexpr float often = 1.0F;
constexpr float never = 0.0F;

}  // namespace

TEST_CASE("isolation counts layers as the generator makes them") {
  for (std::size_t layer = 0; layer < layer_count; ++layer) {
    for (const double place : {0.001, 0.5, 0.999}) {
      network::Graph graph{.people = 2};
      graph.edges.push_back(edge(0, 1, network::closeness_in_layer(layer, place)));
      const network::Ties ties(graph);
      CHECK(isolation(ties, std::vector{often}, 16.0, 0.725F).ties_per_layer[1][layer] == 1);
    }
  }
}

TEST_CASE("the strength of close ties is the sum of their closeness, others count for nothing") {
  network::Graph graph{.people = 4};
  graph.edges.push_back(edge(0, 1, 0.95F));
  graph.edges.push_back(edge(0, 2, 0.7F));
  graph.edges.push_back(edge(0, 3, 0.5F));
  const std::vector<float> strength = strength_of_close_ties(network::Ties(graph));
  CHECK(strength[0] == Approx(1.65).margin(5e-5));
  CHECK(strength[2] == Approx(0.7).margin(5e-5));
  CHECK(strength[3] == 0.0F);
}

TEST_CASE("an answer of 0, 1, 2, 3-4, 5-8, 9 or more people gives 0 to 5 points") {
  const unsigned points[] = {0, 1, 2, 3, 3, 4, 4, 4, 4, 5, 5};
  for (std::uint32_t count = 0; count <= 10; ++count) {
    CAPTURE(count);
    // The outermost layer, met often, answers one question of six.
    CHECK(score(count, 3, network::TieKind::friendship, often) == points[count]);
  }
  CHECK(score(40, 3, network::TieKind::friendship, often) == 5);
}

TEST_CASE("the closest are met, confided in and asked for help, the next confided in, the others only met") {
  using network::TieKind;
  CHECK(score(2, 0, TieKind::friendship, often) == 6);
  CHECK(score(2, 1, TieKind::friendship, often) == 4);
  CHECK(score(2, 2, TieKind::friendship, often) == 2);
  CHECK(score(2, 0, TieKind::friendship, never) == 4);
  CHECK(score(2, 2, TieKind::friendship, never) == 0);
}

TEST_CASE("meeting once a month of waking hours counts as met, less does not") {
  const float monthly = 1.0F / (30.0F * 16.0F);
  CHECK(score(1, 3, network::TieKind::acquaintance, monthly * 1.01F) == 1);
  CHECK(score(1, 3, network::TieKind::acquaintance, monthly * 0.99F) == 0);
}

TEST_CASE("kin and others are asked about apart, so the same number of people gives more points") {
  network::Graph graph{.people = 5};
  for (PersonId other = 1; other <= 4; ++other) {
    const auto kind = other <= 2 ? network::TieKind::kin : network::TieKind::friendship;
    graph.edges.push_back(edge(0, other, in_layer(0), kind));
  }
  const network::Ties ties(graph);
  const Isolation result = isolation(ties, std::vector<float>(ties.count(), often), 16.0, 0.725F);
  CHECK(result.score[0] == 12);  // 2 points six times; three questions with 4 people would be 9
  CHECK(result.score[1] == 3);
  CHECK(score(4, 0, network::TieKind::friendship, often) == 9);
  CHECK(score(10, 0, network::TieKind::kin, often) == 15);
}

TEST_CASE("ties per layer and close ties count both ends' ties, whoever owns them") {
  network::Graph graph{.people = 6,
                       .edges = {edge(0, 1, in_layer(0)), edge(0, 2, in_layer(1)), edge(0, 3, in_layer(2)),
                                 edge(0, 4, in_layer(3)), edge(1, 2, in_layer(0)), edge(2, 4, in_layer(1))}};
  const network::Ties ties(graph);
  const Isolation result = isolation(ties, std::vector<float>(ties.count(), often), 16.0, 0.725F);
  using Counts = std::array<std::uint16_t, layer_count>;
  CHECK(result.ties_per_layer[0] == Counts{1, 1, 1, 1});
  CHECK(result.ties_per_layer[1] == Counts{2, 0, 0, 0});
  CHECK(result.ties_per_layer[2] == Counts{1, 2, 0, 0});
  CHECK(result.ties_per_layer[4] == Counts{0, 1, 0, 1});
  CHECK(result.ties_per_layer[5] == Counts{0, 0, 0, 0});
  CHECK(result.score[5] == 0);
  const std::uint32_t close[] = {2, 2, 3, 0, 1, 0};
  for (PersonId person = 0; person < 6; ++person) CHECK(close_ties(ties, person) == close[person]);
}
