#include <bit>
#include <sstream>

#include "core/error.hpp"
#include "fuzz/target.hpp"
#include "network/exchange.hpp"
#include "network/graph.hpp"

/// An importer of networks; KITH_FUZZ_FORMAT is one of network::FileFormat. What is imported is a simple graph, and its export as
/// GraphML gives it back, bit by bit.
namespace kith::fuzz {

namespace {

using network::Edge;
using network::Graph;

bool is_simple(const Graph& graph) {
  const Edge* last = nullptr;
  for (const Edge& edge : graph.edges) {
    const bool is_later = last == nullptr || last->a < edge.a || (last->a == edge.a && last->b < edge.b);
    if (!is_later || edge.a >= edge.b || edge.b >= graph.people) return false;
    last = &edge;
  }
  return graph.ids.empty() || graph.ids.size() == graph.people;
}

bool are_same(const Graph& a, const Graph& b) {
  if (a.people != b.people || a.edges.size() != b.edges.size()) return false;
  for (std::size_t i = 0; i < a.edges.size(); ++i) {
    if (a.edges[i].a != b.edges[i].a || a.edges[i].b != b.edges[i].b) return false;
    if (std::bit_cast<std::uint32_t>(a.edges[i].weight) != std::bit_cast<std::uint32_t>(b.edges[i].weight))
      return false;
  }
  return a.ids == b.ids;
}

}  // namespace

void try_input(const std::string& bytes) {
  const InputFile file(bytes);
  network::ImportReport report;
  const Graph graph =
      network::import_file(file.path(), {.format = network::FileFormat::KITH_FUZZ_FORMAT, .weight = {}}, report);
  require(is_simple(graph), "an imported graph is simple and sorted");
  report.lines_for_people();
  std::ostringstream written;
  network::export_graphml(graph, written);
  const InputFile exported(written.str());
  network::ImportReport second;
  try {
    const Graph again =
        network::import_file(exported.path(), {.format = network::FileFormat::graphml, .weight = {}}, second);
    require(are_same(graph, again), "an exported graph reads back to itself");
  } catch (const Error& refused) {
    require(false, refused.what());
  }
}

}  // namespace kith::fuzz
