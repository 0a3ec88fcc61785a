#pragma once

#include <string>

#include "io/hdf5_handle.hpp"

/// How HDF5 reads files: each block is compared with the file's seal before HDF5 sees a byte of it.
namespace kith::io {

/// Lets a file access list read through the seal; what is damaged cannot be read.
void read_sealed(const Handle& access_list);

/// What damage this thread has met since it was asked last; "" none.
std::string take_damage();

}  // namespace kith::io
