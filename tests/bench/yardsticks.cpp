#include "yardsticks.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>

#include "bench.hpp"
#include "core/math.hpp"
#include "core/parallel.hpp"
#include "engine/contacts.hpp"

namespace kith::bench {
namespace {

/// Keeps the compiler from leaving out what nobody reads.
template <class T>
void is_used(const T& value) {
  asm volatile("" : : "g"(&value) : "memory");
}

template <class F>
double median_wall(int rounds, F&& f) {
  std::vector<double> walls;
  for (int round = 0; round < rounds; ++round) {
    const Stopwatch watch;
    f();
    walls.push_back(watch.wall());
  }
  std::nth_element(walls.begin(), walls.begin() + rounds / 2, walls.end());
  return walls[static_cast<std::size_t>(rounds / 2)];
}

/// Vigna's splitmix64: a few operations a number, and good enough for a contact.
struct Splitmix {
  std::uint64_t state;
  float unit() {
    std::uint64_t z = state += 0x9e3779b97f4a7c15U;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return static_cast<float>((z ^ (z >> 31)) >> 40) * 0x1p-24F;
  }
};

}  // namespace

double triad() {
  constexpr std::size_t count = 1U << 24;
  constexpr std::size_t chunk = 1U << 18;
  std::vector<double> a(count), b(count, 1.0), c(count, 2.0);
  double best = 1e9;
  for (int round = 0; round < 5; ++round) {
    const Stopwatch watch;
    for_each_block(
        count,
        [&](std::size_t begin, std::size_t end) {
          for (std::size_t i = begin; i < end; ++i) a[i] = b[i] + 3.0 * c[i];
        },
        chunk);
    is_used(a);
    best = std::min(best, watch.wall());
  }
  return 3.0 * sizeof(double) * count / best;
}

double sparse_product(const network::Ties& ties) {
  struct Entry {
    PersonId other;
    float closeness;
  };
  std::vector<std::size_t> begin(ties.people() + std::size_t{1});
  for (PersonId person = 0; person < ties.people(); ++person) begin[person + 1] = begin[person] + ties.degree(person);
  std::vector<Entry> entries(begin.back());
  for_each_block(ties.people(), [&](std::size_t from, std::size_t to) {
    for (auto person = static_cast<PersonId>(from); person < to; ++person) {
      std::size_t next = begin[person];
      ties.for_each(person, [&](PersonId other, TieId tie) { entries[next++] = {other, ties.closeness(tie)}; });
    }
  });
  std::vector<float> x(ties.people(), 1.0F), y(ties.people());
  return median_wall(5, [&] {
    for_each_block(ties.people(), [&](std::size_t from, std::size_t to) {
      for (std::size_t person = from; person < to; ++person) {
        float sum = 0.0F;
        for (std::size_t k = begin[person]; k < begin[person + 1]; ++k)
          sum += entries[k].closeness * x[entries[k].other];
        y[person] = sum;
      }
    });
    is_used(y);
  });
}

double draw_by_tie(const network::Ties& ties, const std::vector<float>& rates, const std::vector<float>& readiness,
                   double hours) {
  std::vector<std::vector<Contact>> blocks((ties.people() + block_size - 1) / block_size);
  const auto time = static_cast<float>(hours);
  return median_wall(3, [&] {
    for_each_block(ties.people(), [&](std::size_t begin, std::size_t end) {
      std::vector<Contact>& contacts = blocks[begin / block_size];
      contacts.clear();
      Splitmix random{begin};
      for (auto owner = static_cast<PersonId>(begin); owner < end; ++owner) {
        for (TieId tie = ties.owned_begin(owner); tie < ties.owned_end(owner); ++tie) {
          const PersonId other = ties.other(tie);
          const float mean = rates[tie] * time * std::sqrt(readiness[owner] * readiness[other]);
          if (random.unit() >= 1.0F - portable_exp(-mean)) continue;
          contacts.push_back({.owner = owner, .other = other, .tie = tie, .outcome = random.unit()});
        }
      }
    });
    is_used(blocks);
  });
}

}  // namespace kith::bench
