#include <algorithm>
#include <bit>
#include <catch2/catch.hpp>
#include <cstdint>
#include <vector>

#include "core/distributions.hpp"
#include "core/parallel.hpp"

namespace {

constexpr kith::Draws draws({11, 0}, "terms of a sum");

/// Terms of widely different size and sign, so that another order of addition gives other bits.
std::vector<double> wild_terms(std::size_t n) {
  std::vector<double> terms(n);
  for (std::size_t i = 0; i < n; ++i) {
    kith::Stream stream = draws.at(static_cast<std::uint32_t>(i), 0);
    const double size = kith::lognormal(stream, 1.0, 50.0);
    terms[i] = kith::uniform(stream) < 0.5 ? -size : size;
  }
  return terms;
}

std::uint64_t bits_of_sum(const std::vector<double>& terms) {
  return std::bit_cast<std::uint64_t>(kith::sum<double>(terms.size(), [&](std::size_t begin, std::size_t end) {
    double part = 0.0;
    for (std::size_t i = begin; i < end; ++i) part += terms[i];
    return part;
  }));
}

/// Replicates outside, blocks inside: the bits of each replicate's sum.
std::vector<std::uint64_t> nested_sums(const std::vector<double>& terms, std::size_t replicates) {
  std::vector<std::uint64_t> sums(replicates);
  kith::for_each_block(
      replicates,
      [&](std::size_t replicate, std::size_t) {
        const std::vector<double> part(terms.begin() + static_cast<std::ptrdiff_t>(replicate * 100), terms.end());
        sums[replicate] = bits_of_sum(part);
      },
      1);
  return sums;
}

}  // namespace

TEST_CASE("Sums have the same bits on 1, 2, 3 and 8 threads", "[threaded]") {
  const std::vector<double> terms = wild_terms(40 * kith::block_size + 13);
  kith::set_threads(1);
  const std::uint64_t expected = bits_of_sum(terms);
  for (const unsigned count : {1u, 2u, 3u, 8u}) {
    kith::set_threads(count);
    for (int repeat = 0; repeat < 50; ++repeat) REQUIRE(bits_of_sum(terms) == expected);
  }
  kith::set_threads(0);
}

TEST_CASE("A sum adds up all blocks in their order, whole ones and the last") {
  for (const std::size_t n : {std::size_t{1}, kith::block_size, kith::block_size + 1, 7 * kith::block_size + 100}) {
    const std::vector<double> terms = wild_terms(n);
    double total = 0.0;
    for (std::size_t begin = 0; begin < n; begin += kith::block_size) {
      double part = 0.0;
      for (std::size_t i = begin; i < std::min(n, begin + kith::block_size); ++i) part += terms[i];
      total += part;
    }
    CHECK(bits_of_sum(terms) == std::bit_cast<std::uint64_t>(total));
  }
}

TEST_CASE("Those terms added in another order have other bits (must-fail twin)") {
  const std::vector<double> terms = wild_terms(40 * kith::block_size + 13);
  const std::vector<double> reversed(terms.rbegin(), terms.rend());
  CHECK(bits_of_sum(reversed) != bits_of_sum(terms));
}

TEST_CASE("Sums within a parallel loop have the same bits on 1, 2, 3 and 8 threads", "[threaded]") {
  const std::vector<double> terms = wild_terms(8 * kith::block_size);
  kith::set_threads(1);
  const std::vector<std::uint64_t> expected = nested_sums(terms, 12);
  for (const unsigned count : {2u, 3u, 8u}) {
    kith::set_threads(count);
    for (int repeat = 0; repeat < 10; ++repeat) REQUIRE(nested_sums(terms, 12) == expected);
  }
  kith::set_threads(0);
}
