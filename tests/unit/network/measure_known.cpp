#include <catch2/catch.hpp>
#include <cmath>

#include "network/measure.hpp"

using namespace kith::network;

/// Graphs whose measures are known in closed form.
namespace {

Graph complete(std::uint32_t people) {
  Graph graph;
  graph.people = people;
  for (kith::PersonId a = 0; a < people; ++a) {
    for (kith::PersonId b = a + 1; b < people; ++b) graph.edges.push_back({.a = a, .b = b});
  }
  return graph;
}

Graph star(std::uint32_t leaves) {
  Graph graph;
  graph.people = leaves + 1;
  for (kith::PersonId leaf = 1; leaf <= leaves; ++leaf) graph.edges.push_back({.a = 0, .b = leaf});
  return graph;
}

Graph path(std::uint32_t people) {
  Graph graph;
  graph.people = people;
  for (kith::PersonId a = 0; a + 1 < people; ++a) graph.edges.push_back({.a = a, .b = a + 1});
  return graph;
}

Graph ring(std::uint32_t people) {
  Graph graph = path(people);
  graph.edges.push_back({.a = 0, .b = people - 1});
  make_simple(graph);
  return graph;
}

/// Two complete graphs of `size` joined by one tie between their persons size − 1 and size.
Graph barbell(std::uint32_t size) {
  Graph graph = complete(size);
  const std::size_t ties = graph.edges.size();
  for (std::size_t k = 0; k < ties; ++k)
    graph.edges.push_back({.a = graph.edges[k].a + size, .b = graph.edges[k].b + size});
  graph.edges.push_back({.a = size - 1, .b = size});
  graph.people = 2 * size;
  make_simple(graph);
  return graph;
}

Graph petersen() {
  Graph graph;
  graph.people = 10;
  for (kith::PersonId k = 0; k < 5; ++k) {
    graph.edges.push_back({.a = k, .b = (k + 1) % 5});
    graph.edges.push_back({.a = k, .b = k + 5});
    graph.edges.push_back({.a = k + 5, .b = (k + 2) % 5 + 5});
  }
  make_simple(graph);
  return graph;
}

constexpr std::uint32_t all = 0xffffffffu;
Measures of(const Graph& graph) { return measure(graph, all, {1, 0}); }
std::vector<double> between(const Graph& graph) { return betweenness(graph, all, {1, 0}); }

}  // namespace

TEST_CASE("a complete graph is all triangles") {
  const Measures m = of(complete(7));
  CHECK(m.ties == 21);
  CHECK(m.mean_degree == 6);
  CHECK(m.sd_degree == 0);
  CHECK(m.clustering == 1);
  CHECK(std::isnan(m.assortativity));
  CHECK(m.components == 1);
  CHECK(m.largest_component == 1);
  CHECK(m.max_core == 6);
  CHECK(m.mean_path == 1);
  CHECK(std::isnan(m.same_community));
  CHECK(between(complete(7)) == std::vector<double>(7, 0.0));
}

TEST_CASE("a star has one centre between all pairs of leaves") {
  const Measures m = of(star(10));
  CHECK(m.clustering == 0);
  CHECK(m.assortativity == Approx(-1));
  CHECK(m.max_core == 1);
  CHECK(m.mean_path == Approx(2.0 - 2.0 / 11));  // 2 (1 − 1/n)
  CHECK(m.degree_quantiles == std::vector<double>{1, 1, 1, 10});
  CHECK(m.sd_degree == Approx(std::sqrt((100 + 10) / 11.0 - std::pow(20 / 11.0, 2))));
  const std::vector<double> b = between(star(10));
  CHECK(b[0] == Approx(45));  // 10 · 9 / 2
  CHECK(b[1] == 0);
}

TEST_CASE("a ring has paths of a quarter of its length") {
  const Measures odd = of(ring(9));
  CHECK(odd.mean_path == Approx(2.5));  // (n + 1) / 4
  CHECK(odd.max_core == 2);
  CHECK(odd.clustering == 0);
  CHECK(of(ring(8)).mean_path == Approx(64.0 / 28));                      // n² / (4 (n − 1))
  for (const double value : between(ring(9))) CHECK(value == Approx(6));  // (n − 1)(n − 3) / 8
}

TEST_CASE("a path has a third of its length between two people, and k (n - 1 - k) pairs around person k") {
  CHECK(of(path(11)).mean_path == Approx(4));  // (n + 1) / 3
  const std::vector<double> b = between(path(11));
  for (std::size_t k = 0; k < b.size(); ++k) CHECK(b[k] == Approx(static_cast<double>(k * (10 - k))));
}

TEST_CASE("a path's quantiles are the smallest degrees that at least the share does not exceed") {
  // Of the degrees 1, 1, 2, 2, 2 the second is exceeded by three: half of the people are within 2.
  CHECK(of(path(5)).degree_quantiles == std::vector<double>{1, 2, 2, 2});
}

TEST_CASE("two cliques joined by a bridge") {
  const Graph graph = barbell(5);
  const Measures m = of(graph);
  CHECK(m.ties == 21);
  CHECK(m.max_core == 4);
  CHECK(m.clustering == Approx((8 * 1.0 + 2 * 6.0 / 10.0) / 10));
  // 20 pairs inside (1); across 1 × 1, 8 × 2, 16 × 3.
  CHECK(m.mean_path == Approx((20.0 + 1 + 16 + 48) / 45));
  const std::vector<double> b = between(graph);
  CHECK(b[4] == Approx(20));  // 4 others × 5 on the other side
  CHECK(b[0] == 0);
  CHECK(core_numbers(graph) == std::vector<std::uint32_t>(10, 4));
}

TEST_CASE("Petersen's graph has no triangle and diameter two") {
  const Measures m = of(petersen());
  CHECK(m.ties == 15);
  CHECK(m.clustering == 0);
  CHECK(m.max_core == 3);
  CHECK(m.mean_path == Approx(5.0 / 3));
  for (const double value : between(petersen()))
    CHECK(value == Approx(3));  // 30 pairs two apart, one person each, / 10
}

TEST_CASE("components are numbered by size, equal ones by their lowest person") {
  Graph graph;
  graph.people = 9;
  graph.edges = {{.a = 1, .b = 2}, {.a = 3, .b = 4}, {.a = 4, .b = 5}, {.a = 6, .b = 7}};
  CHECK(component_of(graph) == std::vector<std::uint32_t>{3, 1, 1, 0, 0, 0, 2, 2, 4});
  const Measures m = of(graph);
  CHECK(m.components == 5);
  CHECK(m.largest_component == Approx(3.0 / 9));
  CHECK(m.mean_path == Approx((4 * 1.0 + 1 * 2.0) / 5));  // within components only
}

TEST_CASE("the share of ties within communities is counted") {
  Graph graph = path(5);
  graph.community = {0, 0, 1, 1, 1};
  CHECK(of(graph).same_community == Approx(0.75));
}

TEST_CASE("graphs without people or without ties have measures") {
  const Measures none = of(Graph{});
  CHECK(none.people == 0);
  CHECK(none.components == 0);
  CHECK(between(Graph{}).empty());
  CHECK(core_numbers(Graph{}).empty());
  Graph alone;
  alone.people = 3;
  const Measures m = of(alone);
  CHECK(m.components == 3);
  CHECK(m.max_core == 0);
  CHECK(m.mean_path == 0);
  CHECK(std::isnan(m.assortativity));
}
