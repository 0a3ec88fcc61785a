#include "core/audit.hpp"

#include <atomic>

namespace kith {
namespace {

#ifdef KITH_AUDIT
constexpr bool is_always_on = true;
#else
constexpr bool is_always_on = false;
#endif

std::atomic<bool>& flag() {
  static std::atomic<bool> on = false;
  return on;
}

}  // namespace

bool is_audited() { return is_always_on || flag(); }

void set_audited(bool is_on) { flag() = is_on; }

}  // namespace kith
