#pragma once

#include <string_view>

namespace kith {

/// What this binary is and what it was built from; every result file carries it.
struct BuildInfo {
  std::string_view version;  ///< "0.1.0"
  std::string_view commit;  ///< git commit, with "-dirty" when tracked files were changed; "unknown" outside a checkout
  std::string_view compiler;   ///< "GNU 12.2.0"
  std::string_view flags;      ///< build type, compile options and sanitizers
  std::string_view libraries;  ///< "HDF5 1.10.8, TBB 2021.8.0, …"
};

const BuildInfo& build_info();

}  // namespace kith
