#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "demo.hpp"

namespace fs = std::filesystem;

namespace {

const fs::path folder = fs::path(KITH_SOURCE_DIR) / "tests/unit/config/mistakes";

std::string content(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

/// Overrides stand in comments at the top: "# --set a.b=v".
std::vector<std::string> overrides(const std::string& text) {
  const std::string mark = "# --set ";
  std::vector<std::string> changes;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line) && line.starts_with(mark);) {
    changes.push_back(line.substr(mark.size()));
  }
  return changes;
}

std::vector<fs::path> scenarios() {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".yaml") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

}  // namespace

TEST_CASE("every mistake is told in exactly the words expected") {
  const std::vector<fs::path> paths = scenarios();
  REQUIRE(paths.size() >= 80);
  for (const fs::path& path : paths) {
    INFO(path.filename().string());
    const std::string text = content(path);
    const std::string expected = content(fs::path(path).replace_extension(".expected.txt"));
    CHECK(!expected.empty());
    CHECK(demo::messages(text, overrides(text)) == expected);
  }
}

TEST_CASE("Windows line ends give the same messages") {
  for (const fs::path& path : scenarios()) {
    INFO(path.filename().string());
    const std::string text = content(path);
    std::string windows;
    for (const char c : text) windows += c == '\n' ? std::string("\r\n") : std::string(1, c);
    CHECK(demo::messages(windows, overrides(text)) == demo::messages(text, overrides(text)));
  }
}

TEST_CASE("a byte order mark moves no column") {
  for (const fs::path& path : scenarios()) {
    INFO(path.filename().string());
    const std::string text = content(path);
    CHECK(demo::messages("\xEF\xBB\xBF" + text, overrides(text)) == demo::messages(text, overrides(text)));
  }
}
