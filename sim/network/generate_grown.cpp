#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

#include "core/distributions.hpp"
#include "core/interrupt.hpp"
#include "network/edge_lists.hpp"
#include "network/generate.hpp"
#include "network/parameters.hpp"

// Boost.Graph's own generators are not used: small_world_iterator never rewires the first tie, makes repeats and does
// not end when everybody is tied to everybody; rmat_iterator makes self-loops and repeats, and its permutation is not
// uniform.

namespace kith::network {

using detail::make_edge;
using detail::refuse;

namespace {

/// A ring lattice whose ties belong to the person they start from: slots [ties / 2] per person.
class Ring {
 public:
  Ring(std::uint32_t people, std::uint32_t half) : people_(people), half_(half), target_(std::size_t{people} * half) {
    for (PersonId person = 0; person < people; ++person) {
      check_interrupt();
      for (std::uint32_t lap = 0; lap < half; ++lap) at(person, lap) = (person + lap + 1) % people;
    }
  }

  std::uint32_t& at(PersonId person, std::uint32_t lap) { return target_[std::size_t{person} * half_ + lap]; }

  bool tied(PersonId x, PersonId y) const { return starts(x, y) || starts(y, x); }

  /// Somebody to whom the person is not tied, uniformly; the person if there is nobody.
  PersonId stranger(Stream& stream, PersonId person) const {
    for (int attempt = 0; attempt < 32; ++attempt) {
      const PersonId other = uniform_below(stream, people_);
      if (other != person && !tied(person, other)) return other;
    }
    std::vector<PersonId> strangers;  // nearly everybody is tied: list who is left
    for (PersonId other = 0; other < people_; ++other) {
      if (other != person && !tied(person, other)) strangers.push_back(other);
    }
    if (strangers.empty()) return person;
    return strangers[uniform_below(stream, static_cast<std::uint32_t>(strangers.size()))];
  }

 private:
  bool starts(PersonId x, PersonId y) const {
    const auto begin = target_.begin() + static_cast<std::ptrdiff_t>(std::size_t{x} * half_);
    const auto end = begin + static_cast<std::ptrdiff_t>(half_);
    return std::find(begin, end, y) != end;
  }

