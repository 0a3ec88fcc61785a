#pragma once

#include "config/section.hpp"
#include "models/people/mechanism.hpp"
#include "models/theories/theory.hpp"

namespace kith::theories {

/// What contacts teach, with a gain that is the μ-signal: the columns `affiliation`, `self_protection` and `expected_reward`.
///
/// After each contact δ = r − expected, r being 0 where it has gone badly; a good one adds η S max(0, δ) to affiliation, a bad one
/// η S max(0, −δ) to self-protection; expected += 0.1 δ. Both fade with `time`.
struct Learning {
  float rate = 0.1F;    ///< η
  float time = 720.0F;  ///< [h]

  void start(people::People& people) const;
  void sense(const people::Scene& scene, std::size_t begin, std::size_t end) const;
  void after_contact(people::People& people, std::size_t person, const Lived& lived) const;
  /// 2 (1/(1 + e^−(affiliation − self-protection)) − ½) of the people [begin, end): −1 … 1.
  void leaning(const people::People& people, std::size_t begin, std::size_t end, float* out) const;

  /// Reads the keys `learning_rate` and `memory_time`.
  static Learning read(config::Section& section);
};

}  // namespace kith::theories
