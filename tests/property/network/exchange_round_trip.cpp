#include <bit>
#include <catch2/catch.hpp>
#include <fstream>
#include <limits>

#include "../../unit/network/exchange_files.hpp"
#include "core/distributions.hpp"

using namespace kith::network;

namespace {

using Export = void (*)(const Graph&, std::ostream&, const PersonValues&);

/// A random graph with every attribute set; closeness and weights are floats of all sizes.
Graph random_graph(std::uint32_t people, std::uint32_t seed) {
  kith::Stream stream = kith::Draws({seed, 0}, "test: round trip").at(0, 0);
  Graph graph;
  graph.people = people;
  for (kith::PersonId a = 0; a < people; ++a) {
    graph.community.push_back(kith::uniform_below(stream, 5));
    for (kith::PersonId b = a + 1; b < people; ++b) {
      if (kith::uniform(stream) > 0.2) continue;
      Edge edge;
      edge.a = a;
      edge.b = b;
      edge.closeness = static_cast<float>(kith::uniform(stream));
      edge.weight = static_cast<float>(kith::exponential(stream, 1e-20)) + std::numeric_limits<float>::denorm_min();
      edge.opportunity = static_cast<float>(kith::exponential(stream, 1e20));
      edge.kind = static_cast<TieKind>(kith::uniform_below(stream, 3));
      graph.edges.push_back(edge);
    }
  }
  return graph;
}

bool same_bits(float x, float y) { return std::bit_cast<std::uint32_t>(x) == std::bit_cast<std::uint32_t>(y); }

bool same(const Graph& x, const Graph& y) {
  if (x.people != y.people || x.ids != y.ids || x.community != y.community || x.edges.size() != y.edges.size())
    return false;
  for (std::size_t k = 0; k < x.edges.size(); ++k) {
    const Edge& a = x.edges[k];
    const Edge& b = y.edges[k];
    if (a.a != b.a || a.b != b.b || a.kind != b.kind || !same_bits(a.closeness, b.closeness) ||
        !same_bits(a.weight, b.weight) || !same_bits(a.opportunity, b.opportunity)) {
      return false;
    }
  }
  return true;
}

Graph there_and_back(const Graph& graph, Export write, const std::string& path, const PersonValues& columns = {}) {
  std::ofstream file(path, std::ios::binary);
  write(graph, file, columns);
  file.close();
  ImportReport report;
  return import_file(path, {}, report);
}

}  // namespace

TEST_CASE("what is exported is imported again, to the last bit") {
  const auto [name, write] =
      GENERATE(table<std::string, Export>({{"x.csv", &export_csv}, {"x.graphml", &export_graphml}}));
  INFO(name);
  for (std::uint32_t seed = 1; seed <= 20; ++seed) {
    const test::Folder folder;
    Graph graph = random_graph(2 + seed, seed);
    if (graph.edges.empty()) graph.edges.push_back({});
    graph.edges.front().b = std::max(graph.edges.front().b, graph.edges.front().a + 1);
    CHECK(same(graph, there_and_back(graph, write, folder.file(name))));
    graph.community.clear();
    CHECK(same(graph, there_and_back(graph, write, folder.file("bare-" + name))));
  }
}

TEST_CASE("odd ids and people without ties survive export and import") {
  const auto [name, write] =
      GENERATE(table<std::string, Export>({{"x.csv", &export_csv}, {"x.graphml", &export_graphml}}));
  Graph graph;
  graph.people = 7;
  graph.ids = {"\"quoted\"", "#not a comment", "//neither", "<b>&amp;</b>", "Zoë", "a, b; c", "tab\there"};
  graph.edges = {{.a = 0, .b = 1}, {.a = 0, .b = 5}, {.a = 2, .b = 3}, {.a = 3, .b = 6}};  // nobody knows Zoë
  const test::Folder folder;
  CHECK(same(graph, there_and_back(graph, write, folder.file(name))));
}

TEST_CASE("columns of people go with the network and change nothing when it is read again") {
  const auto [name, write] =
      GENERATE(table<std::string, Export>({{"x.csv", &export_csv}, {"x.graphml", &export_graphml}}));
  const Graph graph = random_graph(12, 3);
  PersonValues columns{{"age", "home, sweet", "community"}, {}};
  for (std::size_t c = 0; c < columns.names.size(); ++c)
    columns.values.emplace_back(graph.people, c == 1 ? "a \"quoted\" <place>" : "31");
  columns.values[0][2] = "";
  const test::Folder folder;
  CHECK(same(graph, there_and_back(graph, write, folder.file(name), columns)));
  const std::string text = test::slurp(folder.file(name));
  if (name == "x.csv") {
    CHECK(text.starts_with(
        "source,target,closeness,weight,opportunity,kind,source_community,target_community,source_age,"
        "target_age,\"source_home, sweet\",\"target_home, sweet\",source_community,target_community\n"));
    CHECK(text.find(",31,31,\"a \"\"quoted\"\" <place>\"") != std::string::npos);
  } else {
    CHECK(text.find("<key id=\"p0\" for=\"node\" attr.name=\"age\" attr.type=\"long\"/>") != std::string::npos);
    CHECK(text.find("<key id=\"p1\" for=\"node\" attr.name=\"home, sweet\" attr.type=\"string\"/>") !=
          std::string::npos);
    CHECK(text.find("<data key=\"p0\">31</data><data key=\"p1\">a &quot;quoted&quot; &lt;place&gt;</data>") !=
          std::string::npos);
    CHECK(text.find("<data key=\"p0\"></data>") == std::string::npos);
  }
}

TEST_CASE("the comparison of the round trip notices one changed bit") {
  const Graph graph = random_graph(20, 7);
  Graph other = graph;
  CHECK(same(graph, other));
  other.edges.back().closeness = std::nextafter(other.edges.back().closeness, 2.0F);
  CHECK_FALSE(same(graph, other));
}
