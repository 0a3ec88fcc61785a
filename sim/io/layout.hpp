#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/tables.hpp"
#include "io/hdf5_access.hpp"

namespace kith::io {

/// How a dimension of a table gets its length.
enum class Axis {
  replicate,  ///< the replicates of the run
  growing,    ///< one step a write
  ragged,     ///< each write brings its own length; no coordinate
  fixed,      ///< the length of its coordinate
};

/// A variable as it is stored: along which dimensions of the table, in the table's order.
struct StoredVariable {
  Variable variable;
  std::vector<std::size_t> axes;      ///< indices of the table's dimensions
  std::optional<std::size_t> ragged;  ///< the ragged one among them, an index of the table's dimensions
  Size row_elements = 1;              ///< elements that one write brings, for each element of a ragged dimension
};

/// A table's dimensions and variables, checked, in the form in which files keep them. A variable along a ragged
/// dimension is stored along that one instead of replicate and growing dimension (CF's contiguous ragged array); an
/// added variable
/// `<ragged>_count` says how many elements each write brought, so the offsets are its running sum, replicate after
/// replicate.
class Layout {
 public:
  /// Throws kith::Error(ErrorKind::failed) for a table that contradicts itself.
  explicit Layout(TableSpec spec);

  const TableSpec& spec() const { return spec_; }
  const std::vector<Axis>& axes() const { return axes_; }
  /// The variables of the spec, then the added counts.
  const std::vector<StoredVariable>& variables() const { return variables_; }
  const std::vector<std::size_t>& ragged_axes() const { return ragged_axes_; }
  std::optional<std::size_t> replicate_axis() const { return replicate_axis_; }
  std::optional<std::size_t> growing_axis() const { return growing_axis_; }
  bool stores(const StoredVariable& variable, std::optional<std::size_t> axis) const;

  /// Bytes of the coordinates of its fixed dimensions: each file with some of its rows has all of them.
  std::size_t repeated_bytes() const;

  /// Checks one write and adds the counts to its values. Throws kith::Error(ErrorKind::failed).
  void complete(TableRow& row) const;
  /// How many elements along ragged dimension number `k` a completed row brings.
  Size ragged_length(const TableRow& row, std::size_t k) const;

 private:
  void find_axes();
  void add_variable(const Variable& variable);
  void add_counts();
  [[noreturn]] void refuse(const std::string& problem) const;

  TableSpec spec_;
  std::vector<Axis> axes_;
  std::vector<StoredVariable> variables_;
  std::vector<std::size_t> ragged_axes_;
  std::vector<double> replicates_;  ///< sorted; empty when the spec does not list them
  std::optional<std::size_t> replicate_axis_;
  std::optional<std::size_t> growing_axis_;
};

/// The tables of a run. Shared, because a coordinate can be a million names.
using Layouts = std::vector<std::shared_ptr<const Layout>>;

/// The extent of a table in one file.
struct Shape {
  std::vector<Values> coordinates;  ///< one a dimension; empty for a ragged one
  Sizes sizes;                      ///< one a dimension

  Sizes of(const StoredVariable& variable) const;
};

/// Collects what a file will hold, and gives its shape.
class ShapeBuilder {
 public:
  explicit ShapeBuilder(const Layout& layout) : layout_(&layout), ragged_(layout.ragged_axes().size(), 0) {}

  void add_replicate(std::int64_t replicate);
  void add_coordinate(double coordinate);
  void add_ragged(std::size_t k, Size length) { ragged_[k] += length; }

  enum class Replicates { declared, seen };
  /// With `declared`, all replicates of the spec, where it lists them.
  Shape build(Replicates which) const;

 private:
  Values replicate_coordinate(Replicates which) const;
  Values growing_coordinate() const;

  const Layout* layout_;
  std::vector<std::int64_t> replicates_;  ///< sorted
  std::vector<double> coordinates_;       ///< sorted; 8 bytes a row is all that grows with the length of a run
  std::vector<Size> ragged_;
};

}  // namespace kith::io
