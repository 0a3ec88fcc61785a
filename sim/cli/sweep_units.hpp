#pragma once

#include <fmt/format.h>

#include <string>

namespace kith::cli {

/// "430 ms", "12 s", "5.2 min", "3.1 h"
inline std::string in_time(double seconds) {
  if (seconds < 1.0) return fmt::format("{:.0f} ms", 1e3 * seconds);
  if (seconds < 120.0) return fmt::format("{:.3g} s", seconds);
  if (seconds < 7200.0) return fmt::format("{:.3g} min", seconds / 60.0);
  return fmt::format("{:.3g} h", seconds / 3600.0);
}

/// "840 kB", "23 MB", "1.6 GB"
inline std::string in_bytes(double bytes) {
  if (bytes < 1e6) return fmt::format("{:.0f} kB", bytes / 1e3);
  if (bytes < 1e9) return fmt::format("{:.3g} MB", bytes / 1e6);
  return fmt::format("{:.3g} GB", bytes / 1e9);
}

}  // namespace kith::cli
