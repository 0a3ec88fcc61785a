#include <fmt/format.h>

#include <fstream>
#include <sstream>
#include <stdexcept>

#include "bench.hpp"
#include "cli/cli.hpp"
#include "models/application/application.hpp"

namespace kith::bench {

std::string invoke(const std::vector<std::string>& words) {
  std::ostringstream out;
  std::ostringstream err;
  const int status =
      cli::run_command_line(KithApplication{}, words, {.out = {.stream = &out}, .err = {.stream = &err}});
  if (status != 0) throw std::runtime_error(fmt::format("kith {} ended with {}: {}", words.front(), status, err.str()));
  return out.str();
}

double largest_memory() {
  double kilobytes = 0.0;
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    if (word == "VmHWM:" && status >> kilobytes) break;
  }
  std::ofstream("/proc/self/clear_refs") << "5";
  return kilobytes / 1024.0;
}

}  // namespace kith::bench
