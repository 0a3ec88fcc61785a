#include "io/result_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <mutex>
#include <numeric>
#include <set>

#include "core/error.hpp"
#include "core/paths.hpp"
#include "io/checksum.hpp"
#include "io/durable.hpp"
#include "io/parts.hpp"
#include "io/pieces.hpp"
#include "io/result_attributes.hpp"
#include "io/seal.hpp"

namespace kith::io {
namespace fs = std::filesystem;

namespace {

constexpr std::uintmax_t always_checked = std::uintmax_t{256} << 20;  // [bytes] a tenth of a second

void check_seal_of(const std::string& path) {
  try {
    check_seal(path);
  } catch (const Error& error) {
    throw Error(ErrorKind::damaged, path + ": " + error.what());
  }
}

/// Thrown for a file that may be whole, in a format that is not known here.
struct OtherFormat : Error {
  using Error::Error;
};

/// Refuses a format that this Kith does not know: a later one, or one that none ever wrote.
void require_readable_format(const Handle& file) {
  const std::string version = read_attribute(file, "format_version");
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(version.data(), version.data() + version.size(), number);
  if (error != std::errc() || end != version.data() + version.size() || number == 0)
    throw Error(ErrorKind::failed, "its format version is \"" + version + "\", which no Kith has written");
  if (number <= format_version) return;
  const std::string writer = has_attribute(file, "kith_version") ? read_attribute(file, "kith_version") : "";
  throw OtherFormat(ErrorKind::failed, "it has format version " + version + ", and this Kith reads versions to " +
                                           std::to_string(format_version) + "\n  read it with Kith " +
                                           (writer.empty() ? "" : writer + ", which wrote it, or with ") +
                                           "a later one");
}

Handle open_result(const std::string& path) {
  if (!is_hdf5(path)) throw Error(ErrorKind::failed, path + " is not an HDF5 file");
  try {
    Handle file = open_file(path);
    if (!has_attribute(file, "format_version") || !has_link(file, "provenance")) {
      throw Error(ErrorKind::failed, "it was not written by Kith");
    }
    require_readable_format(file);
    return file;
  } catch (const OtherFormat& error) {
    throw OtherFormat(ErrorKind::failed, path + " is not a readable Kith result: " + error.what());
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::damaged) throw Error(ErrorKind::damaged, path + ": " + error.what());
    throw Error(ErrorKind::failed, path + " is not a readable Kith result: " + error.what());
  }
}

}  // namespace

struct ResultFile::Contents {
  struct Table {
    std::unique_ptr<Layout> layout;
    std::unique_ptr<Assembly> assembly;
  };

  std::vector<std::string> paths;
  std::vector<std::uint64_t> missing;
  FileState state = FileState::partial;
  Texts attributes;
  Texts provenance;
  std::vector<Table> tables;

  std::mutex mutex;  // guards the file that is open
  Checked checked = Checked::small_files;
  std::string only;              // the one table that is wanted; "": all
  std::set<std::string> sealed;  // whose seals were checked
  std::string open_path;
  Handle open;

  const Handle& file(const std::string& path) {
    if (open_path != path) {
      std::error_code ignored;
      open = Handle();
      const bool is_wanted = checked == Checked::all_files || fs::file_size(path, ignored) <= always_checked;
      if (is_wanted && sealed.insert(path).second) check_seal_of(path);
      open = open_result(path);
      open_path = path;
    }
    return open;
  }

  void check_one_run();
  void read_texts();
  void read_tables();
  const Table& table(const std::string& name) const;
};

namespace {

std::vector<std::string> files_of(const std::string& name) {
  const std::string path = followed(name);
  std::string folder = path;
  if (!fs::exists(path)) {
    folder = parts_folder(path);
    if (!fs::exists(folder)) throw Error(ErrorKind::failed, path + " does not exist");
  }
  if (!fs::is_directory(folder)) return {path};
  std::vector<std::string> segments = segments_in(folder);
  if (segments.empty()) throw Error(ErrorKind::failed, folder + " holds no segment of a result");
  return segments;
}

/// Adds the variables that a later segment has and an earlier one had not.
void add_variables(TableSpec& spec, const TableSpec& other) {
  for (const Variable& variable : other.variables) {
    const auto same = [&variable](const Variable& known) { return known.name == variable.name; };
    if (std::none_of(spec.variables.begin(), spec.variables.end(), same)) spec.variables.push_back(variable);
  }
}

}  // namespace

