#pragma once

#include <string_view>

#include "models/people/people.hpp"

namespace kith {

/// Calls f(column) with the column of state of this name.
template <class F>
void with_column(const people::People& people, std::string_view name, F&& f) {
  people::People::visit(people, [&](const ColumnInfo& info, const auto& column) {
    if (info.name == name) f(column);
  });
}

}  // namespace kith
