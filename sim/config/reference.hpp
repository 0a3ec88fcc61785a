#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/section.hpp"

namespace kith::config {

/// One key of the reference, collected from the same call that reads it.
struct Entry {
  std::string path = {};  ///< "trial.arms.*.doses"; * stands for a free name, [] for an item of a list
  std::string type = {};  ///< "number", "numbers", "integer", "flag", "text", "texts", "time of day", "week time",
                          ///< "range", "whole range", "choice", "file", "mapping", "list", "map"
  std::string unit = {};  ///< canonical unit, "%" for shares
  bool required = false;
  std::string fallback = {}, min = {}, max = {};
  bool has_fallback = false;  ///< tells an empty default from none
  bool above_min = false;
  std::string doc = {};
  Mark mark = Mark::choice;
  std::string source = {};
  std::vector<std::pair<std::string, std::string>> options = {};  ///< names and meanings, for choices and variants
  /// For a key of one variant or alternative: "network.generate = layers", or "network.file" when that key must be
  /// given.
  std::string only_with = {};
  bool is_tested = false;       ///< the reader looks whether the key is given, so it is optional
  bool is_variant = false;      ///< the value decides which further keys the mapping has
  bool is_alternative = false;  ///< exactly one of the alternatives of its mapping is given
  std::string shorthand = {};   ///< of a mapping: the key for which a scalar in its place stands
  std::string same_as = {};     ///< of a mapping, list or map: the path of another one with the same keys
  bool is_repeated = false;     ///< lies below an entry with `same_as`
};

/// "published", "fitted", "assumed", "choice".
std::string_view name(Mark mark);

/// "more than 0 h, at most 1 d", or "" without limits.
std::string limits_text(std::string_view min, std::string_view max, bool above_min);

/// What `kith explain` prints for one key; several lines, no trailing newline.
std::string explain(const Entry& entry);

/// The entries that a word means: a path as printed, the same with free names filled in ("trial.arms.naltrexone.doses",
/// "measures.0.at"), or the end of a path ("doses").
std::vector<Entry> find_entries(const std::vector<Entry>& entries, const std::string& word);

/// The path nearest to a word that `find_entries` does not find, or "".
std::string nearest_path(const std::vector<Entry>& entries, const std::string& word);

/// JSON Schema 2020-12 of a scenario.
std::string json_schema(const std::vector<Entry>& entries, const std::string& title = "Kith scenario");

}  // namespace kith::config
