#include "network/closeness.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <stdexcept>

using namespace kith;
using namespace kith::network;

namespace {
constexpr WorldKey world{3, 0};
}

TEST_CASE("Closeness in a layer keeps the mean of the layer's contact time") {
  for (std::size_t layer = 0; layer < 4; ++layer) {
    constexpr int steps = 10000;
    double time = 0.0;
    for (int step = 0; step < steps; ++step) {
      time += std::exp(-6.3 * (1.0 - double{closeness_in_layer(layer, (step + 0.5) / steps)})) / steps;
    }
    CHECK(time == Approx(std::exp(-6.3 * (1.0 - layer_closeness[layer]))).epsilon(1e-4));
    CHECK(closeness_in_layer(layer, 0.0) > closeness_in_layer(layer, 1.0));
  }
}

TEST_CASE("Every closeness of a layer is found to be of that layer") {
  for (std::size_t layer = 0; layer < 4; ++layer) {
    for (const double place : {0.0, 0.5, 1.0}) CHECK(layer_of(closeness_in_layer(layer, place)) == layer);
  }
  CHECK(layer_of(1.0F) == 0);
  CHECK(layer_of(0.0F) == 3);
}

TEST_CASE("The borders between layers lie halfway between them") {
  for (std::size_t layer = 0; layer < 3; ++layer) {
    const float border = (closeness_in_layer(layer, 1.0) + closeness_in_layer(layer + 1, 0.0)) / 2.0F;
    CHECK(layer_of(border + 1e-4F) == layer);
    CHECK(layer_of(border - 1e-4F) == layer + 1);
  }
}

TEST_CASE("Weights decide whom a person is closest to") {
  Graph star{.people = 21};
  for (PersonId leaf = 1; leaf <= 20; ++leaf) {
    star.edges.push_back({.a = 0, .b = leaf, .weight = static_cast<float>((8 * leaf) % 21)});
  }
  assign_closeness(star, world);
  for (const Edge& left : star.edges) {
    const float rank = 20.0F - left.weight;  // 0 … 19
    CHECK(layer_of(left.closeness) == (rank < 5.0F ? 0u : rank < 15.0F ? 1u : 2u));
    CHECK(left.kind == TieKind::friendship);
    for (const Edge& right : star.edges) {
      if (left.weight > right.weight) CHECK(left.closeness > right.closeness);
    }
  }
}

TEST_CASE("Without weights, common neighbours decide") {
  // Two cliques of six, joined by one tie: each has five ties within their clique, so the bridge finds no room among
  // them.
  Graph graph{.people = 12};
  for (PersonId a = 0; a < 12; ++a) {
    for (PersonId b = a + 1; b < 12; ++b) {
      if (a / 6 == b / 6 || (a == 5 && b == 6)) graph.edges.push_back({.a = a, .b = b});
    }
  }
  assign_closeness(graph, world);
  for (const Edge& edge : graph.edges) CHECK(layer_of(edge.closeness) == (edge.a / 6 == edge.b / 6 ? 0 : 1));
}

TEST_CASE("Closeness that a file gave stays, and takes its place") {
  Graph star{.people = 8};
  for (PersonId leaf = 1; leaf <= 7; ++leaf) star.edges.push_back({.a = 0, .b = leaf});
  star.edges[6].closeness = 0.99F;
  star.edges[6].kind = TieKind::kin;
  assign_closeness(star, world);
  CHECK(star.edges[6].closeness == 0.99F);
  CHECK(star.edges[6].kind == TieKind::kin);
  int inner = 0;
  for (const Edge& edge : star.edges) inner += layer_of(edge.closeness) == 0 ? 1 : 0;
  CHECK(inner == 5);
}

TEST_CASE("Whoever has more ties than layers have places hardly knows the rest") {
  Graph star{.people = 401};
  for (PersonId leaf = 1; leaf <= 400; ++leaf) star.edges.push_back({.a = 0, .b = leaf});
  assign_closeness(star, world);
  int distant = 0;
  for (const Edge& edge : star.edges) {
    CHECK(edge.closeness > 0.0F);
    if (edge.closeness < closeness_in_layer(3, 1.0)) ++distant;
  }
  CHECK(distant == 250);
}

TEST_CASE("Graphs without ties and unsorted graphs are handled") {
  Graph nobody;
  assign_closeness(nobody, world);
  Graph alone{.people = 1};
  assign_closeness(alone, world);
  CHECK(alone.edges.empty());
  Graph unsorted{.people = 2, .edges = {{.a = 1, .b = 0}}};
  CHECK_THROWS_AS(assign_closeness(unsorted, world), std::invalid_argument);
}
