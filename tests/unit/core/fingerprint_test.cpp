#include "core/fingerprint.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <set>
#include <string>
#include <vector>

using kith::Fingerprint;

namespace {

std::uint64_t of_bytes(const std::vector<std::byte>& bytes) {
  Fingerprint fingerprint;
  fingerprint.add(std::span<const std::byte>(bytes));
  return fingerprint.value();
}

std::uint64_t of_texts(std::string_view a, std::string_view b) {
  Fingerprint fingerprint;
  fingerprint.add(a);
  fingerprint.add(b);
  return fingerprint.value();
}

}  // namespace

TEST_CASE("A fingerprint has a known value") {
  Fingerprint fingerprint;
  CHECK(fingerprint.text() == "9ae16a3b2f90404f");
  fingerprint.add(std::string_view("connection"));
  fingerprint.add(std::uint64_t{42});
  const std::array<float, 3> values{0.5F, -1.0F, 2.25F};
  fingerprint.add_values(std::span<const float>(values));
  // Computed by a separate program.
  CHECK(fingerprint.text() == "9c8acd98fa0fb6fc");
}

TEST_CASE("Every single bit changes a fingerprint, and no two bits change it alike") {
  std::vector<std::byte> bytes(37, std::byte{0x5a});
  std::set<std::uint64_t> seen{of_bytes(bytes)};
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    const std::byte mask{static_cast<unsigned char>(1u << (bit % 8))};
    bytes[bit / 8] ^= mask;
    CHECK(seen.insert(of_bytes(bytes)).second);
    bytes[bit / 8] ^= mask;
  }
}

TEST_CASE("A fingerprint depends on the order and on where one piece ends") {
  CHECK(of_texts("a", "b") != of_texts("b", "a"));
  CHECK(of_texts("ab", "c") != of_texts("a", "bc"));
  CHECK(of_texts("", "a") != of_texts("a", ""));
  CHECK(of_texts("12345678", "") != of_texts("", "12345678"));
  CHECK(of_bytes(std::vector<std::byte>(8)) != of_bytes(std::vector<std::byte>(7)));
}
