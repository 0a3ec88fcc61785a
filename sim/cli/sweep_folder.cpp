#include "cli/sweep_folder.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "cli/written_by.hpp"
#include "core/fingerprint.hpp"
#include "core/shell.hpp"
#include "core/version.hpp"
#include "io/durable.hpp"
#include "io/parts.hpp"
#include "io/result_file.hpp"
#include "io/result_writer.hpp"
#include "io/values.hpp"

namespace kith::cli {

namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const std::string& message) { throw Error(ErrorKind::output, message); }

std::string text_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// Sixteen digits over all values of the runs: those of a csv design stand in another file.
std::string digest(const std::vector<std::vector<std::string>>& rows) {
  Fingerprint digest;
  for (const std::vector<std::string>& row : rows) {
    for (const std::string& value : row) digest.add(std::string_view(value));
  }
  return digest.text();
}

/// The first lines in which two texts differ, of both. How many runs there are follows from the rest; that their values differ is told
/// where nothing else does: then the table of the design has changed.
std::string differences(const std::string& there, const std::string& here) {
  constexpr int most = 3;
  std::istringstream a(there);
  std::istringstream b(here);
  std::string line_a;
  std::string line_b;
  std::string text;
  for (int found = 0; found < most;) {
    const bool has_a = static_cast<bool>(std::getline(a, line_a));
    const bool has_b = static_cast<bool>(std::getline(b, line_b));
    if (!has_a && !has_b) break;
    const bool is_derived = line_a.starts_with("runs ") || line_a.starts_with("values ");
    if (has_a == has_b && (line_a == line_b || is_derived)) continue;
    text += fmt::format("\n  there: {}\n  here:  {}", has_a ? line_a : "(nothing)", has_b ? line_b : "(nothing)");
    ++found;
  }
  return text.empty() ? "the values in its table have changed" : text;
}

constexpr std::int8_t done_flag = 0;
constexpr std::int8_t failed_flag = 1;

/// What decides whether tables of two runs can lie in one file: names, dimensions with their coordinates, variables.
std::uint64_t shape_of(const std::vector<KeptTable>& tables) {
  Fingerprint shape;
  for (const KeptTable& table : tables) {
    shape.add(std::string_view(table.spec.name));
    for (const TableDimension& dimension : table.spec.dimensions) {
      shape.add(std::string_view(dimension.name));
      if (const auto* names = std::get_if<std::vector<std::string>>(&dimension.coordinate)) {
        for (const std::string& name : *names) shape.add(std::string_view(name));
      } else {
        for (const double number : io::as_doubles(dimension.coordinate))
          shape.add(std::bit_cast<std::uint64_t>(number));
      }
    }
    for (const Variable& variable : table.spec.variables) shape.add(std::string_view(variable.name));
  }
  return shape.value();
}

}  // namespace

TableSpec runs_table(const FactorColumns& factors) {
  TableSpec table;
  table.name = "runs";
  table.long_name = "what became of each run of the sweep";
  table.dimensions = {{"run", "run of the sweep", "", std::vector<std::int64_t>{}}};
  table.growing = "run";
  table.variables = {{"state",
                      "1",
                      "whether the run is done",
                      ValueType::int8,
                      {"run"},
                      {{done_flag, "done"}, {failed_flag, "failed"}}},
                     {"fingerprint", "", "digest of the final state", ValueType::text, {"run"}},
                     {"message", "", "why it failed", ValueType::text, {"run"}},
                     {"command", "", "the command that does this run alone", ValueType::text, {"run"}}};
  table.variables.insert(table.variables.end(), factors.variables().begin(), factors.variables().end());
  return table;
}

SweepFolder::SweepFolder(const std::string& path, const sweep::Design& design, const std::string& resolved,
                         const std::string& scenario)
    : path_(path), id_(io::new_run_id().substr(0, 8)) {
  std::error_code problem;
  fs::create_directories(fs::path(path) / "runs", problem);
  if (problem) refuse(fmt::format("{} cannot be made a folder for the sweep ({})", path, problem.message()));
  const std::string text = fmt::format("runs {}\nKith {}\nvalues {}\n\nDESIGN\n{}\nSCENARIO\n{}", design.rows.size(),
                                       build_info().version, digest(design.rows), resolved, scenario);
  const fs::path place = fs::path(path) / "design.txt";
  if (!fs::exists(place)) {
    const std::string unfinished = fmt::format("{}.{}.tmp", place.string(), id_);
    std::ofstream file(unfinished, std::ios::binary);
    file << text;
    file.close();
    if (!file) refuse(fmt::format("{} cannot be written ({})", unfinished, io::system_reason()));
    io::sync_file(unfinished);
    const bool is_first = link(unfinished.c_str(), place.c_str()) == 0;  // of several that start at once
    unlink(unfinished.c_str());
    if (!is_first && !fs::exists(place))
      refuse(fmt::format("{} cannot be written ({})", place.string(), io::system_reason()));
  }
  if (const std::string there = description(); there != text) {
    refuse(fmt::format(
        "{} holds a sweep of another design, scenario or version of Kith: {}\n  take another folder, or remove "
        "this one if its runs may go",
        path, differences(there, text)));
  }
}

