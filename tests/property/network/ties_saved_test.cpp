#include <algorithm>
#include <catch2/catch.hpp>
#include <cstring>
#include <span>
#include <vector>

#include "core/distributions.hpp"
#include "core/error.hpp"
#include "core/parallel.hpp"
#include "network/generate.hpp"
#include "network/ties.hpp"

using namespace kith;
using namespace kith::network;

namespace {

Graph random_graph(std::uint32_t people) {
  Graph graph = generate(ErdosRenyi{12}, people, {5, 0});
  Stream stream = Draws({5, 0}, "test.saved").at(0, 0);
  for (Edge& edge : graph.edges) {
    edge.closeness = static_cast<float>(uniform(stream));
    edge.opportunity = static_cast<float>(uniform(stream));
    edge.kind = static_cast<TieKind>(uniform_below(stream, 3));
  }
  return graph;
}

/// Everything that can be asked of a store, in one list.
std::vector<std::uint32_t> everything(const Ties& ties) {
  std::vector<std::uint32_t> all{ties.people(), ties.count(), ties.slots()};
  const auto add = [&](auto value) {
    std::uint32_t bits = 0;
    std::memcpy(&bits, &value, sizeof value);
    all.push_back(bits);
  };
  for (PersonId person = 0; person < ties.people(); ++person) {
    for (TieId tie = ties.owned_begin(person); tie < ties.owned_end(person); ++tie) {
      add(ties.other(tie));
      add(ties.closeness(tie));
      add(ties.opportunity(tie));
      add(ties.kind(tie));
      add(ties.usual(tie));
      add(ties.last(tie));
    }
    for (const PersonId owner : ties.mirrors(person)) add(owner);
    add(ties.degree(person));
  }
  return all;
}

enum class How { as_made, in_full };

std::vector<std::byte> written(Ties ties, How how) {
  StateWriter writer;
  how == How::as_made ? ties.visit_as_made(writer) : ties.visit(writer);
  return writer.buffer();
}

Ties read(std::uint32_t people, const std::vector<std::byte>& saved, How how) {
  Ties ties(people);
  StateReader reader(saved);
  how == How::as_made ? ties.visit_as_made(reader) : ties.visit(reader);
  CHECK(reader.is_at_end());
  return ties;
}

/// Writes what `from` is into what was saved, in place of its first occurrence.
void replace(std::vector<std::byte>& saved, std::uint32_t from, std::uint32_t to) {
  const auto bytes = std::as_bytes(std::span(&from, 1));
  const auto found = std::search(saved.begin(), saved.end(), bytes.begin(), bytes.end());
  REQUIRE(found != saved.end());
  std::memcpy(&*found, &to, sizeof to);
}

}  // namespace

TEST_CASE("ties that were saved are the ties that there were, made by any number of threads", "[threaded]") {
  for (const std::uint32_t people : {1U, 2U, 40U, 5000U}) {
    const Graph graph = people < 20 ? Graph{.people = people} : random_graph(people);
    for (const unsigned count : {1U, 2U, 3U, 40U}) {
      CAPTURE(people, count);
      set_threads(count);
      const Ties made(graph);
      set_threads(0);
      const auto wanted = everything(Ties(graph));
      CHECK(everything(made) == wanted);
      for (const How how : {How::as_made, How::in_full}) {
        const std::vector<std::byte> saved = written(made, how);
        set_threads(count);
        const Ties again = read(people, saved, how);
        set_threads(0);
        CHECK(everything(again) == wanted);
      }
    }
  }
}

TEST_CASE("ties as they were made are saved in 13 bytes a tie and 4 a person") {
  const Ties ties(random_graph(5000));
  const std::size_t bytes = written(ties, How::as_made).size();
  CHECK(bytes >= 13 * ties.count() + 4 * ties.people());
  CHECK(bytes <= 13 * ties.count() + 4 * ties.people() + 100);
}

TEST_CASE("ties that were edited are not saved as they were made") {
  const Graph graph = random_graph(40);
  Ties ties(graph);
  ties.erase(graph.edges[0].a, graph.edges[0].b);
  StateWriter writer;
  CHECK_THROWS_AS(ties.visit_as_made(writer), std::logic_error);
}

TEST_CASE(
    "saved ties of other people, with nobody, or more than they can have are refused before anything is written") {
  const Graph graph{.people = 3, .edges = {{.a = 0, .b = 2, .closeness = 0.5F}}};
  for (const How how : {How::as_made, How::in_full}) {
    const std::vector<std::byte> saved = written(Ties(graph), how);
    CHECK_THROWS_WITH(read(2, saved, how), Catch::Contains("other people"));
    CHECK_THROWS_WITH(read(4, saved, how), Catch::Contains("other people"));
    const std::uint32_t owner = Ties::owns(0, 2) ? 0 : 2;
    std::vector<std::byte> many = saved;
    constexpr std::size_t counts = 8 + 8 + 8;  // behind a mark, how many there are, and another mark
    std::uint32_t count = 0;
    std::memcpy(&count, &many[counts + 4 * owner], sizeof count);
    REQUIRE(count == 1);
    for (const std::uint32_t wrong : {4U, 0x40000000U, 0xffffffffU}) {
      std::memcpy(&many[counts + 4 * owner], &wrong, sizeof wrong);
      CHECK_THROWS_WITH(read(3, many, how), Catch::Contains("other people"));
    }
  }
  const Graph far{.people = 70000, .edges = {{.a = 66000, .b = 69000, .closeness = 0.5F}}};
  for (const How how : {How::as_made, How::in_full}) {
    std::vector<std::byte> saved = written(Ties(far), how);
    replace(saved, Ties::owns(66000, 69000) ? 69000 : 66000, 70000);
    CHECK_THROWS_WITH(read(70000, saved, how), Catch::Contains("with nobody"));
  }
}

TEST_CASE("a store lists the edges of its graph, in the graph's order") {
  const Graph graph = random_graph(500);
  const std::vector<Edge> edges = Ties(graph).edges();
  REQUIRE(edges.size() == graph.edges.size());
  for (std::size_t i = 0; i < edges.size(); ++i) {
    REQUIRE((edges[i].a == graph.edges[i].a && edges[i].b == graph.edges[i].b));
    REQUIRE(edges[i].closeness == graph.edges[i].closeness);
    REQUIRE(edges[i].opportunity == graph.edges[i].opportunity);
    REQUIRE(edges[i].kind == graph.edges[i].kind);
  }
}
