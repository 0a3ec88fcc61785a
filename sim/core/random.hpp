#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "core/philox.hpp"

namespace kith {

/// What a draw is for. Two purposes never share a number, so a new mechanism moves no other mechanism's draws.
class Purpose {
 public:
  consteval Purpose(const char* name) : hash_(fnv(name)) {}
  constexpr std::uint64_t hash() const { return hash_; }

 private:
  static consteval std::uint64_t fnv(std::string_view name) {
    std::uint64_t hash = 0xcbf29ce484222325u;
    for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
    return hash;
  }
  std::uint64_t hash_;
};

/// What sets one virtual world apart from another: all draws of a run follow from it.
struct WorldKey {
  std::uint64_t seed = 0;
  std::uint32_t replicate = 0;
  bool operator==(const WorldKey&) const = default;
};

/// The numbers of one draw place, one after the other: word 0, 1, 2, … of Philox blocks 0, 1, ….
class Stream {
 public:
  using result_type = std::uint32_t;

  constexpr Stream(Philox::Key key, std::uint32_t a, std::uint32_t b, std::uint32_t tick)
      : key_(key), counter_{a, b, tick, 0} {}

  constexpr std::uint32_t operator()() {
    if (used_ == 4) {
      words_ = Philox::block(counter_, key_);
      ++counter_[3];
      used_ = 0;
    }
    return words_[used_++];
  }
  static constexpr std::uint32_t min() { return 0; }
  static constexpr std::uint32_t max() { return 0xffffffffu; }

 private:
  Philox::Key key_;
  Philox::Counter counter_;
  Philox::Counter words_{};
  unsigned used_ = 4;
};

/// All draws of one purpose in one world: draw = Philox(key = {seed, replicate, purpose}, counter = {a, b, tick, block}).
/// `a` and `b` are a person, or both persons of a tie in ascending order; `tick` may be negative (burn-in).
class Draws {
 public:
  constexpr Draws(WorldKey world, Purpose purpose) : key_(mix(world, purpose)) {}

  constexpr Stream at(std::uint32_t a, std::uint32_t b, std::int64_t tick) const {
    return {key_, a, b, static_cast<std::uint32_t>(tick)};
  }
  constexpr Stream at(std::uint32_t a, std::int64_t tick) const { return at(a, 0, tick); }

  /// Writes the first word of `at(first + k, tick)` to out[k]: the same numbers as one by one, several at a time.
  void first_words(std::uint32_t first, std::int64_t tick, std::span<std::uint32_t> out) const;

 private:
  static constexpr std::uint64_t scramble(
      std::uint64_t z) {  // splitmix64's finaliser, a bijection (Steele et al. 2014)
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  }
  static constexpr Philox::Key mix(WorldKey world, Purpose purpose) {
    const std::uint64_t seed = scramble(world.seed + 0x9e3779b97f4a7c15u);
    const std::uint64_t replicate = scramble(seed + world.replicate);
    const std::uint64_t key = scramble(replicate ^ purpose.hash());
    return {static_cast<std::uint32_t>(key), static_cast<std::uint32_t>(key >> 32)};
  }
  Philox::Key key_;
};

}  // namespace kith
