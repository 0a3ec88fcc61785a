#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "io/checksum.hpp"
#include "io/layout.hpp"
#include "io/result_attributes.hpp"

namespace kith::io {

enum class State { partial, complete };

/// Writes the root attributes and the group /provenance.
void write_attributes(const Handle& file, const RunAttributes& attributes, const Origin& origin, State state);
/// The same read back, with the files that the scenario names.
RunAttributes read_attributes(const Handle& file);
/// Writes the checksum of all that `write_attributes` and others wrote at the root: the last of a file's attributes.
void seal_attributes(const Handle& file);

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
  /// Adds the table's checksum and closes every dataset; an error on the way to the disk shows here. A result names the fill
  /// value of an integer variable only where some of it is missing: readers turn integers with a fill value into floats.
  void close();

 private:
  void create_scales(const Shape& shape, Scope scope);
  void create_variable(std::size_t v, const Shape& shape, Scope scope);

  const Layout* layout_;
  Description description_;
  Handle group_;
  std::vector<Handle> scales_;
  std::vector<Handle> datasets_;

  /// What has been written of a variable.
  struct Written {
    Sizes sizes{};
    Values missing{};           ///< one element
    bool decides_fill = false;  ///< an integer variable of a result
    Size elements = 0;
    bool has_missing = false;
    std::uint64_t sum = 0;                    ///< see `sum_of_box`
    std::map<Sizes, std::uint64_t> places{};  ///< the same by where a box started; not kept along the growing dimension
  };
  std::vector<Written> written_;
};

/// Writes rows of any replicates (those of one replicate in order) to the tables of `file`. A result gets every table,
/// a segment those with rows.
void write_rows(const Handle& file, const Layouts& layouts, const std::vector<TableRow>& rows, TableFile::Scope scope);

}  // namespace kith::io
