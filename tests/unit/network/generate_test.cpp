#include "network/generate.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/network/graphs.hpp"

using namespace kith;
using namespace kith::network;
using Catch::Contains;

namespace {
constexpr WorldKey world{7, 0};
}

TEST_CASE("Impossible parameters are refused with a reason") {
  CHECK_THROWS_WITH(generate(ErdosRenyi{10}, 5, world),
                    Contains("10 ties per person are impossible") && Contains("4 others"));
  CHECK_THROWS_WITH(generate(ErdosRenyi{-1}, 5, world), Contains("must be 0 or more"));
  CHECK_THROWS_WITH(generate(SmallWorld{3, 0.1}, 50, world), Contains("even"));
  CHECK_THROWS_WITH(generate(SmallWorld{4, 1.5}, 50, world), Contains("between 0 and 1"));
  CHECK_THROWS_WITH(generate(SmallWorld{10, 0.1}, 10, world), Contains("impossible"));
  CHECK_THROWS_WITH(generate(PreferentialAttachment{0}, 10, world), Contains("at least 1"));
  CHECK_THROWS_WITH(generate(PreferentialAttachment{10}, 10, world), Contains("9 others"));
  CHECK_THROWS_WITH(generate(StochasticBlock{{}, 1, 1}, 10, world), Contains("empty"));
  CHECK_THROWS_WITH(generate(StochasticBlock{{0.5, -0.5}, 1, 1}, 10, world), Contains("positive"));
  CHECK_THROWS_WITH(generate(StochasticBlock{{0.5, 0.5}, 8, 1}, 10, world),
                    Contains("within = 8") && Contains("4 others"));
  CHECK_THROWS_WITH(generate(StochasticBlock{{0.5, 0.5}, 1, 6}, 10, world),
                    Contains("between = 6") && Contains("5 others"));
  CHECK_THROWS_WITH(generate(Configuration{10, 1}, 5, world), Contains("impossible"));
  CHECK_THROWS_WITH(generate(Configuration{2, -1}, 5, world), Contains("cv"));
  CHECK_THROWS_WITH(generate(Rmat{4, 0.5, 0.5, 0.5, 0.5}, 50, world), Contains("must be 1"));
  CHECK_THROWS_WITH(generate(Rmat{4, 1.2, -0.2, 0, 0}, 50, world), Contains("negative"));
  CHECK_THROWS_WITH(generate(Rmat{90, 0.97, 0.01, 0.01, 0.01}, 100, world), Contains("so skewed"));
}

TEST_CASE("Impossible layers are refused with a reason") {
  const auto refused = [](auto&& change, const char* why) {
    Layers layers;
    change(layers);
    CHECK_THROWS_WITH(generate(layers, 100, world), Contains(why));
  };
  refused([](Layers& layers) { layers.sizes = {5, 10, 35, 100, 350}; }, "one to four sizes");
  refused([](Layers& layers) { layers.sizes = {}; }, "one to four sizes");
  refused([](Layers& layers) { layers.sizes = {5, -1}; }, "positive");
  refused([](Layers& layers) { layers.size_cv = -0.1; }, "size_cv");
  refused([](Layers& layers) { layers.community = 0; }, "community");
  refused([](Layers& layers) { layers.community_cv = 3; }, "community_cv");
  refused([](Layers& layers) { layers.cluster = 0; }, "cluster");
  refused([](Layers& layers) { layers.kin_clusters = 2; }, "kin_clusters");
  refused([](Layers& layers) { layers.wider_family_ties = 1.5; }, "wider_family_ties");
  refused([](Layers& layers) { layers.family = 0.5; }, "family");
  refused([](Layers& layers) { layers.away = -1; }, "away");
  refused([](Layers& layers) { layers.local[2] = 1.1; }, "local");
  refused([](Layers& layers) { layers.clump = 1; }, "clump");
  refused([](Layers& layers) { layers.blur = 1; }, "blur");
}

