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

void for_each_part(const Handle& group, const std::string& name,
                   const std::function<void(std::span<const std::byte>)>& f) {
  constexpr Size most = 64 * chunk_bytes;
  const Handle dataset = open_dataset(group, name);
  const Sizes sizes = sizes_of(dataset);
  if (sizes.size() != 1) fail("read " + name + " as a list of bytes");
  std::vector<std::byte> bytes;
  for (Size begin = 0; begin < sizes.front(); begin += bytes.size()) {
    const Size count = std::min(most, sizes.front() - begin);
    bytes.resize(count);
    const Handle file = own(H5Dget_space(dataset.get()), "get a data space");
    check(H5Sselect_hyperslab(file.get(), H5S_SELECT_SET, &begin, nullptr, &count, nullptr), "select bytes");
    const Handle memory = space_of(count);
    check(H5Dread(dataset.get(), H5T_NATIVE_UINT8, memory.get(), file.get(), H5P_DEFAULT, bytes.data()), "read bytes");
    f(bytes);
  }
}

std::vector<std::byte> read_bytes(const Handle& group, const std::string& name) {
  const Handle dataset = open_dataset(group, name);
  const Sizes sizes = sizes_of(dataset);
  if (sizes.size() != 1) fail("read " + name + " as a list of bytes");
  std::vector<std::byte> bytes(sizes.front());
  if (!bytes.empty())
    check(H5Dread(dataset.get(), H5T_NATIVE_UINT8, H5S_ALL, H5S_ALL, H5P_DEFAULT, bytes.data()), "read bytes");
  return bytes;
}

}  // namespace kith::io
