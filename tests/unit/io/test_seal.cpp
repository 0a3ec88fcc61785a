#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <random>

#include "core/error.hpp"
#include "io/hdf5_access.hpp"
#include "io/seal.hpp"
#include "support/results.hpp"

using namespace kith;
using namespace kith::io;
namespace fs = std::filesystem;

namespace {

constexpr std::uintmax_t megabyte = std::uintmax_t{1} << 20;

void flip(const std::string& path, std::uintmax_t byte, int bit) {
  std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
  file.seekg(static_cast<std::streamoff>(byte));
  const int was = file.get();
  file.seekp(static_cast<std::streamoff>(byte));
  file.put(static_cast<char>(was ^ (1 << bit)));
}

/// A result of 300 MB, nearly all of it a hole behind what HDF5 reads, sealed; returns how long that is.
std::uintmax_t write_large(const std::string& path) {
  write_sample({path});
  const std::uintmax_t used = Seal::of(path)->bytes();
  fs::resize_file(path, used);
  fs::resize_file(path, 300 * megabyte);
  seal_file(path);
  return used;
}

/// All numbers of all tables, as bytes of text are enough to compare.
std::string everything_in(const ResultFile& result) {
  std::string all;
  for (const std::string& table : result.tables()) {
    for (const Variable& variable : result.spec(table).variables) {
      std::visit(
          [&](const auto& values) {
            for (const auto& value : values) {
              if constexpr (std::is_same_v<std::decay_t<decltype(value)>, std::string>)
                all += value;
              else
                all += std::to_string(value);
              all += ' ';
            }
          },
          result.read(table, variable.name));
    }
  }
  return all;
}

}  // namespace

TEST_CASE("A bit flipped anywhere in a large file is damage, wherever it is read, and never other numbers") {
  const ScratchFolder folder;
  const std::string path = folder / "large.h5";
  const std::uintmax_t used = write_large(path);
  const std::string whole = everything_in(ResultFile(path));
  REQUIRE(whole.size() > 100);
  std::mt19937 random(1);
  for (int i = 0; i < 200; ++i) {
    const std::uintmax_t byte = random() % used;
    const int bit = static_cast<int>(random() % 8);
    CAPTURE(byte, bit);
    flip(path, byte, bit);
    try {
      ResultFile read(path);
      everything_in(read);
      FAIL("damage was read");
    } catch (const Error& error) {
      CHECK((error.kind() == ErrorKind::damaged || byte < 8));  // without its first bytes it is no HDF5 file
    }
    flip(path, byte, bit);
  }
  CHECK(everything_in(ResultFile(path)) == whole);
}

TEST_CASE("Damage that nothing reads is found when all of a large file is checked") {
  const ScratchFolder folder;
  const std::string path = folder / "large.h5";
  write_large(path);
  const std::string whole = everything_in(ResultFile(path));
  CHECK(check_file(path).state != FileState::corrupt);
  flip(path, 200 * megabyte + 5, 3);
  CHECK(everything_in(ResultFile(path)) == whole);
  CHECK(check_file(path).state == FileState::corrupt);
  flip(path, 200 * megabyte + 5, 3);
  CHECK(check_file(path).state != FileState::corrupt);
}

TEST_CASE("A seal is of all bytes, in blocks, and is itself guarded") {
  const ScratchFolder folder;
  const std::string path = folder / "sealed";
  for (const std::uintmax_t bytes : {std::uintmax_t{1}, std::uintmax_t{2}, megabyte, megabyte + 1, 3 * megabyte}) {
    CAPTURE(bytes);
    std::ofstream(path, std::ios::binary) << std::string(static_cast<std::size_t>(bytes), 'k');
    CHECK_FALSE(Seal::of(path));
    seal_file(path);
    const auto seal = Seal::of(path);
    REQUIRE(seal);
    CHECK(seal->bytes() == bytes);
    CHECK(seal->blocks() == (bytes + megabyte - 1) / megabyte);
    CHECK_NOTHROW(check_seal(path));
    const std::uintmax_t all = fs::file_size(path);
    for (const std::uintmax_t byte : {std::uintmax_t{0}, bytes / 2, bytes - 1, bytes, all - 30, all - 10, all - 2}) {
      if (byte >= all) continue;
      CAPTURE(byte);
      flip(path, byte, 0);
      CHECK_THROWS_AS(check_seal(path), Error);
      flip(path, byte, 0);
    }
    CHECK_NOTHROW(check_seal(path));
  }
}
