#include "io/hdf5_bytes.hpp"

#include <hdf5.h>

#include <algorithm>

namespace kith::io {
namespace {

constexpr Size chunk_bytes = Size{64} << 10;

Handle space_of(Size size) {
  const Size most = H5S_UNLIMITED;
  return own(H5Screate_simple(1, &size, &most), "make a data space");
}

}  // namespace

ByteDataset::ByteDataset(const Handle& group, const std::string& name) {
  const Handle list = own(H5Pcreate(H5P_DATASET_CREATE), "make a dataset list");
  check(H5Pset_chunk(list.get(), 1, &chunk_bytes), "set chunks");
  check(H5Pset_fletcher32(list.get()), "set checksums");
  const Handle space = space_of(0);
  dataset_ =
      own(H5Dcreate2(group.get(), name.c_str(), H5T_NATIVE_UINT8, space.get(), H5P_DEFAULT, list.get(), H5P_DEFAULT),
          "create dataset " + name);
}

void ByteDataset::append(std::span<const std::byte> bytes) {
  if (bytes.empty()) return;
  const Size begin = size_;
  const Size count = bytes.size();
  size_ += count;
  check(H5Dset_extent(dataset_.get(), &size_), "extend a dataset");
  const Handle file = own(H5Dget_space(dataset_.get()), "get a data space");
  check(H5Sselect_hyperslab(file.get(), H5S_SELECT_SET, &begin, nullptr, &count, nullptr), "select bytes");
  const Handle memory = space_of(count);
  check(H5Dwrite(dataset_.get(), H5T_NATIVE_UINT8, memory.get(), file.get(), H5P_DEFAULT, bytes.data()), "write bytes");
}

void ByteDataset::close() { dataset_.close("close a dataset"); }

ByteParts::ByteParts(const Handle& group, const std::string& name, Chunks chunks)
    : dataset_(open_dataset(group, name)), transfer_(own(H5Pcreate(H5P_DATASET_XFER), "make a transfer list")) {
  const Sizes sizes = sizes_of(dataset_);
  if (sizes.size() != 1) fail("read " + name + " as a list of bytes");
  size_ = sizes.front();
  if (chunks == Chunks::trusted) check(H5Pset_edc_check(transfer_.get(), H5Z_DISABLE_EDC), "trust checksums");
}

void ByteParts::read(std::span<std::byte> bytes) {
  const Size count = bytes.size();
  if (count == 0) return;
  const Handle file = own(H5Dget_space(dataset_.get()), "get a data space");
  check(H5Sselect_hyperslab(file.get(), H5S_SELECT_SET, &begin_, nullptr, &count, nullptr), "select bytes");
  const Handle memory = space_of(count);
  check(H5Dread(dataset_.get(), H5T_NATIVE_UINT8, memory.get(), file.get(), transfer_.get(), bytes.data()),
        "read bytes");
  begin_ += count;
  if (is_at_end()) dataset_ = Handle();
}

std::span<const std::byte> ByteParts::next() {
  constexpr Size most = 64 * chunk_bytes;
  part_.resize(std::min(most, size_ - begin_));
  read(part_);
  return part_;
}

std::vector<std::byte> read_bytes(const Handle& group, const std::string& name) {
  ByteParts parts(group, name);
  std::vector<std::byte> bytes(parts.size());
  parts.read(bytes);
  return bytes;
}

}  // namespace kith::io