SweepFolder::SweepFolder(const std::string& path) : path_(path) {
  if (!is_at(path)) {
    throw Error(ErrorKind::usage,
                fmt::format("{} is no folder of a sweep\n  kith sweep DESIGN -o {} makes one", path, path));
  }
}

bool SweepFolder::is_at(const std::string& path) {
  std::error_code ignored;
  return fs::is_regular_file(fs::path(path) / "design.txt", ignored);
}

std::string SweepFolder::account() const {
  const SweepExtent found = extent();
  std::string text = fmt::format("this is a sweep's folder: {} of {} runs done", found.done, found.runs);
  if (!found.failed.empty()) text += fmt::format(", {} failed (--retry-failed does them again)", found.failed.size());
  if (!found.is_whole()) text += "; the same kith sweep … goes on";
  return text +
         fmt::format("{} kith merge {} -o ALL.h5 makes one file", found.is_whole() ? ";" : ",", shell_quoted(path_));
}

SweepFolder::~SweepFolder() {
  if (lock_ >= 0) close(lock_);
}

std::uint64_t SweepFolder::runs() const {
  const std::optional<std::uint64_t> runs = runs_told(description());
  if (!runs) throw Error(ErrorKind::damaged, path_ + "/design.txt does not begin with the number of runs");
  return *runs;
}

std::string SweepFolder::description() const { return text_of(fs::path(path_) / "design.txt"); }

void SweepFolder::take(std::uint64_t begin, std::uint64_t end) {
  const std::string place = (fs::path(path_) / "lock").string();
  lock_ = open(place.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (lock_ < 0) refuse(fmt::format("{} cannot be written ({})", place, io::system_reason()));
  struct flock range {};
  range.l_type = F_WRLCK;
  range.l_whence = SEEK_SET;
  range.l_start = static_cast<off_t>(begin);
  range.l_len = static_cast<off_t>(end - begin);
  if (fcntl(lock_, F_OFD_SETLK, &range) == 0) return;
  if (errno != EAGAIN && errno != EACCES) refuse(fmt::format("{} cannot be locked ({})", place, io::system_reason()));
  refuse(fmt::format(
      "another process works on runs of the sweep in {} that this one would do\n  wait for it, or share the runs "
      "out with --shard",
      path_));
}

std::vector<std::string> SweepFolder::files() const {
  std::vector<std::string> files;
  for (const auto& entry : fs::directory_iterator(fs::path(path_) / "runs")) {
    if (entry.is_regular_file() && entry.path().extension() == ".h5") files.push_back(entry.path().string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::map<std::uint64_t, bool> SweepFolder::done() const {
  std::map<std::uint64_t, bool> failed;
  for (const std::string& path : files()) {
    const io::ResultFile file(path, io::ResultFile::Checked::small_files, "runs");
    const auto runs = io::as_doubles(file.shape("runs").coordinates.front());
    const Values states = file.read("runs", "state");
    for (std::size_t row = 0; row < runs.size(); ++row) {
      const bool is_failed = std::get<std::vector<std::int8_t>>(states)[row] == failed_flag;
      const auto [place, is_new] = failed.emplace(static_cast<std::uint64_t>(runs[row]), is_failed);
      if (!is_new) place->second = place->second && is_failed;
    }
  }
  return failed;
}

void SweepFolder::keep(const Session& session, const sweep::Design& design, const FactorColumns& factors,
                       std::vector<RunRecord> records) {
  std::sort(records.begin(), records.end(), [](const RunRecord& a, const RunRecord& b) { return a.run < b.run; });
  std::map<std::uint64_t, std::vector<const RunRecord*>> alike;
  for (const RunRecord& record : records) alike[shape_of(record.tables)].push_back(&record);
  for (const auto& [shape, of_shape] : alike) keep_alike(session, design, factors, of_shape);
}

void SweepFolder::keep_alike(const Session& session, const sweep::Design& design, const FactorColumns& factors,
                             const std::vector<const RunRecord*>& records) {
  io::RunAttributes attributes = written_by(session);
  attributes.title = design.title;
  attributes.seed = design.seed;
  attributes.provenance.scenario = description();
  attributes.provenance.end = attributes.provenance.start;
  const std::string path = (fs::path(path_) / "runs" / fmt::format("{}-{:06}.h5", id_, ++written_)).string();
  io::ResultWriter writer({.path = path, .save_every_seconds = 1e9}, attributes);
  writer.declare(runs_table(factors));
  for (const KeptTable& table : records.front()->tables) {
    TableSpec spec = table.spec;
    spec.variables.insert(spec.variables.end(), factors.variables().begin(), factors.variables().end());
    writer.declare(spec);
  }
  for (const RunRecord* record : records) {
    const std::vector<Values> varied = factors.of_run(record->run);
    std::vector<Values> values{std::vector{record->is_failed ? failed_flag : done_flag},
                               std::vector{record->fingerprint}, std::vector{record->message},
                               std::vector{record->command}};
    values.insert(values.end(), varied.begin(), varied.end());
    writer.write({"runs", 0, static_cast<double>(record->run), std::move(values)});
    for (const KeptTable& table : record->tables) {
      std::vector<Values> of_table = table.values;
      of_table.insert(of_table.end(), varied.begin(), varied.end());
      writer.write({table.spec.name, 0, static_cast<double>(record->run), std::move(of_table)});
    }
  }
  writer.finish();
}

}  // namespace kith::cli
