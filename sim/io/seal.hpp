#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

/// What a closed result file keeps of all its bytes, so that a reader sees damage before HDF5 does, which may crash on it.
namespace kith::io {

/// A digest of each block of a file, which stands after its last byte; no reader of HDF5 looks there.
class Seal {
 public:
  static constexpr std::uintmax_t block_bytes = std::uintmax_t{1} << 20;  ///< the last block may be shorter

  /// The seal of a file; nothing where it has none. Throws kith::Error(ErrorKind::damaged) for one that is not what was written.
  static std::optional<Seal> of(const std::string& path);

  /// Of the file without its seal.
  std::uintmax_t bytes() const { return bytes_; }
  std::size_t blocks() const { return digests_.size(); }
  std::uintmax_t begin(std::size_t block) const { return block * block_bytes; }
  std::size_t length(std::size_t block) const;
  /// Whether a block is what was sealed.
  bool fits(std::size_t block, std::span<const char> content) const;

 private:
  std::uintmax_t bytes_ = 0;
  std::vector<std::string> digests_;  // [blocks] sixteen hexadecimal digits each
};

/// Seals a closed file. Throws kith::Error(ErrorKind::output).
void seal_file(const std::string& path);
/// Throws kith::Error(ErrorKind::damaged) when a file that is sealed is not what was sealed. A program that changes a result
/// through HDF5 takes the seal away.
void check_seal(const std::string& path);

}  // namespace kith::io
