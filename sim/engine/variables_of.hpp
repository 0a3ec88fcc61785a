#pragma once

#include <algorithm>
#include <functional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "engine/tables.hpp"

namespace kith {

using Flags = std::vector<std::pair<std::int8_t, std::string>>;

/// Names of things, numbered from 0, as the meanings of a category.
template <class Names>
Flags flags_of(const Names& names) {
  Flags flags;
  for (const auto& name : names) flags.emplace_back(static_cast<std::int8_t>(flags.size()), name);
  return flags;
}

/// A value of each item, in order.
template <class Items, class F>
auto each(const Items& items, F&& value) {
  std::vector<std::decay_t<decltype(value(*std::begin(items)))>> values;
  values.reserve(std::size(items));
  for (const auto& item : items) values.push_back(value(item));
  return values;
}

/// The variables of a table in their order, each with how its values follow from a Source. What is declared and every row come
/// from this one list.
template <class Source>
class VariablesOf {
 public:
  /// Adds a variable. `values` takes a Source and gives one of the alternatives of Values, which is the variable's type.
  template <class F>
  void add(std::string name, std::string unit, std::string long_name, std::vector<std::string> dimensions, F values,
           Flags flags = {}) {
    using List = std::decay_t<std::invoke_result_t<F&, const Source&>>;
    const auto type = static_cast<ValueType>(Values(std::in_place_type<List>).index());
    all_.push_back(
        {{std::move(name), std::move(unit), std::move(long_name), type, std::move(dimensions), std::move(flags)},
         std::move(values)});
  }

  /// Appends the variables to a table.
  TableSpec in(TableSpec table) const {
    for (const Entry& entry : all_) table.variables.push_back(entry.variable);
    return table;
  }

  /// A row of that table.
  TableRow row(std::string table, std::uint32_t replicate, double coordinate, const Source& source) const {
    TableRow row{std::move(table), replicate, coordinate, {}};
    row.values.reserve(all_.size());
    for (const Entry& entry : all_) row.values.push_back(entry.values(source));
    return row;
  }

  /// The same with the values of these variables only; those of the others are empty.
  template <class Names>
  TableRow row_with(const Names& names, std::string table, std::uint32_t replicate, double coordinate,
                    const Source& source) const {
    TableRow row{std::move(table), replicate, coordinate, std::vector<Values>(all_.size())};
    for (std::size_t v = 0; v < all_.size(); ++v) {
      const bool is_named = std::find(std::begin(names), std::end(names), all_[v].variable.name) != std::end(names);
      if (is_named) row.values[v] = all_[v].values(source);
    }
    return row;
  }

 private:
  struct Entry {
    Variable variable;
    std::function<Values(const Source&)> values;
  };
  std::vector<Entry> all_;
};

}  // namespace kith
