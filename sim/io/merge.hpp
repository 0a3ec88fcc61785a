#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/state.hpp"
#include "io/layout.hpp"

namespace kith::io {

/// What the run that wrote a segment remembers of it.
struct SegmentRecord {
  std::string path;
  std::uint64_t number = 0;                      ///< 1, 2, …
  std::map<std::string, std::string> checksums;  ///< of its tables

  void visit(kith::State& state) {
    state("path", path);
    state("number", number);
    state("checksums", checksums);
  }
};

/// What a run has written.
struct RunRecord {
  std::string run_id;
  std::vector<SegmentRecord> segments;  ///< in the order in which they were written
  std::map<std::string, Size> rows;     ///< of each table

  void visit(kith::State& state) {
    state("run_id", run_id);
    state("segments", segments);
    state("rows", rows);
  }
};

/// The record of a segment as the file tells it.
SegmentRecord read_segment_record(const std::string& path);

/// Throws kith::Error of this kind saying which segments are gone.
void check_all_there(const RunRecord& run, ErrorKind kind);

/// Throws kith::Error(ErrorKind::failed) saying what is missing or altered, when the segments are not all that was written.
void check_segments(const Layouts& layouts, const RunRecord& run);

/// Copies the tables of the run's segments into `file`, a slab at a time: memory does not depend on how much there is.
void merge_segments(const Handle& file, const Layouts& layouts, const RunRecord& run);

}  // namespace kith::io
