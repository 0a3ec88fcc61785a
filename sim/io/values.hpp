#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/tables.hpp"

namespace kith::io {

ValueType type_of(const Values& values);
std::size_t size(const Values& values);
/// Memory that the values take [bytes]; text counts with its own characters.
std::size_t bytes(const Values& values);
/// Bytes of one element in a file; text is kept as a reference of 16 bytes.
std::size_t element_bytes(ValueType type);

/// `count` times what stands for "missing" in `variable`: NaN, −1 for a category, the lowest value of another integer,
/// "".
Values missing(const Variable& variable, std::size_t count);
/// `count` zeros, or empty texts.
Values zeros(ValueType type, std::size_t count);
/// Appends values of the same type.
void append(Values& to, const Values& from);
/// The elements at `indices`.
Values pick(const Values& values, const std::vector<std::size_t>& indices);
/// Numbers as doubles; text is refused with std::invalid_argument.
std::vector<double> as_doubles(const Values& values);
/// `numbers` in type `type`.
Values from_doubles(ValueType type, const std::vector<double>& numbers);

/// The unit as the file spells it. Times are singular words ("hour", "day"), because xarray turns a variable whose
/// units are one of its own plural words ("hours", "days") into timedelta64, and some versions "h", "d", "s" too. A
/// duration is a number here, on the time axis as well: the same float in every reader and version, so `sel(time=24.0)`
/// works. Whoever wants timedelta64 writes `pandas.to_timedelta(ds.time, "h")`.
std::string file_unit(const std::string& unit);

}  // namespace kith::io
