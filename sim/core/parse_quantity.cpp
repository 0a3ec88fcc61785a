#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <utility>

#include "core/error.hpp"
#include "core/unit_scales.hpp"
#include "core/units.hpp"

namespace kith {
namespace {

using detail::Scale;
using detail::scales;

/// What people write for a unit that Kith spells otherwise.
constexpr std::array<std::pair<std::string_view, std::string_view>, 40> spellings{{
    {"hr", "h"},       {"hrs", "h"},       {"hour", "h"},      {"hours", "h"},    {"sec", "s"},
    {"secs", "s"},     {"second", "s"},    {"seconds", "s"},   {"m", "min"},      {"mins", "min"},
    {"minute", "min"}, {"minutes", "min"}, {"day", "d"},       {"days", "d"},     {"w", "wk"},
    {"wks", "wk"},     {"week", "wk"},     {"weeks", "wk"},    {"yr", "a"},       {"yrs", "a"},
    {"year", "a"},     {"years", "a"},     {"percent", "%"},   {"pct", "%"},      {"mcg", "ug"},
    {"µg", "ug"},      {"μg", "ug"},       {"gram", "g"},      {"grams", "g"},    {"µg/L", "ug/L"},
    {"μg/L", "ug/L"},  {"µg/kg", "ug/kg"}, {"μg/kg", "ug/kg"}, {"1/h", "/h"},     {"1/d", "/d"},
    {"per h", "/h"},   {"per hour", "/h"}, {"per d", "/d"},    {"per day", "/d"}, {"per week", "/wk"},
}};

/// No time is longer [h]: 200 years. In nanoseconds that is still well within 64 bits.
constexpr double longest_time = 200.0 * 8766.0;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_blank(char c) { return c == ' ' || c == '\t'; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

std::size_t skip_digits(std::string_view text, std::size_t at) {
  while (at < text.size() && is_digit(text[at])) ++at;
  return at;
}

/// Length of the number at the start of the text: [+-] digits [. digits] [e [+-] digits], digits on one side of the
/// point.
std::size_t number_length(std::string_view text) {
  const std::size_t start = !text.empty() && (text[0] == '+' || text[0] == '-') ? 1 : 0;
  std::size_t at = skip_digits(text, start);
  std::size_t digits = at - start;
  if (at < text.size() && text[at] == '.') {
    const std::size_t end = skip_digits(text, at + 1);
    digits += end - at - 1;
    at = end;
  }
  if (digits == 0) return 0;
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    std::size_t exponent = at + 1;
    if (exponent < text.size() && (text[exponent] == '+' || text[exponent] == '-')) ++exponent;
    const std::size_t end = skip_digits(text, exponent);
    if (end > exponent) at = end;
  }
  return at;
}

bool has_leading_zero(std::string_view number) {
  if (!number.empty() && (number[0] == '+' || number[0] == '-')) number.remove_prefix(1);
  return number.size() > 1 && number[0] == '0' && is_digit(number[1]);
}

/// The double nearest to a number of the grammar above, or nothing when it is out of range.
std::optional<double> to_double(std::string_view number) {
  double value = 0.0;
#if defined(__cpp_lib_to_chars)
  if (number[0] == '+') number.remove_prefix(1);
  const auto [stop, error] = std::from_chars(number.data(), number.data() + number.size(), value);
  if (error != std::errc{} || stop != number.data() + number.size()) return std::nullopt;
#else
  value = std::strtod(std::string(number).c_str(), nullptr);  // libc++ for WebAssembly, where numbers know no locale
  const bool zero = number.substr(0, number.find_first_of("eE")).find_first_of("123456789") == std::string_view::npos;
  if (!std::isfinite(value) || (value == 0.0 && !zero)) return std::nullopt;
#endif
  return value;
}

const Scale* find_scale(std::string_view unit, Dimension dimension) {
  const auto found = std::find_if(scales.begin(), scales.end(), [&](const Scale& scale) {
    return scale.name == unit && scale.dimension == dimension;
  });
  return found == scales.end() ? nullptr : &*found;
}

const Scale* find_scale(std::string_view unit) {
  const auto found = std::find_if(scales.begin(), scales.end(), [&](const Scale& scale) { return scale.name == unit; });
  return found == scales.end() ? nullptr : &*found;
}

std::vector<std::string> units_of(Dimension dimension) {
  std::vector<std::string> names;
  for (const Scale& scale : scales) {
    if (scale.dimension == dimension && !scale.name.empty()) names.emplace_back(scale.name);
  }
  return names;
}

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

bool needs_unit(Dimension dimension) { return dimension != Dimension::none && dimension != Dimension::share; }

std::string use_one_of(Dimension dimension) {
  if (dimension == Dimension::none) return "leave the unit out";
  if (dimension == Dimension::share) return "write a plain number or a percentage";
  return "use one of " + listed(units_of(dimension));
}

std::string lower_case(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

/// The unit that was probably meant: another spelling, another case, or the nearest that shares at least one character.
std::string meant_unit(const std::string& unit, Dimension dimension) {
  const std::string lower = lower_case(unit);
  for (const auto& [spelling, name] : spellings) {
    if (spelling == unit || spelling == lower) return std::string(name);
  }
  const std::vector<std::string> wanted = units_of(dimension);
  for (const std::string& name : wanted) {
    if (lower_case(name) == lower) return name;
  }
  const std::string near = nearest(unit, wanted);
  return edit_distance(unit, near) < std::max(unit.size(), near.size()) ? near : "";
}

Quantity refuse(std::string problem, std::string suggestion) {
  return {std::nullopt, std::move(problem), std::move(suggestion)};
}

Quantity refuse_unit(const std::string& unit, Dimension dimension) {
  if (const Scale* scale = find_scale(unit); scale != nullptr) {
    return refuse(
        fmt::format("\"{}\" is the unit of {}, but this is {}", unit, name(scale->dimension), name(dimension)),
        use_one_of(dimension));
  }
  const std::string meant = meant_unit(unit, dimension);
  const Scale* scale = find_scale(meant);
  if (scale == nullptr || scale->dimension != dimension || meant.empty()) {
    return refuse(fmt::format("unknown unit \"{}\"", unit), use_one_of(dimension));
  }
  return refuse(fmt::format("unknown unit \"{}\"", unit), fmt::format("did you mean \"{}\"?", meant));
}

/// Says why a text does not start with a number.
Quantity refuse_number(std::string_view text, Dimension dimension) {
  const std::string example = needs_unit(dimension)
                                  ? fmt::format("a number and a unit, such as \"2 {}\"", canonical_unit(dimension))
                                  : "a number";
  if (text.empty()) return refuse("no value", fmt::format("write {}", example));
  return refuse(fmt::format("\"{}\" is not a number", text), fmt::format("write {}", example));
}

/// What is wrong with the characters right after a number, where people write 1,000 or 0,5 or 0x1f or 1_000 or 1.2.3.
std::optional<Quantity> refuse_junction(std::string_view text, std::size_t length) {
  if (length == text.size()) return std::nullopt;
  const char next = text[length];
  if (next == ',') {
    return refuse(fmt::format("\"{}\" has a comma", text), "write a decimal point, and no separators of thousands");
  }
  if (next == 'x' || next == 'X' || next == '_' || next == '.' || next == '\'') {
    return refuse(fmt::format("\"{}\" is not a decimal number", text), "write digits and at most one decimal point");
  }
  return std::nullopt;
}

}  // namespace

std::optional<double> parse_number(std::string_view text) {
  text = trimmed(text);
  if (text.empty() || number_length(text) != text.size() || has_leading_zero(text)) return std::nullopt;
  return to_double(text);
}

Quantity parse_quantity(std::string_view text, Dimension dimension) {
  text = trimmed(text);
  const std::size_t length = number_length(text);
  if (length == 0) return refuse_number(text, dimension);
  if (std::optional<Quantity> wrong = refuse_junction(text, length); wrong) return *wrong;
  const std::string_view number = text.substr(0, length);
  if (has_leading_zero(number)) {
    return refuse(fmt::format("\"{}\" has a leading zero", number), "write it without leading zeros");
  }
  const std::optional<double> value = to_double(number);
  if (!value) return refuse(fmt::format("\"{}\" is too large or too small", number), "");
  const std::string unit(trimmed(text.substr(length)));
  if (unit.empty() && needs_unit(dimension)) {
    return refuse(fmt::format("\"{}\" has no unit, but this is {}", number, name(dimension)), use_one_of(dimension));
  }
  const Scale* scale = find_scale(unit, dimension);
  if (scale == nullptr) return refuse_unit(unit, dimension);
  const double canonical = detail::to_canonical(*value, *scale);
  if (!std::isfinite(canonical)) return refuse(fmt::format("\"{}\" is too large", text), "");
  if (dimension == Dimension::time && std::abs(canonical) > longest_time)
    return refuse(fmt::format("\"{}\" is too long", text), "no time in Kith is longer than 200 years");
  return {canonical, "", ""};
}

}  // namespace kith
