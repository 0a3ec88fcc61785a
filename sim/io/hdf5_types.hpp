#pragma once

#include "io/hdf5_handle.hpp"
#include "io/values.hpp"

namespace kith::io {

/// HDF5's memory type for a value type; text is variable-length UTF-8. Owns the type.
Handle memory_type(ValueType type);

}  // namespace kith::io
