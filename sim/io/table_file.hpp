#pragma once

#include <set>
#include <string>
#include <vector>

#include "io/layout.hpp"
#include "io/result_attributes.hpp"

namespace kith::io {

enum class State { partial, complete };

/// Writes the root attributes and the group /provenance.
void write_attributes(const Handle& file, const RunAttributes& attributes, State state);

/// A table in a file that is being written: its group, dimension scales and datasets.
class TableFile {
 public:
  enum class Scope {
    result,   ///< unlimited growing dimension, compression as the table asks
    segment,  ///< plain: it is read once, when segments are merged
  };
  /// `present[v]` tells whether variable `v` is created at all: a segment leaves out what its rows do not bring.
  TableFile(const Handle& file, const Layout& layout, const Shape& shape, Scope scope,
            const std::vector<bool>& present);

  /// Writes a box of a variable, see `write_box`.
  void write(std::size_t variable, const Values& values, const Sizes& start, const Sizes& count);
  /// Closes every dataset; an error on the way to the disk shows here. A result names the fill value of an integer variable
  /// only where some of it is missing: readers turn integers with a fill value into floats.
  void close();

 private:
  void create_scales(const Shape& shape, Scope scope);
  void create_variable(std::size_t v, const Shape& shape, Scope scope);

  const Layout* layout_;
  Handle group_;
  std::vector<Handle> scales_;
  std::vector<Handle> datasets_;

  /// What has been written of an integer variable of a result.
  struct Written {
    bool decides_fill = false;
    Size wanted = 0;
    Size elements = 0;
    std::set<Sizes> places{};  ///< where boxes started; not kept along the growing dimension
    bool has_missing = false;
  };
  std::vector<Written> written_;
};

/// Writes rows of any replicates (those of one replicate in order) to the tables of `file`. A result gets every table,
/// a segment those with rows.
void write_rows(const Handle& file, const Layouts& layouts, const std::vector<TableRow>& rows, TableFile::Scope scope);

}  // namespace kith::io
