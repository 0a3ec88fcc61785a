#pragma once

#include <cstdint>
#include <vector>

#include "core/random.hpp"
#include "network/graph.hpp"

/// Measures of a graph, computed with Boost.Graph.
namespace kith::network {

struct Measures {
  std::uint32_t people = 0;
  std::uint64_t ties = 0;
  double mean_degree = 0, sd_degree = 0;
  std::vector<double> degree_quantiles;  ///< 10, 50, 90, 100 %
  double clustering = 0;                 ///< mean local clustering; people with fewer than two ties count as 0
  double assortativity = 0;  ///< Pearson correlation of the degrees at both ends (Newman 2002); NaN if undefined
  std::uint32_t components = 0;
  double largest_component = 0;  ///< share of people
  std::uint32_t max_core = 0;
  double mean_path = 0;       ///< from sampled sources, within their components
  double same_community = 0;  ///< share of ties within a community; NaN without communities
};

/// `samples`: sources of the breadth-first searches for path length; all people when fewer.
Measures measure(const Graph& graph, std::uint32_t samples, WorldKey world);

std::vector<std::uint32_t> core_numbers(const Graph& graph);
std::vector<std::uint32_t> component_of(const Graph& graph);  ///< numbered by size, largest 0
/// Betweenness of every person from `samples` sampled sources, scaled to all sources (Brandes & Pich 2007).
std::vector<double> betweenness(const Graph& graph, std::uint32_t samples, WorldKey world);

}  // namespace kith::network
