#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "core/interrupt.hpp"
#include "core/parallel.hpp"
#include "network/graph.hpp"

/// Lists of ties that several blocks of a loop make, and how they become one sorted list.
namespace kith::network::detail {

using EdgeParts = std::vector<std::vector<Edge>>;

inline std::uint64_t count_edges(const EdgeParts& parts) {
  std::uint64_t total = 0;
  for (const std::vector<Edge>& part : parts) total += part.size();
  return total;
}

/// Runs f(begin, end, out) for blocks of `size` of 0 … n − 1; the lists come in block order, so threads do not matter.
template <class F>
EdgeParts collect(std::size_t n, F&& f, std::size_t size = block_size) {
  EdgeParts parts((n + size - 1) / size);
  for_each_block(
      n,
      [&](std::size_t begin, std::size_t end) {
        check_interrupt();
        f(begin, end, parts[begin / size]);
      },
      size);
  return parts;
}

/// Moves all ties into one list in ascending order of (a, b), equal pairs in the order given. Every tie must have a <
/// people.
std::vector<Edge> sort_edges(std::uint32_t people, EdgeParts&& parts);

/// Joins lists that are in order already.
std::vector<Edge> join_edges(EdgeParts&& parts);

/// Throws std::invalid_argument unless the graph is simple and sorted, as graph.hpp promises.
void check_simple(const Graph& graph);

inline Edge make_edge(PersonId x, PersonId y) { return {.a = x < y ? x : y, .b = x < y ? y : x}; }

}  // namespace kith::network::detail
