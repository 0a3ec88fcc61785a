#pragma once

#include <string>
#include <vector>

#include "config/section.hpp"

namespace kith::config {

/// One key of the reference, collected from the same call that reads it.
struct Entry {
  std::string path;  ///< "trial.arms.*.doses"; * stands for a free name, [] for an item of a list
  std::string type;  ///< "number", "numbers", "integer", "flag", "text", "texts", "time of day", "week time", "range", "choice",
                     ///< "mapping", "list", "map"
  std::string unit;  ///< canonical unit
  bool required = false;
  std::string fallback, min, max;
  bool above_min = false;
  std::string doc;
  Mark mark = Mark::choice;
  std::string source;
  std::vector<std::pair<std::string, std::string>> options;  ///< names and meanings, for choices and variants
  std::string only_with;                                     ///< "network.generate = layers" for a key of one variant
};

/// "published", "fitted", "assumed", "choice".
std::string_view name(Mark mark);

/// What `kith explain` prints for one key; several lines, no trailing newline.
std::string explain(const Entry& entry);

/// JSON Schema 2020-12 of a scenario.
std::string json_schema(const std::vector<Entry>& entries);

}  // namespace kith::config
