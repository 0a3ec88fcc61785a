#pragma once

#include <optional>
#include <string>
#include <vector>

#include "io/result_file.hpp"

namespace kith::figures {

/// A variable of a result with what its places are called.
struct Grid {
  std::vector<double> values;                   ///< row-major; NaN for what is missing
  std::vector<std::string> dimensions;          ///< names
  std::vector<std::size_t> sizes;               ///< [dimensions]
  std::vector<std::vector<std::string>> names;  ///< [dimensions] of coordinates that are texts; else empty
  std::vector<std::vector<double>> numbers;     ///< [dimensions] of coordinates that are numbers; else empty
  std::string long_name;
  std::vector<std::string> flags;  ///< meanings of a category, by number

  double at(const std::vector<std::size_t>& place) const;
};

bool has_table(const io::ResultFile& result, const std::string& table);
/// The variable; nothing where the result has no such table or variable, or it has no values.
std::optional<Grid> read_grid(const io::ResultFile& result, const std::string& table, const std::string& variable);

}  // namespace kith::figures
