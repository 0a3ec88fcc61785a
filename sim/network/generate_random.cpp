#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/distributions.hpp"
#include "core/interrupt.hpp"
#include "core/math.hpp"
#include "network/edge_lists.hpp"
#include "network/generate.hpp"
#include "network/parameters.hpp"

// Boost.Graph's own generators are not used: sorted_erdos_renyi_iterator takes the logarithm of the platform's library
// and expects a geometric distribution that starts at 1, erdos_renyi_iterator makes repeats.

namespace kith::network {

using detail::collect;
using detail::EdgeParts;
using detail::make_edge;
using detail::refuse;

namespace {

/// Adds each pair (person, b), first ≤ b < last, with the same probability: jumps from tie to tie (Batagelj & Brandes
/// 2005).
void add_row(Stream& stream, PersonId person, std::uint32_t first, std::uint32_t last, double probability,
             std::vector<Edge>& out) {
  if (probability <= 0.0 || first >= last) return;
  if (probability >= 1.0) {
    for (std::uint32_t b = first; b < last; ++b) out.push_back(make_edge(person, b));
    return;
  }
  const double scale = 1.0 / portable_log(1.0 - probability);
  double b = first;
  while (true) {
    b += std::floor(portable_log(uniform(stream)) * scale);
    if (b >= last) return;
    out.push_back(make_edge(person, static_cast<PersonId>(b)));
    b += 1.0;
  }
}

}  // namespace

Graph generate(const ErdosRenyi& parameters, std::uint32_t people, WorldKey world) {
  detail::check_mean_ties(parameters.mean_ties, people);
  Graph graph{.people = people};
  if (people < 2) return graph;
  const Draws draws(world, "network.erdos_renyi");
  const double probability = parameters.mean_ties / (people - 1.0);
  graph.edges = detail::join_edges(collect(people, [&](std::size_t begin, std::size_t end, std::vector<Edge>& out) {
    for (auto person = static_cast<PersonId>(begin); person < end; ++person) {
      Stream stream = draws.at(person, 0);
      add_row(stream, person, person + 1, people, probability, out);
    }
  }));
  return graph;
}

namespace {

/// Where each block of people begins; the last entry is the number of people.
std::vector<std::uint32_t> block_bounds(const std::vector<double>& sizes, std::uint32_t people) {
  if (sizes.empty()) refuse("sizes is empty (there must be a block to be in)");
  for (const double size : sizes) {
    if (!(size > 0.0) || !std::isfinite(size)) refuse("sizes must be positive");
  }
  const double total = std::accumulate(sizes.begin(), sizes.end(), 0.0);
  std::vector<std::uint32_t> bounds{0};
  double sum = 0.0;
  for (const double size : sizes) {
    sum += size;
    bounds.push_back(static_cast<std::uint32_t>(std::floor(sum / total * people + 0.5)));
  }
  bounds.back() = people;
  return bounds;
}

}  // namespace

Graph generate(const StochasticBlock& parameters, std::uint32_t people, WorldKey world) {
  const std::vector<std::uint32_t> bounds = block_bounds(parameters.sizes, people);
  const std::size_t blocks = bounds.size() - 1;
  detail::check_rate(parameters.within, "within");
  detail::check_rate(parameters.between, "between");
  Graph graph{.people = people};
  graph.community.resize(people);
  std::vector<double> within(blocks);
  double outsiders = 0.0;  // ordered pairs of people in different blocks
  for (std::size_t block = 0; block < blocks; ++block) {
    const double size = bounds[block + 1] - bounds[block];
    within[block] = size > 1.0 ? parameters.within / (size - 1.0) : 0.0;
    if (within[block] > 1.0) detail::refuse_ties("within", parameters.within, size - 1.0);
    outsiders += size * (people - size);
    std::fill(graph.community.begin() + bounds[block], graph.community.begin() + bounds[block + 1],
              static_cast<std::uint32_t>(block));
  }
  const double between = outsiders > 0.0 ? parameters.between * people / outsiders : 0.0;
  if (between > 1.0) detail::refuse_ties("between", parameters.between, outsiders / people);
  const Draws draws(world, "network.stochastic_block");
  graph.edges = detail::join_edges(collect(people, [&](std::size_t begin, std::size_t end, std::vector<Edge>& out) {
    for (auto person = static_cast<PersonId>(begin); person < end; ++person) {
      const std::uint32_t block = graph.community[person];
      Stream stream = draws.at(person, 0);
      add_row(stream, person, person + 1, bounds[block + 1], within[block], out);
      add_row(stream, person, bounds[block + 1], people, between, out);
    }
  }));
  return graph;
}

Graph generate(const Configuration& parameters, std::uint32_t people, WorldKey world) {
  detail::check_mean_ties(parameters.mean, people);
  if (!(parameters.cv >= 0.0) || !std::isfinite(parameters.cv)) refuse("cv must not be negative");
  Graph graph{.people = people};
  if (people < 2 || parameters.mean == 0.0) return graph;
  const double median = parameters.mean / std::sqrt(1.0 + parameters.cv * parameters.cv);
  const Draws draws(world, "network.configuration");
  std::vector<PersonId> ends;  // each person as often as they want ties
  for (PersonId person = 0; person < people; ++person) {
    check_interrupt();
    Stream stream = draws.at(person, 0);
    const double wanted = parameters.cv > 0.0 ? lognormal(stream, median, parameters.cv) : parameters.mean;
    const double rounded = std::floor(wanted + uniform(stream));  // up or down so that the mean stays
    const auto ties = static_cast<std::uint32_t>(std::min(rounded, people - 1.0));
    ends.insert(ends.end(), ties, person);
  }
  Stream stream = draws.at(0, 1);
  if (ends.size() % 2 != 0) ends.push_back(uniform_below(stream, people));
  shuffle(stream, std::span(ends), check_interrupt);
  graph.edges.reserve(ends.size() / 2);
  for (std::size_t k = 0; k + 1 < ends.size(); k += 2) {
    check_interrupt();
    graph.edges.push_back(make_edge(ends[k], ends[k + 1]));
  }
  make_simple(graph);  // erases self-loops and repeats
  return graph;
}

}  // namespace kith::network
