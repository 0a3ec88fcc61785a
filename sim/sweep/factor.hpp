#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "config/section.hpp"

namespace kith::sweep {

/// A key of the scenario that a sweep varies: over a list of values, from one number to another, over a distribution, or over a column of
/// a table.
struct Factor {
  enum class Scale { linear, logarithmic };
  enum class Shape { even, normal, log_normal };

  std::string key;                  ///< as `--set` takes it: "people.opioid_tone.median"
  std::vector<std::string> values;  ///< as YAML; where they are listed
  std::vector<std::string> names;   ///< of the values, for tables; empty: the values themselves
  double from = 0.0;                ///< else the range …
  double to = 0.0;
  std::string unit;  ///< … in this unit, as written; "" for a plain number
  Scale scale = Scale::linear;
  Shape shape = Shape::even;
  double center = 0.0;      ///< mean of a normal distribution, median of a log-normal one; from and to limit both
  double spread = 0.0;      ///< standard deviation; that of the logarithm
  bool is_whole = false;    ///< numbers are rounded to whole ones
  std::uint64_t steps = 0;  ///< numbers of the range in a grid
  std::string column;       ///< of a table
  bool are_words = false;   ///< what the column holds

  /// The level of a grid or list, 0 … levels() − 1, as YAML.
  std::string level(std::size_t index) const;
  std::size_t levels() const { return values.empty() ? static_cast<std::size_t>(steps) : values.size(); }
  /// The value at a place in [0, 1] of the range, or of the list, as YAML. Of a distribution: its quantile.
  std::string at(double place) const;
  /// A value as tables show it: its name where it has one.
  const std::string& shown(const std::string& value) const;

 private:
  double quantile(double place) const;
  std::string number(double place) const;
};

/// What a kind of design asks of its factors.
enum class Wanted {
  levels,  ///< lists, or ranges in steps
  places,  ///< lists, ranges or distributions
  ends,    ///< lists or ranges; distributions only between limits
  column   ///< columns of a table
};

/// Reads one item of `factors:`.
Factor read_factor(config::Section& section, Wanted wanted);

/// A value as a number and its unit, or nothing: "25 mg" → {25, "mg"}.
struct Measured {
  double value = 0.0;
  std::string unit;
};
std::optional<Measured> measured(const std::string& text);

}  // namespace kith::sweep
