#include "network/ties.hpp"

#include <limits>
#include <stdexcept>

#include "network/edge_lists.hpp"

namespace kith::network {

namespace {

/// Whether the lower person of a pair owns their tie: one bit of splitmix64's finaliser (Steele et al. 2014), so that
/// about half of everybody's ties are their own, whatever the order of the people.
bool lower_owns(const Edge& edge) {
  std::uint64_t z = (std::uint64_t{edge.a} << 32 | edge.b) + 0x9e3779b97f4a7c15u;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return ((z ^ (z >> 31)) & 1u) != 0;
}

}  // namespace

Ties::Ties(const Graph& graph)
    : owned_begin_(std::size_t{graph.people} + 1),
      other_(graph.edges.size()),
      closeness_(graph.edges.size()),
      opportunity_(graph.edges.size()),
      kind_(graph.edges.size()),
      mirror_begin_(std::size_t{graph.people} + 1),
      mirrors_(graph.edges.size()) {
  if (graph.edges.size() > std::numeric_limits<TieId>::max()) throw std::invalid_argument("more than 2³² − 1 ties");
  detail::check_simple(graph);
  for (const Edge& edge : graph.edges) {
    const bool lower = lower_owns(edge);
    ++owned_begin_[(lower ? edge.a : edge.b) + 1];
    ++mirror_begin_[(lower ? edge.b : edge.a) + 1];
  }
  for (std::size_t person = 0; person < graph.people; ++person) {
    owned_begin_[person + 1] += owned_begin_[person];
    mirror_begin_[person + 1] += mirror_begin_[person];
  }
  // Edges come in ascending order of (a, b), so each person's list fills in ascending order of the other: first all
  // (other, person), then all (person, other).
  std::vector<TieId> next_owned(owned_begin_);
  std::vector<std::uint32_t> next_mirror(mirror_begin_);
  for (const Edge& edge : graph.edges) {
    const bool lower = lower_owns(edge);
    const PersonId owner = lower ? edge.a : edge.b;
    const PersonId other = lower ? edge.b : edge.a;
    const TieId tie = next_owned[owner]++;
    other_[tie] = other;
    closeness_[tie] = edge.closeness;
    opportunity_[tie] = edge.opportunity;
    kind_[tie] = edge.kind;
    mirrors_[next_mirror[other]++] = {owner, tie};
  }
}

std::size_t Ties::bytes() const {
  return owned_begin_.capacity() * sizeof(TieId) + other_.capacity() * sizeof(PersonId) +
         closeness_.capacity() * sizeof(float) + opportunity_.capacity() * sizeof(float) +
         kind_.capacity() * sizeof(TieKind) + mirror_begin_.capacity() * sizeof(std::uint32_t) +
         mirrors_.capacity() * sizeof(Mirror);
}

}  // namespace kith::network
