#include <algorithm>
#include <array>
#include <bit>
#include <functional>
#include <numeric>
#include <span>
#include <stdexcept>

#include "core/distributions.hpp"
#include "core/interrupt.hpp"
#include "network/closeness.hpp"
#include "network/edge_lists.hpp"

namespace kith::network {

namespace {

/// Places per person in each layer.
constexpr std::array<std::uint8_t, 4> places{5, 10, 35, 100};
/// Closeness where no layer has room: known, but hardly ever met; assumed.
constexpr double distant_closeness = 0.10;
constexpr double distant_half_width = 0.05;

/// Everybody's ties, in ascending order of the other.
class Incidence {
 public:
  struct Half {
    PersonId other;
    std::uint32_t edge;
  };

  explicit Incidence(const Graph& graph) : begin_(std::size_t{graph.people} + 1), halves_(2 * graph.edges.size()) {
    for (const Edge& edge : graph.edges) {
      check_interrupt();
      ++begin_[edge.a + 1];
      ++begin_[edge.b + 1];
    }
    for (std::size_t person = 0; person < graph.people; ++person) begin_[person + 1] += begin_[person];
    std::vector<std::uint64_t> next(begin_);
    for (std::size_t index = 0; index < graph.edges.size(); ++index) {
      check_interrupt();
      const Edge& edge = graph.edges[index];
      halves_[next[edge.a]++] = {edge.b, static_cast<std::uint32_t>(index)};
      halves_[next[edge.b]++] = {edge.a, static_cast<std::uint32_t>(index)};
    }
  }

  std::span<const Half> of(PersonId person) const {
    return {halves_.data() + begin_[person], halves_.data() + begin_[person + 1]};
  }

 private:
  std::vector<std::uint64_t> begin_;  // [people + 1]
  std::vector<Half> halves_;          // [2 · ties]
};

std::uint32_t common_neighbours(std::span<const Incidence::Half> few, std::span<const Incidence::Half> many) {
  if (few.size() > many.size()) std::swap(few, many);
  const auto before = [](const Incidence::Half& half, PersonId person) { return half.other < person; };
  const auto log_many = static_cast<std::size_t>(std::bit_width(many.size()));
  const bool search = few.size() * log_many < many.size();
  std::uint32_t count = 0;
  auto at = many.begin();
  for (const Incidence::Half& half : few) {
    if (search) {
      at = std::lower_bound(at, many.end(), half.other, before);
    } else {
      while (at != many.end() && at->other < half.other) ++at;
    }
    if (at == many.end()) break;
    if (at->other == half.other) ++count;
  }
  return count;
}

/// Strength of every tie: its weight, or overlap where the graph has no weights.
std::vector<float> strengths(const Graph& graph, const Incidence& incidence) {
  const std::vector<Edge>& edges = graph.edges;
  std::vector<float> strength(edges.size());
  if (std::any_of(edges.begin(), edges.end(), [](const Edge& edge) { return edge.weight > 0.0F; })) {
    std::transform(edges.begin(), edges.end(), strength.begin(), [](const Edge& edge) { return edge.weight; });
    return strength;
  }
  for_each_block(edges.size(), [&](std::size_t begin, std::size_t end) {
    for (std::size_t index = begin; index < end; ++index) {
      check_interrupt();
      const auto of_a = incidence.of(edges[index].a);
      const auto of_b = incidence.of(edges[index].b);
      const std::uint32_t common = common_neighbours(of_a, of_b);
      const std::size_t either = of_a.size() + of_b.size() - 2 - common;
      strength[index] = either > 0 ? static_cast<float>(common) / static_cast<float>(either) : 0.0F;
    }
  });
  return strength;
}

/// One word a tie, to tell equals apart.
std::vector<std::uint32_t> draw_lots(const Graph& graph, WorldKey world) {
  const Draws draws(world, "network.closeness");
  std::vector<std::uint32_t> lots(graph.edges.size());
  for_each_block(lots.size(), [&](std::size_t begin, std::size_t end) {
    check_interrupt();
    for (std::size_t index = begin; index < end; ++index) {
      lots[index] = draws.at(graph.edges[index].a, graph.edges[index].b, 0)();
    }
  });
  return lots;
}

/// Sum of both ends' ranks of every tie, from 0.
std::vector<std::uint32_t> sum_ranks(const Graph& graph, const Incidence& incidence,
                                     std::span<const std::uint32_t> lots) {
  const std::vector<float> strength = strengths(graph, incidence);
  std::vector<std::uint32_t> rank_of_a(graph.edges.size());
  std::vector<std::uint32_t> rank_of_b(graph.edges.size());
  for_each_block(graph.people, [&](std::size_t begin, std::size_t end) {
    std::vector<std::uint32_t> mine;
    for (auto person = static_cast<PersonId>(begin); person < end; ++person) {
      check_interrupt();
      mine.clear();
      for (const Incidence::Half& half : incidence.of(person)) mine.push_back(half.edge);
      std::sort(mine.begin(), mine.end(), [&](std::uint32_t left, std::uint32_t right) {
        if (strength[left] != strength[right]) return strength[left] > strength[right];
        return lots[left] != lots[right] ? lots[left] < lots[right] : left < right;
      });
      for (std::uint32_t rank = 0; rank < mine.size(); ++rank) {
        (graph.edges[mine[rank]].a == person ? rank_of_a : rank_of_b)[mine[rank]] = rank;
      }
    }
  });
  std::transform(rank_of_a.begin(), rank_of_a.end(), rank_of_b.begin(), rank_of_a.begin(), std::plus<>());
  return rank_of_a;
}

/// Places that people have taken in their layers, and who has room for a tie.
class Rooms {
 public:
  explicit Rooms(std::uint32_t people) : taken_(people) {}

