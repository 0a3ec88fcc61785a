#pragma once

#include <string>
#include <string_view>

namespace kith {

/// The text in quotes for a POSIX shell, or as it is when the shell leaves it alone.
std::string shell_quoted(std::string_view text);

}  // namespace kith
