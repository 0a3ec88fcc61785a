#pragma once

#include <optional>
#include <string>
#include <vector>

#include "config/reference.hpp"

namespace kith::cli {

/// A key of a scenario whose value is an assumption, and the range that is documented for it.
struct AssumedRange {
  std::string key;               ///< "feelings.connection.time"
  double low = 0.0, high = 0.0;  ///< in `unit`
  std::string unit;              ///< as a scenario has it; "" for a plain number
  bool is_whole = false;

  /// "key=12 h" at a place in [0, 1] of the range.
  std::string assignment(double place) const;
};

/// The range that a source tells: "range 12-72 h; …". Nothing where it tells none, or one that does not hold `fallback`: then it is of
/// something else.
std::optional<AssumedRange> range_told(const config::Entry& entry);

/// The ranges of all keys of a scenario that are marked as assumed and stand at their default. `resolved`: the scenario with every default.
/// Settings of the run (time) are no assumptions about people, and left out.
std::vector<AssumedRange> assumed_ranges(const std::vector<config::Entry>& reference, const std::string& resolved);

}  // namespace kith::cli
