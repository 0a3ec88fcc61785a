#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

namespace kith {

/// Whether anything is in both of two ascending lists: they are read side by side, or one by one in a list that is far longer.
inline bool any_in_both(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b) {
  if (a.size() > b.size()) std::swap(a, b);
  constexpr std::size_t far_longer = 16;
  if (b.size() / far_longer > a.size()) {
    return std::any_of(a.begin(), a.end(),
                       [&](std::uint32_t it) { return std::binary_search(b.begin(), b.end(), it); });
  }
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i] == b[j]) return true;
    const bool is_before = a[i] < b[j];
    i += is_before ? 1U : 0U;
    j += is_before ? 0U : 1U;
  }
  return false;
}

}  // namespace kith
