#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "engine/tables.hpp"
#include "sweep/design.hpp"

/// What is kept of a run of a sweep: some of its tables, each as one row along a dimension `run`.
namespace kith::cli {

/// A table of a sweep with the row of one run.
struct KeptTable {
  TableSpec spec;              ///< its first dimension, `run`, grows
  std::vector<Values> values;  ///< of the spec's variables
};

/// Keeps these tables of a run; of one that grows with time, the last row or all. Lists of another length in each row are left out.
class KeepingSink : public Sink {
 public:
  KeepingSink(std::vector<std::string> tables, sweep::RowsKept rows) : tables_(std::move(tables)), rows_kept_(rows) {}
  RowsWanted wanted(const std::string& table) const override;
  void declare(const TableSpec& spec) override;
  void write(TableRow row) override;

  /// The tables after the run, in the order in which it declared them; each value has the place of its replicate.
  std::vector<KeptTable> take() const;

 private:
  struct Entry {
    TableSpec spec;
    std::map<std::uint32_t, std::map<double, TableRow>>
        rows;  ///< of each replicate, by the coordinate at which the table grows
  };
  bool keeps(const std::string& table) const;
  static std::optional<KeptTable> kept(const Entry& entry, sweep::RowsKept rows);

  std::vector<std::string> tables_;
  sweep::RowsKept rows_kept_;
  std::mutex mutex_;
  std::vector<Entry> entries_;
};

/// The values of a design's factors, or their names, as variables of a table, along `run`: numbers where all runs have numbers in one unit, else text. The
/// design outlives them.
class FactorColumns {
 public:
  explicit FactorColumns(const sweep::Design& design);
  const std::vector<Variable>& variables() const { return variables_; }
  std::vector<Values> of_run(std::uint64_t run) const;

 private:
  const sweep::Design* design_;
  std::vector<Variable> variables_;
};

}  // namespace kith::cli
