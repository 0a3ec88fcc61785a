#include "config/file.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <vector>

#include "config/document.hpp"
#include "config/source.hpp"
#include "core/inputs.hpp"
#include "core/utf8.hpp"

namespace kith::config {

namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const std::string& path, std::string problem, std::string why, std::string suggestion) {
  throw InvalidScenario({{.file = display_name(path),
                          .problem = std::move(problem),
                          .why = std::move(why),
                          .suggestion = std::move(suggestion)}});
}

[[noreturn]] void refuse_size(const std::string& path) {
  refuse(path, "too large for a scenario", "over 1 MB", "put tables into CSV files");
}

/// `did you mean "x.yaml"?` for the file of the same folder whose name is nearest, or how to go on.
std::string suggest_file(const fs::path& path) {
  constexpr std::size_t most_files = 10'000;
  std::error_code error;
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  if (!fs::is_directory(folder, error)) return "there is no folder " + in_quotes(folder.string());
  std::vector<std::string> names;
  for (fs::directory_iterator it(folder, error); !error && it != fs::directory_iterator(); it.increment(error)) {
    if (names.size() == most_files) break;
    names.push_back(it->path().filename().string());
  }
  std::sort(names.begin(), names.end());
  const std::string name = nearest(path.filename().string(), names);
  if (name.empty()) return "check the name";
  return "did you mean " + in_quotes((path.has_parent_path() ? folder / name : fs::path(name)).string()) + "?";
}

std::string read_stream(std::istream& stream, const std::string& path) {
  std::string text(max_bytes + 1, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (stream.bad()) refuse(path, "cannot be read", "reading failed", "");
  text.resize(static_cast<std::size_t>(stream.gcount()));
  if (text.size() > max_bytes) refuse_size(path);
  return text;
}

}  // namespace

std::string display_name(const std::string& path) { return path == "-" ? "standard input" : printable(path); }

namespace {

std::string read_from_disk(const std::string& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (!fs::exists(status)) refuse(path, "no such file", "a YAML file is wanted", suggest_file(path));
  if (fs::is_directory(status)) refuse(path, "this is a folder", "a YAML file is wanted", "name a file in it");
  if (fs::is_regular_file(status) && fs::file_size(path, error) > max_bytes) refuse_size(path);
  std::ifstream stream(path, std::ios::binary);
  if (!stream) refuse(path, "cannot be opened", "it exists, but may not be read", "check its permissions");
  return read_stream(stream, path);
}

}  // namespace

std::string read_file(const std::string& path) {
  if (path == "-") return read_stream(std::cin, path);
  return read_input(path, [&] { return read_from_disk(path); });
}

}  // namespace kith::config
