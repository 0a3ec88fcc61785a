#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/state.hpp"

/// What a run observes, as tables with named dimensions. The engine and the models fill them; a sink (HDF5, memory)
/// keeps them. Nothing here knows a file format.
namespace kith {

/// Values of a variable, row-major over its dimensions. Text is UTF-8.
using Values = std::variant<std::vector<float>, std::vector<double>, std::vector<std::int8_t>,
                            std::vector<std::int32_t>, std::vector<std::int64_t>, std::vector<std::string>>;

/// Visits values: of which type they are, and each.
void visit(Values& values, State& state);

enum class ValueType { float32, float64, int8, int32, int64, text };  // in the order of Values' alternatives

/// A dimension with its coordinate values.
struct TableDimension {
  std::string name;       ///< "time"
  std::string long_name;  ///< "time since the start"
  std::string unit;       ///< "h"; "" for names and numbers without unit
  /// Empty for the growing dimension: it comes with the rows (in this type when it is int32 or int64, else float64).
  /// An empty list of numbers for another dimension means *ragged*: each write brings its own length, and rows are
  /// joined end to end.
  Values coordinate;

  void visit(State& state) {
    state("name", name);
    state("long_name", long_name);
    state("unit", unit);
    kith::visit(coordinate, state);
  }
};

struct Variable {
  std::string name;
  std::string unit;
  std::string long_name;
  ValueType type = ValueType::float32;
  std::vector<std::string> dimensions;                       ///< names, a subset of the table's in the table's order
  std::vector<std::pair<std::int8_t, std::string>> flags{};  ///< meanings of an int8 category; values −1 mean missing

  void visit(State& state) {
    state("name", name);
    state("unit", unit);
    state("long_name", long_name);
    state("type", type);
    state("dimensions", dimensions);
    state("flags", flags);
  }
};

/// A table of the result file. A table with `replicate` as first dimension gets one write per replicate (and row);
/// another table is written once, with replicate 0. Missing numbers are NaN (floats) or the lowest value of the type.
struct TableSpec {
  std::string name;  ///< the HDF5 group: "population"
  std::string long_name;
  std::vector<TableDimension> dimensions;
  std::string growing;  ///< name of the dimension to which rows are appended, "time", or "" for a table written whole
  std::vector<Variable> variables;
  bool compress = true;  ///< false for tables of single people, whose values hardly compress

  void visit(State& state) {
    state("name", name);
    state("long_name", long_name);
    state("dimensions", dimensions);
    state("growing", growing);
    state("variables", variables);
    state("compress", compress);
  }
};

/// What one write adds. `values` are in the order of the table's variables; each covers the variable's dimensions
/// without `replicate` and without the growing dimension. An empty entry is missing; for a variable without the growing
/// dimension it means "as before". `replicate` is the number of the replicate, an entry of that dimension's coordinate.
/// The growing coordinate increases from row to row of a replicate.
struct TableRow {
  std::string table;
  std::uint32_t replicate = 0;
  double coordinate = 0.0;  ///< of the growing dimension
  std::vector<Values> values;
};

/// Which rows of a growing table a sink makes use of.
enum class RowsWanted { none, last, all };

/// Receives what a run observes. `write` may be called from several threads; rows of one replicate come in order.
class Sink {
 public:
  virtual ~Sink() = default;
  /// Of a growing table. Rows that are not wanted need not be made; they may come all the same.
  virtual RowsWanted wanted(const std::string& /*table*/) const { return RowsWanted::all; }
  virtual void declare(const TableSpec& spec) = 0;  ///< each table once, before its first row
  virtual void write(TableRow row) = 0;
};

/// Keeps everything in memory, for tests and for tables printed at the end.
class MemorySink : public Sink {
 public:
  void declare(const TableSpec& spec) override {
    const std::scoped_lock lock(mutex_);
    specs_.push_back(spec);
  }
  void write(TableRow row) override {
    const std::scoped_lock lock(mutex_);
    rows_.push_back(std::move(row));
  }
  const std::vector<TableSpec>& specs() const { return specs_; }
  const std::vector<TableRow>& rows() const { return rows_; }

 private:
  std::mutex mutex_;
  std::vector<TableSpec> specs_;
  std::vector<TableRow> rows_;
};

}  // namespace kith
