#pragma once

#include <span>
#include <string>
#include <type_traits>
#include <variant>
#include <vector>

#include "core/fingerprint.hpp"
#include "engine/tables.hpp"

namespace kith::testing {

/// A digest of a row; unlike ==, a missing number equals a missing number.
inline std::uint64_t digest(const TableRow& row) {
  Fingerprint fingerprint;
  fingerprint.add(row.table);
  fingerprint.add(row.replicate);
  fingerprint.add_values(std::span<const double>(&row.coordinate, 1));
  for (const Values& value : row.values) {
    std::visit(
        [&](const auto& list) {
          using Value = typename std::decay_t<decltype(list)>::value_type;
          fingerprint.add(list.size());
          if constexpr (std::is_same_v<Value, std::string>) {
            for (const std::string& text : list) fingerprint.add(text);
          } else {
            fingerprint.add_values(std::span<const Value>(list));
          }
        },
        value);
  }
  return fingerprint.value();
}

/// Digests of rows in the order in which they were written, from a place on.
inline std::vector<std::uint64_t> digests(const std::vector<TableRow>& rows, std::size_t from = 0) {
  std::vector<std::uint64_t> all;
  for (std::size_t i = from; i < rows.size(); ++i) all.push_back(digest(rows[i]));
  return all;
}

}  // namespace kith::testing
