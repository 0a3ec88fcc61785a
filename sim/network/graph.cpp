#include "network/graph.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>

#include "core/interrupt.hpp"
#include "network/edge_lists.hpp"

namespace kith::network {

namespace {

bool earlier(const Edge& left, const Edge& right) { return left.a != right.a ? left.a < right.a : left.b < right.b; }
bool same_pair(const Edge& left, const Edge& right) { return left.a == right.a && left.b == right.b; }

void check_people(const Graph& graph) {
  for (const Edge& edge : graph.edges) {
    check_interrupt();
    if (edge.a >= graph.people || edge.b >= graph.people) {
      throw std::invalid_argument("a tie names person " + std::to_string(std::max(edge.a, edge.b)) +
                                  ", but people are numbered from 0 to " + std::to_string(graph.people) + " − 1");
    }
  }
}

}  // namespace

std::string id_of(const Graph& graph, PersonId person) {
  return graph.ids.empty() ? std::to_string(person) : graph.ids[person];
}

Dropped make_simple(Graph& graph) {
  check_people(graph);
  Dropped dropped;
  std::vector<Edge>& edges = graph.edges;
  for (Edge& edge : edges) {
    if (edge.a > edge.b) std::swap(edge.a, edge.b);
  }
  const std::size_t before = edges.size();
  std::erase_if(edges, [](const Edge& edge) { return edge.a == edge.b; });
  dropped.self_loops = before - edges.size();
  if (!std::is_sorted(edges.begin(), edges.end(), earlier)) {
    detail::EdgeParts parts(1);
    parts[0] = std::move(edges);
    edges = detail::sort_edges(graph.people, std::move(parts));
  }
  const std::size_t with_repeats = edges.size();
  edges.erase(std::unique(edges.begin(), edges.end(), same_pair), edges.end());
  dropped.repeats = with_repeats - edges.size();
  return dropped;
}

namespace detail {

void check_simple(const Graph& graph) {
  const Edge* last = nullptr;
  for (const Edge& edge : graph.edges) {
    check_interrupt();
    const bool ordered = last == nullptr || earlier(*last, edge);
    if (edge.a >= edge.b || edge.b >= graph.people || !ordered) {
      throw std::invalid_argument("the graph is not simple and sorted (make_simple was not called)");
    }
    last = &edge;
  }
}

std::vector<Edge> join_edges(EdgeParts&& parts) {
  std::vector<Edge> edges;
  edges.reserve(count_edges(parts));
  for (std::vector<Edge>& part : parts) {
    check_interrupt();
    edges.insert(edges.end(), part.begin(), part.end());
    std::vector<Edge>().swap(part);
  }
  return edges;
}

std::vector<Edge> sort_edges(std::uint32_t people, EdgeParts&& parts) {
  // Counting sort by the first person, then each person's row by the second.
  std::vector<std::uint64_t> next(std::size_t{people} + 1);
  for (const std::vector<Edge>& part : parts) {
    for (const Edge& edge : part) {
      check_interrupt();
      ++next[edge.a + 1];
    }
  }
  for (std::size_t person = 0; person < people; ++person) next[person + 1] += next[person];
  std::vector<Edge> edges(next[people]);
  for (std::vector<Edge>& part : parts) {
    for (const Edge& edge : part) {
      check_interrupt();
      edges[next[edge.a]++] = edge;
    }
    std::vector<Edge>().swap(part);
  }
  // next[p] is now where the row of p ends.
  for_each_block(people, [&](std::size_t begin, std::size_t end) {
    check_interrupt();
    for (std::size_t person = begin; person < end; ++person) {
      const auto row = edges.begin() + static_cast<std::ptrdiff_t>(person == 0 ? 0 : next[person - 1]);
      std::stable_sort(row, edges.begin() + static_cast<std::ptrdiff_t>(next[person]),
                       [](const Edge& left, const Edge& right) { return left.b < right.b; });
    }
  });
  return edges;
}

}  // namespace detail

}  // namespace kith::network
