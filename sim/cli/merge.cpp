#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <ostream>

#include "cli/cli.hpp"
#include "cli/options.hpp"
#include "cli/sweep_extent.hpp"
#include "cli/sweep_folder.hpp"
#include "cli/written_by.hpp"
#include "core/fingerprint.hpp"
#include "io/result_file.hpp"
#include "io/result_writer.hpp"
#include "io/values.hpp"

namespace kith::cli {

namespace {

struct Request {
  std::string folder;
  std::optional<std::string> output;
  bool force = false;
};

bool parse(Request& request, const Session& session, const Words& words) {
  Options options(
      {.command = "merge",
       .summary = "Joins the runs of a sweep into one result file: each table along a dimension `run`.",
       .examples = {{"kith merge sweep -o all.h5", "what is there; status 4 where runs are missing or failed"}}});
  options.argument(request.folder, "FOLDER", "The folder of a sweep.", Options::Need::required);
  options.option(request.output, "-o,--output", "FILE", "The file to write.");
  options.flag(request.force, "--force", "Replace an existing file.");
  return options.parse(words, session.console.out);
}

/// Where a run lies.
struct Place {
  std::size_t file = 0;
  std::size_t row = 0;
  bool is_failed = false;
  std::string fingerprint;
};

std::vector<std::uint64_t> runs_of(const io::ResultFile& file, const std::string& table) {
  std::vector<std::uint64_t> runs;
  for (const double run : io::as_doubles(file.shape(table).coordinates.front()))
    runs.push_back(static_cast<std::uint64_t>(run));
  return runs;
}

/// The files of a sweep. What they are is read once; they are closed but while their values are read, since there may be more than a
/// process may have open.
class Merge {
 public:
  explicit Merge(const SweepFolder& folder) {
    for (const std::string& path : folder.files()) {
      files_.emplace_back(path);
      find_runs(files_.size() - 1);
      files_.back().release();
    }
  }

  const std::map<std::uint64_t, Place>& runs() const { return runs_; }
  std::map<std::uint64_t, bool> are_failed() const {
    std::map<std::uint64_t, bool> all;
    for (const auto& [run, place] : runs_) all[run] = place.is_failed;
    return all;
  }
  /// Of the design.
  std::string title() const { return files_.empty() ? "" : files_.front().attribute("title"); }

  void write(io::ResultWriter& writer) const {
    std::map<std::string, std::size_t> declared;  // the first file that has the table
    for (std::size_t k = 0; k < files_.size(); ++k) {
      for (const std::string& table : files_[k].tables()) {
        const auto [first, is_new] = declared.emplace(table, k);
        if (is_new) {
          writer.declare(files_[k].spec(table));
        } else {
          check_alike(table, files_[first->second], files_[k]);
        }
      }
    }
    for (const auto& [table, first] : declared) write(writer, table);
  }

 private:
  void find_runs(std::size_t file) {
    const io::ResultFile& result = files_[file];
    const std::vector<std::uint64_t> runs = runs_of(result, "runs");
    const Values states = result.read("runs", "state");
    const Values fingerprints = result.read("runs", "fingerprint");
    for (std::size_t row = 0; row < runs.size(); ++row) {
      const Place here{file, row, std::get<std::vector<std::int8_t>>(states)[row] != 0,
                       std::get<std::vector<std::string>>(fingerprints)[row]};
      const auto [place, is_new] = runs_.emplace(runs[row], here);
      if (is_new) continue;
      Place& there = place->second;
      if (!there.is_failed && !here.is_failed && there.fingerprint != here.fingerprint) {
        throw Error(ErrorKind::damaged,
                    fmt::format("run {} lies in {} with the fingerprint {}, and in {} with {}: one of the two "
                                "was made by something else",
                                runs[row], files_[there.file].files().front(), there.fingerprint,
                                result.files().front(), here.fingerprint));
      }
      if (there.is_failed) there = here;  // it was tried again
    }
  }

