#pragma once

#include <atomic>

/// How what takes long and has no ticks (reading a file, making a network) is stopped: whoever is asked to stop the process sets a
/// flag, and long loops look at it. Ticks are not cut in half: who runs them asks between two.
namespace kith {

namespace detail {
inline std::atomic<bool> is_interrupt_asked{false};
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler sets it");
[[noreturn]] void throw_interrupt();
}  // namespace detail

/// Asks for a stop. May be called in a signal handler.
inline void interrupt() noexcept { detail::is_interrupt_asked.store(true); }
/// Takes the request back.
inline void clear_interrupt() noexcept { detail::is_interrupt_asked.store(false); }

/// Throws kith::Error(ErrorKind::stopped) when a stop is asked for. Costs a load.
inline void check_interrupt() {
  if (detail::is_interrupt_asked.load(std::memory_order_relaxed)) [[unlikely]]
    detail::throw_interrupt();
}

}  // namespace kith
