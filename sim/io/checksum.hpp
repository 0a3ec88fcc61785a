#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "engine/tables.hpp"
#include "io/hdf5_access.hpp"

namespace kith::io {

/// The name under which a table, and a file for its own texts, keeps its checksum: sixteen hexadecimal digits.
inline constexpr const char* checksum_name = "checksum";

/// A sum over the elements of a box, modulo 2^64, of a digest of each one's place in the whole and its bits. So boxes add
/// up in any order, and one bit changed, or two values exchanged, change the sum. What is missing (`missing`, one element)
/// counts nothing, so that nobody needs to visit what was never written. `values` are row-major with shape `count` and
/// begin at `start` of a whole of shape `sizes`.
std::uint64_t sum_of_box(const Values& values, const Sizes& start, const Sizes& count, const Sizes& sizes,
                         const Values& missing);

/// The sums of a table's variables, by name.
using Sums = std::map<std::string, std::uint64_t>;

/// What a file tells of a table beside its values.
struct Description {
  TableSpec spec;                      ///< in the words of the file; coordinates count by their sums
  Sums coordinates;                    ///< by dimension, see `sum_of_coordinate`
  std::map<std::string, Sizes> sizes;  ///< of each dimension and variable
};

std::uint64_t sum_of_coordinate(const Values& coordinate);

/// Checksum of a table in a file: of its dimensions and their coordinates, its variables with types and texts, and of the sums.
std::string checksum_of(const Description& description, const Sums& sums);

/// The checksum anew from all that a file holds of a table. Reads all of it, some megabytes at a time.
std::string read_checksum(const Handle& file, const std::string& table);

/// Checksum of the attributes of a file and the texts of its provenance.
std::string checksum_of_texts(const Handle& file);

/// The checksum that a table, or with "" the file itself, keeps. Throws kith::Error(ErrorKind::damaged) where there is none.
std::string kept_checksum(const Handle& file, const std::string& table);

/// Throws kith::Error(ErrorKind::damaged) when the texts of a file, or one of its tables, are not what was written.
void check_texts(const Handle& file);
void check_table(const Handle& file, const std::string& table);

}  // namespace kith::io
