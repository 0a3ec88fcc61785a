#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <ostream>

#include "cli/branched.hpp"
#include "cli/cli.hpp"
#include "cli/options.hpp"
#include "cli/page_parts.hpp"
#include "cli/ro_crate.hpp"
#include "cli/sweep_folder.hpp"
#include "core/paths.hpp"
#include "io/parts.hpp"
#include "io/result_file.hpp"
#include "io/values.hpp"

namespace kith::cli {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

std::string_view state_name(io::FileState state) {
  switch (state) {
    case io::FileState::complete:
      return "complete";
    case io::FileState::partial:
      return "partial";
    case io::FileState::corrupt:
      return "corrupt";
  }
  return "";
}

/// Bytes of a file, or of the files in a folder.
std::uintmax_t size_of(const fs::path& path) {
  std::error_code ignored;
  if (!fs::is_directory(path, ignored)) return fs::file_size(path, ignored);
  std::uintmax_t total = 0;
  for (const auto& entry : fs::directory_iterator(path, ignored)) total += entry.file_size(ignored);
  return total;
}

/// The file, or the folder of parts that stands for it.
std::string place_of(const std::string& path) {
  std::error_code ignored;
  return fs::exists(path, ignored) ? path : io::parts_folder(followed(path));
}

/// The unit as people write it; files spell times as words, and name the unit of plain numbers "1".
std::string unit_text(const std::string& unit) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 5> words{
      {{"second", "s"}, {"minute", "min"}, {"hour", "h"}, {"day", "d"}, {"1", ""}}};
  for (const auto& [word, short_form] : words) {
    if (unit == word) return std::string(short_form);
  }
  return unit;
}

/// The last value of a dimension's coordinate, with its unit; "" for names.
std::string last_of(const TableDimension& dimension, const Values& coordinate) {
  if (io::size(coordinate) == 0 || io::type_of(coordinate) == ValueType::text) return "";
  const std::string unit = unit_text(dimension.unit);
  return fmt::format("to {}{}", io::as_doubles(coordinate).back(), unit.empty() ? "" : " " + unit);
}

/// "replicate 3 × time 22 (to 528 h) × group 4"
std::string dimensions_text(const TableSpec& spec, const io::Shape& shape) {
  std::string text;
  for (std::size_t d = 0; d < spec.dimensions.size(); ++d) {
    text += fmt::format("{}{} {}", d == 0 ? "" : " × ", spec.dimensions[d].name, shape.sizes[d]);
    const std::string last = last_of(spec.dimensions[d], shape.coordinates[d]);
    if (spec.dimensions[d].name == spec.growing && !last.empty()) text += fmt::format(" ({})", last);
  }
  return text;
}

void print_table_info(const io::ResultFile& result, const std::string& table, const Channel& out) {
  const TableSpec& spec = result.spec(table);
  *out.stream << fmt::format("\n{}: {}\n  {}\n", styled(out, Style::strong, table), spec.long_name,
                             dimensions_text(spec, result.shape(table)));
  std::size_t width = 0;
  for (const Variable& variable : spec.variables) width = std::max(width, variable.name.size());
  for (const Variable& variable : spec.variables) {
    std::string unit = unit_text(variable.unit);
    if (!unit.empty()) unit = fmt::format(" [{}]", unit);
    *out.stream << fmt::format("    {:<{}}  {}\n", variable.name, width,
                               wrapped(variable.long_name + unit, out.width, width + 6));
  }
}

void print_info(const io::ResultFile& result, const std::string& path, const Channel& out) {
  const std::string place = place_of(path);
  *out.stream << styled(out, Style::strong, result.attribute("title")) << '\n';
  const auto line = [&](std::string_view label, const std::string& text) {
    if (!text.empty()) *out.stream << fmt::format("{:<13}{}\n", label, text);
  };
  line("file", fmt::format("{} ({:.1f} MB)", place, static_cast<double>(size_of(place)) / 1e6));
  std::string state(state_name(result.state()));
  if (result.state() == io::FileState::partial) {
    const std::string reason = result.attribute("stop_reason");
    const std::optional<io::LockOwner> owner = io::owner_of(place);
    const std::string why = owner            ? "the run goes on (" + owner->text() + ")"
                            : reason.empty() ? "the run was killed"
                                             : reason;
    const std::size_t segments = result.files().size();
    state += fmt::format(": {}; {} segment{}", why, segments, segments == 1 ? "" : "s");
    if (!result.missing_segments().empty()) state += fmt::format(", {} missing", result.missing_segments().size());
  }
  line("state", state);
  if (const std::optional<SweepExtent> extent = extent_of(result)) {
    line("runs", fmt::format("{} of the design's {} done", extent->done, extent->runs));
    for (const std::string& warning : extent->warnings()) line("", warning);
  }
  line("seed", seed_of(result));
  line("fingerprint", result.attribute("fingerprint"));
  line("scenario", result.attribute("scenario_hash"));
  line("kith", fmt::format("{}, commit {}", result.attribute("kith_version"), result.attribute("git_commit")));
  for (const auto& [name, text] : result.provenance()) {
    if (name == "command_line" || name == "start" || name == "end")
      line(name == "command_line" ? "command" : name, text);
    if (name != "branchings") continue;
    for (const std::string& sentence : sentences_of(read_branchings(text))) line("branch", sentence);
  }
  for (const std::string& table : result.tables()) print_table_info(result, table, out);
}

