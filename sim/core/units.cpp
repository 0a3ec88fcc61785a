#include "core/units.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "core/unit_scales.hpp"

namespace kith {

const std::vector<Unit>& all_units() {
  static const std::vector<Unit> units = [] {
    std::vector<Unit> list;
    for (const detail::Scale& scale : detail::scales)
      list.push_back({scale.name, scale.dimension, scale.top / scale.bottom});
    return list;
  }();
  return units;
}

std::string_view name(Dimension dimension) {
  switch (dimension) {
    case Dimension::none:
      return "a plain number";
    case Dimension::share:
      return "a share";
    case Dimension::time:
      return "a time";
    case Dimension::mass:
      return "a mass";
    case Dimension::concentration:
      return "a concentration";
    case Dimension::rate:
      return "a rate";
    case Dimension::volume:
      return "a volume";
    case Dimension::clearance:
      return "a clearance";
    case Dimension::mass_per_body:
      return "a mass per body weight";
  }
  return "";
}

std::string_view canonical_unit(Dimension dimension) {
  const auto found = std::find_if(detail::scales.begin(), detail::scales.end(),
                                  [&](const detail::Scale& scale) { return scale.dimension == dimension; });
  return found == detail::scales.end() ? "" : found->name;
}

Dimension dimension_of(std::string_view unit) {
  const auto scale = std::find_if(detail::scales.begin(), detail::scales.end(),
                                  [&](const detail::Scale& candidate) { return candidate.name == unit; });
  if (scale == detail::scales.end()) throw std::invalid_argument(fmt::format("unknown unit \"{}\"", unit));
  return scale->dimension;
}

std::string print_quantity(double value, Dimension dimension) {
  std::string best = fmt::format("{}", value);
  const std::string_view canonical = canonical_unit(dimension);
  std::size_t best_length = best.size();
  if (!canonical.empty()) best = fmt::format("{} {}", best, canonical);
  for (const detail::Scale& scale : detail::scales) {
    if (scale.dimension != dimension || scale.printed == detail::Printed::no) continue;
    const double scaled = value * scale.bottom / scale.top;
    const std::string number = fmt::format("{}", scaled);
    if (number.size() >= best_length || detail::to_canonical(scaled, scale) != value) continue;
    best = fmt::format("{} {}", number, scale.name);
    best_length = number.size();
  }
  return best;
}

}  // namespace kith
