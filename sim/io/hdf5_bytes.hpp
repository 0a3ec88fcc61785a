#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "io/hdf5_access.hpp"

/// Bytes of unknown number in one dataset, with a checksum for each chunk of 64 kB.
namespace kith::io {

/// A dataset to which bytes are appended.
class ByteDataset {
 public:
  /// Throws kith::Error(ErrorKind::failed), as the others do.
  ByteDataset(const Handle& group, const std::string& name);
  void append(std::span<const std::byte> bytes);
  void close();

 private:
  Handle dataset_;
  Size size_ = 0;
};

/// Whether chunks are compared with their checksums: not where the whole file has just been.
enum class Chunks { compared, trusted };

/// The bytes of such a dataset, part by part.
class ByteParts {
 public:
  /// Throws kith::Error(ErrorKind::failed), as `next` does, also where a checksum does not hold.
  ByteParts(const Handle& group, const std::string& name, Chunks chunks = Chunks::compared);
  Size size() const { return size_; }
  bool is_at_end() const { return begin_ == size_; }
  /// The next part, which holds until the next call; an empty one is the end. The last one closes the dataset.
  std::span<const std::byte> next();
  /// The bytes from where the last part ended; at most as many as are left.
  void read(std::span<std::byte> bytes);

 private:
  Handle dataset_;
  Handle transfer_;
  Size size_ = 0;
  Size begin_ = 0;  // of the next part
  std::vector<std::byte> part_;
};

/// All bytes of such a dataset. Throws as ByteParts does.
std::vector<std::byte> read_bytes(const Handle& group, const std::string& name);

}  // namespace kith::io