  static void check_alike(const std::string& table, const io::ResultFile& first, const io::ResultFile& other) {
    const TableSpec& a = first.spec(table);
    const TableSpec& b = other.spec(table);
    const auto differ = [&](const std::string& what) {
      throw Error(ErrorKind::usage,
                  fmt::format("the table {} of runs {} and {} has other {}\n  keep other tables, or sweep in two "
                              "designs",
                              table, runs_of(first, table).front(), runs_of(other, table).front(), what));
    };
    if (a.dimensions.size() != b.dimensions.size()) differ("dimensions");
    for (std::size_t d = 0; d < a.dimensions.size(); ++d) {
      const bool is_same = a.dimensions[d].name == b.dimensions[d].name &&
                           (d == 0 || first.shape(table).coordinates[d] == other.shape(table).coordinates[d]);
      if (!is_same) differ("values of " + a.dimensions[d].name);
    }
    const auto names = [](const TableSpec& spec) {
      std::vector<std::string> all;
      for (const Variable& variable : spec.variables) all.push_back(variable.name);
      return all;
    };
    if (names(a) != names(b)) differ("variables");
  }

  /// What one file has of a table.
  struct Columns {
    std::map<std::uint64_t, std::size_t> rows;  ///< of each run
    std::vector<Values> values;                 ///< of each variable
  };
  static Columns columns_of(const io::ResultFile& file, const std::string& table) {
    Columns columns;
    const std::vector<std::string> there = file.tables();
    if (std::find(there.begin(), there.end(), table) == there.end()) return columns;
    const std::vector<std::uint64_t> runs = runs_of(file, table);
    for (std::size_t row = 0; row < runs.size(); ++row) columns.rows[runs[row]] = row;
    for (const Variable& variable : file.spec(table).variables)
      columns.values.push_back(file.read(table, variable.name));
    file.release();
    return columns;
  }

  /// The values of all runs of a table, in the order of the runs.
  void write(io::ResultWriter& writer, const std::string& table) const {
    std::vector<Columns> of_file;
    for (const io::ResultFile& file : files_) of_file.push_back(columns_of(file, table));
    for (const auto& [run, place] : runs_) {
      const Columns& columns = of_file[place.file];
      const auto row = columns.rows.find(run);
      if (row == columns.rows.end()) continue;
      std::vector<Values> values;
      for (const Values& column : columns.values) {
        std::vector<std::size_t> indices(io::size(column) / columns.rows.size());
        std::iota(indices.begin(), indices.end(), row->second * indices.size());
        values.push_back(io::pick(column, indices));
      }
      writer.write({table, 0, static_cast<double>(run), std::move(values)});
    }
  }

  std::vector<io::ResultFile> files_;
  std::map<std::uint64_t, Place> runs_;
};

io::RunAttributes attributes_of(const Session& session, const SweepFolder& folder, const Merge& merge,
                                const SweepExtent& extent) {
  io::RunAttributes attributes = written_by(session);
  attributes.title = merge.title();
  attributes.warnings = extent.warnings();
  Fingerprint all;
  for (const auto& [run, place] : merge.runs()) all.add(std::string_view(place.fingerprint));
  attributes.fingerprint = all.text();
  attributes.provenance.scenario = folder.description();
  attributes.provenance.end = attributes.provenance.start;
  return attributes;
}

}  // namespace

ExitCode merge_sweep(const Session& session, const Words& words) {
  Request request;
  if (!parse(request, session, words)) return ExitCode::done;
  if (!request.output) throw Error(ErrorKind::usage, "nothing says which file to write: add -o FILE");
  const SweepFolder folder(request.folder);
  const Merge merge(folder);
  if (merge.runs().empty()) throw Error(ErrorKind::usage, request.folder + " holds no run yet");
  const SweepExtent extent = extent_of(merge.are_failed(), folder.runs());
  io::ResultWriter writer({.path = *request.output, .force = request.force},
                          attributes_of(session, folder, merge, extent));
  merge.write(writer);
  writer.finish();
  std::ostream& out = *session.console.out.stream;
  out << fmt::format("{} of {} runs in {}", extent.done, extent.runs, *request.output);
  if (!extent.failed.empty()) out << fmt::format("; {} failed (state in the table runs)", extent.failed.size());
  if (!extent.missing.empty()) out << fmt::format("; missing: {}", listed(extent.missing));
  out << '\n';
  return extent.is_whole() ? ExitCode::done : ExitCode::partly;
}

}  // namespace kith::cli
