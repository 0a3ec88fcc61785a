#pragma once

#include <iosfwd>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "io/layout.hpp"

namespace kith::io {

enum class FileState {
  complete,  ///< the run ended
  partial,   ///< a segment, or what a stopped run left
  corrupt,   ///< not a result, or not all of it can be read
};

/// A result for reading: OUT.h5, the folder OUT.h5.parts that a stopped run left, or one segment. OUT.h5 also finds its
/// parts when there is no OUT.h5. Reads what is asked for, no more, and nothing but these files: what leads to another
/// file is refused. A file of up to 256 MB is first compared with its checksums, all of it; of a larger one, each block (io/seal.hpp)
/// when something in it is read.
class ResultFile {
 public:
  enum class Checked { small_files, all_files };
  /// Throws kith::Error(ErrorKind::failed) with one sentence when there is nothing, something else, or a folder with
  /// segments of several runs; kith::Error(ErrorKind::damaged) for a file that is not what was written.
  /// Of a file with many tables, `only` names the one that is wanted: the others are as if they were not there.
  explicit ResultFile(const std::string& path, Checked checked = Checked::small_files, std::string only = "");
  ~ResultFile();
  ResultFile(ResultFile&&) noexcept;
  ResultFile& operator=(ResultFile&&) noexcept;

  FileState state() const;
  /// The files that are read: one, or the segments of a parts folder.
  const std::vector<std::string>& files() const;
  /// Numbers of the segments that should be there before the last one, and are not.
  const std::vector<std::uint64_t>& missing_segments() const;

  using Texts = std::vector<std::pair<std::string, std::string>>;
  /// Root attributes as text, in the order in which they were written.
  const Texts& attributes() const;
  std::string attribute(const std::string& name) const;  ///< "" when it is not there
  const Texts& provenance() const;

  /// Names of the tables in the order in which they were declared.
  std::vector<std::string> tables() const;
  /// Dimensions with their coordinates, and the variables of a table; a ragged dimension has none.
  const TableSpec& spec(const std::string& table) const;
  /// As stored, with the added counts of ragged dimensions.
  const Layout& layout(const std::string& table) const;
  /// Coordinates and sizes, one a dimension of `spec`.
  const Shape& shape(const std::string& table) const;

  /// All of a variable, row-major over its stored dimensions.
  Values read(const std::string& table, const std::string& variable) const;
  /// A box of a variable; `start` and `count` have one entry a stored dimension.
  Values read(const std::string& table, const std::string& variable, const Sizes& start, const Sizes& count) const;

  /// Closes the file; the next `read` opens it again, which takes a fraction of what the first time takes.
  void release() const;

  /// Compares a table, in all its files, with its checksum. Throws kith::Error(ErrorKind::damaged). Reads all of it.
  void check(const std::string& table) const;
  /// All tables, the description of the run, and that no segment is missing.
  void check() const;

 private:
  struct Contents;
  std::unique_ptr<Contents> contents_;
};

/// Whether a file is a result of Kith, or one of its segments.
bool is_result(const std::string& path) noexcept;

/// State and, for a corrupt file, why. Checks everything once. Never throws.
struct FileCheck {
  FileState state = FileState::corrupt;
  std::string message;
  bool is_of_other_format = false;  ///< nothing is known of it: a later Kith wrote it
};
FileCheck check_file(const std::string& path) noexcept;

/// Writes a table as CSV, streaming: one row for each index of the table's dimensions, coordinates first, then the
/// variables (repeated along dimensions they do not have). Categories are written by name, numbers shortest so that
/// they read back to the same bits, missing values empty.
///
/// When no variable has all dimensions of the table, rows follow the dimensions that most variables have, and a
/// variable with more gets a column for each index of the rest: `connection_quantiles[quantile=0.1]`. Where variables
/// lie along unrelated dimensions (people and ties of a network), `table` says which: "network/end". Throws
/// kith::Error(ErrorKind::usage).
void export_csv(const ResultFile& result, const std::string& table, std::ostream& out);

}  // namespace kith::io
