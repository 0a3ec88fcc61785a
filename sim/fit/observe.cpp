#include "fit/observe.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <type_traits>

#include "core/error.hpp"

namespace kith::fit {
namespace {

using Words = std::vector<std::string>;
constexpr double missing = std::numeric_limits<double>::quiet_NaN();

[[noreturn]] void refuse(const Observable& o, const std::string& what, const std::string& wanted, const Words& there) {
  std::string all;
  for (const std::string& one : there) all += (all.empty() ? "" : ", ") + one;
  const std::string near = nearest(wanted, there);
  throw Error(ErrorKind::invalid_scenario,
              fmt::format("observable {}: {} \"{}\" ({}){}", o.name, what, wanted, all,
                          near.empty() ? "" : fmt::format("; did you mean \"{}\"?", near)));
}

std::size_t size_of(const Values& values) {
  return std::visit([](const auto& list) { return list.size(); }, values);
}

/// Entry number `index` as a number; NaN for text.
double number_at(const Values& values, std::size_t index) {
  return std::visit(
      [&](const auto& list) -> double {
        using T = typename std::decay_t<decltype(list)>::value_type;
        if constexpr (std::is_same_v<T, std::string>)
          return missing;
        else if constexpr (std::is_integral_v<T> && sizeof(T) > 1)
          return list[index] == std::numeric_limits<T>::min() ? missing : static_cast<double>(list[index]);
        else
          return static_cast<double>(list[index]);
      },
      values);
}

Words texts_of(const Values& values) {
  return std::visit(
      [](const auto& list) {
        Words texts;
        for (const auto& one : list) texts.push_back(fmt::format("{}", one));
        return texts;
      },
      values);
}

/// Where in one row of the table the wanted number stands, by `at` and the dimensions that the column has.
std::size_t place_in_row(const Observable& o, const TableSpec& spec, const Variable& column) {
  std::size_t place = 0;
  Words known;
  for (const TableDimension& dimension : spec.dimensions) {
    if (dimension.name == "replicate" || dimension.name == spec.growing) continue;
    known.push_back(dimension.name);
    if (std::find(column.dimensions.begin(), column.dimensions.end(), dimension.name) == column.dimensions.end())
      continue;
    const Words entries = texts_of(dimension.coordinate);
    const auto asked =
        std::find_if(o.where.begin(), o.where.end(), [&](const auto& one) { return one.first == dimension.name; });
    std::size_t index = 0;
    if (asked != o.where.end()) {
      index = static_cast<std::size_t>(std::find(entries.begin(), entries.end(), asked->second) - entries.begin());
      if (index == entries.size())
        refuse(o, fmt::format("{} of {} has no entry", dimension.name, spec.name), asked->second, entries);
    } else if (entries.size() != 1) {
      refuse(o, fmt::format("at: says no entry of the dimension of {}", spec.name), dimension.name, entries);
    }
    place = place * entries.size() + index;
  }
  for (const auto& [name, entry] : o.where) {
    if (std::find(known.begin(), known.end(), name) == known.end())
      refuse(o, fmt::format("{} has no dimension", spec.name), name, known);
  }
  return place;
}

double mean_of(const std::vector<double>& values) {
  double sum = 0.0;
  for (const double value : values) sum += value;
  return values.empty() ? missing : sum / static_cast<double>(values.size());
}

double deviation_of(const std::vector<double>& values) {
  const double mean = mean_of(values);
  double squares = 0.0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return values.size() < 2 ? missing : std::sqrt(squares / static_cast<double>(values.size() - 1));
}

}  // namespace

double observe(const Observable& o, const MemorySink& run) {
  Words tables;
  for (const TableSpec& spec : run.specs()) tables.push_back(spec.name);
  const auto spec =
      std::find_if(run.specs().begin(), run.specs().end(), [&](const TableSpec& one) { return one.name == o.table; });
  if (spec == run.specs().end()) refuse(o, "the result has no table", o.table, tables);
  Words columns;
  for (const Variable& variable : spec->variables) columns.push_back(variable.name);
  const auto column = std::find(columns.begin(), columns.end(), o.column) - columns.begin();
  if (static_cast<std::size_t>(column) == columns.size())
    refuse(o, fmt::format("{} has no column", o.table), o.column, columns);
  const Variable& variable = spec->variables[static_cast<std::size_t>(column)];
  const std::size_t place = place_in_row(o, *spec, variable);
  std::map<std::uint32_t, std::vector<double>> rows;  // of each replicate, in order
  for (const TableRow& row : run.rows()) {
    if (row.table != o.table) continue;
    const Values& values = row.values[static_cast<std::size_t>(column)];
    if (size_of(values) == 0) continue;  // as before
    rows[row.replicate].push_back(place < size_of(values) ? number_at(values, place) : missing);
  }
  std::vector<double> of_replicates;
  for (const auto& [replicate, values] : rows)
    of_replicates.push_back(o.over_time == Observable::Over::mean ? mean_of(values) : values.back());
  return o.over_replicates == Observable::Replicates::mean ? mean_of(of_replicates) : deviation_of(of_replicates);
}

}  // namespace kith::fit
