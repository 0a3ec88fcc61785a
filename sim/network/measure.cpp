#include "network/measure.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "network/measure_graph.hpp"

namespace kith::network {
namespace {

constexpr double undefined = std::numeric_limits<double>::quiet_NaN();

/// The smallest value that at least a share `q` of the sorted values do not exceed.
double quantile(const std::vector<std::uint32_t>& sorted, double q) {
  const auto rank = static_cast<std::size_t>(std::ceil(q * static_cast<double>(sorted.size())));
  return sorted[std::max<std::size_t>(rank, 1) - 1];
}

void measure_degrees(const detail::Adjacency& neighbours, Measures& measures) {
  std::vector<std::uint32_t> degrees(neighbours.people());
  double squares = 0;
  for (PersonId person = 0; person < neighbours.people(); ++person) degrees[person] = neighbours.degree(person);
  measures.mean_degree = 2 * static_cast<double>(measures.ties) / neighbours.people();
  for (const std::uint32_t degree : degrees) {
    const double off = degree - measures.mean_degree;
    squares += off * off;
  }
  measures.sd_degree = std::sqrt(squares / neighbours.people());
  std::sort(degrees.begin(), degrees.end());
  for (const double q : {0.1, 0.5, 0.9, 1.0}) measures.degree_quantiles.push_back(quantile(degrees, q));
}

/// Newman 2002, doi:10.1103/PhysRevLett.89.208701, eq. 4. Whole numbers are added, so that the order of the ties cannot
/// matter.
double assortativity(const Graph& graph, const detail::Adjacency& neighbours) {
  double products = 0;
  double halves = 0;
  double squares = 0;
  for (const Edge& edge : graph.edges) {
    const double a = neighbours.degree(edge.a);
    const double b = neighbours.degree(edge.b);
    products += a * b;
    halves += a + b;
    squares += a * a + b * b;
  }
  const auto ties = static_cast<double>(graph.edges.size());
  const double mean = halves / (2 * ties);
  const double variance = squares / (2 * ties) - mean * mean;
  // Where all ends have the same degree every number here is whole: 0 / 0, which is undefined as it should be.
  return (products / ties - mean * mean) / variance;
}

void measure_components(const detail::Adjacency& neighbours, Measures& measures) {
  const std::vector<std::uint32_t> component = detail::component_of(neighbours);
  measures.components = 1 + *std::max_element(component.begin(), component.end());
  measures.largest_component =
      static_cast<double>(std::count(component.begin(), component.end(), 0U)) / static_cast<double>(component.size());
}

double same_community(const Graph& graph) {
  if (graph.community.empty() || graph.edges.empty()) return undefined;
  const auto inside = std::count_if(graph.edges.begin(), graph.edges.end(), [&](const Edge& edge) {
    return graph.community[edge.a] == graph.community[edge.b];
  });
  return static_cast<double>(inside) / static_cast<double>(graph.edges.size());
}

}  // namespace

Measures measure(const Graph& graph, std::uint32_t samples, WorldKey world) {
  Measures measures;
  measures.people = graph.people;
  measures.ties = graph.edges.size();
  measures.assortativity = undefined;
  measures.same_community = same_community(graph);
  if (graph.people == 0) return measures;
  const detail::Adjacency neighbours(graph);
  measure_degrees(neighbours, measures);
  measures.clustering = detail::mean_clustering(neighbours);
  if (!graph.edges.empty()) measures.assortativity = assortativity(graph, neighbours);
  measure_components(neighbours, measures);
  const std::vector<std::uint32_t> core = detail::core_numbers(neighbours);
  measures.max_core = *std::max_element(core.begin(), core.end());
  measures.mean_path = detail::mean_path(neighbours, samples, world);
  return measures;
}

std::vector<std::uint32_t> core_numbers(const Graph& graph) { return detail::core_numbers(detail::Adjacency(graph)); }

std::vector<std::uint32_t> component_of(const Graph& graph) { return detail::component_of(detail::Adjacency(graph)); }

}  // namespace kith::network
