#include "config/types.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>

#include "core/error.hpp"
#include "core/utf8.hpp"

namespace kith::config {

namespace {

/// Least and greatest value of a key, in canonical units.
struct Limits {
  std::optional<double> min, max;
  bool above_min = false;
  std::string text;  ///< "more than 0 h, at most 24 h"

  bool under(double value) const { return min && (value < *min || (above_min && value == *min)); }
  bool over(double value) const { return max && value > *max; }
};

std::optional<double> parse_limit(const std::string& path, std::string_view text, Dimension dimension) {
  if (text.empty()) return std::nullopt;
  const Quantity limit = parse_quantity(text, dimension);
  if (!limit.value) refuse_spec(path, limit.problem);
  return limit.value;
}

Limits read_limits(const std::string& path, const Spec& spec, Dimension dimension) {
  return {parse_limit(path, spec.min, dimension), parse_limit(path, spec.max, dimension), spec.above_min,
          limits_text(spec.min, spec.max, spec.above_min)};
}

double least_of(const Limits& limits) {
  if (!limits.min) return limits.max ? std::min(0.0, *limits.max) : 0.0;
  if (!limits.above_min) return *limits.min;
  return limits.max ? *limits.max : *limits.min + 1.0;
}

/// What is wrong with a value outside its limits, or nothing.
template <class T>
std::optional<Parsed<T>> outside(const std::string& path, const std::string& text, double value, const Limits& limits) {
  if (!limits.under(value) && !limits.over(value)) return std::nullopt;
  return Parsed<T>{.problem = fmt::format("{} is too {}", printable(text), limits.over(value) ? "large" : "small"),
                   .why = fmt::format("{} is {}", path, limits.text)};
}

template <class T>
std::optional<Parsed<T>> unquoted_wanted(const std::string& path, const std::string& text, Quotes quotes) {
  if (quotes == Quotes::absent || !parse_number(text)) return std::nullopt;
  return Parsed<T>{.problem = in_quotes(text) + " in quotes is a text",
                   .why = path + " is a number",
                   .suggestion = "remove the quotes"};
}

/// The parsed quantity, or core's complaint; `what` as in "a time".
Parsed<double> quantity(const std::string& path, const std::string& text, Dimension dimension) {
  constexpr std::size_t longest = 100;
  const std::string why = fmt::format("{} is {}", path, name(dimension));
  if (text.size() > longest) return {.problem = in_quotes(text) + " is not a number", .why = why};
  const Quantity read = parse_quantity(text, dimension);
  if (read.value) return {.value = read.value};
  return {.problem = printable(read.problem), .why = why, .suggestion = printable(read.suggestion)};
}

/// The whole number of a text such as 12, -3, 1e3 or 2.0; exact to 64 bits when it is written with digits only.
std::optional<std::int64_t> whole(const std::string& text) {
  const std::optional<double> number = parse_number(text);
  if (!number) return std::nullopt;
  std::int64_t exact = 0;
  const char* begin = text.data() + (text[0] == '+' ? 1 : 0);
  const char* end = text.data() + text.size();
  if (const auto [stop, error] = std::from_chars(begin, end, exact); error == std::errc{} && stop == end) return exact;
  constexpr double most = 9007199254740992.0;  // 2^53: greater doubles skip whole numbers
  if (std::abs(*number) > most || std::floor(*number) != *number) return std::nullopt;
  return static_cast<std::int64_t>(*number);
}

}  // namespace

Type<double> number_type(const std::string& path, const Spec& spec) {
  const Dimension dimension = dimension_of(spec.unit);
  const Limits limits = read_limits(path, spec, dimension);
  const auto parse = [=](const std::string& text, Quotes quotes) -> Parsed<double> {
    Parsed<double> parsed = quantity(path, text, dimension);
    if (!parsed.value) return parsed;
    if (auto wrong = unquoted_wanted<double>(path, text, quotes)) return *wrong;
    if (auto wrong = outside<double>(path, text, *parsed.value, limits)) {
      const double as_percent = *parsed.value / 100.0;
      if (dimension == Dimension::share && !text.ends_with('%') && !limits.under(as_percent) &&
          !limits.over(as_percent))
        wrong->suggestion = "did you mean " + text + " %?";
      return *wrong;
    }
    return parsed;
  };
  const auto print = [=](double value) { return print_quantity(value, dimension); };
  return {"number", std::string(name(dimension)), parse, print, least_of(limits)};
}

Type<std::int64_t> integer_type(const std::string& path, const Spec& spec) {
  const Limits limits = read_limits(path, spec, Dimension::none);
  const auto parse = [=](const std::string& text, Quotes quotes) -> Parsed<std::int64_t> {
    const std::string why = path + " is a whole number";
    if (auto wrong = unquoted_wanted<std::int64_t>(path, text, quotes)) return *wrong;
    Parsed<double> number = quantity(path, text, Dimension::none);
    if (!number.value) return {.problem = number.problem, .why = why, .suggestion = number.suggestion};
    const std::optional<std::int64_t> value = whole(text);
    if (!value && std::floor(*number.value) == *number.value) {
      return {.problem = text + " is too large", .why = path + " is a whole number of 64 bits"};
    }
    if (!value) return {.problem = text + " is not whole", .why = why, .suggestion = "leave out the decimals"};
    if (auto wrong = outside<std::int64_t>(path, text, *number.value, limits)) return *wrong;
    return {.value = value};
  };
  const auto print = [](std::int64_t value) { return std::to_string(value); };
  return {"integer", "a whole number", parse, print, static_cast<std::int64_t>(std::ceil(least_of(limits)))};
}

Type<bool> flag_type(const std::string& path) {
  const auto parse = [=](const std::string& text, Quotes quotes) -> Parsed<bool> {
    const std::string why = path + " is true or false";
    if (text == "true" || text == "false") {
      if (quotes == Quotes::present) {
        return {.problem = in_quotes(text) + " in quotes is a text", .why = why, .suggestion = "remove the quotes"};
      }
      return {.value = text == "true"};
    }
    std::string lower = text;
    for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    std::string meant;
    for (const std::string_view word : {"true", "yes", "on", "y", "1"}) meant = lower == word ? "write true" : meant;
    for (const std::string_view word : {"false", "no", "off", "n", "0"}) meant = lower == word ? "write false" : meant;
    return {.problem = in_quotes(text) + " is not true or false", .why = why, .suggestion = meant};
  };
  const auto print = [](bool value) { return std::string(value ? "true" : "false"); };
  return {"flag", "true or false", parse, print, false};
}

Type<std::string> text_type() {
  const auto parse = [](const std::string& text, Quotes) -> Parsed<std::string> { return {.value = text}; };
  return {"text", "a text", parse, [](const std::string& text) { return yaml_text(text); }, ""};
}

Type<double> time_of_day_type(const std::string& path) {
  const auto parse = [=](const std::string& text, Quotes) -> Parsed<double> {
    if (const auto hours = parse_time_of_day(text)) return {.value = hours};
    return {.problem = in_quotes(text) + " is not a time of day",
            .why = path + " is from 00:00 to 23:59",
            .suggestion = "write it like \"21:00\""};
  };
  const auto print = [](double hours) { return "\"" + print_time_of_day(hours) + "\""; };
  return {"time of day", "a time of day such as \"21:00\"", parse, print, 0.0};
}

Type<double> week_time_type(const std::string& path) {
  const auto parse = [=](const std::string& text, Quotes) -> Parsed<double> {
    if (const auto hours = parse_week_time(text)) return {.value = hours};
    return {.problem = in_quotes(text) + " is not a time of the week",
            .why = path + " is a day and a time of day",
            .suggestion = "write it like \"Mon 08:00\""};
  };
  const auto print = [](double hours) {
    static constexpr std::array<std::string_view, 7> days{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    const double day = std::floor(hours / 24.0);
    return fmt::format("\"{} {}\"", days[static_cast<std::size_t>(day)], print_time_of_day(hours - 24.0 * day));
  };
  return {"week time", "a time of the week such as \"Mon 08:00\"", parse, print, 0.0};
}

Type<std::pair<double, double>> range_type(const std::string& path, const Spec& spec) {
  using Ends = std::pair<double, double>;
  const Dimension dimension = dimension_of(spec.unit);
  const Limits limits = read_limits(path, spec, dimension);
  const auto parse = [=](const std::string& text, Quotes) -> Parsed<Ends> {
    const std::size_t dots = text.find("..");
    if (dots == std::string::npos || text.size() > 100) {
      return {.problem = in_quotes(text) + " is not a range",
              .why = path + " is a range",
              .suggestion = "write it like 1..7"};
    }
    Ends ends;
    for (const bool is_low : {true, false}) {
      const std::string end = is_low ? text.substr(0, dots) : text.substr(dots + 2);
      const Parsed<double> parsed = quantity(path, end, dimension);
      if (!parsed.value)
        return {.problem = parsed.problem, .why = path + " is a range", .suggestion = parsed.suggestion};
      if (auto wrong = outside<Ends>(path, end, *parsed.value, limits)) return *wrong;
      (is_low ? ends.first : ends.second) = *parsed.value;
    }
    if (ends.first < ends.second) return {.value = ends};
    return {.problem = printable(text) + " does not go up",
            .why = path + " goes from its lower to its upper end",
            .suggestion = "exchange the ends"};
  };
  const auto print = [=](const Ends& ends) {
    return fmt::format("{}..{}", print_quantity(ends.first, dimension), print_quantity(ends.second, dimension));
  };
  const double least = least_of(limits);
  return {"range", "a range such as 1..7", parse, print, {least, limits.max.value_or(least + 1.0)}};
}

Type<std::pair<std::int64_t, std::int64_t>> whole_range_type(const std::string& path, const Spec& spec) {
  using Ends = std::pair<std::int64_t, std::int64_t>;
  const Type<std::int64_t> end = integer_type(path, spec);
  const auto parse = [=](const std::string& text, Quotes) -> Parsed<Ends> {
    const std::size_t dots = std::min(text.find(".."), text.size());
    Parsed<std::int64_t> first = end.parse(text.substr(0, dots), Quotes::absent);
    Parsed<std::int64_t> last = dots == text.size() ? first : end.parse(text.substr(dots + 2), Quotes::absent);
    for (const Parsed<std::int64_t>* one : {&first, &last}) {
      if (!one->value)
        return {
            .problem = in_quotes(text) + " is not a range", .why = one->problem, .suggestion = "write it like 2..4"};
    }
    if (*first.value <= *last.value) return {.value = Ends{*first.value, *last.value}};
    return {.problem = printable(text) + " does not go up",
            .why = path + " goes from its lower to its upper end",
            .suggestion = "exchange the ends"};
  };
  const auto print = [](const Ends& ends) {
    return ends.first == ends.second ? std::to_string(ends.first) : fmt::format("{}..{}", ends.first, ends.second);
  };
  return {"whole range", "a range such as 2..4", parse, print, {end.least, end.least}};
}

bool is_same_letter(char a, char b) {
  return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b));
}