  void take(const Edge& edge, std::size_t layer) {
    for (const PersonId person : {edge.a, edge.b}) {
      std::uint8_t& taken = taken_[person][layer];
      if (taken < places[layer]) ++taken;
    }
  }

  /// The closest layer where both ends have room; 4 when there is none.
  std::size_t find(const Edge& edge) const {
    std::size_t layer = 0;
    while (layer < places.size() && (full(edge.a, layer) || full(edge.b, layer))) ++layer;
    return layer;
  }

  /// Where in its layer a tie comes, in (0, 1): the mean of the places taken at both ends, moved by less than it would
  /// be by one more place; `unit` in (0, 1).
  double place(const Edge& edge, std::size_t layer, double unit) const {
    return (taken_[edge.a][layer] + taken_[edge.b][layer] + 0.5 + unit) / (2.0 * places[layer]);
  }

 private:
  bool full(PersonId person, std::size_t layer) const { return taken_[person][layer] >= places[layer]; }
  std::vector<std::array<std::uint8_t, 4>> taken_;
};

void place_tie(Edge& edge, Rooms& rooms, std::uint32_t lot) {
  const std::size_t layer = rooms.find(edge);
  const double unit = to_unit(lot);
  if (layer == places.size()) {
    edge.closeness = static_cast<float>(distant_closeness + distant_half_width * (1.0 - 2.0 * unit));
    edge.kind = TieKind::acquaintance;
    return;
  }
  edge.closeness = closeness_in_layer(layer, rooms.place(edge, layer, unit));
  edge.kind = kind_in_layer(layer);
  rooms.take(edge, layer);
}

}  // namespace

void assign_closeness(Graph& graph, WorldKey world) {
  detail::check_simple(graph);
  if (graph.edges.size() > 0xffffffffu) throw std::invalid_argument("more than 2³² − 1 ties");
  Rooms rooms(graph.people);
  std::vector<std::uint32_t> open;  // ties without closeness
  for (std::size_t index = 0; index < graph.edges.size(); ++index) {
    check_interrupt();
    const Edge& edge = graph.edges[index];
    if (edge.closeness > 0.0F) {
      rooms.take(edge, layer_of(edge.closeness));
    } else {
      open.push_back(static_cast<std::uint32_t>(index));
    }
  }
  if (open.empty()) return;
  const std::vector<std::uint32_t> lots = draw_lots(graph, world);
  const std::vector<std::uint32_t> ranks = sum_ranks(graph, Incidence(graph), lots);
  std::sort(open.begin(), open.end(), [&](std::uint32_t left, std::uint32_t right) {
    check_interrupt();
    if (ranks[left] != ranks[right]) return ranks[left] < ranks[right];
    return lots[left] != lots[right] ? lots[left] < lots[right] : left < right;
  });
  for (const std::uint32_t index : open) {
    check_interrupt();
    place_tie(graph.edges[index], rooms, lots[index]);
  }
}

}  // namespace kith::network
