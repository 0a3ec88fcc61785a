#include <catch2/catch.hpp>
#include <cstdio>
#include <sstream>

#include "cli/console.hpp"
#include "cli/progress.hpp"
#include "cli/report_text.hpp"
#include "core/shell.hpp"

using namespace kith;
using namespace kith::cli;

namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::string without_spaces(std::string text) {
  std::erase_if(text, [](char c) { return c == ' ' || c == '\n'; });
  return text;
}

}  // namespace

TEST_CASE("a table has its names to the left and its numbers to the right, counted in characters") {
  const ReportTable table{
      "Results",
      {"", "naltrexone", "difference [95 % CI]"},
      {{{"diary", {}}, {"4.2", {}}, {"−0.14 [−0.3, 0.1]", {}}}, {{"µ-signal", {}}, {"14.25", {}}, {"–", {}}}}};
  CHECK(print_table(table, 100) ==
        "Results\n"
        "            naltrexone  difference [95 % CI]\n"
        "  diary            4.2     −0.14 [−0.3, 0.1]\n"
        "  µ-signal       14.25                     –\n");
}

TEST_CASE("a wide table wraps its headers, then its columns, and loses nothing") {
  ReportTable table{"Wide", {""}, {{{"row one", {}}}, {{"row two", {}}}}};
  for (int c = 0; c < 12; ++c) {
    table.columns.push_back("a long column header " + std::to_string(100 + c));
    for (auto& row : table.rows) row.push_back({"value" + std::to_string(1000 * c + static_cast<int>(row.size())), {}});
  }
  const std::string text = print_table(table, 60);
  for (const std::string& line : lines_of(text)) CHECK(width_of(line) <= 60);
  for (int c = 0; c < 12; ++c) {
    CHECK(text.find(" " + std::to_string(100 + c)) != std::string::npos);
    CHECK(text.find("value" + std::to_string(1000 * c + c + 1)) != std::string::npos);
  }
}

TEST_CASE("a row that is too short prints blanks, and a table without columns its title") {
  CHECK(print_table({"T", {"", "a"}, {{{"x", {}}}}}, 80) == "T\n     a\n  x\n");
  CHECK(print_table({"T", {}, {}}, 80) == "T\n");
}

TEST_CASE("wrapped text keeps its words and its width") {
  const std::string text = "one two three four five six seven eight nine ten";
  const std::string result = wrapped(text, 16, 4);
  CHECK(without_spaces(result) == without_spaces(text));
  const auto lines = lines_of("    " + result);
  CHECK(lines.size() == 5);
  for (const std::string& line : lines) {
    CHECK(width_of(line) <= 16);
    CHECK(line.starts_with("    "));
  }
  CHECK(wrapped("a\nb", 80, 2) == "a\n  b");
}

TEST_CASE("wrapped text keeps the blanks with which a line starts and those between columns") {
  CHECK(wrapped("head\n     a   b\n 10 mg  1", 80, 2) == "head\n       a   b\n   10 mg  1");
}

TEST_CASE("warnings are coloured only where colour is wanted") {
  Report report;
  report.warnings.emplace_back("careful");
  CHECK(print_report(report, {}) == "\nWarning: careful\n");
  CHECK(print_report(report, {.has_colour = true}).find("\x1b[1;33m") != std::string::npos);
  CHECK(wants_colour(nullptr, "xterm"));
  CHECK(wants_colour("", "xterm"));
  CHECK_FALSE(wants_colour("1", "xterm"));
  CHECK_FALSE(wants_colour(nullptr, "dumb"));
  CHECK_FALSE(wants_colour(nullptr, nullptr));
}

TEST_CASE("progress is one line a minute where no terminal is") {
  std::ostringstream stream;
  double now = 0.0;
  ProgressDisplay display({.stream = &stream}, [&] { return now; });
  for (; now < 200.0; now += 1.0) display.report(now / 400.0, "run");
  const auto lines = lines_of(stream.str());
  REQUIRE(lines.size() == 3);
  CHECK(lines[0] == " 15 %  run, 1 min 00 s so far, about 5 min 40 s left");
  CHECK(stream.str().find('\x1b') == std::string::npos);
}

TEST_CASE("progress is a bar on a terminal, drawn ten times a second at most and taken away") {
  std::ostringstream stream;
  double now = 0.0;
  {
    ProgressDisplay display({.stream = &stream, .is_terminal = true, .width = 80}, [&] { return now; });
    for (int i = 0; i < 100; ++i, now += 0.01) display.report(now, "run");
  }
  const std::string text = stream.str();
  CHECK(std::count(text.begin(), text.end(), '[') >= 10);
  CHECK(std::count(text.begin(), text.end(), '\r') <= 13);
  CHECK(text.ends_with("\r\x1b[K"));
  CHECK(text.find('\n') == std::string::npos);
}

TEST_CASE("progress never goes back within a part of the run, and starts anew in the next") {
  std::ostringstream stream;
  double now = 0.0;
  ProgressDisplay display({.stream = &stream}, [&] { return now += 60.0; });
  display.report(0.5, "burn-in");
  display.report(0.4, "burn-in");
  display.report(0.1, "run");
  const auto lines = lines_of(stream.str());
  REQUIRE(lines.size() == 3);
  CHECK(lines[0].starts_with(" 50 %  burn-in"));
  CHECK(lines[1].starts_with(" 50 %  burn-in"));
  CHECK(lines[2].starts_with(" 10 %  run"));
}

TEST_CASE("a shell reads quoted words back as they were") {
  for (const char* text_of_word : {"plain.yaml", "two words", "it's", "$HOME `ls` \"x\" \\ *", "", "a\nb", "µ"}) {
    const std::string word = text_of_word;
    INFO(word);
    const std::string command = "printf %s " + shell_quoted(word);
    FILE* const pipe = popen(command.c_str(), "r");
    REQUIRE(pipe != nullptr);
    std::string text;
    for (int c = 0; (c = std::fgetc(pipe)) != EOF;) text += static_cast<char>(c);
    pclose(pipe);
    CHECK(text == word);
  }
  CHECK(shell_quoted("plain.yaml") == "plain.yaml");
}

TEST_CASE("durations are printed in the units that read best") {
  CHECK(print_seconds(0.04) == "0.0 s");
  CHECK(print_seconds(59.94) == "59.9 s");
  CHECK(print_seconds(59.97) == "1 min 00 s");
  CHECK(print_seconds(3599.6) == "1 h 00 min");
  CHECK(print_seconds(7800) == "2 h 10 min");
}
