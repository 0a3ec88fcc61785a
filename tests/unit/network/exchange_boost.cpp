#ifndef KITH_SERIAL
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/graphml.hpp>
#include <catch2/catch.hpp>
#include <sstream>

#include "exchange_files.hpp"

using namespace kith::network;

/// Boost.Graph's GraphML reader and writer as witnesses for Kith's.
namespace {

struct Person {
  long community = 0;
};
struct Tie {
  float closeness = 0;
  float opportunity = 0;
  float weight = 0;
  std::string kind;
};
using BoostGraph = boost::adjacency_list<boost::vecS, boost::vecS, boost::undirectedS, Person, Tie>;

boost::dynamic_properties properties(BoostGraph& graph) {
  boost::dynamic_properties result;
  result.property("community", get(&Person::community, graph));
  result.property("closeness", get(&Tie::closeness, graph));
  result.property("opportunity", get(&Tie::opportunity, graph));
  result.property("weight", get(&Tie::weight, graph));
  result.property("kind", get(&Tie::kind, graph));
  return result;
}

Graph example() {
  Graph graph;
  graph.people = 4;
  graph.ids = {"<anna>", "ben", "cleo", "dora"};
  graph.community = {2, 0, 1, 1};
  graph.edges = {Edge{0, 1, 0.1F, 3.5F, 0.25F, TieKind::kin}, Edge{1, 2, 0.7F, 0.0F, 1.0F, TieKind::acquaintance}};
  return graph;
}

}  // namespace

TEST_CASE("Boost.Graph reads the GraphML that Kith writes, with every attribute") {
  std::stringstream text;
  export_graphml(example(), text);
  BoostGraph read;
  boost::dynamic_properties all = properties(read);
  boost::read_graphml(text, read, all);
  REQUIRE(num_vertices(read) == 4);
  REQUIRE(num_edges(read) == 2);
  CHECK(read[0].community == 2);
  CHECK(read[3].community == 1);
  const Tie& tie = read[edge(0, 1, read).first];
  CHECK(tie.closeness == 0.1F);
  CHECK(tie.weight == 3.5F);
  CHECK(tie.opportunity == 0.25F);
  CHECK(tie.kind == "kin");
  CHECK(read[edge(1, 2, read).first].kind == "acquaintance");
}

TEST_CASE("Kith reads the GraphML that Boost.Graph writes") {
  BoostGraph written(12);
  for (unsigned k = 0; k < 11; ++k)
    add_edge(k, k + 1, Tie{0.5F, 1, static_cast<float>(k) + 0.125F, "friendship"}, written);
  std::ostringstream text;
  boost::write_graphml(text, written, properties(written));
  const test::Folder folder;
  ImportReport report;
  const Graph graph = import_file(folder.write("x.graphml", text.str()), {FileFormat::guess, "weight"}, report);
  CHECK(graph.people == 12);
  REQUIRE(graph.edges.size() == 11);
  const auto ties = test::ties_by_id(graph);
  for (unsigned k = 0; k < 11; ++k) {
    const std::string a = "n" + std::to_string(k);
    const std::string b = "n" + std::to_string(k + 1);
    CHECK(ties.at(std::minmax(a, b)).weight == static_cast<float>(k) + 0.125F);
  }
}
#endif
