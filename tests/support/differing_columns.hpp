#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "core/fingerprint.hpp"
#include "models/people/people.hpp"

/// Compares worlds bit by bit.
namespace kith::testing {

/// Names of the columns in which two worlds differ in any bit of any person, of those that both have.
inline std::vector<std::string> differing_columns(const people::People& a, const people::People& b) {
  const auto digests = [](const people::People& people) {
    std::map<std::string, std::uint64_t> all;
    people::People::visit(people, [&](const ColumnInfo& info, const auto& column) {
      Fingerprint digest;
      digest.add_values(std::span(column));
      all[std::string(info.name)] = digest.value();
    });
    return all;
  };
  const auto first = digests(a);
  std::vector<std::string> names;
  for (const auto& [name, digest] : digests(b)) {
    const auto same = first.find(name);
    if (same != first.end() && same->second != digest) names.push_back(name);
  }
  return names;
}

}  // namespace kith::testing
