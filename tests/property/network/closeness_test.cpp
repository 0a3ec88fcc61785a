#include "network/closeness.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <map>
#include <numeric>
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

}  // namespace

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
