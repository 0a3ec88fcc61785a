#pragma once

// What the sources use of C++20 and emscripten's libc++ (13) does not have yet; included before everything else.

#include <atomic>
#include <version>

#ifndef __cpp_lib_bit_cast
namespace std {
template <class To, class From>
constexpr To bit_cast(const From& from) noexcept {
  return __builtin_bit_cast(To, from);
}
}  // namespace std
#endif

#ifndef __cpp_lib_atomic_ref
namespace std {
/// A page has one thread.
template <class Number>
class atomic_ref {
 public:
  explicit atomic_ref(Number& number) : number_(&number) {}
  Number fetch_add(Number more, memory_order /*order*/ = memory_order_seq_cst) const {
    const Number before = *number_;
    *number_ += more;
    return before;
  }

 private:
  Number* number_;
};
}  // namespace std
#endif
