#include "io/seal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>

#include "core/error.hpp"
#include "core/fingerprint.hpp"
#include "core/parallel.hpp"
#include "io/durable.hpp"

namespace kith::io {
namespace {

constexpr std::size_t digits = 16;
constexpr std::size_t blocks_at_once = 16;  ///< that one thread reads
constexpr std::string_view mark = "\nkith checksum ";
constexpr std::size_t end_bytes = mark.size() + digits + 1 + digits + 1;

std::string digest_of(std::span<const char> content) {
  Fingerprint digest;
  digest.add(std::as_bytes(content));
  return digest.text();
}

/// The end of a seal: how many bytes it is of, and a digest of that and of the digests of the blocks.
std::string end_of_seal(std::uintmax_t bytes, const std::string& digests) {
  const std::string begin = fmt::format("{}{:016x} ", mark, bytes);
  return begin + digest_of(digests + begin) + "\n";
}

std::size_t blocks_of(std::uintmax_t bytes) {
  return static_cast<std::size_t>((bytes + Seal::block_bytes - 1) / Seal::block_bytes);
}

std::string read_from(std::ifstream& file, std::uintmax_t begin, std::size_t count) {
  std::string content(count, '\0');
  file.seekg(static_cast<std::streamoff>(begin));
  file.read(content.data(), static_cast<std::streamsize>(count));
  content.resize(static_cast<std::size_t>(file.gcount()));
  file.clear();
  return content;
}

}  // namespace

std::optional<Seal> Seal::of(const std::string& path) {
  std::error_code error;
  const std::uintmax_t all = std::filesystem::file_size(path, error);
  if (error || all < end_bytes) return std::nullopt;
  std::ifstream file(path, std::ios::binary);
  const std::string end = read_from(file, all - end_bytes, end_bytes);
  if (!end.starts_with(mark)) return std::nullopt;
  Seal seal;
  std::from_chars(end.data() + mark.size(), end.data() + mark.size() + digits, seal.bytes_, 16);
  const std::size_t blocks = seal.bytes_ < all ? blocks_of(seal.bytes_) : 0;
  const std::uintmax_t expected = seal.bytes_ + blocks * digits + end_bytes;
  const std::string digests = expected == all ? read_from(file, seal.bytes_, blocks * digits) : "";
  if (expected != all || end != end_of_seal(seal.bytes_, digests))
    throw Error(ErrorKind::damaged, "the file is not what was written: its checksums are damaged");
  for (std::size_t block = 0; block < blocks; ++block) seal.digests_.push_back(digests.substr(block * digits, digits));
  return seal;
}

std::size_t Seal::length(std::size_t block) const {
  return static_cast<std::size_t>(std::min(block_bytes, bytes_ - begin(block)));
}

bool Seal::fits(std::size_t block, std::span<const char> content) const {
  return content.size() == length(block) && digest_of(content) == digests_[block];
}

void seal_file(const std::string& path) {
  std::error_code error;
  const std::uintmax_t bytes = std::filesystem::file_size(path, error);
  if (error) throw Error(ErrorKind::output, "cannot read " + path + " (" + error.message() + ")");
  std::string digests(blocks_of(bytes) * digits, '0');
  for_each_block(
      blocks_of(bytes),
      [&](std::size_t begin, std::size_t end) {
        std::ifstream file(path, std::ios::binary);
        for (std::size_t block = begin; block < end; ++block) {
          const std::uintmax_t from = block * Seal::block_bytes;
          const auto length = static_cast<std::size_t>(std::min(Seal::block_bytes, bytes - from));
          const std::string digest = digest_of(read_from(file, from, length));
          std::copy(digest.begin(), digest.end(), digests.data() + block * digits);  // other threads write beside it
        }
      },
      blocks_at_once);
  std::ofstream file(path, std::ios::binary | std::ios::app);
  file << digests << end_of_seal(bytes, digests) << std::flush;
  if (!file) throw Error(ErrorKind::output, "cannot write values (" + system_reason() + ")");
}

void check_seal(const std::string& path) {
  const std::optional<Seal> seal = Seal::of(path);
  if (!seal) return;
  for_each_block(
      seal->blocks(),
      [&](std::size_t begin, std::size_t end) {
        std::ifstream file(path, std::ios::binary);
        for (std::size_t block = begin; block < end; ++block) {
          if (!seal->fits(block, read_from(file, seal->begin(block), seal->length(block))))
            throw Error(ErrorKind::damaged, "the file is not what was written: its checksum is wrong");
        }
      },
      blocks_at_once);
}

}  // namespace kith::io
