#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "network/graph.hpp"

/// Plain measures of small graphs, written here so that tests do not lean on the code they test.
namespace kith::network::testing {

using Neighbours = std::vector<std::vector<PersonId>>;

template <class Keep>
Neighbours neighbours_of(const Graph& graph, Keep&& keep) {
  Neighbours neighbours(graph.people);
  for (const Edge& edge : graph.edges) {
    if (!keep(edge)) continue;
    neighbours[edge.a].push_back(edge.b);
    neighbours[edge.b].push_back(edge.a);
  }
  return neighbours;
}

inline Neighbours neighbours_of(const Graph& graph) {
  return neighbours_of(graph, [](const Edge&) { return true; });
}

inline std::vector<double> degrees(const Neighbours& neighbours) {
  std::vector<double> degree;
  for (const auto& list : neighbours) degree.push_back(static_cast<double>(list.size()));
  return degree;
}

inline double mean(const std::vector<double>& values) {
  double sum = 0.0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

inline double standard_deviation(const std::vector<double>& values) {
  const double centre = mean(values);
  double sum = 0.0;
  for (const double value : values) sum += (value - centre) * (value - centre);
  return std::sqrt(sum / static_cast<double>(values.size()));
}

/// Mean local clustering; people with fewer than two ties count as 0.
inline double clustering(const Neighbours& neighbours) {
  std::vector<char> mine(neighbours.size());
  double sum = 0.0;
  for (const auto& list : neighbours) {
    for (const PersonId other : list) mine[other] = 1;
    double closed = 0.0;
    for (const PersonId other : list) {
      for (const PersonId third : neighbours[other]) closed += mine[third];
    }
    for (const PersonId other : list) mine[other] = 0;
    const auto degree = static_cast<double>(list.size());
    if (degree > 1.0) sum += closed / (degree * (degree - 1.0));
  }
  return sum / static_cast<double>(neighbours.size());
}

/// Pearson correlation of the degrees at both ends of a tie (Newman 2002).
inline double assortativity(const Neighbours& neighbours) {
  double ends = 0.0, sum = 0.0, squares = 0.0, products = 0.0;
  for (const auto& list : neighbours) {
    const auto degree = static_cast<double>(list.size());
    for (const PersonId other : list) {
      ends += 1.0;
      sum += degree;
      squares += degree * degree;
      products += degree * static_cast<double>(neighbours[other].size());
    }
  }
  const double centre = sum / ends;
  return (products / ends - centre * centre) / (squares / ends - centre * centre);
}

inline bool is_simple(const Graph& graph) {
  for (std::size_t k = 0; k < graph.edges.size(); ++k) {
    const Edge& edge = graph.edges[k];
    if (edge.a >= edge.b || edge.b >= graph.people) return false;
    if (k == 0) continue;
    const Edge& last = graph.edges[k - 1];
    if (last.a > edge.a || (last.a == edge.a && last.b >= edge.b)) return false;
  }
  return true;
}

inline bool same_ties(const Graph& left, const Graph& right) {
  return left.people == right.people && left.community == right.community &&
         std::equal(left.edges.begin(), left.edges.end(), right.edges.begin(), right.edges.end(),
                    [](const Edge& x, const Edge& y) {
                      return x.a == y.a && x.b == y.b && x.closeness == y.closeness && x.kind == y.kind;
                    });
}

}  // namespace kith::network::testing