/// Finds out whether the segments of a folder are those of one run, and which are not there.
void ResultFile::Contents::check_one_run() {
  if (paths.size() == 1 && !read_segment_name(fs::path(paths[0]).filename().string())) return;
  const std::string run = read_attribute(file(paths[0]), "run_id");
  std::uint64_t next = 1;
  for (const std::string& path : paths) {
    const std::string other = read_attribute(file(path), "run_id");
    if (other != run) {
      throw Error(ErrorKind::failed, fmt::format("{} holds segments of several runs, {} and {}: name one of the files",
                                                 folder_of(path), run.substr(0, 8), other.substr(0, 8)));
    }
    const std::optional<SegmentName> name = read_segment_name(fs::path(path).filename().string());
    if (paths.size() == 1) return;  // one segment stands for itself
    for (; name && next < name->number; ++next) missing.push_back(next);
    ++next;
  }
}

void ResultFile::Contents::read_texts() {
  const Handle& last = file(paths.back());  // of a stopped run, the last segment tells why
  for (const auto& name : attribute_names(last)) {
    const std::string text = read_attribute(last, name);
    if (!text.empty()) attributes.emplace_back(name, text);
    if (name == "state" && text == "complete") state = FileState::complete;
  }
  const Handle group = open_group(last, "provenance");
  for (const auto& name : link_names(group)) provenance.emplace_back(name, read_text(group, name));
}

void ResultFile::Contents::read_tables() {
  std::vector<TableSpec> specs;
  std::vector<std::vector<std::size_t>> holders;  // which paths hold a table
  for (std::size_t i = 0; i < paths.size(); ++i) {
    for (const auto& name : table_names(file(paths[i]))) {
      if (!only.empty() && name != only) continue;
      const auto known =
          std::find_if(specs.begin(), specs.end(), [&name](const TableSpec& spec) { return spec.name == name; });
      if (known == specs.end()) {
        specs.push_back(read_spec(file(paths[i]), name));
        holders.push_back({i});
      } else {
        add_variables(*known, read_spec(file(paths[i]), name));
        holders[static_cast<std::size_t>(known - specs.begin())].push_back(i);
      }
    }
  }
  const std::string declared = " " + read_attribute(file(paths.back()), "tables") + " ";
  std::vector<std::size_t> order(specs.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return declared.find(" " + specs[a].name + " ") < declared.find(" " + specs[b].name + " ");
  });
  for (const std::size_t t : order) {
    TableSpec spec = specs[t];
    for (std::size_t d = 0; d < spec.dimensions.size(); ++d) {
      Values& coordinate = spec.dimensions[d].coordinate;
      const bool replicate = d == 0 && spec.dimensions[d].name == "replicate";
      if (replicate || spec.dimensions[d].name == spec.growing) coordinate = zeros(type_of(coordinate), 0);
    }
    Table table;
    table.layout = std::make_unique<Layout>(spec);
    std::vector<Piece> pieces;
    for (const std::size_t i : holders[t]) pieces.push_back(read_piece(file(paths[i]), paths[i], *table.layout));
    table.assembly = std::make_unique<Assembly>(*table.layout, std::move(pieces), ShapeBuilder::Replicates::seen);
    for (std::size_t d = 0; d < spec.dimensions.size(); ++d) {
      spec.dimensions[d].coordinate = table.assembly->shape().coordinates[d];
    }
    *table.layout = Layout(spec);
    tables.push_back(std::move(table));
  }
}

const ResultFile::Contents::Table& ResultFile::Contents::table(const std::string& name) const {
  std::vector<std::string> names;
  for (const Table& entry : tables) {
    if (entry.layout->spec().name == name) return entry;
    names.push_back(entry.layout->spec().name);
  }
  std::string list;
  for (const auto& entry : names) list += (list.empty() ? "" : ", ") + entry;
  const std::string guess = nearest(name, names);
  throw Error(ErrorKind::usage, "there is no table " + name + " (there are " + list + ")" +
                                    (guess.empty() ? "" : "; did you mean " + guess + "?"));
}

ResultFile::ResultFile(const std::string& path, Checked checked, std::string only)
    : contents_(std::make_unique<Contents>()) {
  contents_->checked = checked;
  contents_->only = std::move(only);
  contents_->paths = files_of(path);
  try {
    contents_->check_one_run();
    contents_->read_texts();
    contents_->read_tables();
  } catch (const OtherFormat&) {
    throw;
  } catch (const Error& error) {
    const std::string what = error.what();
    const bool says_where = what.find(contents_->open_path) != std::string::npos && !contents_->open_path.empty();
    throw Error(error.kind(), says_where || contents_->open_path.empty() ? what : contents_->open_path + ": " + what);
  }
}

ResultFile::~ResultFile() = default;
ResultFile::ResultFile(ResultFile&&) noexcept = default;
ResultFile& ResultFile::operator=(ResultFile&&) noexcept = default;

