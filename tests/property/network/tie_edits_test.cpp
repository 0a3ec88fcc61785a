#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <set>

#include "core/distributions.hpp"
#include "network/generate.hpp"
#include "network/ties.hpp"

using namespace kith;
using namespace kith::network;

namespace {

using Pair = std::pair<PersonId, PersonId>;

struct Reference {
  std::map<Pair, TieState> ties;
  std::size_t born = 0, died = 0;
};

bool same(const TieState& a, const Ties& ties, TieId tie) {
  return a.closeness == ties.closeness(tie) && a.opportunity == ties.opportunity(tie) && a.kind == ties.kind(tie) &&
         a.usual == ties.usual(tie) && a.last == ties.last(tie);
}

/// The first promise that the store breaks; empty when it holds exactly the reference's ties, each with one owner and two ends.
std::string broken(const Ties& ties, const Reference& reference) {
  if (ties.count() != reference.ties.size()) return "count";
  std::map<Pair, int> seen;
  for (PersonId person = 0; person < ties.people(); ++person) {
    if (person + 1 < ties.people() && ties.owned_end(person) > ties.owned_begin(person + 1)) return "rows overlap";
    for (TieId tie = ties.owned_begin(person); tie < ties.owned_end(person); ++tie) {
      const PersonId other = ties.other(tie);
      if (tie > ties.owned_begin(person) && ties.other(tie - 1) >= other) return "owned ties out of order";
      if (!Ties::owns(person, other) || Ties::owns(other, person)) return "owner";
      const auto known = reference.ties.find({std::min(person, other), std::max(person, other)});
      if (known == reference.ties.end()) return "a tie that should not be";
      if (!same(known->second, ties, tie)) return "values";
      if (ties.find(person, other) != tie || ties.find(other, person) != tie) return "found elsewhere";
    }
    const auto mirrors = ties.mirrors(person);
    if (!std::is_sorted(mirrors.begin(), mirrors.end())) return "mirrors out of order";
    std::size_t degree = 0;
    ties.for_each(person, [&](PersonId other, TieId tie) {
      if (tie != Ties::none) ++seen[{std::min(person, other), std::max(person, other)}];
      ++degree;
    });
    if (degree != ties.degree(person)) return "degree";
  }
  std::vector<char> is_tie(ties.slots());
  for (PersonId person = 0; person < ties.people(); ++person)
    std::fill(is_tie.begin() + ties.owned_begin(person), is_tie.begin() + ties.owned_end(person), 1);
  for (TieId tie = 0; tie < ties.slots(); ++tie) {
    if (is_tie[tie] == 0 && ties.opportunity(tie) != 0.0F) return "a room with an opportunity";
  }
  const bool both_ends = std::all_of(seen.begin(), seen.end(), [](const auto& entry) { return entry.second == 2; });
  return both_ends && seen.size() == ties.count() ? "" : "ends";
}

TieState random_state(Stream& stream) {
  return {static_cast<float>(uniform(stream)), static_cast<float>(uniform(stream)),
          static_cast<TieKind>(uniform_below(stream, 3)), static_cast<std::uint8_t>(uniform_below(stream, 256)),
          static_cast<std::uint16_t>(uniform_below(stream, 65536))};
}

}  // namespace

TEST_CASE(
    "after a million random edits the store holds exactly the ties of a plain map, each with one owner and two ends") {
  constexpr std::uint32_t people = 300;
  Graph graph = generate(ErdosRenyi{20}, people, {1, 0});
  Stream stream = Draws({1, 0}, "test edits").at(0, 0);
  Ties ties(graph);
  Reference reference;
  for (const Edge& edge : graph.edges)
    reference.ties[{edge.a, edge.b}] = {edge.closeness, edge.opportunity, edge.kind, usual_steps(edge.closeness), 0};
  const std::size_t at_first = ties.count();
  REQUIRE(broken(ties, reference).empty());
  for (int edit = 1; edit <= 1000000; ++edit) {
    const PersonId a = uniform_below(stream, people);
    // A third of all edits are those of ten people, so that rows grow long and short again.
    const PersonId b = uniform_below(stream, 3) == 0 ? uniform_below(stream, 10) : uniform_below(stream, people);
    if (a == b) continue;
    const Pair pair{std::min(a, b), std::max(a, b)};
    const TieId tie = ties.find(a, b);
    const auto known = reference.ties.find(pair);
    REQUIRE((tie == Ties::none) == (known == reference.ties.end()));
    if (tie == Ties::none) {
      const TieState state = random_state(stream);
      ties.insert(a, b, state);
      reference.ties[pair] = state;
      ++reference.born;
    } else {
      ties.erase(a, b);
      reference.ties.erase(known);
      ++reference.died;
    }
    if (edit % 50000 == 0) {
      CAPTURE(edit);
      REQUIRE(broken(ties, reference).empty());
    }
  }
  CHECK(ties.count() == at_first + reference.born - reference.died);
  CHECK(reference.born > 400000);
  CHECK(reference.died > 400000);
}

