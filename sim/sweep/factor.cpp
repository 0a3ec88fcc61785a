#include "sweep/factor.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

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

std::string Factor::number(double place) const {
  double value = from + place * (to - from);
  if (scale == Scale::logarithmic) value = std::exp(std::log(from) + place * (std::log(to) - std::log(from)));
  if (place <= 0.0) value = from;  // the ends are met exactly
  if (place >= 1.0) value = to;
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

namespace {

void read_values(Factor& f, config::Section& s) {
  f.values =
      s.texts({.key = "values", .doc = "The values, as they stand in a scenario: [0.05, 0.15], [25 mg, 50 mg]."});
  if (f.values.empty()) s.fail("values", "there is no value", "", "write e.g. values: [0.05, 0.15]");
  for (std::size_t k = 0; k < f.values.size(); ++k) {
    const auto same = std::find(f.values.begin(), f.values.begin() + static_cast<std::ptrdiff_t>(k), f.values[k]);
    if (same != f.values.begin() + static_cast<std::ptrdiff_t>(k))
      s.fail_item("values", k, fmt::format("\"{}\" stands twice", f.values[k]), "each value is a run of its own");
  }
}

void read_range(Factor& f, config::Section& s, bool is_random) {
  const std::string from = s.text({.key = "from", .doc = "The least value, with its unit."});
  const std::string to = s.text({.key = "to", .doc = "The greatest value, in the same unit."});
  f.is_whole = s.flag({.key = "whole", .fallback = "false", .doc = "Round to whole numbers: for counts."});
  constexpr std::size_t linear = 0;
  f.scale = s.choice({.key = "scale", .fallback = "linear", .doc = "How numbers lie between the two."},
                     {{"linear", "evenly"}, {"log", "evenly on a logarithmic scale"}}) == linear
                ? Factor::Scale::linear
                : Factor::Scale::logarithmic;
  if (!is_random) {
    f.steps = static_cast<std::uint64_t>(s.integer(
        {.key = "steps", .min = "2", .max = "1000000", .doc = "How many values there are, both ends among them."}));
  }
  const std::optional<Measured> least = measured(from);
  const std::optional<Measured> most = measured(to);
  if (s.describing()) return;
  if (!least) s.fail("from", fmt::format("\"{}\" is no number with a unit", from), "", "write e.g. from: 25 mg");
  if (!most) s.fail("to", fmt::format("\"{}\" is no number with a unit", to), "", "write e.g. to: 100 mg");
  if (!least || !most) return;
  f.from = least->value;
  f.to = most->value;
  f.unit = least->unit;
  if (least->unit != most->unit) {
    s.fail("to", fmt::format(R"(from is in "{}" and to in "{}")", least->unit, most->unit), "a range has one unit",
           "write both in the same one");
  } else if (f.from >= f.to) {
    s.fail("to", fmt::format("the range goes from {} to {}", from, to), "to must be greater than from",
           f.from > f.to ? "exchange the two" : "");
  }
  if (f.scale == Factor::Scale::logarithmic && f.from <= 0.0)
    s.fail("from", "a logarithmic scale begins above 0", "", "begin higher, or leave scale: log out");
}

}  // namespace

Factor read_factor(config::Section& s, bool is_random) {
  Factor factor;
  factor.key = s.text({.key = "key", .doc = "A key of the scenario, as --set takes it: people.tone.median."});
  if (factor.key.empty() || factor.key.find('=') != std::string::npos)
    s.fail("key", "this is no key of a scenario", "", "write e.g. key: people.count");
  const bool is_list = s.has("values");
  const bool is_range = s.has("from") || s.has("to");
  if (s.describing() || is_list) read_values(factor, s);
  if (s.describing() || (is_range && !is_list)) read_range(factor, s, is_random && !s.describing());
  if (is_list && is_range) {
    s.fail("values", "a factor has a list of values or a range, and this one has both", "", "leave one of them out");
  } else if (!is_list && !is_range) {
    s.fail("key", "the factor has no values", "", "add values: [0.05, 0.15], or from: and to:");
  }
  return factor;
}

}  // namespace kith::sweep
