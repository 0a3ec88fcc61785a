#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "core/parallel.hpp"
#include "models/people/isolation.hpp"
#include "models/record/groups.hpp"

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

/// The mean over each group.
template <class F>
std::vector<float> means_over(const std::vector<Group>& groups, std::uint32_t people, F&& value) {
  std::vector<float> means;
  for (const Group& group : groups) means.push_back(static_cast<float>(mean_over(group, people, value)));
  return means;
}

/// The mean of `value(person, layer)` over each group, for each layer of ties.
template <class F>
std::vector<float> layer_means_over(const std::vector<Group>& groups, std::uint32_t people, F&& value) {
  std::vector<float> means;
  for (const Group& group : groups) {
    for (std::size_t layer = 0; layer < people::layer_count; ++layer) {
      means.push_back(static_cast<float>(
          mean_over(group, people, [&](PersonId p) { return static_cast<double>(value(p, layer)); })));
    }
  }
  return means;
}

}  // namespace kith