/// The first option in whose description the word stands as an abbreviation: "LHS"; or "".
std::string abbreviated_by(std::string word, const std::vector<Option>& options) {
  constexpr std::size_t least = 3;
  if (word.size() < least) return "";
  std::transform(word.begin(), word.end(), word.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  const auto is_letter = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; };
  for (const Option& option : options) {
    const std::string doc = fmt::format(" {} ", option.doc);
    const std::size_t at = doc.find(word);
    if (at != std::string::npos && !is_letter(doc[at - 1]) && !is_letter(doc[at + word.size()]))
      return std::string(option.name);
  }
  return "";
}

Type<std::size_t> choice_type(const std::string& path, const std::vector<Option>& options, std::string_view otherwise) {
  std::vector<std::string> names;
  for (const Option& option : options) names.emplace_back(option.name);
  const auto parse = [=](const std::string& text, Quotes) -> Parsed<std::size_t> {
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (names[i] == text) return {.value = i};
    }
    std::string near = text.size() > 100 ? "" : nearest(text, names);
    const bool is_name =
        near.size() == text.size() && std::equal(near.begin(), near.end(), text.begin(), is_same_letter);
    if (const std::string other = is_name ? "" : abbreviated_by(text, options); !other.empty()) near = other;
    return {.problem = "unknown value " + in_quotes(text),
            .why = fmt::format("{} is one of {}", path, listed(names)),
            .suggestion = near.empty() ? std::string(otherwise) : "did you mean " + in_quotes(near) + "?"};
  };
  const auto print = [=](std::size_t index) { return yaml_text(names[index]); };
  return {"choice", "one of " + listed(names), parse, print, 0};
}

}  // namespace kith::config
