#pragma once

#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/range/irange.hpp>

#include "network/measure_graph.hpp"

/// The neighbour lists as a graph of Boost.Graph. A heavy header: only for the .cpp files that call Boost's algorithms.
namespace kith::network::detail {

/// Each tie is two directed edges.
using BoostGraph = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, boost::no_property,
                                                      boost::no_property, PersonId, std::size_t>;

inline BoostGraph boost_graph(const Adjacency& neighbours) {
  std::vector<std::pair<PersonId, PersonId>> edges;
  edges.reserve(neighbours.list().size());
  for (PersonId person = 0; person < neighbours.people(); ++person) {
    for (const PersonId other : neighbours.of(person)) edges.emplace_back(person, other);
  }
  return {boost::edges_are_sorted, edges.begin(), edges.end(), neighbours.people(), edges.size()};
}

}  // namespace kith::network::detail
