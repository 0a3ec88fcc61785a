#pragma once

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "cli/cli.hpp"
#include "support/fake_application.hpp"
#include "support/scratch_folder.hpp"

namespace kith::testing {

/// What a command line did.
struct Outcome {
  int status = -1;
  std::string out;
  std::string err;
};

inline Outcome invoke(const cli::Words& words) {
  std::ostringstream out;
  std::ostringstream err;
  const FakeApplication application;
  const int status = cli::run_command_line(application, words, {.out = {.stream = &out}, .err = {.stream = &err}});
  return {status, out.str(), err.str()};
}

inline bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

inline std::string read_file(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

inline void write_file(const std::string& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

}  // namespace kith::testing