TEST_CASE("the check of random edits notices a tie that is missing, one too many, and one that was changed") {
  Graph graph = generate(ErdosRenyi{5}, 50, {2, 0});
  Reference reference;
  for (const Edge& edge : graph.edges)
    reference.ties[{edge.a, edge.b}] = {edge.closeness, edge.opportunity, edge.kind, usual_steps(edge.closeness), 0};
  const Edge first = graph.edges.front();
  Ties ties(graph);
  ties.set_closeness(ties.find(first.a, first.b), 0.123F);
  CHECK(broken(ties, reference) == "values");
  ties.erase(first.a, first.b);
  CHECK(broken(ties, reference) == "count");
  reference.ties.erase({first.a, first.b});
  CHECK(broken(ties, reference).empty());
  ties.insert(first.a, first.b, {});
  reference.ties[{0, 49}] = {};
  if (first.a != 0 || first.b != 49) CHECK(broken(ties, reference) == "a tie that should not be");
}

TEST_CASE("a store that was edited equals one that is built from the ties that are left") {
  const Graph graph = generate(ErdosRenyi{8}, 400, {3, 0});
  Ties ties(graph);
  Graph left = graph;
  Stream stream = Draws({3, 0}, "test edits").at(0, 0);
  std::erase_if(left.edges, [&](const Edge& edge) {
    const bool goes = uniform(stream) < 0.3;
    if (goes) ties.erase(edge.a, edge.b);
    return goes;
  });
  const Ties fresh(left);
  REQUIRE(ties.count() == fresh.count());
  for (PersonId person = 0; person < ties.people(); ++person) {
    std::vector<PersonId> others;
    std::vector<PersonId> fresh_others;
    ties.for_each(person, [&](PersonId other, TieId) { others.push_back(other); });
    fresh.for_each(person, [&](PersonId other, TieId) { fresh_others.push_back(other); });
    REQUIRE(others == fresh_others);
  }
}

TEST_CASE("a usual closeness is kept to the nearest of 255 steps") {
  for (int k = 0; k <= 1000; ++k) {
    const float closeness = static_cast<float>(k) / 1000.0F;
    CHECK(std::abs(usual_closeness(usual_steps(closeness)) - closeness) <= 0.5001F / 255.0F);
  }
}

TEST_CASE("impossible edits are refused and change nothing") {
  Graph graph{.people = 3, .edges = {{.a = 0, .b = 1, .closeness = 0.5F}}};
  Ties ties(graph);
  CHECK_THROWS_AS(ties.insert(0, 1, {}), std::invalid_argument);
  CHECK_THROWS_AS(ties.insert(1, 0, {}), std::invalid_argument);
  CHECK_THROWS_AS(ties.insert(2, 2, {}), std::invalid_argument);
  CHECK_THROWS_AS(ties.insert(0, 3, {}), std::invalid_argument);
  CHECK_THROWS_AS(ties.erase(0, 2), std::invalid_argument);
  CHECK_THROWS_AS(ties.erase(1, 1), std::invalid_argument);
  CHECK_THROWS_AS(ties.erase(7, 1), std::invalid_argument);
  CHECK(ties.count() == 1);
}

TEST_CASE("a living tie with its share of rooms takes at most 32 bytes at 150 ties a person") {
  const Graph graph = generate(SmallWorld{150, 0.1}, 4000, {4, 0});
  Ties ties(graph);
  ties.erase(graph.edges[0].a, graph.edges[0].b);
  ties.insert(graph.edges[0].a, graph.edges[0].b, {});
  for (PersonId other = 2000; other < 2200; ++other) {
    if (ties.find(0, other) == Ties::none) ties.insert(0, other, {});
  }
  // The sampler of contacts keeps one more number for each slot.
  const double bytes = static_cast<double>(ties.bytes()) + 4.0 * ties.slots();
  CHECK(ties.slots() > ties.count());
  CHECK(bytes <= 32.0 * ties.count());
  CHECK(bytes >= 24.0 * ties.count());
}
