#pragma once

#include <string_view>
#include <vector>

namespace kith {

/// What the files and the reference say of a column of state.
struct ColumnInfo {
  std::string_view name;  ///< "connection"
  std::string_view unit;  ///< "1", "h", "ng/mL"
  std::string_view doc;   ///< one sentence
};

/// A column that others read: everybody reads `now`, its owner writes `next`, and `flip` swaps them once a tick.
template <class T>
struct Public {
  std::vector<T> now;
  std::vector<T> next;

  void assign(std::size_t count, T value) {
    now.assign(count, value);
    next.assign(count, value);
  }
  void flip() { now.swap(next); }
};

}  // namespace kith
