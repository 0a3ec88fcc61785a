#include "core/philox.hpp"

#include <Random123/philox.h>

#include <catch2/catch.hpp>

#include "core/random.hpp"

using kith::Philox;

TEST_CASE("Philox gives Random123's known answers") {
  // Random123 1.14.0, tests/kat_vectors, lines "philox4x32 10": counter, key, result.
  struct Answer {
    Philox::Counter counter;
    Philox::Key key;
    Philox::Counter words;
  };
  const Answer answers[] = {
      {{0, 0, 0, 0}, {0, 0}, {0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u}},
      {{0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu},
       {0xffffffffu, 0xffffffffu},
       {0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu}},
      {{0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u},
       {0xa4093822u, 0x299f31d0u},
       {0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u}},
  };
  for (const Answer& answer : answers) CHECK(Philox::block(answer.counter, answer.key) == answer.words);
}

TEST_CASE("Philox equals Random123's own code on many counters and keys") {
  std::uint64_t state = 12345;
  const auto next = [&state] {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return static_cast<std::uint32_t>(state >> 32);
  };
  for (int trial = 0; trial < 10000; ++trial) {
    Philox::Counter counter{};
    Philox::Key key{};
    for (std::uint32_t& word : counter) word = next();
    for (std::uint32_t& word : key) word = next();
    philox4x32_ctr_t theirs{};
    philox4x32_key_t their_key{};
    for (std::size_t i = 0; i < 4; ++i) theirs.v[i] = counter[i];
    for (std::size_t i = 0; i < 2; ++i) their_key.v[i] = key[i];
    theirs = philox4x32(theirs, their_key);
    const Philox::Counter ours = Philox::block(counter, key);
    for (std::size_t i = 0; i < 4; ++i) REQUIRE(ours[i] == theirs.v[i]);
  }
}

TEST_CASE("A stream gives the words of blocks 0, 1, 2 in order") {
  constexpr Philox::Key key{7, 8};
  kith::Stream stream(key, 1, 2, 3);
  for (std::uint32_t block = 0; block < 5; ++block) {
    for (const std::uint32_t word : Philox::block({1, 2, 3, block}, key)) CHECK(stream() == word);
  }
}
