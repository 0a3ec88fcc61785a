#pragma once

#include "core/inputs.hpp"
#include "io/hdf5_access.hpp"

/// The files that a scenario names, inside the result.
namespace kith::io {

/// The group of a file that holds them; it is no table.
inline constexpr const char* inputs_group = "inputs";

/// Writes the group: the bytes of each file as a dataset with its name and checksum; nothing where there are none.
void write_inputs(const Handle& file, const InputFiles& inputs);
/// The same read back. Throws kith::Error(ErrorKind::damaged) for a file that is not what was written.
InputFiles read_inputs(const Handle& file);

}  // namespace kith::io
