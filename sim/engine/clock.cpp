#include "engine/clock.hpp"

#include <algorithm>

namespace kith {

double Night::awake(double begin, double duration) const {
  double asleep = 0.0;
  for (const double shift : {-24.0, 0.0, 24.0}) {
    const double night_begin = from + shift;
    const double night_end = night_begin + length();
    asleep += std::max(0.0, std::min(begin + duration, night_end) - std::max(begin, night_begin));
  }
  return duration - asleep;
}

Waking Night::waking(double begin, double duration) const {
  Waking waking{.hours = awake(begin, duration)};
  if (waking.hours <= 0.0) return waking;
  const double sixteenth = duration / moments_of_tick;
  for (std::uint8_t k = 0; k < moments_of_tick; ++k) {
    // A day may begin or end a hair inside a sixteenth by rounding alone.
    if (awake(begin + k * sixteenth, sixteenth) > 1e-9)
      waking.moments[waking.count++] = static_cast<std::uint8_t>(2 * k + 1);
  }
  return waking;
}

}  // namespace kith
