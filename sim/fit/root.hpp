#pragma once

#include <cstdint>
#include <functional>
#include <string>

namespace kith::fit {

/// Where a function of one number meets a value.
struct Root {
  double at = 0.0;
  bool is_met = false;  ///< else `at` is the bound on whose side the function stays short of the value
};

/// Looks between bounds for where f comes within `tolerance` of `value`, by TOMS 748 (Alefeld, Potra & Shi 1995), with at most
/// `most` calls of f. f may fail by throwing, which ends the search. Where the two ends lie on the same side there is no root.
Root find_root(const std::function<double(double)>& f, double value, double low, double high, double tolerance,
               std::uint32_t most);

}  // namespace kith::fit