TEST_CASE("Tiny populations get the graph that fits them") {
  for (std::uint32_t people = 0; people <= 3; ++people) {
    const double others = people > 0 ? people - 1.0 : 0.0;
    const std::size_t all = people * (people > 0 ? people - 1 : 0) / 2;
    CHECK(generate(Layers{}, people, world).edges.size() <= all);
    CHECK(generate(ErdosRenyi{others}, people, world).edges.size() == all);
    CHECK(generate(SmallWorld{people == 3 ? 2u : 0u, 1.0}, people, world).edges.size() == (people == 3 ? 3 : 0));
    CHECK(generate(StochasticBlock{{0.5, 0.5}, 0, 0}, people, world).edges.empty());
    CHECK(generate(Configuration{others, 0.0}, people, world).edges.size() <= all);
    CHECK(generate(Rmat{others, 0.25, 0.25, 0.25, 0.25}, people, world).edges.size() == all);
    if (people > 1) CHECK(generate(PreferentialAttachment{people - 1}, people, world).edges.size() == all);
  }
}

TEST_CASE("A population smaller than its layers is tied to everybody but a few relatives") {
  for (const std::uint32_t people : {3u, 20u, 60u}) {
    const Graph graph = generate(Layers{}, people, world);
    const double all = people * (people - 1.0) / 2.0;
    CHECK(testing::is_simple(graph));
    CHECK(static_cast<double>(graph.edges.size()) >= 0.85 * all);
    CHECK(graph.community.size() == people);
  }
}

TEST_CASE("Small-world clustering without rewiring equals its closed form") {
  for (const std::uint32_t ties : {4u, 6u, 10u}) {
    const Graph graph = generate(SmallWorld{ties, 0.0}, 200, world);
    CHECK(graph.edges.size() == 100u * ties);
    const auto neighbours = testing::neighbours_of(graph);
    CHECK(testing::clustering(neighbours) == Approx(3.0 * (ties - 2.0) / (4.0 * (ties - 1.0))));
    CHECK(testing::standard_deviation(testing::degrees(neighbours)) == 0.0);
  }
}

TEST_CASE("Small worlds keep their number of ties when rewired, even where hardly a pair is free") {
  CHECK(generate(SmallWorld{10, 1.0}, 2000, world).edges.size() == 10000);
  CHECK(generate(SmallWorld{10, 1.0}, 11, world).edges.size() == 55);
  CHECK(generate(SmallWorld{10, 1.0}, 12, world).edges.size() == 60);
}

TEST_CASE("Preferential attachment gives everybody at least as many ties as asked") {
  const std::uint32_t people = 3000, ties = 4;
  const Graph graph = generate(PreferentialAttachment{ties}, people, world);
  CHECK(graph.edges.size() == ties * (ties + 1) / 2 + (people - ties - 1) * ties);
  const std::vector<double> degrees = testing::degrees(testing::neighbours_of(graph));
  CHECK(*std::min_element(degrees.begin(), degrees.end()) == ties);
}

TEST_CASE("Blocks that are full have everybody tied within, or everybody with everybody else") {
  const Graph cliques = generate(StochasticBlock{{0.5, 0.5}, 4, 0}, 10, world);
  CHECK(cliques.edges.size() == 20);
  for (const Edge& edge : cliques.edges) CHECK(cliques.community[edge.a] == cliques.community[edge.b]);
  const Graph across = generate(StochasticBlock{{0.5, 0.5}, 0, 5}, 10, world);
  CHECK(across.edges.size() == 25);
  for (const Edge& edge : across.edges) CHECK(across.community[edge.a] != across.community[edge.b]);
}

TEST_CASE("R-MAT descends into the quadrants that it is given") {
  const auto degrees_of = [](double a, double b, double c, double d) {
    std::vector<double> degrees = testing::degrees(testing::neighbours_of(generate(Rmat{1, a, b, c, d}, 64, world)));
    std::sort(degrees.rbegin(), degrees.rend());
    return degrees;
  };
  // Row 0 with every column, or every row with the last column: a star of 32 leaves.
  std::vector<double> star(64, 0.0);
  star[0] = 32.0;
  std::fill_n(star.begin() + 1, 32, 1.0);
  CHECK(degrees_of(0.5, 0.5, 0, 0) == star);
  CHECK(degrees_of(0, 0.5, 0, 0.5) == star);
  // Row and column are each other's complement: everybody has one partner.
  CHECK(degrees_of(0, 0.5, 0.5, 0) == std::vector<double>(64, 1.0));
  // Row and column are the same: nobody has anybody.
  CHECK_THROWS_WITH(generate(Rmat{1, 0.5, 0, 0, 0.5}, 64, world), Contains("so skewed"));
}

TEST_CASE("R-MAT has exactly the ties asked for") {
  CHECK(generate(Rmat{}, 1000, world).edges.size() == 8000);
  CHECK(generate(Rmat{}, 1024, world).edges.size() == 8192);
}