Json table_to_json(const io::ResultFile& result, const std::string& table) {
  const TableSpec& spec = result.spec(table);
  const io::Shape& shape = result.shape(table);
  Json dimensions = Json::array();
  for (std::size_t d = 0; d < spec.dimensions.size(); ++d) {
    Json dimension{{"name", spec.dimensions[d].name}, {"size", shape.sizes[d]}, {"unit", spec.dimensions[d].unit}};
    if (spec.dimensions[d].name == spec.growing && io::size(shape.coordinates[d]) > 0) {
      dimension["last"] = io::as_doubles(shape.coordinates[d]).back();
    }
    dimensions.push_back(std::move(dimension));
  }
  Json variables = Json::array();
  for (const Variable& variable : spec.variables) {
    variables.push_back({{"name", variable.name},
                         {"unit", variable.unit},
                         {"long_name", variable.long_name},
                         {"dimensions", variable.dimensions}});
  }
  return {{"name", table},
          {"long_name", spec.long_name},
          {"dimensions", std::move(dimensions)},
          {"variables", std::move(variables)}};
}

ExitCode show_sweep_folder(const SweepFolder& folder, bool wants_json, std::ostream& out) {
  if (!wants_json) {
    out << fmt::format("{}: {}\n", folder.path(), folder.account());
    return ExitCode::done;
  }
  const SweepExtent extent = folder.extent();
  const Json info{{"folder", folder.path()},
                  {"files", folder.files().size()},
                  {"state", state_name(extent.is_whole() ? io::FileState::complete : io::FileState::partial)},
                  {"runs", extent.runs},
                  {"done", extent.done},
                  {"failed", extent.failed},
                  {"missing", extent.missing}};
  out << info.dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
  return ExitCode::done;
}

/// The result, when every table of it is what was written.
io::ResultFile checked(const std::string& path) {
  std::error_code ignored;
  if (!fs::exists(place_of(path), ignored)) return io::ResultFile(path);  // says so
  try {
    io::ResultFile result(path, io::ResultFile::Checked::all_files);
    result.check();
    return result;
  } catch (const Error& error) {
    throw Error(ErrorKind::damaged, error.what());
  }
}

std::string info_json(const io::ResultFile& result, const std::string& path, bool is_checked) {
  const std::string place = place_of(path);
  Json info{{"file", place}, {"bytes", size_of(place)}, {"segments", result.files().size()}};
  for (const auto& [name, text] : result.attributes()) info[name] = text;
  info["state"] = state_name(result.state());
  if (is_sweep(result)) info.erase("seed");  // its runs have those of their scenarios
  if (is_checked) info["checked"] = true;
  for (const auto& [name, text] : result.provenance()) info["provenance"][name] = text;
  info["tables"] = Json::array();
  for (const std::string& table : result.tables()) info["tables"].push_back(table_to_json(result, table));
  return info.dump(2, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

ExitCode show_info(const Session& session, const Words& words) {
  Options options(
      {.command = "info",
       .summary = "Shows what a result holds: where it comes from, whether it is complete, and its tables.",
       .examples = {{"kith run first-steps -o out.h5 --force && kith info out.h5", "what a run has written"}}});
  std::string path;
  bool wants_json = false;
  bool wants_crate = false;
  bool wants_check = false;
  options.argument(path, "OUT.h5", "A result, the folder OUT.h5.parts of a stopped run, or that of a sweep.",
                   Options::Need::required);
  options.flag(wants_json, "--json", "Print one JSON object, provenance included.");
  options.flag(
      wants_crate, "--ro-crate",
      "Print how it came about as RO-Crate metadata (Process Run Crate), for a file ro-crate-metadata.json beside it.");
  options.flag(wants_check, "--check", "Compare every table with its checksum first; exit status 5 where one differs.");
  if (!options.parse(words, session.console.out)) return ExitCode::done;
  if (SweepFolder::is_at(path)) return show_sweep_folder(SweepFolder(path), wants_json, *session.console.out.stream);
  const io::ResultFile result = wants_check ? checked(path) : io::ResultFile(path);
  if (wants_json && wants_crate) throw Error(ErrorKind::usage, "--json and --ro-crate do not go together");
  if (wants_crate) {
    *session.console.out.stream << ro_crate(result) << '\n';
  } else if (wants_json) {
    *session.console.out.stream << info_json(result, path, wants_check) << '\n';
  } else {
    print_info(result, path, session.console.out);
    if (wants_check) *session.console.out.stream << "\nchecked: every table is what was written\n";
  }
  return ExitCode::done;
}

}  // namespace kith::cli
