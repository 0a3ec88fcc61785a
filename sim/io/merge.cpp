#include "io/merge.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include "core/error.hpp"
#include "io/checksum.hpp"
#include "io/pieces.hpp"
#include "io/table_file.hpp"

namespace kith::io {
namespace {

void copy_piece(const Assembly& assembly, std::size_t p, const Layout& layout, TableFile& table) {
  const Handle file = open_file(assembly.pieces()[p].path);
  const Handle group = open_group(file, layout.spec().name);
  for (std::size_t v = 0; v < layout.variables().size(); ++v) {
    const Variable& variable = layout.variables()[v].variable;
    if (!has_link(group, variable.name)) continue;
    const Handle source = open_dataset(group, variable.name);
    for (const Box& box : assembly.boxes(p, v)) {
      for (const Box& slab : slabs(box, element_bytes(variable.type))) {
        Values values = zeros(variable.type, product(slab.count));
        read_box(source, slab.from, slab.count, values, slab.count, Sizes(slab.count.size(), 0));
        table.write(v, values, slab.to, slab.count);
      }
    }
  }
}

[[noreturn]] void refuse(const std::string& what) {
  throw Error(ErrorKind::failed, "the result is not complete: " + what);
}

/// "4", "4 to 6"
std::string range_text(std::uint64_t first, std::uint64_t last) {
  return first == last ? std::to_string(first) : fmt::format("{} to {}", first, last);
}

void check_segment(const SegmentRecord& record, const std::string& run_id) {
  const Handle file = open_file(record.path);
  if (read_attribute(file, "run_id") != run_id) refuse(record.path + " is of another run");
  for (const auto& [table, checksum] : record.checksums) {
    if (!has_link(file, table) || kept_checksum(file, table) != checksum || read_checksum(file, table) != checksum)
      refuse(fmt::format("table {} in {} is not what was written", table, record.path));
  }
}

/// What the segments hold of a table.
std::vector<Piece> pieces_of(const Layout& layout, const RunRecord& run) {
  std::vector<Piece> pieces;
  for (const SegmentRecord& record : run.segments) {
    if (record.checksums.count(layout.spec().name) == 0) continue;
    pieces.push_back(read_piece(open_file(record.path), record.path, layout));
  }
  return pieces;
}

/// Rows that a piece brings: a segment is of one replicate.
Size rows_in(const Piece& piece, const Layout& layout) { return layout.growing_axis() ? piece.coordinates.size() : 1; }

}  // namespace

SegmentRecord read_segment_record(const std::string& path) {
  const Handle file = open_file(path);
  SegmentRecord record{.path = path, .number = std::stoull("0" + read_attribute(file, "segment")), .checksums = {}};
  for (const std::string& table : table_names(file)) record.checksums[table] = kept_checksum(file, table);
  return record;
}

void check_all_there(const RunRecord& run, ErrorKind kind) {
  std::string missing;
  for (std::size_t i = 0; i < run.segments.size(); ++i) {
    if (access(run.segments[i].path.c_str(), F_OK) == 0) continue;
    const std::uint64_t first = run.segments[i].number;
    while (i + 1 < run.segments.size() && access(run.segments[i + 1].path.c_str(), F_OK) != 0) ++i;
    missing += (missing.empty() ? "" : ", ") + range_text(first, run.segments[i].number);
  }
  if (!missing.empty()) {
    throw Error(
        kind,
        fmt::format("the result is not complete: of the {} segments that this run has saved, number {} are gone",
                    run.segments.size(), missing));
  }
}

void check_segments(const Layouts& layouts, const RunRecord& run) {
  if (run.segments.empty()) return;
  check_all_there(run, ErrorKind::failed);
  for (const SegmentRecord& record : run.segments) check_segment(record, run.run_id);
  for (const auto& layout : layouts) {
    const auto written = run.rows.find(layout->spec().name);
    const Size wanted = written == run.rows.end() ? 0 : written->second;
    Size rows = 0;
    for (const Piece& piece : pieces_of(*layout, run)) rows += rows_in(piece, *layout);
    if (rows != wanted)
      refuse(fmt::format("table {} has {} of the {} rows that were written", layout->spec().name, rows, wanted));
  }
}

void merge_segments(const Handle& file, const Layouts& layouts, const RunRecord& run) {
  for (const auto& layout : layouts) {
    const Assembly assembly(*layout, pieces_of(*layout, run), ShapeBuilder::Replicates::declared);
    const std::vector<bool> present(layout->variables().size(), true);
    TableFile table(file, *layout, assembly.shape(), TableFile::Scope::result, present);
    for (std::size_t p = 0; p < assembly.pieces().size(); ++p) copy_piece(assembly, p, *layout, table);
    table.close();
  }
}

}  // namespace kith::io
