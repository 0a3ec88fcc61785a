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

}  // namespace kith
