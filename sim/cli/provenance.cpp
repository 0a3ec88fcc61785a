#include "cli/provenance.hpp"

#include <fmt/format.h>

#include <ctime>

#include "config/document.hpp"
#include "core/shell.hpp"

namespace kith::cli {

std::string seed_text(const std::string& resolved) {
  config::Document document = config::Document::from_text(resolved, "resolved");
  std::string seed = document.root().text({.key = "seed", .fallback = "", .doc = "The seed."});
  const bool is_number = seed.find_first_not_of("0123456789") == std::string::npos;
  return is_number ? "" : seed;
}

std::string shell_command(const Words& words) {
  std::string command = "kith";
  for (const std::string& word : words) command += " " + shell_quoted(word);
  return command;
}

std::string build_text(std::string_view version, std::string_view commit) {
  return fmt::format("{}, commit {}", version, commit.empty() ? "unknown" : commit);
}

std::string utc_now() {
  const std::time_t now = std::time(nullptr);
  std::tm fields{};
  gmtime_r(&now, &fields);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", fields.tm_year + 1900, fields.tm_mon + 1, fields.tm_mday,
                     fields.tm_hour, fields.tm_min, fields.tm_sec);
}

}  // namespace kith::cli
