#pragma once

#include <cmath>
#include <utility>
#include <vector>

#include "core/distributions.hpp"
#include "engine/clock.hpp"
#include "network/ties.hpp"

/// Networks with which the sampler of contacts is put to the test.
namespace kith::testing {

/// A network with a rate for each tie and an approach for each person.
struct BusyNetwork {
  network::Graph graph;
  network::Ties ties;
  std::vector<float> rates;     // [ties] contacts per waking hour
  std::vector<float> approach;  // [people] 0.3 … 2
};

/// Everybody has about `mean_ties` ties at random, and the first person, a hub, one with everybody. Rates range over two powers
/// of ten below `highest_rate`; every tenth is 0.
inline BusyNetwork busy_network(std::uint32_t people, std::uint32_t mean_ties, double highest_rate) {
  Stream stream = Draws({11, 0}, "test network").at(0, 0);
  network::Graph graph{.people = people};
  for (PersonId other = 1; other < people; ++other) graph.edges.push_back({.a = 0, .b = other, .closeness = 0.5F});
  for (std::uint32_t k = 0; k < people * mean_ties / 2; ++k) {
    const PersonId a = uniform_below(stream, people);
    const PersonId b = uniform_below(stream, people);
    graph.edges.push_back({.a = a, .b = b, .closeness = 0.5F});
  }
  network::make_simple(graph);
  network::Ties ties(graph);
  std::vector<float> rates(ties.count());
  for (TieId tie = 0; tie < ties.count(); ++tie) {
    const double rate = highest_rate * std::pow(10.0, -2.0 * uniform(stream));
    rates[tie] = tie % 10 == 9 ? 0.0F : static_cast<float>(rate);
  }
  std::vector<float> approach(people);
  for (float& value : approach) value = static_cast<float>(0.3 + 1.7 * uniform(stream));
  return {std::move(graph), std::move(ties), std::move(rates), std::move(approach)};
}

/// A tick of so many waking hours, all of it.
inline Waking awake_for(double hours) { return Night{.from = 1.0, .to = 1.0}.waking(0.0, hours); }

}  // namespace kith::testing
