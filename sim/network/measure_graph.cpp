#include "network/measure_graph.hpp"

#include <algorithm>
#include <numeric>

#include "core/distributions.hpp"
#include "core/parallel.hpp"

namespace kith::network::detail {

Neighbours::Neighbours(const Graph& graph)
    : begin_(std::size_t{graph.people} + 1, 0), list_(graph.edges.size() * 2) {
  for (const Edge& edge : graph.edges) {
    ++begin_[edge.a + std::size_t{1}];
    ++begin_[edge.b + std::size_t{1}];
  }
  std::partial_sum(begin_.begin(), begin_.end(), begin_.begin());
  std::vector<std::size_t> at(begin_.begin(), begin_.end() - 1);
  for (const Edge& edge : graph.edges) {
    list_[at[edge.a]++] = edge.b;
    list_[at[edge.b]++] = edge.a;
  }
  for_each_block(people(), [&](std::size_t first, std::size_t last) {
    for (std::size_t person = first; person < last; ++person) {
      const auto from = list_.begin() + static_cast<std::ptrdiff_t>(begin_[person]);
      const auto to = list_.begin() + static_cast<std::ptrdiff_t>(begin_[person + 1]);
      if (!std::is_sorted(from, to)) std::sort(from, to);
    }
  });
}

namespace {

/// Ties between the neighbours of a person. `marked` is false everywhere before and after.
std::uint64_t closed_pairs(const Neighbours& neighbours, PersonId person, std::vector<char>& marked) {
  for (const PersonId other : neighbours.of(person)) marked[other] = 1;
  std::uint64_t found = 0;
  for (const PersonId other : neighbours.of(person)) {
    for (const PersonId third : neighbours.of(other)) found += static_cast<std::uint64_t>(marked[third]);
  }
  for (const PersonId other : neighbours.of(person)) marked[other] = 0;
  return found / 2;
}

}  // namespace

double mean_clustering(const Neighbours& neighbours) {
  if (neighbours.people() == 0) return 0;
  const double total = sum<double>(neighbours.people(), [&](std::size_t first, std::size_t last) {
    std::vector<char> marked(neighbours.people(), 0);
    double part = 0;
    for (std::size_t k = first; k < last; ++k) {
      const auto person = static_cast<PersonId>(k);
      const double degree = neighbours.degree(person);
      if (degree < 2) continue;
      part += static_cast<double>(closed_pairs(neighbours, person, marked)) / (degree * (degree - 1) / 2);
    }
    return part;
  });
  return total / neighbours.people();
}

std::vector<PersonId> sample_people(std::uint32_t people, std::uint32_t count, Draws draws) {
  std::vector<PersonId> everybody(people);
  std::iota(everybody.begin(), everybody.end(), PersonId{0});
  if (count >= people) return everybody;
  Stream stream = draws.at(0, 0);
  for (std::uint32_t k = 0; k < count; ++k) std::swap(everybody[k], everybody[k + uniform_below(stream, people - k)]);
  everybody.resize(count);
  std::sort(everybody.begin(), everybody.end());
  return everybody;
}

}  // namespace kith::network::detail
