#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "sweep/factor.hpp"

namespace kith::sweep {

namespace {

/// Notes values that stand twice in a list.
void refuse_repeats(config::Section& s, std::string_view key, const std::vector<std::string>& list,
                    const std::string& why) {
  for (auto item = list.begin(); item != list.end(); ++item) {
    if (std::find(list.begin(), item, *item) == item) continue;
    s.fail_item(key, static_cast<std::size_t>(item - list.begin()), fmt::format("\"{}\" stands twice", *item), why);
  }
}

void read_values(Factor& f, config::Section& s) {
  f.values =
      s.texts({.key = "values",
               .doc = "The values, as they stand in a scenario: [0.05, 0.15], [25 mg, 50 mg]; a list in "
                      "quotes: [\"[25 mg, 25 mg]\"].",
               .example = R"(values: ["[25 mg, 25 mg]", "[50 mg, 50 mg]"], where each list is a text in quotes)"});
  f.names = s.texts({.key = "names",
                     .fallback = "[]",
                     .doc = "What tables show in place of the values, one each: numbers with a unit, or words."});
  if (s.describing()) return;
  if (f.values.empty()) s.fail("values", "there is no value", "", "write e.g. values: [0.05, 0.15]");
  refuse_repeats(s, "values", f.values, "each value is a run of its own");
  refuse_repeats(s, "names", f.names, "two values could not be told apart");
  if (!f.names.empty() && f.names.size() != f.values.size()) {
    s.fail("names",
           fmt::format("{} name{} for {} values", f.names.size(), f.names.size() == 1 ? "" : "s", f.values.size()),
           "each value has one");
    f.names.clear();
  }
}

/// A factor while its numbers are read, which all have one unit.
struct Numbers {
  Factor* factor;
  std::string first = {};  ///< the key that gave the unit