  std::uint32_t people_;
  std::uint32_t half_;
  std::vector<PersonId> target_;
};

}  // namespace

Graph generate(const SmallWorld& parameters, std::uint32_t people, WorldKey world) {
  if (parameters.ties % 2 != 0) refuse("small_world: ties must be even (half of them on either side of the ring)");
  if (!(parameters.rewire >= 0.0 && parameters.rewire <= 1.0)) refuse("small_world: rewire must lie between 0 and 1");
  detail::check_mean_ties(parameters.ties, people);
  Graph graph{.people = people};
  const std::uint32_t half = parameters.ties / 2;
  Ring ring(people, half);
  const Draws draws(world, "network.small_world");
  for (std::uint32_t lap = 0; lap < half; ++lap) {  // lap by lap, as Watts & Strogatz 1998 do
    for (PersonId person = 0; person < people; ++person) {
      check_interrupt();
      Stream stream = draws.at(person, lap);
      if (uniform(stream) >= parameters.rewire) continue;
      const PersonId other = ring.stranger(stream, person);
      if (other != person) ring.at(person, lap) = other;
    }
  }
  graph.edges.reserve(std::size_t{people} * half);
  for (PersonId person = 0; person < people; ++person) {
    check_interrupt();
    for (std::uint32_t lap = 0; lap < half; ++lap) graph.edges.push_back(make_edge(person, ring.at(person, lap)));
  }
  make_simple(graph);
  return graph;
}

Graph generate(const PreferentialAttachment& parameters, std::uint32_t people, WorldKey world) {
  const std::uint32_t ties = parameters.ties;
  if (ties == 0) refuse("preferential_attachment: ties must be at least 1");
  if (people <= ties) detail::refuse_ties("ties", ties, people > 0 ? people - 1.0 : 0.0);
  Graph graph{.people = people};
  std::vector<PersonId>
      ends;  // both ends of every tie so far: a uniform entry is a person in proportion to their degree
  const auto tie = [&](PersonId x, PersonId y) {
    graph.edges.push_back(make_edge(x, y));
    ends.push_back(x);
    ends.push_back(y);
  };
  // The first ties + 1 people all know each other, so that everybody has at least `ties` ties.
  for (PersonId x = 0; x <= ties; ++x) {
    for (PersonId y = x + 1; y <= ties; ++y) tie(x, y);
  }
  const Draws draws(world, "network.preferential_attachment");
  std::vector<PersonId> chosen;
  for (PersonId person = ties + 1; person < people; ++person) {
    check_interrupt();
    Stream stream = draws.at(person, 0);
    chosen.clear();
    const auto count = static_cast<std::uint32_t>(std::min<std::size_t>(ends.size(), 0xffffffffu));
    while (chosen.size() < ties) {
      const PersonId other = ends[uniform_below(stream, count)];
      if (std::find(chosen.begin(), chosen.end(), other) == chosen.end()) chosen.push_back(other);
    }
    for (const PersonId other : chosen) tie(person, other);
  }
  make_simple(graph);
  return graph;
}

namespace {

/// One pair by descending `levels` times into one of four quadrants.
std::uint64_t rmat_pair(Stream stream, const Rmat& parameters, int levels) {
  const double ab = parameters.a + parameters.b;
  const double abc = ab + parameters.c;
  std::uint64_t row = 0;
  std::uint64_t column = 0;
  for (int level = 0; level < levels; ++level) {
    const double u = uniform(stream);
    const bool lower = u >= ab;
    const bool right = lower ? u >= abc : u >= parameters.a;
    row = row << 1 | (lower ? 1u : 0u);
    column = column << 1 | (right ? 1u : 0u);
  }
  return row < column ? row << 32 | column : column << 32 | row;
}

void check(const Rmat& parameters) {
  const double least = std::min({parameters.a, parameters.b, parameters.c, parameters.d});
  const double total = parameters.a + parameters.b + parameters.c + parameters.d;
  if (!(least >= 0.0)) refuse("rmat: a, b, c and d must not be negative");
  if (!(std::abs(total - 1.0) < 1e-6)) refuse("rmat: a + b + c + d must be 1");
}

/// Draws `count` pairs; those outside the people or with oneself become the value `none`.
constexpr std::uint64_t no_pair = ~std::uint64_t{0};
void draw_pairs(const Rmat& parameters, std::uint32_t people, const Draws& draws, std::uint32_t round,
                std::span<std::uint64_t> out) {
  const auto levels = static_cast<int>(std::bit_width(people - 1u));
  for_each_block(out.size(), [&](std::size_t begin, std::size_t end) {
    check_interrupt();
    for (std::size_t k = begin; k < end; ++k) {
      const auto low = static_cast<std::uint32_t>(k);
      const auto high = static_cast<std::uint32_t>(std::uint64_t{k} >> 32);
      const std::uint64_t pair = rmat_pair(draws.at(low, high, round), parameters, levels);
      const std::uint64_t larger = pair & 0xffffffffu;
      out[k] = larger < people && pair >> 32 != larger ? pair : no_pair;
    }
  });
}

}  // namespace

Graph generate(const Rmat& parameters, std::uint32_t people, WorldKey world) {
  check(parameters);
  detail::check_mean_ties(parameters.mean_ties, people);
  Graph graph{.people = people};
  const auto wanted = static_cast<std::size_t>(std::llround(parameters.mean_ties * people / 2.0));
  if (people < 2 || wanted == 0) return graph;
  const Draws draws(world, "network.rmat");
  std::vector<std::uint64_t> pairs;
  // Repeats are drawn again, up to a limit: the rarest pairs of a skewed matrix may never come.
  constexpr std::uint32_t most_rounds = 200;
  for (std::uint32_t round = 0; pairs.size() < wanted; ++round) {
    if (round == most_rounds) {
      refuse("rmat: so many ties do not fit into so skewed a graph (lower mean_ties, or bring a, b, c and d closer)");
    }
    const std::size_t have = pairs.size();
    pairs.resize(wanted);
    draw_pairs(parameters, people, draws, round, std::span(pairs).subspan(have));
    std::sort(pairs.begin(), pairs.end(), [](std::uint64_t left, std::uint64_t right) {
      check_interrupt();
      return left < right;
    });
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
    if (pairs.back() == no_pair) pairs.pop_back();
  }
  // Give the people new numbers, or the lowest would have the most ties.
  std::vector<PersonId> number(people);
  std::iota(number.begin(), number.end(), 0u);
  Stream stream = Draws(world, "network.rmat.numbers").at(0, 0);
  shuffle(stream, std::span(number), check_interrupt);
  graph.edges.reserve(pairs.size());
  for (const std::uint64_t pair : pairs) {
    check_interrupt();
    graph.edges.push_back(make_edge(number[pair >> 32], number[pair & 0xffffffffu]));
  }
  make_simple(graph);
  return graph;
}

}  // namespace kith::network
