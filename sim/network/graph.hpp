#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/ids.hpp"

namespace kith::network {

enum class TieKind : std::uint8_t { kin = 0, friendship = 1, acquaintance = 2 };

/// One undirected tie, a < b.
struct Edge {
  PersonId a = 0;
  PersonId b = 0;
  float closeness = 0.0F;    ///< (0, 1]; 0 = not assigned yet
  float weight = 0.0F;       ///< as imported, any unit; 0 = none given
  float opportunity = 1.0F;  ///< multiplies the rate of contact
  TieKind kind = TieKind::friendship;
};

/// A social graph as generators and importers make it: simple, undirected, edges in ascending order of (a, b).
struct Graph {
  std::uint32_t people = 0;
  std::vector<Edge> edges = {};
  std::vector<std::uint32_t> community = {};  ///< one per person, or empty
  std::vector<std::string> ids = {};          ///< as the user's file names the people; empty: 0 … people − 1
};

/// A person's id as the user's file gave it, else their number.
std::string id_of(const Graph& graph, PersonId person);

/// Sorts the edges, orders each pair, drops self-loops and repeats (the first of a pair stays); returns how many of
/// each went.
struct Dropped {
  std::size_t self_loops = 0;
  std::size_t repeats = 0;
};
Dropped make_simple(Graph& graph);

}  // namespace kith::network
