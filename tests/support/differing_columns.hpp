#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/fingerprint.hpp"
#include "models/people/people.hpp"

/// Compares worlds bit by bit.
namespace kith::testing {

/// Names of the columns in which two worlds differ in any bit of any person.
inline std::vector<std::string> differing_columns(const people::People& a, const people::People& b) {
  std::vector<std::uint64_t> first;
  people::People::visit(a, [&](const ColumnInfo&, const auto& column) {
    Fingerprint digest;
    digest.add_values(std::span(column));
    first.push_back(digest.value());
  });
  std::vector<std::string> names;
  std::size_t k = 0;
  people::People::visit(b, [&](const ColumnInfo& info, const auto& column) {
    Fingerprint digest;
    digest.add_values(std::span(column));
    if (digest.value() != first[k++]) names.emplace_back(info.name);
  });
  return names;
}

}  // namespace kith::testing
