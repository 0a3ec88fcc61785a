#include "core/version.hpp"

#include "kith_build_info.inc"  // written by cmake/WriteBuildInfo.cmake

namespace kith {

const BuildInfo& build_info() {
  static constexpr BuildInfo info{KITH_BUILD_VERSION, KITH_BUILD_COMMIT, KITH_BUILD_COMPILER, KITH_BUILD_FLAGS,
                                  KITH_BUILD_LIBRARIES};
  return info;
}

}  // namespace kith
