#include "network/graph.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>

#include "network/ties.hpp"
#include "tests/unit/network/graphs.hpp"

using namespace kith::network;

TEST_CASE("make_simple orders pairs and ties and counts what it drops") {
  Graph graph{.people = 4,
              .edges = {{.a = 3, .b = 1, .closeness = 0.3F, .weight = 5.0F},
                        {.a = 2, .b = 2},
                        {.a = 1, .b = 3, .weight = 7.0F},
                        {.a = 1, .b = 2},
                        {.a = 1, .b = 0},
                        {.a = 3, .b = 1, .weight = 9.0F}}};
  const Dropped dropped = make_simple(graph);
  CHECK(dropped.self_loops == 1);
  CHECK(dropped.repeats == 2);
  REQUIRE(graph.edges.size() == 3);
  CHECK(graph.edges[0].a == 0);
  CHECK(graph.edges[0].b == 1);
  CHECK(graph.edges[1].a == 1);
  CHECK(graph.edges[1].b == 2);
  CHECK(graph.edges[2].a == 1);
  CHECK(graph.edges[2].b == 3);
  CHECK(graph.edges[2].weight == 5.0F);  // the first of a pair stays
  CHECK(graph.edges[2].closeness == 0.3F);
  CHECK(testing::is_simple(graph));
}

TEST_CASE("make_simple leaves a simple graph alone and an empty one empty") {
  Graph graph{.people = 3, .edges = {{.a = 0, .b = 1}, {.a = 1, .b = 2}}};
  const Dropped dropped = make_simple(graph);
  CHECK(dropped.self_loops + dropped.repeats == 0);
  CHECK(graph.edges.size() == 2);
  Graph nobody;
  make_simple(nobody);
  CHECK(nobody.edges.empty());
}

TEST_CASE("make_simple refuses ties of people who do not exist") {
  Graph graph{.people = 2, .edges = {{.a = 0, .b = 2}}};
  CHECK_THROWS_WITH(make_simple(graph), Catch::Contains("names person 2"));
}

TEST_CASE("Ties keeps what each tie carries") {
  const Graph graph{
      .people = 3,
      .edges = {{.a = 0, .b = 2, .closeness = 0.25F, .opportunity = 0.5F, .kind = TieKind::kin},
                {.a = 1, .b = 2, .closeness = 0.75F, .opportunity = 2.0F, .kind = TieKind::acquaintance}}};
  const Ties ties(graph);
  REQUIRE(ties.count() == 2);
  REQUIRE(ties.people() == 3);
  int seen = 0;
  ties.for_each(2, [&](kith::PersonId other, kith::TieId tie) {
    ++seen;
    CHECK(ties.closeness(tie) == (other == 0 ? 0.25F : 0.75F));
    CHECK(ties.opportunity(tie) == (other == 0 ? 0.5F : 2.0F));
    CHECK(ties.kind(tie) == (other == 0 ? TieKind::kin : TieKind::acquaintance));
  });
  CHECK(seen == 2);
}

TEST_CASE("Ties refuses a graph that is not simple and sorted") {
  CHECK_THROWS_AS(Ties(Graph{.people = 2, .edges = {{.a = 1, .b = 0}}}), std::invalid_argument);
  CHECK_THROWS_AS(Ties(Graph{.people = 2, .edges = {{.a = 0, .b = 1}, {.a = 0, .b = 1}}}), std::invalid_argument);
  CHECK_THROWS_AS(Ties(Graph{.people = 1, .edges = {{.a = 0, .b = 1}}}), std::invalid_argument);
  CHECK(Ties(Graph{}).count() == 0);
}
