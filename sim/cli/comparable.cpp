#include "cli/comparable.hpp"

#include <algorithm>
#include <map>
#include <string_view>

namespace kith::cli {
namespace {

using Values = std::map<std::string, std::string>;

std::string parent_of(const std::string& key) {
  const std::size_t dot = key.rfind('.');
  return dot == std::string::npos ? "" : key.substr(0, dot);
}

/// Whether a value names something, in contrast to a number, a list or nothing.
bool is_word(const std::string& value) {
  return !value.empty() && std::string_view("0123456789-+.[").find(value.front()) == std::string_view::npos;
}

/// Whether a choice next to the key differs, so that the key came with it.
bool follows_from_choice(const std::string& key, const Values& own, const Values& other) {
  const std::string parent = parent_of(key);
  if (parent.empty()) return false;
  return std::any_of(own.begin(), own.end(), [&](const auto& entry) {
    const auto there = other.find(entry.first);
    return parent_of(entry.first) == parent && there != other.end() && there->second != entry.second &&
           is_word(entry.second) && is_word(there->second);
  });
}

}  // namespace

ScenarioDifference difference(const Leaves& a, const Leaves& b) {
  const Values first(a.begin(), a.end());
  const Values second(b.begin(), b.end());
  ScenarioDifference result;
  for (const auto& [key, value] : a) {
    const auto there = second.find(key);
    if (there != second.end()) {
      if (there->second != value) result.changed.push_back({key, value, there->second});
    } else if (follows_from_choice(key, first, second)) {
      result.changed.push_back({key, value, std::nullopt});
    } else {
      result.only_a.push_back(key);
    }
  }
  for (const auto& [key, value] : b) {
    if (first.count(key) > 0) continue;
    if (follows_from_choice(key, second, first)) {
      result.changed.push_back({key, std::nullopt, value});
    } else {
      result.only_b.push_back(key);
    }
  }
  return result;
}

std::vector<std::string> keys_against_pairing(const ScenarioDifference& difference) {
  std::vector<std::string> keys;
  for (const ChangedKey& changed : difference.changed) {
    const std::string& key = changed.key;
    if (key == "seed" || key == "people.count" || key.starts_with("replicates") || key.starts_with("network"))
      keys.push_back(key);
  }
  return keys;
}

}  // namespace kith::cli
