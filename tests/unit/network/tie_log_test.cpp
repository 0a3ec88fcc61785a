#include "network/tie_log.hpp"

#include <catch2/catch.hpp>

#include "network/components.hpp"
#include "network/generate.hpp"
#include "network/measure.hpp"

using namespace kith;
using namespace kith::network;

namespace {

TieEvent event(PersonId a, PersonId b, TieChange what, float closeness = 0.5F) {
  return {1.0, a, b, what, TieKind::friendship, closeness};
}

}  // namespace

TEST_CASE("a log leaves the ties that began and did not end, with their last closeness") {
  const std::vector<TieEvent> events{event(0, 1, TieChange::held, 0.9F),
                                     event(1, 2, TieChange::held, 0.3F),
                                     event(0, 2, TieChange::began, 0.3F),
                                     event(1, 2, TieChange::closer, 0.6F),
                                     event(0, 1, TieChange::looser, 0.5F),
                                     event(0, 2, TieChange::silent, 0.3F),
                                     event(0, 2, TieChange::ended_by_silence, 0.3F)};
  const Graph graph = replay(3, events);
  REQUIRE(graph.edges.size() == 2);
  CHECK(graph.edges[0].a == 0);
  CHECK(graph.edges[0].closeness == 0.5F);
  CHECK(graph.edges[1].a == 1);
  CHECK(graph.edges[1].closeness == 0.6F);
}

TEST_CASE("a log that contradicts itself is refused") {
  const auto refused = [](const std::vector<TieEvent>& events) {
    CHECK_THROWS_AS(replay(3, events), std::invalid_argument);
  };
  refused({event(0, 1, TieChange::began), event(0, 1, TieChange::began)});
  refused({event(0, 1, TieChange::ended)});
  refused({event(0, 1, TieChange::closer)});
  refused({event(1, 0, TieChange::began)});
  refused({event(0, 3, TieChange::began)});
}

TEST_CASE("differences lead from one network to the other") {
  const std::vector<TieEvent> first{event(0, 1, TieChange::held), event(0, 2, TieChange::held),
                                    event(1, 3, TieChange::held)};
  const std::vector<TieEvent> second{event(0, 1, TieChange::held, 0.7F), event(1, 2, TieChange::held),
                                     event(1, 3, TieChange::held, 0.2F)};
  const Graph before = replay(4, first);
  const Graph after = replay(4, second);
  const auto changes = differences(before, after);
  REQUIRE(changes.size() == 4);
  CHECK(changes[0].what == TieChange::closer);
  CHECK(changes[1].what == TieChange::ended);
  CHECK(changes[2].what == TieChange::began);
  CHECK(changes[3].what == TieChange::looser);
  std::vector<TieEvent> joined = first;
  joined.insert(joined.end(), changes.begin(), changes.end());
  CHECK(differences(replay(4, joined), after).empty());
  CHECK(differences(after, after).empty());
}

TEST_CASE("components are those that a breadth-first search finds, from a forest to one piece") {
  for (const double mean : {0.0, 0.5, 0.9, 1.2, 2.0, 4.0, 12.0}) {
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
      const Graph graph = generate(ErdosRenyi{mean}, 500, {seed, 0});
      const Components found = components(Ties(graph));
      const auto expected = component_of(graph);
      std::vector<std::uint32_t> size(graph.people);
      for (PersonId person = 0; person < graph.people; ++person) {
        ++size[found.of[person]];
        REQUIRE(found.of[person] <= person);
        for (PersonId other = 0; other < person; other += 7)
          REQUIRE((found.of[person] == found.of[other]) == (expected[person] == expected[other]));
      }
      const Measures measures = measure(graph, 1, {1, 0});
      CHECK(found.count == measures.components);
      CHECK(size[found.largest] / 500.0 == Approx(measures.largest_component));
    }
  }
  CHECK(components(Ties(Graph{})).count == 0);
}
