#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/random.hpp"
#include "network/graph.hpp"

/// Neighbour lists for the measures. Inside sim/network only.
namespace kith::network::detail {

/// The neighbours of every person, ascending, as one flat array.
class Adjacency {
 public:
  /// `graph` must be simple; the order of its edges does not matter.
  explicit Adjacency(const Graph& graph);

  std::uint32_t people() const { return static_cast<std::uint32_t>(begin_.size() - 1); }
  std::uint32_t degree(PersonId person) const {
    return static_cast<std::uint32_t>(begin_[person + 1] - begin_[person]);
  }
  std::span<const PersonId> of(PersonId person) const { return {list_.data() + begin_[person], degree(person)}; }

  const std::vector<std::size_t>& begins() const { return begin_; }
  const std::vector<PersonId>& list() const { return list_; }

 private:
  std::vector<std::size_t> begin_;  // [people + 1]
  std::vector<PersonId> list_;      // [2 × ties]
};

/// Mean local clustering; people with fewer than two ties count as 0. boost::all_clustering_coefficients looks up every pair of
/// neighbours: for 10,000 people with 150 ties each it was stopped after 150 s (setS); marking neighbours takes 0.3 s.
double mean_clustering(const Adjacency& neighbours);

/// `count` different people, or all, in ascending order.
std::vector<PersonId> sample_people(std::uint32_t people, std::uint32_t count, Draws draws);

/// Mean length of the shortest paths from `samples` sampled sources to everybody they reach; 0 when they reach nobody.
double mean_path(const Adjacency& neighbours, std::uint32_t samples, WorldKey world);

std::vector<std::uint32_t> core_numbers(const Adjacency& neighbours);
std::vector<std::uint32_t> component_of(const Adjacency& neighbours);

}  // namespace kith::network::detail
