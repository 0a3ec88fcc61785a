#include "cli/assumed_ranges.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "config/flat.hpp"
#include "core/units.hpp"

namespace kith::cli {

namespace {

using Leaves = std::map<std::string, std::string>;

/// "0.05" of "0.05-0.15 of"; moves `text` behind it.
std::string take_number(std::string_view& text) {
  const std::size_t end = std::min(text.find_first_not_of("0123456789."), text.size());
  const std::string number(text.substr(0, end));
  text.remove_prefix(end);
  return number;
}

std::optional<double> quantity(const std::string& text, const std::string& unit) {
  return parse_quantity(text, unit.empty() ? Dimension::none : dimension_of(unit)).value;
}

/// A path with the free names of `of` in place of its own: "measures.[].probe" for "measures.2.gain" gives "measures.2.probe".
std::string filled_in(const std::string& pattern, const std::string& of) {
  std::string result;
  std::size_t other = 0;
  for (std::size_t begin = 0; begin <= pattern.size();) {
    const std::size_t end = std::min(pattern.find('.', begin), pattern.size());
    const std::size_t other_end = std::min(of.find('.', std::min(other, of.size())), of.size());
    std::string part = pattern.substr(begin, end - begin);
    if ((part == "[]" || part == "*") && other < of.size()) part = of.substr(other, other_end - other);
    result += (result.empty() ? "" : ".") + part;
    begin = end + 1;
    other = other_end + 1;
  }
  return result;
}

/// Whether a key of a variant is one of the variant that this scenario has.
bool holds(const config::Entry& entry, const std::string& path, const Leaves& scenario) {
  if (entry.only_with.empty()) return true;
  const std::size_t equals = entry.only_with.find(" = ");
  const auto found = scenario.find(filled_in(entry.only_with.substr(0, equals), path));
  return found != scenario.end() &&
         (equals == std::string::npos || found->second == entry.only_with.substr(equals + 3));
}

}  // namespace

std::string AssumedRange::assignment(double place) const {
  double value = low + place * (high - low);
  if (is_whole) value = std::round(value);
  return fmt::format("{}={}{}{}", key, value, unit.empty() ? "" : " ", unit);
}

std::optional<AssumedRange> range_told(const config::Entry& entry) {
  constexpr std::string_view word = "range ";
  const std::size_t at = entry.source.find(word);
  const bool is_number = entry.type == "number" || entry.type == "integer";
  if (at == std::string::npos || !is_number || entry.mark != config::Mark::assumed) return std::nullopt;
  std::string_view text = std::string_view(entry.source).substr(at + word.size());
  const std::string low = take_number(text);
  if (text.empty() || text.front() != '-') return std::nullopt;
  text.remove_prefix(1);
  const std::string high = take_number(text);
  std::string unit;
  if (!entry.unit.empty()) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    unit = text.substr(0, text.find_first_of(" ;:,"));
  }
  const std::string behind = unit.empty() ? "" : " " + unit;
  const auto least = quantity(low + behind, entry.unit);
  const auto most = quantity(high + behind, entry.unit);
  const auto usual = quantity(entry.fallback, entry.unit);
  if (!least || !most || !usual || !(*least < *most) || *usual < *least || *usual > *most) return std::nullopt;
  return AssumedRange{.key = entry.path,
                      .low = *parse_number(low),
                      .high = *parse_number(high),
                      .unit = unit,
                      .is_whole = entry.type == "integer"};
}

std::vector<AssumedRange> assumed_ranges(const std::vector<config::Entry>& reference, const std::string& resolved) {
  Leaves scenario;
  for (auto& [path, value] : config::leaves(resolved)) scenario.emplace(path, value);
  std::vector<AssumedRange> ranges;
  for (const auto& [path, value] : scenario) {
    if (path.starts_with("time.")) continue;
    for (const config::Entry& entry : config::find_entries(reference, path)) {
      if (!holds(entry, path, scenario)) continue;
      std::optional<AssumedRange> range = range_told(entry);
      if (!range || quantity(value, entry.unit) != quantity(entry.fallback, entry.unit)) continue;
      range->key = path;
      ranges.push_back(std::move(*range));
      break;
    }
  }
  return ranges;
}

}  // namespace kith::cli
