#pragma once

#include "config/section.hpp"
#include "models/people/mechanism.hpp"

namespace kith::theories {

/// The connection that a person is used to, C*: the mean of C in the burn-in, then drifting; the column `connection_set_point`.
struct ConnectionSetPoint {
  float time = 336.0F;  ///< [h]

  void start(people::People& people) const;
  void sense(const people::Scene& scene, const people::Relaxation& step, std::size_t begin, std::size_t end) const;
  /// (C* − C_d)/C* of the people [begin, end), where C_d = C (1 + ω (S − 1)) is the connection that they detect.
  void deficit(const people::People& people, float share, std::size_t begin, std::size_t end, float* out) const;

  /// Reads the key `set_point_time`.
  static ConnectionSetPoint read(config::Section& section);
};

}  // namespace kith::theories
