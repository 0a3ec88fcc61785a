#pragma once

#include <limits>
#include <utility>

#include "core/parallel.hpp"
#include "models/record/record.hpp"

namespace kith {

/// A mean over the members of a group, the same for any number of threads; NaN for a group of nobody.
template <class F>
double mean_over(const Group& group, std::uint32_t people, F&& value) {
  const std::size_t n = group.everybody ? people : group.members.size();
  if (n == 0) return std::numeric_limits<double>::quiet_NaN();
  const double total = sum<double>(n, [&](std::size_t begin, std::size_t end) {
    double part = 0.0;
    for (std::size_t i = begin; i < end; ++i)
      part += value(group.everybody ? static_cast<PersonId>(i) : group.members[i]);
    return part;
  });
  return total / static_cast<double>(n);
}

}  // namespace kith
