#pragma once

#include <cstddef>
#include <functional>
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

/// Hands on the bytes of such a dataset, part by part. Throws also where a checksum does not hold.
void for_each_part(const Handle& group, const std::string& name,
                   const std::function<void(std::span<const std::byte>)>& f);

/// All bytes of such a dataset. Throws also where a checksum does not hold.
std::vector<std::byte> read_bytes(const Handle& group, const std::string& name);

}  // namespace kith::io
