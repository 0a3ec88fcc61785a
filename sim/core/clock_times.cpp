#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "core/units.hpp"

namespace kith {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_blank(char c) { return c == ' ' || c == '\t'; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

char lower_case(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// "9:00" or "09:00" in hours.
std::optional<double> parse_clock(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon < 1 || colon > 2 || text.size() != colon + 3) return std::nullopt;
  int hour = 0;
  for (const char c : text.substr(0, colon)) {
    if (!is_digit(c)) return std::nullopt;
    hour = 10 * hour + (c - '0');
  }
  if (!is_digit(text[colon + 1]) || !is_digit(text[colon + 2])) return std::nullopt;
  const int minute = 10 * (text[colon + 1] - '0') + (text[colon + 2] - '0');
  if (hour > 23 || minute > 59) return std::nullopt;
  return (60.0 * hour + minute) / 60.0;
}

}  // namespace

std::optional<double> parse_time_of_day(std::string_view text) { return parse_clock(trimmed(text)); }

std::string print_time_of_day(double hours) {
  const auto minutes = static_cast<long long>(std::floor(hours * 60.0 + 0.5));
  const long long minute_of_day = ((minutes % 1440) + 1440) % 1440;
  return fmt::format("{:02}:{:02}", minute_of_day / 60, minute_of_day % 60);
}

std::optional<double> parse_week_time(std::string_view text) {
  static constexpr std::array<std::string_view, 7> days{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
  text = trimmed(text);
  if (text.size() < 4 || !is_blank(text[3])) return std::nullopt;
  const std::array<char, 3> letters{lower_case(text[0]), lower_case(text[1]), lower_case(text[2])};
  const auto day = std::find(days.begin(), days.end(), std::string_view(letters.data(), letters.size()));
  const std::optional<double> hours = parse_clock(trimmed(text.substr(3)));
  if (day == days.end() || !hours) return std::nullopt;
  return 24.0 * static_cast<double>(day - days.begin()) + *hours;
}

}  // namespace kith
