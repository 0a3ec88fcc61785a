#pragma once

#include <nlohmann/json.hpp>

#include "engine/tables.hpp"

/// The tables of a run as a page reads them: numbers stay where they are, and JSON tells what and where they are.
namespace kith::classroom {

using Json = nlohmann::ordered_json;

/// A table of which all rows are there.
class Table {
 public:
  Table(const TableSpec& spec, const std::vector<TableRow>& rows);

  /// {name, title, dimensions, rows, variables}. `rows`: for a growing table the replicate and the coordinate of each row, in the order
  /// of replicates; else the replicates. A variable has `values`, an array of texts, or `at` and `count`, an address in the engine's memory
  /// that holds until the table goes. Its shape is [rows] × its own dimensions other than `replicate` and the growing one; [replicates] ×
  /// … for one without the growing dimension.
  Json json() const;

 private:
  const TableSpec* spec_;
  std::vector<std::uint32_t> replicates_;  // of the rows
  std::vector<double> coordinates_;        // of the rows; empty for a table written whole
  std::vector<Values> columns_;            // of the variables
};

}  // namespace kith::classroom