  /// Notes what is wrong, and gives nothing then.
  std::optional<double> read(config::Section& s, const config::Spec& spec) {
    const std::string text = s.text(spec);
    if (s.describing()) return std::nullopt;
    const std::optional<Measured> found = measured(text);
    if (!found) {
      s.fail(spec.key, fmt::format("\"{}\" is no number with a unit", text), "",
             fmt::format("write e.g. {}: 25 mg", spec.key));
      return std::nullopt;
    }
    if (first.empty()) {
      first = spec.key;
      factor->unit = found->unit;
    } else if (found->unit != factor->unit) {
      s.fail(spec.key, fmt::format(R"({} is in "{}" and {} in "{}")", first, factor->unit, spec.key, found->unit),
             "a factor has one unit", "write both in the same one");
    }
    return found->value;
  }
};

void read_distribution(Numbers& numbers, config::Section& s) {
  Factor& f = *numbers.factor;
  const auto spread = [&](config::Section& of, std::string_view key, const config::Spec& spec) {
    const std::optional<double> value = numbers.read(of, spec);
    if (value && !(*value > 0.0))
      of.fail(key, fmt::format("{} must be more than 0", key), "a distribution has a spread");
    return value.value_or(1.0);
  };
  if (s.has("normal")) {
    config::Section of = s.section({.key = "normal", .doc = "A normal distribution, instead of a range."});
    f.shape = Factor::Shape::normal;
    f.center = numbers.read(of, {.key = "mean", .doc = "With its unit."}).value_or(0.0);
    f.spread = spread(of, "sd", {.key = "sd", .doc = "Standard deviation, in the same unit."});
  }
  if (s.has("log_normal")) {
    config::Section of = s.section({.key = "log_normal", .doc = "A log-normal distribution, instead of a range."});
    f.shape = Factor::Shape::log_normal;
    f.center = numbers.read(of, {.key = "median", .doc = "With its unit."}).value_or(1.0);
    const double cv = of.number({.key = "cv", .min = "0", .above_min = true, .doc = "Coefficient of variation."});
    f.spread = std::sqrt(std::log1p(cv * cv));
    if (!of.describing() && !(f.center > 0.0)) of.fail("median", "a log-normal distribution has a median above 0");
  }
}

void check_range(const Factor& f, config::Section& s, bool has_from, bool has_to) {
  if (has_from && has_to && f.from >= f.to) {
    s.fail("to", fmt::format("the range goes from {} to {}", s.text({.key = "from"}), s.text({.key = "to"})),
           "to must be greater than from", f.from > f.to ? "exchange the two" : "");
  }
  if (f.scale == Factor::Scale::logarithmic && has_from && f.from <= 0.0)
    s.fail("from", "a logarithmic scale begins above 0", "", "begin higher, or leave scale: log out");
}

/// `is_limited`: from and to limit a distribution and may be absent.
void read_range(Numbers& numbers, config::Section& s, Wanted wanted, bool is_limited) {
  Factor& f = *numbers.factor;
  std::optional<double> from;
  std::optional<double> to;
  if (!is_limited || s.has("from")) from = numbers.read(s, {.key = "from", .doc = "The least value, with its unit."});
  if (!is_limited || s.has("to")) to = numbers.read(s, {.key = "to", .doc = "The greatest value, in the same unit."});
  f.from = from.value_or(f.shape == Factor::Shape::log_normal ? 0.0 : -std::numeric_limits<double>::infinity());
  f.to = to.value_or(std::numeric_limits<double>::infinity());
  f.is_whole = s.flag({.key = "whole", .fallback = "false", .doc = "Round to whole numbers: for counts."});
  if (!is_limited) {
    constexpr std::size_t linear = 0;
    f.scale = s.choice({.key = "scale", .fallback = "linear", .doc = "How numbers lie between the two."},
                       {{"linear", "evenly"}, {"log", "evenly on a logarithmic scale"}}) == linear
                  ? Factor::Scale::linear
                  : Factor::Scale::logarithmic;
  }
  if (s.describing() || (wanted == Wanted::levels && !is_limited)) {
    if (s.describing()) s.has("steps");
    f.steps = static_cast<std::uint64_t>(s.integer(
        {.key = "steps", .min = "2", .max = "1000000", .doc = "How many values there are, both ends among them."}));
  }
  if (!s.describing() && s.mistakes() == 0) check_range(f, s, from.has_value(), to.has_value());
}

void read_column(Factor& f, config::Section& s) {
  f.column = s.text({.key = "column", .fallback = "", .doc = "Its column of the table; the key unless told."});
  if (f.column.empty()) f.column = f.key;
  f.unit = s.text({.key = "unit", .fallback = "", .doc = "Of the numbers in the column: mg, d, %."});
  f.are_words = s.flag({.key = "words",
                        .fallback = "false",
                        .doc = "The column holds words, or lists, as they stand in a scenario; else numbers."});
  f.is_whole = s.flag({.key = "whole", .fallback = "false", .doc = "Round to whole numbers: for counts."});
}

void check_way(config::Section& s, Wanted wanted, bool is_list, bool is_range, bool is_shape) {
  if (is_list && (is_range || is_shape)) {
    s.fail("values", "a factor has a list of values or a range, and this one has both", "", "leave one of them out");
  } else if (!is_list && !is_range && !is_shape) {
    s.fail("key", "the factor has no values", "", "add values: [0.05, 0.15], or from: and to:");
  } else if (is_shape && wanted == Wanted::levels) {
    s.fail("key", "the values of a grid or list are told one by one", "a distribution has no such values",
           "write values, or from, to and steps; or use design: latin_hypercube");
  } else if (is_shape && wanted == Wanted::ends && !(s.has("from") && s.has("to"))) {
    s.fail("key", "this distribution has no ends, and a design for elementary effects looks there", "",
           "add from: and to: as its limits");
  } else if (s.has("normal") && s.has("log_normal")) {
    s.fail("log_normal", "a factor has one distribution, and this one has two", "", "leave one of them out");
  }
}

}  // namespace

Factor read_factor(config::Section& s, Wanted wanted) {
  Factor factor;
  factor.key = s.text({.key = "key", .doc = "A key of the scenario, as --set takes it: people.opioid_tone.median."});
  if (factor.key.empty() || factor.key.find('=') != std::string::npos)
    s.fail("key", "this is no key of a scenario", "", "write e.g. key: people.count");
  if (s.describing() || wanted == Wanted::column) read_column(factor, s);
  if (wanted == Wanted::column && !s.describing()) return factor;
  const bool is_list = s.has("values");
  const bool has_normal = s.has("normal");  // each is asked for, so that the schema takes none for required
  const bool has_log_normal = s.has("log_normal");
  const bool has_from = s.has("from");
  const bool has_to = s.has("to");
  const bool is_shape = has_normal || has_log_normal;
  const bool is_range = has_from || has_to;
  if (s.describing() || is_list) read_values(factor, s);
  Numbers numbers{&factor};
  if (s.describing() || (is_shape && !is_list)) read_distribution(numbers, s);
  if (s.describing() || ((is_range || is_shape) && !is_list))
    read_range(numbers, s, wanted, is_shape && !s.describing());
  if (!s.describing()) check_way(s, wanted, is_list, is_range, is_shape);
  return factor;
}

}  // namespace kith::sweep
