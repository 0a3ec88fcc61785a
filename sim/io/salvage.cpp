#include "io/salvage.hpp"

#include <filesystem>
#include <set>

#include "core/error.hpp"
#include "io/parts.hpp"
#include "io/result_file.hpp"
#include "io/result_writer.hpp"
#include "io/rows_of.hpp"
#include "io/table_file.hpp"

namespace kith::io {
namespace {

namespace fs = std::filesystem;

/// A table as all segments together have it: a segment names only its own replicate.
TableSpec without_replicates(TableSpec spec) {
  for (TableDimension& dimension : spec.dimensions) {
    if (dimension.name == "replicate") dimension.coordinate = Values{};
  }
  return spec;
}

}  // namespace

Salvage look_at_segments(const std::string& folder) {
  Salvage salvage;
  std::set<std::string> runs;
  std::set<std::uint64_t> numbers;
  for (const std::string& path : segments_in(folder)) {
    const auto name = read_segment_name(fs::path(path).filename().string());
    runs.insert(name->run);
    numbers.insert(name->number);
    const FileCheck check = check_file(path);
    if (check.state == FileState::corrupt)
      salvage.damaged.emplace_back(path, check.message);
    else
      salvage.whole.push_back(path);
  }
  if (runs.size() > 1)
    throw Error(ErrorKind::damaged,
                folder + " holds segments of several runs: leave those of one run, whose files begin alike");
  for (std::uint64_t number = 1; !numbers.empty() && number < *numbers.rbegin(); ++number) {
    if (numbers.count(number) == 0) salvage.missing.push_back(number);
  }
  return salvage;
}

Repaired repair(const std::string& output) {
  const Salvage salvage = look_at_segments(parts_folder(output));
  if (salvage.whole.empty())
    throw Error(ErrorKind::failed, parts_folder(output) + " holds no segment that could be saved");
  Repaired repaired{.path = free_name(output, "repaired"), .rows = 0, .segments = salvage.whole.size()};
  ResultWriter writer({.path = repaired.path}, read_attributes(open_file(salvage.whole.back())));
  std::set<std::string> declared;
  for (const std::string& path : salvage.whole) {
    const ResultFile segment(path, ResultFile::Checked::all_files);
    for (const std::string& table : segment.tables()) {
      if (declared.insert(table).second) writer.declare(without_replicates(segment.spec(table)));
      const auto all = [](std::uint32_t, double) { return true; };
      for_each_row(segment, table, all, [&](TableRow row) {
        writer.write(std::move(row));
        ++repaired.rows;
      });
    }
  }
  writer.pack("made by kith check --repair of what a run had saved");
  return repaired;
}

}  // namespace kith::io
