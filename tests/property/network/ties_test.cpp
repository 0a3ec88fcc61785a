#include "network/ties.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <map>

#include "core/distributions.hpp"
#include "network/generate.hpp"

using namespace kith;
using namespace kith::network;

namespace {

/// A random graph with random tie values.
Graph random_graph(std::uint32_t people, double mean_ties, std::uint64_t seed) {
  Graph graph = generate(ErdosRenyi{mean_ties}, people, {seed, 0});
  Stream stream = Draws({seed, 0}, "test.values").at(0, 0);
  for (Edge& edge : graph.edges) {
    edge.closeness = static_cast<float>(uniform(stream));
    edge.opportunity = static_cast<float>(uniform(stream));
    edge.kind = static_cast<TieKind>(uniform_below(stream, 3));
  }
  return graph;
}

using Pair = std::pair<PersonId, PersonId>;

/// Share of ties that the lower person of the pair owns.
double lower_share(const Ties& ties) {
  double lower = 0.0;
  for (PersonId person = 0; person < ties.people(); ++person) {
    for (TieId tie = ties.owned_begin(person); tie < ties.owned_end(person); ++tie) lower += person < ties.other(tie);
  }
  return lower / ties.count();
}

}  // namespace

TEST_CASE("Ties holds exactly the ties of a plain adjacency map, seen from both ends") {
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    const auto people = static_cast<std::uint32_t>(2 + 7 * seed);
    const Graph graph = random_graph(people, std::min(9.0, people - 1.0), seed);
    std::map<Pair, Edge> expected;
    for (const Edge& edge : graph.edges) {
      expected[{edge.a, edge.b}] = edge;
      expected[{edge.b, edge.a}] = edge;
    }
    const Ties ties(graph);
    REQUIRE(ties.count() == graph.edges.size());
    std::size_t seen = 0;
    std::vector<int> owners(ties.count());
    for (PersonId person = 0; person < people; ++person) {
      for (TieId tie = ties.owned_begin(person); tie < ties.owned_end(person); ++tie) ++owners[tie];
      for (TieId tie = ties.owned_begin(person) + 1; tie < ties.owned_end(person); ++tie) {
        REQUIRE(ties.other(tie - 1) < ties.other(tie));
      }
      for (const PersonId owner : ties.mirrors(person)) {
        const TieId tie = ties.find(person, owner);
        REQUIRE(tie != Ties::none);
        REQUIRE(ties.other(tie) == person);
        REQUIRE(ties.owned_begin(owner) <= tie);
        REQUIRE(tie < ties.owned_end(owner));
      }
      ties.for_each(person, [&](PersonId other, TieId tie) {
        const auto found = expected.find({person, other});
        REQUIRE(found != expected.end());
        REQUIRE(found->second.closeness == ties.closeness(tie));
        REQUIRE(found->second.opportunity == ties.opportunity(tie));
        REQUIRE(found->second.kind == ties.kind(tie));
        ++seen;
      });
    }
    CHECK(seen == expected.size());
    CHECK(std::all_of(owners.begin(), owners.end(), [](int count) { return count == 1; }));
  }
}

TEST_CASE("A tie takes at most 32 bytes at ten ties per person") {
  const Ties ties(generate(SmallWorld{10, 0.1}, 20000, {1, 0}));
  CHECK(static_cast<double>(ties.bytes()) <= 32.0 * ties.count());
  CHECK(ties.bytes() >= 20u * ties.count());
}

TEST_CASE("Half of the ties belong to the lower person, within four standard errors") {
  const Ties ties(generate(ErdosRenyi{20}, 20000, {2, 0}));
  const double bound = 4.0 * 0.5 / std::sqrt(ties.count());
  CHECK(std::abs(lower_share(ties) - 0.5) < bound);
}

TEST_CASE("The number of owned ties of a person spreads as a binomial of their ties") {
  // Of 40 ties each person owns 20 ± √10, so the mean of (owned − 20)² / 10 is 1 with standard error about √(2/n).
  const Graph graph = generate(SmallWorld{40, 0.0}, 20000, {3, 0});
  const auto spread = [](const std::vector<std::uint32_t>& owned) {
    double sum = 0.0;
    for (const double count : owned) sum += (count - 20.0) * (count - 20.0) / 10.0;
    return sum / static_cast<double>(owned.size());
  };
  const Ties ties(graph);
  std::vector<std::uint32_t> owned(graph.people);
  std::vector<std::uint32_t> lower_owns(graph.people);
  for (PersonId person = 0; person < graph.people; ++person) {
    owned[person] = ties.owned_end(person) - ties.owned_begin(person);
  }
  for (const Edge& edge : graph.edges) ++lower_owns[edge.a];
  const double bound = 5.0 * std::sqrt(2.0 / graph.people);
  CHECK(std::abs(spread(owned) - 1.0) < bound);
  CHECK_FALSE(std::abs(spread(lower_owns) - 1.0) < bound);  // must fail: the lower person owns every tie
}
