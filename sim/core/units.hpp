#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kith {

/// What a quantity measures. Each dimension has one canonical unit, in which the code computes.
enum class Dimension {
  none,           ///< a plain number
  share,          ///< a plain number or a percentage, canonical: fraction of 1
  time,           ///< canonical h
  mass,           ///< canonical mg
  concentration,  ///< canonical ng/mL
  rate,           ///< canonical 1/h
  volume,         ///< canonical L
  clearance,      ///< canonical L/h
  mass_per_body,  ///< canonical mg/kg
};

/// A unit as people write it and its size in the canonical unit of its dimension.
struct Unit {
  std::string_view name;  ///< "d"
  Dimension dimension;
  double size;  ///< 24 for "d", whose canonical unit is the hour
};

/// Every unit that Kith reads, canonical ones first within their dimension.
const std::vector<Unit>& all_units();

/// Name of a dimension for messages: "a time".
std::string_view name(Dimension dimension);
/// Canonical unit of a dimension: "h", "mg", …; "" for plain numbers and shares.
std::string_view canonical_unit(Dimension dimension);
/// The dimension of the unit called `unit` ("" is Dimension::none). Throws std::invalid_argument for an unknown unit.
Dimension dimension_of(std::string_view unit);

/// What `parse_quantity` made of a text: a value in canonical units, or what is wrong with the text.
struct Quantity {
  std::optional<double> value;  ///< empty when the text is wrong
  std::string problem;          ///< e.g. `unknown unit "hr"`
  std::string suggestion;       ///< e.g. `did you mean "h"?`
};

/// Reads "30 h", "4 d", "50 mg", "0.07 ng/mL", "0.3 /d", "25 %" as a value in the canonical unit of `dimension`.
/// A number without a unit is refused where the dimension needs one (0 as well). Independent of the locale; refuses nan,
/// inf, hexadecimal, and leading zeros such as 010.
Quantity parse_quantity(std::string_view text, Dimension dimension);

/// A plain decimal number by the same rules, or nothing.
std::optional<double> parse_number(std::string_view text);

/// Prints a value given in canonical units in the unit that reads best: 36 h as "36 h", 96 h as "4 d". What it prints,
/// `parse_quantity` reads back to the same double.
std::string print_quantity(double value, Dimension dimension);

/// A time of day "09:00" in hours since midnight, 0 … 24 exclusive, or nothing.
std::optional<double> parse_time_of_day(std::string_view text);
/// "09:00"
std::string print_time_of_day(double hours);

/// "Mon 08:00" in hours since Monday 00:00, or nothing.
std::optional<double> parse_week_time(std::string_view text);

}  // namespace kith
