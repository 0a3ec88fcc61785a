#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "config/section.hpp"

namespace kith::sweep {

/// A key of the scenario that a sweep varies: over a list of values, or from one number to another.
struct Factor {
  enum class Scale { linear, logarithmic };

  std::string key;                  ///< as `--set` takes it: "people.tone.median"
  std::vector<std::string> values;  ///< as YAML; where they are listed
  double from = 0.0;                ///< else the range …
  double to = 0.0;
  std::string unit;  ///< … in this unit, as written; "" for a plain number
  Scale scale = Scale::linear;
  bool is_whole = false;    ///< numbers are rounded to whole ones
  std::uint64_t steps = 0;  ///< numbers of the range in a grid

  /// The level of a grid or list, 0 … levels() − 1, as YAML.
  std::string level(std::size_t index) const;
  std::size_t levels() const { return values.empty() ? static_cast<std::size_t>(steps) : values.size(); }
  /// The value at a place in [0, 1] of the range, or of the list, as YAML.
  std::string at(double place) const;

 private:
  std::string number(double place) const;
};

/// Reads one item of `factors:`; `is_random`: the design draws places and needs no number of steps.
Factor read_factor(config::Section& section, bool is_random);

/// A value as a number and its unit, or nothing: "25 mg" → {25, "mg"}.
struct Measured {
  double value = 0.0;
  std::string unit;
};
std::optional<Measured> measured(const std::string& text);

}  // namespace kith::sweep
