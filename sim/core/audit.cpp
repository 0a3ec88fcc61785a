#include "core/audit.hpp"

#include <atomic>

namespace kith {
namespace {

#ifdef KITH_AUDIT
constexpr bool is_always_on = true;
#else
constexpr bool is_always_on = false;
#endif

std::atomic<bool>& is_on() {
  static std::atomic<bool> on = false;
  return on;
}

}  // namespace

bool is_audited() { return is_always_on || is_on(); }

void set_audited(bool is_now_on) { is_on() = is_now_on; }

}  // namespace kith
