#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace kith {

/// A 64-bit digest of state, the same for the same bits in the same order. Not cryptographic.
class Fingerprint {
 public:
  void add(std::span<const std::byte> bytes);
  void add(std::uint64_t word);
  void add(std::string_view text) { add(std::as_bytes(std::span(text.data(), text.size()))); }
  template <class T>
  void add_values(std::span<const T> values) {
    add(std::as_bytes(values));
  }
  std::uint64_t value() const { return state_; }
  /// Sixteen hexadecimal digits.
  std::string text() const;

 private:
  std::uint64_t state_ = 0x9ae16a3b2f90404fu;
};

}  // namespace kith
