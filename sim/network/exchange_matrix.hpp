#pragma once

#include <optional>
#include <string>
#include <vector>

#include "network/exchange_table.hpp"

/// Square matrices of ties as text. Inside sim/network only.
namespace kith::network::detail {

/// How a matrix stands in its file.
struct MatrixLayout {
  Delimiter delimiter = Delimiter::blanks;
  bool header = false;             ///< the first line names the people
  bool row_names = false;          ///< the first column does
  std::size_t people = 0;          ///< rows, and columns of numbers
  std::vector<std::string> names;  ///< [people], empty: none
};

/// The layout if the file is a square matrix of numbers: with the same names above and before it; without, if it looks like
/// ties (an empty diagonal, and 0 and 1 only or the same on both sides), or is 10 by 10 and more.
std::optional<MatrixLayout> find_matrix(const Source& source, const ImportOptions& options);

}  // namespace kith::network::detail