FileState ResultFile::state() const { return contents_->state; }
const std::vector<std::string>& ResultFile::files() const { return contents_->paths; }
const std::vector<std::uint64_t>& ResultFile::missing_segments() const { return contents_->missing; }
const ResultFile::Texts& ResultFile::attributes() const { return contents_->attributes; }
const ResultFile::Texts& ResultFile::provenance() const { return contents_->provenance; }

std::string ResultFile::attribute(const std::string& name) const {
  for (const auto& [key, text] : contents_->attributes) {
    if (key == name) return text;
  }
  return {};
}

std::vector<std::string> ResultFile::tables() const {
  std::vector<std::string> names;
  for (const auto& table : contents_->tables) names.push_back(table.layout->spec().name);
  return names;
}

const TableSpec& ResultFile::spec(const std::string& table) const { return layout(table).spec(); }
const Layout& ResultFile::layout(const std::string& table) const { return *contents_->table(table).layout; }
const Shape& ResultFile::shape(const std::string& table) const { return contents_->table(table).assembly->shape(); }

Values ResultFile::read(const std::string& table, const std::string& variable) const {
  for (const auto& stored : layout(table).variables()) {
    if (stored.variable.name != variable) continue;
    const Sizes sizes = shape(table).of(stored);
    return read(table, variable, Sizes(sizes.size(), 0), sizes);
  }
  return read(table, variable, {}, {});
}

Values ResultFile::read(const std::string& table, const std::string& variable, const Sizes& start,
                        const Sizes& count) const {
  const Contents::Table& entry = contents_->table(table);
  const auto& variables = entry.layout->variables();
  const auto found = std::find_if(variables.begin(), variables.end(), [&variable](const StoredVariable& stored) {
    return stored.variable.name == variable;
  });
  if (found == variables.end()) throw Error(ErrorKind::usage, "table " + table + " has no variable " + variable);
  const auto v = static_cast<std::size_t>(found - variables.begin());
  const bool counts = v >= entry.layout->spec().variables.size();
  Values values = counts ? zeros(ValueType::int64, product(count)) : missing(found->variable, product(count));

  const std::scoped_lock lock(contents_->mutex);
  for (std::size_t p = 0; p < entry.assembly->pieces().size(); ++p) {
    for (Box box : entry.assembly->boxes(p, v)) {
      bool meets = true;
      for (std::size_t i = 0; i < count.size() && meets; ++i) {
        const Size begin = std::max(box.to[i], start[i]);
        const Size end = std::min(box.to[i] + box.count[i], start[i] + count[i]);
        meets = begin < end;
        box.from[i] += begin - box.to[i];
        box.to[i] = begin - start[i];
        box.count[i] = meets ? end - begin : 0;
      }
      if (!meets) continue;
      const Handle group = open_group(contents_->file(entry.assembly->pieces()[p].path), table);
      if (!has_link(group, variable)) continue;
      read_box(open_dataset(group, variable), box.from, box.count, values, count, box.to);
    }
  }
  return values;
}

void ResultFile::release() const {
  const std::scoped_lock lock(contents_->mutex);
  contents_->open = Handle();
  contents_->open_path.clear();
}

void ResultFile::check(const std::string& table) const {
  contents_->table(table);  // says so when there is none
  const std::scoped_lock lock(contents_->mutex);
  for (const std::string& path : contents_->paths) {
    const Handle& file = contents_->file(path);
    if (!has_link(file, table)) continue;
    try {
      check_table(file, table);
    } catch (const Error& error) {
      throw Error(ErrorKind::damaged, path + ": " + error.what());
    }
  }
}

void ResultFile::check() const {
  for (const std::string& path : contents_->paths) {
    const std::scoped_lock lock(contents_->mutex);
    try {
      check_texts(contents_->file(path));
    } catch (const Error& error) {
      throw Error(ErrorKind::damaged, path + ": " + error.what());
    }
  }
  for (const std::string& table : tables()) check(table);
  if (!contents_->missing.empty()) {
    std::string list;
    for (const std::uint64_t number : contents_->missing) list += (list.empty() ? "" : ", ") + std::to_string(number);
    throw Error(ErrorKind::damaged, folder_of(contents_->paths[0]) + ": segments are missing: number " + list);
  }
}

bool is_result(const std::string& path) noexcept {
  try {
    open_result(path);
    return true;
  } catch (const std::exception&) {
    return false;
  }
}

FileCheck check_file(const std::string& path) noexcept {
  try {
    const ResultFile result(path, ResultFile::Checked::all_files);
    result.check();
    return {result.state(), ""};
  } catch (const OtherFormat& error) {
    return {FileState::corrupt, error.what(), true};
  } catch (const std::exception& error) {
    return {FileState::corrupt, error.what()};
  }
}

}  // namespace kith::io
