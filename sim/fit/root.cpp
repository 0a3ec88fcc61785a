#include "fit/root.hpp"

#include <boost/math/tools/toms748_solve.hpp>
#include <cmath>
#include <limits>

namespace kith::fit {

Root find_root(const std::function<double(double)>& f, double value, double low, double high, double tolerance,
               std::uint32_t most) {
  double nearest_at = low;
  double nearest_by = std::numeric_limits<double>::infinity();
  // What is near enough counts as met, so that the search ends there.
  const auto off = [&](double x) {
    const double by = f(x) - value;
    if (std::abs(by) < nearest_by) {
      nearest_at = x;
      nearest_by = std::abs(by);
    }
    return std::abs(by) <= tolerance ? 0.0 : by;
  };
  const double at_low = off(low);
  const double at_high = off(high);
  if (at_low == 0.0) return {low, true};
  if (at_high == 0.0) return {high, true};
  if ((at_low < 0.0) == (at_high < 0.0)) return {std::abs(at_low) < std::abs(at_high) ? low : high, false};
  std::uintmax_t calls = most > 3 ? most - 3 : 1;
  const auto near_enough = [&](double a, double b) {
    return nearest_by <= tolerance || std::abs(b - a) <= 1e-12 * (high - low);
  };
  boost::math::tools::toms748_solve(off, low, high, at_low, at_high, near_enough, calls);
  return {nearest_at, true};
}

}  // namespace kith::fit
