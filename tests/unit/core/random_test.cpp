#include "core/random.hpp"

#include <catch2/catch.hpp>
#include <set>
#include <vector>

using kith::Draws;
using kith::WorldKey;

TEST_CASE("Several first words at a time equal the words drawn one by one") {
  const Draws draws({2016, 3}, "meeting");
  for (const std::size_t count : {0u, 1u, 3u, 7u, 8u, 15u, 16u, 33u, 1000u}) {
    for (const std::uint32_t first : {0u, 5u, 0xfffffff0u}) {  // the last wraps around
      for (const std::int64_t tick : {std::int64_t{0}, std::int64_t{-672}, std::int64_t{8766}}) {
        std::vector<std::uint32_t> words(count + 1, 0xdeadbeefu);
        draws.first_words(first, tick, std::span(words).first(count));
        for (std::uint32_t k = 0; k < count; ++k) REQUIRE(words[k] == draws.at(first + k, tick)());
        REQUIRE(words[count] == 0xdeadbeefu);
      }
    }
  }
}

TEST_CASE("Seed, replicate, purpose, person, partner and tick each change the draw") {
  std::set<std::uint32_t> words;
  words.insert(Draws({1, 0}, "a").at(0, 0, 0)());
  words.insert(Draws({2, 0}, "a").at(0, 0, 0)());
  words.insert(Draws({1, 1}, "a").at(0, 0, 0)());
  words.insert(Draws({1, 0}, "b").at(0, 0, 0)());
  words.insert(Draws({1, 0}, "a").at(1, 0, 0)());
  words.insert(Draws({1, 0}, "a").at(0, 1, 0)());
  words.insert(Draws({1, 0}, "a").at(0, 0, 1)());
  words.insert(Draws({1, 0}, "a").at(0, 0, -1)());
  CHECK(words.size() == 8);
}

TEST_CASE("The draws of a world never change between versions") {
  // Computed by a separate program; any change here changes every published result.
  CHECK(Draws({2016, 0}, "meeting").at(0, 0)() == 0xf78b66b3u);
  CHECK(Draws({2016, 1}, "meeting").at(12, 34, -5)() == 0x41e5d7c3u);
}
