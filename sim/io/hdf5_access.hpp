#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "io/hdf5_handle.hpp"
#include "io/values.hpp"

/// The few HDF5 calls that results need, without HDF5's headers.
namespace kith::io {

/// HDF5's hsize_t, which is called otherwise from 1.14 on.
#ifdef KITH_HDF5_1_14
using Size = std::uint64_t;
#else
using Size = unsigned long long;
#endif
using Sizes = std::vector<Size>;

enum class Compression { none, deflate };
enum class Growth { fixed, unlimited };

/// Throws kith::Error(ErrorKind::failed) for more than 2^40: no table of Kith's has so many values, and no index overflows.
Size product(const Sizes& sizes);

/// A chunk of at most 1 MB and at most the data: slow dimensions are cut first, so that a row is cut last.
Sizes chunk_of(const Sizes& sizes, std::size_t element_bytes);

Handle create_file(const std::string& path);
/// To read. Throws kith::Error(ErrorKind::damaged), as all that reads it then does, where it is not what was sealed (io/seal.hpp):
/// HDF5 never sees damage in it.
Handle open_file(const std::string& path);
/// The same for a file all of which `check_seal` has just compared.
Handle open_compared_file(const std::string& path);
/// Whether a file begins as HDF5 files do.
bool is_hdf5(const std::string& path);
Handle create_group(const Handle& parent, const std::string& name);
/// What follows reads nothing but the file itself: throws kith::Error(ErrorKind::failed) for soft and external links, and for
/// datasets whose values lie in other files.
Handle open_group(const Handle& parent, const std::string& name);
Handle open_dataset(const Handle& group, const std::string& name);
bool has_link(const Handle& group, const std::string& name);
/// Names in a group in the order of creation.
std::vector<std::string> link_names(const Handle& group);
/// Throws kith::Error(ErrorKind::failed) when `name` leads out of the group.
void check_link(const Handle& group, const std::string& name);
bool is_group(const Handle& parent, const std::string& name);

struct DatasetOptions {
  std::vector<Growth> growth{};                 ///< one a dimension; empty: all fixed
  Compression compression = Compression::none;  ///< shuffle + deflate 1: what every reader has
  Values fill{};                                ///< one element, or empty for none
};
Handle create_dataset(const Handle& group, const std::string& name, ValueType type, const Sizes& sizes,
                      const DatasetOptions& options);
/// A dimension without a coordinate variable, as netCDF-4 writes it: a scale that holds no data.
Handle create_bare_scale(const Handle& group, const std::string& name, Size size);
bool is_bare_scale(const Handle& dataset);
bool is_scale(const Handle& dataset);
void make_scale(const Handle& dataset, const std::string& name);
void attach_scale(const Handle& dataset, const Handle& scale, std::size_t axis);
/// Name of the scale on each axis; "" where there is none.
std::vector<std::string> scale_names(const Handle& dataset);

Sizes sizes_of(const Handle& dataset);
std::vector<Growth> growth_of(const Handle& dataset);
/// Throws for a type that Kith does not write.
ValueType type_of(const Handle& dataset);

/// Writes `values` (row-major, shape `count`) at `start`.
void write_box(const Handle& dataset, const Values& values, const Sizes& start, const Sizes& count);
/// Reads the box (`start`, `count`) into `values`, which is row-major with shape `memory`, at `memory_start`.
void read_box(const Handle& dataset, const Sizes& start, const Sizes& count, Values& values, const Sizes& memory,
              const Sizes& memory_start);
/// All of a dataset that is stored without compression. Throws kith::Error(ErrorKind::damaged) when it claims to be larger
/// than its file.
Values read_all(const Handle& dataset);

/// A text of any length as a scalar dataset: an attribute may not pass 64 KB.
void write_text(const Handle& group, const std::string& name, const std::string& text);
std::string read_text(const Handle& group, const std::string& name);

void write_attribute(const Handle& object, const std::string& name, const std::string& text);
void write_attribute(const Handle& object, const std::string& name, std::uint64_t number);
/// One number is written as a scalar, several as a list.
void write_attribute(const Handle& object, const std::string& name, const Values& values);
bool has_attribute(const Handle& object, const std::string& name);
std::vector<std::string> attribute_names(const Handle& object);
/// A text attribute, or a number as text; "" when it is neither.
std::string read_attribute(const Handle& object, const std::string& name);
std::vector<std::int8_t> read_int8_attribute(const Handle& object, const std::string& name);

}  // namespace kith::io
