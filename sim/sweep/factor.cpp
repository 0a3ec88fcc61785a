#include "sweep/factor.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/distributions.hpp"
#include "core/units.hpp"

namespace kith::sweep {

std::optional<Measured> measured(const std::string& text) {
  const std::size_t end = std::min(text.find(' '), text.size());
  std::size_t unit = std::min(text.find_first_not_of(' ', end), text.size());
  std::string number = text.substr(0, end);
  if (!number.empty() && number.back() == '%' && unit == text.size()) {  // "25%"
    number.pop_back();
    unit = end - 1;
  }
  const std::optional<double> value = parse_number(number);
  if (!value) return std::nullopt;
  return Measured{*value, text.substr(unit)};
}

double Factor::quantile(double place) const {
  const auto below = [&](double limit) {  // share of the distribution below a limit
    const double x = shape == Shape::normal ? limit
                     : limit <= 0.0         ? -std::numeric_limits<double>::infinity()
                                            : std::log(limit);
    const double middle = shape == Shape::normal ? center : std::log(center);
    return 0.5 * std::erfc(-(x - middle) / spread / std::sqrt(2.0));
  };
  constexpr double least = 0x1p-33;  // places are multiples of 2⁻³²: at the ends half a step is kept
  const double low = below(from);
  const double high = below(to);
  const double z =
      normal_quantile(std::clamp(low + std::clamp(place, least, 1.0 - least) * (high - low), 1e-300, 1.0 - 1e-16));
  const double value = shape == Shape::normal ? center + spread * z : center * std::exp(spread * z);
  return std::clamp(value, from, to);
}

std::string Factor::number(double place) const {
  double value = from + place * (to - from);
  if (scale == Scale::logarithmic) value = std::exp(std::log(from) + place * (std::log(to) - std::log(from)));
  if (shape != Shape::even) value = quantile(place);
  if (shape == Shape::even && place <= 0.0) value = from;  // the ends are met exactly
  if (shape == Shape::even && place >= 1.0) value = to;
  if (is_whole) value = std::round(value);
  return unit.empty() ? fmt::format("{}", value) : fmt::format("{} {}", value, unit);
}

std::string Factor::level(std::size_t index) const {
  if (!values.empty()) return values[index];
  return number(steps < 2 ? 0.0 : static_cast<double>(index) / static_cast<double>(steps - 1));
}

std::string Factor::at(double place) const {
  if (values.empty()) return number(place);
  const double scaled = place * static_cast<double>(values.size());
  return values[std::min(static_cast<std::size_t>(scaled), values.size() - 1)];
}

const std::string& Factor::shown(const std::string& value) const {
  if (names.empty()) return value;
  const auto found = std::find(values.begin(), values.end(), value);
  return names[static_cast<std::size_t>(found - values.begin())];
}

}  // namespace kith::sweep
