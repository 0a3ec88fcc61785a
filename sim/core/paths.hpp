#pragma once

#include <string>

namespace kith {

/// The file that a path names through symbolic links, whether it is there or not; the path itself where there is no link.
/// Throws kith::Error(ErrorKind::output) for links that lead in a circle.
std::string followed(const std::string& path);

}  // namespace kith
