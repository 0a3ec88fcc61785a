#pragma once

#include <string>
#include <string_view>

#include "cli/cli.hpp"

namespace kith::cli {

/// The seed as a scenario with every default filled in gives it, when it is a text that stands for a number; else "".
std::string seed_text(const std::string& resolved);

/// The words as a command for a POSIX shell: "kith run 'my scenario.yaml'".
std::string shell_command(const Words& words);

/// Version and commit of a program, for people.
std::string build_text(std::string_view version, std::string_view commit);

/// The present moment, ISO 8601 in UTC: "2026-03-01T12:00:00Z".
std::string utc_now();

}  // namespace kith::cli
