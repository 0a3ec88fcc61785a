#pragma once

#include <string>

namespace kith::config {

/// All bytes of a file, or of standard input for "-"; at most `max_bytes` are read. Throws InvalidScenario.
std::string read_file(const std::string& path);

/// The file's name in messages.
std::string display_name(const std::string& path);

}  // namespace kith::config
