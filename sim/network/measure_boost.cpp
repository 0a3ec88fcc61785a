#include "network/measure_boost.hpp"

#include <algorithm>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/connected_components.hpp>
#include <boost/graph/core_numbers.hpp>
#include <boost/property_map/property_map.hpp>
#include <numeric>

#include "core/parallel.hpp"

namespace kith::network::detail {
namespace {

/// Adds up the distances of all people that a search finds.
class DistanceSum : public boost::default_bfs_visitor {
 public:
  struct Result {
    std::uint64_t distance = 0;
    std::uint64_t people = 0;
    Result& operator+=(const Result& other) {
      distance += other.distance;
      people += other.people;
      return *this;
    }
  };
  DistanceSum(std::vector<std::uint32_t>& distance, Result& result) : distance_(&distance), result_(&result) {}

  template <class E, class G>
  void tree_edge(E edge, const G& graph) {
    const std::uint32_t reached = (*distance_)[source(edge, graph)] + 1;
    (*distance_)[target(edge, graph)] = reached;
    result_->distance += reached;
    ++result_->people;
  }

 private:
  std::vector<std::uint32_t>* distance_;
  Result* result_;
};

}  // namespace

double mean_path(const Neighbours& neighbours, std::uint32_t samples, WorldKey world) {
  const std::vector<PersonId> sources = sample_people(neighbours.people(), samples, Draws(world, "network: path sources"));
  const BoostGraph graph = boost_graph(neighbours);
  constexpr std::size_t searches = 8;  // per block, so that one pair of buffers serves several
  std::vector<DistanceSum::Result> parts((sources.size() + searches - 1) / searches);
  const auto search = [&](std::size_t first, std::size_t last) {
    std::vector<std::uint32_t> distance(neighbours.people());
    std::vector<boost::default_color_type> colour(neighbours.people());
    const auto index = get(boost::vertex_index, graph);
    for (std::size_t k = first; k < last; ++k) {
      distance[sources[k]] = 0;
      boost::breadth_first_search(graph, sources[k],
                                  boost::visitor(DistanceSum(distance, parts[first / searches]))
                                      .color_map(boost::make_iterator_property_map(colour.begin(), index)));
    }
  };
  for_each_block(sources.size(), search, searches);
  DistanceSum::Result total;
  for (const DistanceSum::Result& part : parts) total += part;
  return total.people == 0 ? 0 : static_cast<double>(total.distance) / static_cast<double>(total.people);
}

std::vector<std::uint32_t> core_numbers(const Neighbours& neighbours) {
  std::vector<std::uint32_t> core(neighbours.people(), 0);
  if (core.empty()) return core;
  const BoostGraph graph = boost_graph(neighbours);
  boost::core_numbers(graph, boost::make_iterator_property_map(core.begin(), get(boost::vertex_index, graph)));
  return core;
}

std::vector<std::uint32_t> component_of(const Neighbours& neighbours) {
  std::vector<std::uint32_t> found(neighbours.people());
  if (found.empty()) return found;
  const BoostGraph graph = boost_graph(neighbours);
  // Both directions of every tie are in the graph, so that Boost's search over directed edges finds the components.
  const auto index = get(boost::vertex_index, graph);
  const std::uint32_t count = boost::connected_components(graph, boost::make_iterator_property_map(found.begin(), index));

  // Boost numbers components by their lowest person; a stable sort by size keeps that order among equals.
  std::vector<std::uint32_t> size(count, 0);
  for (const std::uint32_t component : found) ++size[component];
  std::vector<std::uint32_t> order(count);
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t x, std::uint32_t y) { return size[x] > size[y]; });
  std::vector<std::uint32_t> rank(count);
  for (std::uint32_t k = 0; k < count; ++k) rank[order[k]] = k;
  for (std::uint32_t& component : found) component = rank[component];
  return found;
}

}  // namespace kith::network::detail
