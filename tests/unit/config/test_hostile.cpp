#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>

#include "demo.hpp"

/// Every hostile input is answered in under a second and 100 MB, measured in a process of its own.
namespace {

namespace fs = std::filesystem;
using kith::config::Document;
using kith::config::InvalidScenario;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool measures_hold = false;  // sanitizers multiply both
#else
constexpr bool measures_hold = true;
#endif

struct Answer {
  std::string text;    ///< the messages
  double seconds = 0;  ///< processor time, which does not depend on what else runs
  long megabytes = 0;  ///< greatest resident size
};

/// Runs `task` in a child process, so that its memory can be measured.
Answer run_apart(const std::function<std::string()>& task) {
  int ends[2] = {0, 0};
  REQUIRE(pipe(ends) == 0);
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    const std::string text = task().substr(0, 60'000);  // what a pipe holds
    const bool is_written = write(ends[1], text.data(), text.size()) == static_cast<ssize_t>(text.size());
    _exit(is_written ? 0 : 1);
  }
  close(ends[1]);
  rusage usage{};
  int status = 0;
  REQUIRE(wait4(child, &status, 0, &usage) == child);
  const auto in_seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  std::string text(65'536, '\0');
  const ssize_t size = read(ends[0], text.data(), text.size());
  close(ends[0]);
  REQUIRE(status == 0);
  text.resize(static_cast<std::size_t>(size));
  return {text, in_seconds(usage.ru_utime) + in_seconds(usage.ru_stime), usage.ru_maxrss / 1024};
}

void check_cheap(const Answer& answer) {
  INFO(answer.text.substr(0, 300));
  CHECK((answer.seconds < 1.0 || !measures_hold));
  CHECK((answer.megabytes < 100 || !measures_hold));
}

/// First line of the answer to a text.
std::string refusal(const std::function<std::string()>& make_text) {
  const Answer answer = run_apart([&] { return demo::messages(make_text()); });
  check_cheap(answer);
  return answer.text.substr(0, answer.text.find('\n'));
}

std::string repeated(const std::string& unit, std::size_t count) {
  std::string text;
  text.reserve(unit.size() * count);
  for (std::size_t i = 0; i < count; ++i) text += unit;
  return text;
}

const std::string valid = "kith: 1\ntime: {duration: 22 d}\nnetwork: {generate: layers}\n";
const std::string deep =
    "lists and mappings are nested deeper than 50 (no scenario needs that) look for a bracket that is never closed";
const std::string too_much =
    "this is too much for one scenario (over 50 000 commas, colons, brackets, dashes and lines) put tables into a CSV "
    "file";

std::string file_refusal(const std::string& path) {
  const Answer answer = run_apart([&]() -> std::string {
    try {
      Document::from_file(path);
    } catch (const InvalidScenario& error) {
      return print(error.mistakes().front());
    }
    return "";
  });
  check_cheap(answer);
  return answer.text.substr(0, answer.text.find('\n'));
}

struct Folder {
  fs::path path = fs::temp_directory_path() / ("kith_config_" + std::to_string(getpid()));
  Folder() { fs::create_directories(path); }
  ~Folder() { fs::remove_all(path); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
};

}  // namespace

TEST_CASE("deep nesting is refused where it exceeds the limit") {
  CHECK(refusal([] { return "x: " + repeated("[\n ", 10'000) + repeated("]", 10'000); }) ==
        "s.yaml:50:2: error: " + deep);
  CHECK(refusal([] { return "x: " + repeated("{a: ", 10'000) + repeated("}", 10'000); }) ==
        "s.yaml:1:200: error: " + deep);
  CHECK(refusal([] { return "x: " + repeated("[", 40'000); }).find("a [ without its ]") != std::string::npos);
  CHECK(refusal([] { return "x:\n" + repeated("- ", 40'000) + "1"; }) == "s.yaml:2:99: error: " + deep);
  CHECK(refusal([] {
          std::string text;
          for (std::size_t i = 0; i < 1500; ++i) text += std::string(i, ' ') + "a:\n";
          return text;
        }) == "s.yaml:51:51: error: " + deep);
}

TEST_CASE("nesting up to the limit is read") {
  CHECK(demo::messages(valid + "people: " + repeated("[", 49) + repeated("]", 49)).find("deeper") == std::string::npos);
  CHECK(demo::messages(valid + "people: " + repeated("[", 50) + repeated("]", 50)).find("deeper") != std::string::npos);
}

TEST_CASE("too much structure is refused before it is parsed") {
  CHECK(refusal([] { return "x: " + repeated("[", 900'000); }) == "s.yaml:1:50003: error: " + too_much);
  CHECK(refusal([] { return "x: [" + repeated("1,", 450'000) + "1]"; }) == "s.yaml:1:100002: error: " + too_much);
  CHECK(refusal([] { return repeated("\n", 900'000); }) == "s.yaml:50001:1: error: " + too_much);
  CHECK(refusal([] { return "x: [" + repeated("1,", 49'000) + "1]"; }) ==
        "s.yaml:1:1: error: kith is missing (it has no default) add \"kith: …\", Version of this format.");
}

TEST_CASE("an alias bomb is refused without being expanded") {
  const auto bomb = [] {
    std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n";
    for (int i = 1; i < 30; ++i) {
      const std::string n = std::to_string(i);
      const std::string last = "*a" + std::to_string(i - 1);
      text += "a" + n + ": &a" + n + " [" + last + "," + last + "," + last + "," + last + "," + last + "]\n";
    }
    return text;
  };
  const Answer answer = run_apart([&] { return demo::messages(bomb()); });
  check_cheap(answer);
  CHECK(answer.text.find("aliases (*name) are not read") != std::string::npos);
}

TEST_CASE("twenty thousand mistakes are counted, not all printed") {
  const Answer answer = run_apart([] {
    std::string text = valid + "people:\n";
    for (int i = 0; i < 20'000; ++i) text += "  k" + std::to_string(i) + ": 1\n";
    return demo::messages(text);
  });
  check_cheap(answer);
  CHECK(answer.text.find("19900 more mistakes") != std::string::npos);
}

TEST_CASE("long texts are read or refused quickly") {
  const std::string mb1 = std::string(1'000'000, 'x');
  CHECK(refusal([&] { return valid + "title: " + mb1; }) == "");
  CHECK(refusal([&] { return valid + "title: \"" + mb1 + "\""; }) == "");
  CHECK(refusal([&] { return valid + "# " + mb1; }) == "");
  CHECK(refusal([&] { return valid + "seed: " + mb1; }) ==
        "s.yaml:4:7: error: \"" + std::string(60, 'x') + "…\" is not a number (seed is a whole number)");
  CHECK(refusal([&] { return valid + mb1 + ": 1"; }).find("s.yaml:4:") == 0);
}

TEST_CASE("bytes that are no text are refused with their position") {
  const auto first = [](const std::string& text) {
    const std::string all = demo::messages(text);
    return all.substr(0, all.find('\n'));
  };
  CHECK(first("kith: 1\ntitle: caf\xE9\n") ==
        "s.yaml:2:11: error: byte 19 is not UTF-8 (the file may be in Latin-1 or no text at all) save it as UTF-8");
  CHECK(first("title: é\xC3(\n").find("s.yaml:1:9: error: byte 10 is not UTF-8") == 0);
  CHECK(first("title: \xC0\x80\n").find("byte 8 is not UTF-8") != std::string::npos);          // overlong NUL
  CHECK(first("title: \xED\xA0\x80\n").find("byte 8 is not UTF-8") != std::string::npos);      // surrogate
  CHECK(first("title: \xF4\x90\x80\x80\n").find("byte 8 is not UTF-8") != std::string::npos);  // over U+10FFFF
  CHECK(first(std::string("\xFF\xFEk\0i\0", 6)) ==
        "s.yaml:1:1: error: byte 1 is not UTF-8 (the file seems to be UTF-16) save it as UTF-8");
  const std::string control = "a control character (only tabs and line ends are text) remove it";
  CHECK(first(std::string("kith: 1\0\n", 9)) == "s.yaml:1:8: error: " + control);
  CHECK(first("kith: 1\x04\n") == "s.yaml:1:8: error: " + control);  // yaml-cpp would stop reading here
  CHECK(first("kith: 1\rtitle: x\n") == "s.yaml:1:8: error: " + control);
  CHECK(first("title: \xC2\x9B\n") == "s.yaml:1:8: error: " + control);
}

TEST_CASE("an empty scenario is refused") {
  const std::string empty =
      "s.yaml:1:1: error: the scenario is empty (a scenario is a mapping of keys) write \"key: value\"\n    1 | \n     "
      " | ^\n";
  CHECK(demo::messages("") == empty);
  CHECK(demo::messages("\n") == empty);
  CHECK(demo::messages("\xEF\xBB\xBF") == empty);
  CHECK(demo::messages("---\n").find("the scenario holds no keys") != std::string::npos);
}

TEST_CASE("messages hold no control characters from the scenario") {
  const std::string text = demo::messages(valid + "record: \"\\e[31mred\"\n\"k\\ae\\x9By\": 1\n");
  CHECK(text.find("[31mred") != std::string::npos);
  for (const char c : text) CHECK((static_cast<unsigned char>(c) >= 0x20 || c == '\n'));
  CHECK(text.find("\xC2\x9B") == std::string::npos);
}

TEST_CASE("files that are no scenario are refused") {
  const Folder folder;
  const std::string base = folder.path.string();
  std::ofstream(folder.path / "naltrexone.yaml") << valid;
  CHECK(file_refusal(base + "/naltrexon.yaml") ==
        base + "/naltrexon.yaml: error: no such file (a YAML file is wanted) did you mean \"" +
            (base + "/naltrexone.yaml") + "\"?");
  CHECK(file_refusal(base + "/nowhere/x.yaml") ==
        base + "/nowhere/x.yaml: error: no such file (a YAML file is wanted) there is no folder \"" + base +
            "/nowhere\"");
  CHECK(file_refusal(base) == base + ": error: this is a folder (a YAML file is wanted) name a file in it");
  const std::string large = base + "/large.yaml";
  std::ofstream(large).put('x');
  fs::resize_file(large, 100'000'000);
  CHECK(file_refusal(large) == large + ": error: too large for a scenario (over 1 MB) put tables into CSV files");
  CHECK(file_refusal("/dev/zero") ==
        "/dev/zero: error: too large for a scenario (over 1 MB) put tables into CSV files");
}

TEST_CASE("standard input is read up to the limit only") {
  const Answer endless = run_apart([]() -> std::string {
    if (std::freopen("/dev/zero", "r", stdin) == nullptr) return "no /dev/zero";
    try {
      Document::from_file("-");
    } catch (const InvalidScenario& error) {
      return print(error.mistakes().front());
    }
    return "";
  });
  check_cheap(endless);
  CHECK(endless.text == "standard input: error: too large for a scenario (over 1 MB) put tables into CSV files");
}
