#include "core/fingerprint.hpp"

#include <fmt/format.h>

namespace kith {
namespace {

/// Up to eight bytes as a little-endian word, whatever the machine.
std::uint64_t load(std::span<const std::byte> bytes) {
  std::uint64_t word = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) word |= std::to_integer<std::uint64_t>(bytes[i]) << (8 * i);
  return word;
}

}  // namespace

void Fingerprint::add(std::uint64_t word) {
  // Each step is a bijection of the state, so that a change of one bit is never lost afterwards.
  state_ ^= word;
  state_ *= 0x9e3779b97f4a7c15u;
  state_ ^= state_ >> 32;
  state_ *= 0xd6e8feb86659fd93u;
  state_ ^= state_ >> 32;
}

void Fingerprint::add(std::span<const std::byte> bytes) {
  add(static_cast<std::uint64_t>(bytes.size()));  // so that "ab", "c" is not "a", "bc"
  while (bytes.size() >= 8) {
    add(load(bytes.first<8>()));
    bytes = bytes.subspan(8);
  }
  if (!bytes.empty()) add(load(bytes));
}

std::string Fingerprint::text() const { return fmt::format("{:016x}", state_); }

}  // namespace kith
