#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

/// What can be saved of a run that was killed and cannot go on.
namespace kith::io {

/// The segments in a parts folder.
struct Salvage {
  std::vector<std::string> whole;                            ///< paths of those that are what was written, in order
  std::vector<std::pair<std::string, std::string>> damaged;  ///< path, and what is wrong
  std::vector<std::uint64_t> missing;                        ///< numbers before the last that are not there
};
/// Compares every segment with its checksums. Throws kith::Error(ErrorKind::damaged) for a folder with segments of several runs.
Salvage look_at_segments(const std::string& folder);

struct Repaired {
  std::string path;
  std::uint64_t rows = 0;
  std::size_t segments = 0;
};
/// Makes one partial result of all whole segments of OUT.h5.parts, under a name that is free: OUT-repaired.h5. Rows of segments that
/// are damaged or gone are missing values in it. Nothing is removed. Throws kith::Error when there is no whole segment.
Repaired repair(const std::string& output);

}  // namespace kith::io
