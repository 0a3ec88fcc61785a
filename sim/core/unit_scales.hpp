#pragma once

#include <array>
#include <string_view>

#include "core/units.hpp"

/// The table of units behind units.hpp.
namespace kith::detail {

enum class Printed { yes, no };

/// A unit with its size as a fraction: dividing by 24 gives the double nearest to the true value, multiplying by 1/24
/// not.
struct Scale {
  std::string_view name;
  Dimension dimension;
  double top;
  double bottom;
  Printed printed;  ///< whether `print_quantity` may choose it
};

// Canonical units first within their dimension. A year is 365.25 days.
inline constexpr std::array scales{
    Scale{"", Dimension::none, 1, 1, Printed::yes},
    Scale{"", Dimension::share, 1, 1, Printed::yes},
    Scale{"%", Dimension::share, 1, 100, Printed::no},
    Scale{"h", Dimension::time, 1, 1, Printed::yes},
    Scale{"s", Dimension::time, 1, 3600, Printed::yes},
    Scale{"min", Dimension::time, 1, 60, Printed::yes},
    Scale{"d", Dimension::time, 24, 1, Printed::yes},
    Scale{"wk", Dimension::time, 168, 1, Printed::no},
    Scale{"a", Dimension::time, 8766, 1, Printed::yes},
    Scale{"y", Dimension::time, 8766, 1, Printed::no},
    Scale{"mg", Dimension::mass, 1, 1, Printed::yes},
    Scale{"ug", Dimension::mass, 1, 1000, Printed::yes},
    Scale{"g", Dimension::mass, 1000, 1, Printed::yes},
    Scale{"ng/mL", Dimension::concentration, 1, 1, Printed::yes},
    Scale{"ug/L", Dimension::concentration, 1, 1, Printed::no},
    Scale{"mg/L", Dimension::concentration, 1000, 1, Printed::yes},
    Scale{"/h", Dimension::rate, 1, 1, Printed::yes},
    Scale{"/s", Dimension::rate, 3600, 1, Printed::no},
    Scale{"/min", Dimension::rate, 60, 1, Printed::yes},
    Scale{"/d", Dimension::rate, 1, 24, Printed::yes},
    Scale{"/wk", Dimension::rate, 1, 168, Printed::no},
    Scale{"/a", Dimension::rate, 1, 8766, Printed::yes},
    Scale{"/y", Dimension::rate, 1, 8766, Printed::no},
    Scale{"L", Dimension::volume, 1, 1, Printed::yes},
    Scale{"mL", Dimension::volume, 1, 1000, Printed::yes},
    Scale{"L/h", Dimension::clearance, 1, 1, Printed::yes},
    Scale{"mL/min", Dimension::clearance, 60, 1000, Printed::yes},
    Scale{"mg/kg", Dimension::mass_per_body, 1, 1, Printed::yes},
    Scale{"ug/kg", Dimension::mass_per_body, 1, 1000, Printed::yes},
};

/// A value given in a unit, in the canonical unit of its dimension.
inline double to_canonical(double value, const Scale& scale) { return value * scale.top / scale.bottom; }

}  // namespace kith::detail
