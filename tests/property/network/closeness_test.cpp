#include "network/closeness.hpp"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <map>
#include <numeric>
#include <set>
#include <tuple>
#include <vector>

#include "core/distributions.hpp"
#include "network/ties.hpp"

using namespace kith;
using namespace kith::network;

namespace {

constexpr std::array<int, 4> places{5, 10, 35, 100};

using Counts = std::vector<std::array<int, 4>>;

Counts count_layers(const Graph& graph) {
  Counts counts(graph.people);
  for (const Edge& edge : graph.edges) {
    if (edge.closeness < closeness_in_layer(3, 1.0)) continue;  // beyond all layers
    ++counts[edge.a][layer_of(edge.closeness)];
    ++counts[edge.b][layer_of(edge.closeness)];
  }
  return counts;
}

/// Closeness of every tie by the rule itself, on sets: slow and plain.
std::vector<float> plain_closeness(const Graph& graph, WorldKey world) {
  std::vector<std::set<PersonId>> others(graph.people);
  for (const Edge& edge : graph.edges) {
    others[edge.a].insert(edge.b);
    others[edge.b].insert(edge.a);
  }
  const bool weighted =
      std::any_of(graph.edges.begin(), graph.edges.end(), [](const Edge& edge) { return edge.weight > 0.0F; });
  const Draws draws(world, "network.closeness");
  std::vector<float> strength;
  std::vector<std::uint32_t> lot;
  for (const Edge& edge : graph.edges) {
    std::set<PersonId> either(others[edge.a]);
    either.insert(others[edge.b].begin(), others[edge.b].end());
    const auto common = static_cast<float>(others[edge.a].size() + others[edge.b].size() - either.size());
    const auto all = static_cast<float>(either.size() - 2);
    strength.push_back(weighted ? edge.weight : all > 0.0F ? common / all : 0.0F);
    lot.push_back(draws.at(edge.a, edge.b, 0)());
  }
  std::vector<std::size_t> ranks(graph.edges.size());
  for (PersonId person = 0; person < graph.people; ++person) {
    std::vector<std::tuple<float, std::uint32_t, std::size_t>> own;
    for (std::size_t k = 0; k < graph.edges.size(); ++k) {
      if (graph.edges[k].a == person || graph.edges[k].b == person) own.emplace_back(-strength[k], lot[k], k);
    }
    std::sort(own.begin(), own.end());
    for (std::size_t rank = 0; rank < own.size(); ++rank) ranks[std::get<2>(own[rank])] += rank;
  }
  std::vector<std::tuple<std::size_t, std::uint32_t, std::size_t>> order;
  for (std::size_t k = 0; k < graph.edges.size(); ++k) order.emplace_back(ranks[k], lot[k], k);
  std::sort(order.begin(), order.end());
  std::vector<float> closeness(graph.edges.size());
  Counts taken(graph.people);
  for (const auto& [rank, word, k] : order) {
    auto& a = taken[graph.edges[k].a];
    auto& b = taken[graph.edges[k].b];
    std::size_t layer = 0;
    while (layer < 4 && (a[layer] == places[layer] || b[layer] == places[layer])) ++layer;
    if (layer == 4) {
      closeness[k] = static_cast<float>(0.10 + 0.05 * (1.0 - 2.0 * to_unit(word)));
      continue;
    }
    closeness[k] = closeness_in_layer(layer, (a[layer] + b[layer] + 0.5 + to_unit(word)) / (2.0 * places[layer]));
    ++a[layer];
    ++b[layer];
  }
  return closeness;
}

}  // namespace

TEST_CASE("Closeness is what the rule gives on sets, with overlap and with weights") {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    // Hubs beside people of few ties: common neighbours are looked for in both ways.
    Graph graph = seed % 2 == 0 ? generate(PreferentialAttachment{7}, 250, {seed, 0})
                                : generate(SmallWorld{12, 0.2}, 120, {seed, 0});
    Stream stream = Draws({seed, 0}, "test.weights").at(0, 0);
    for (Edge& edge : graph.edges) edge.weight = seed > 4 ? static_cast<float>(uniform_below(stream, 5)) : 0.0F;
    const std::vector<float> expected = plain_closeness(graph, {seed, 1});
    assign_closeness(graph, {seed, 1});
    for (std::size_t k = 0; k < graph.edges.size(); ++k) REQUIRE(graph.edges[k].closeness == expected[k]);
  }
}

TEST_CASE("Nobody has more ties in a layer than places, and no tie could lie closer") {
  const std::vector<Graph> graphs{
      generate(PreferentialAttachment{12}, 1500, {1, 0}), generate(ErdosRenyi{40}, 1000, {2, 0}),
      generate(Configuration{30, 1.5}, 1500, {3, 0}), generate(SmallWorld{8, 0.1}, 500, {4, 0})};
  for (Graph graph : graphs) {
    assign_closeness(graph, {9, 0});
    const Counts counts = count_layers(graph);
    for (const auto& person : counts) {
      for (std::size_t layer = 0; layer < 4; ++layer) REQUIRE(person[layer] <= places[layer]);
    }
    for (const Edge& edge : graph.edges) {
      REQUIRE(edge.closeness > 0.0F);
      REQUIRE(edge.closeness <= 1.0F);
      const bool beyond = edge.closeness < closeness_in_layer(3, 1.0);
      const std::size_t own = beyond ? 4 : layer_of(edge.closeness);
      for (std::size_t layer = 0; layer < own; ++layer) {
        const bool full = counts[edge.a][layer] == places[layer] || counts[edge.b][layer] == places[layer];
        REQUIRE(full);
      }
    }
  }
}

TEST_CASE("Renumbering the people renumbers the ties and nothing else") {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    Graph graph = generate(ErdosRenyi{6}, 80, {seed, 0});
    assign_closeness(graph, {seed, 0});
    std::vector<PersonId> number(graph.people);
    std::iota(number.begin(), number.end(), 0u);
    Stream stream = Draws({seed, 0}, "test.numbers").at(0, 0);
    shuffle(stream, std::span(number));
    Graph renumbered = graph;
    for (Edge& edge : renumbered.edges) {
      edge.a = number[edge.a];
      edge.b = number[edge.b];
    }
    const Dropped dropped = make_simple(renumbered);
    CHECK(dropped.self_loops + dropped.repeats == 0);
    const Ties before(graph);
    const Ties after(renumbered);
    for (PersonId person = 0; person < graph.people; ++person) {
      std::map<PersonId, float> expected;
      std::map<PersonId, float> found;
      before.for_each(person, [&](PersonId other, TieId tie) { expected[number[other]] = before.closeness(tie); });
      after.for_each(number[person], [&](PersonId other, TieId tie) { found[other] = after.closeness(tie); });
      REQUIRE(expected == found);
    }
  }
}
