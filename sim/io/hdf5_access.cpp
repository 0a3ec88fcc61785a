#include "io/hdf5_access.hpp"

#include <hdf5.h>

#include <algorithm>
#include <cstring>
#include <type_traits>

#include "core/error.hpp"
#include "io/hdf5_types.hpp"
#include "io/sealed_driver.hpp"

namespace kith::io {
namespace {

static_assert(std::is_same_v<Size, hsize_t>);

constexpr std::size_t chunk_bytes = std::size_t{1}
                                    << 20;  // also HDF5's default chunk cache: a chunk is compressed once

/// Names in a group come in the order of creation in every reader, and attributes too.
void track_order(Hid group_list) {
  check(H5Pset_link_creation_order(group_list, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED), "track creation order");
  check(H5Pset_attr_creation_order(group_list, H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED), "track creation order");
}

Handle access_list() {
  Handle list = own(H5Pcreate(H5P_FILE_ACCESS), "make a file access list");
  // Nobody else opens a file before it is renamed into place, and locks fail on NFS and Lustre.
  check(H5Pset_file_locking(list.get(), false, true), "switch file locks off");
  check(H5Pset_fclose_degree(list.get(), H5F_CLOSE_STRONG), "set how files close");
  // Since this format HDF5 keeps checksums of what describes the data, and sees damage before it stumbles over it.
  check(H5Pset_libver_bounds(list.get(), H5F_LIBVER_V110, H5F_LIBVER_V110), "set the format");
  return list;
}

Handle select_box(const Handle& dataset, const Sizes& start, const Sizes& count) {
  Handle space = own(H5Dget_space(dataset.get()), "get a data space");
  if (!count.empty()) {
    check(H5Sselect_hyperslab(space.get(), H5S_SELECT_SET, start.data(), nullptr, count.data(), nullptr),
          "select rows");
  }
  return space;
}

Handle memory_space(const Sizes& sizes) {
  if (sizes.empty()) return own(H5Screate(H5S_SCALAR), "make a scalar space");
  return own(H5Screate_simple(static_cast<int>(sizes.size()), sizes.data(), nullptr), "make a data space");
}

/// For texts HDF5 converts pointers, through a buffer that it clears at each call: 1 MB, unless it is told how many there are.
Handle transfer_of_texts(std::size_t count) {
  constexpr std::size_t text_bytes = 16;  // a text in a file is a length and where it lies
  constexpr std::size_t most = std::size_t{1} << 20;
  Handle list = own(H5Pcreate(H5P_DATASET_XFER), "make a transfer list");
  check(H5Pset_buffer(list.get(), std::clamp(count * text_bytes, text_bytes, most), nullptr, nullptr), "set a buffer");
  return list;
}

void read_texts(const Handle& dataset, const Handle& type, const Handle& memory, const Handle& file,
                std::vector<std::string>& texts) {
  std::vector<char*> raw(texts.size(), nullptr);
  const Handle transfer = transfer_of_texts(texts.size());
  check(H5Dread(dataset.get(), type.get(), memory.get(), file.get(), transfer.get(), raw.data()), "read texts");
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] != nullptr) texts[i] = raw[i];
  }
  H5Dvlen_reclaim(type.get(), memory.get(), H5P_DEFAULT, raw.data());
}

Handle creation_list(ValueType type, const Sizes& sizes, const DatasetOptions& options) {
  Handle list = own(H5Pcreate(H5P_DATASET_CREATE), "make a dataset list");
  check(H5Pset_attr_creation_order(list.get(), H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED), "track creation order");
  const bool grows = std::find(options.growth.begin(), options.growth.end(), Growth::unlimited) != options.growth.end();
  const bool deflates = options.compression == Compression::deflate && product(sizes) > 0 && !sizes.empty();
  if (grows || deflates) {
    const Sizes chunk = chunk_of(sizes, element_bytes(type));
    check(H5Pset_chunk(list.get(), static_cast<int>(chunk.size()), chunk.data()), "set chunks");
  }
  if (deflates) {
    if (type != ValueType::text && element_bytes(type) > 1) check(H5Pset_shuffle(list.get()), "set shuffle");
    check(H5Pset_deflate(list.get(), 1), "set deflate");
  }
  if (size(options.fill) == 1 && type != ValueType::text) {
    const Handle fill_type = memory_type(type);
    std::visit(
        [&](const auto& v) {
          if constexpr (!std::is_same_v<typename std::decay_t<decltype(v)>::value_type, std::string>) {
            check(H5Pset_fill_value(list.get(), fill_type.get(), v.data()), "set the fill value");
          }
        },
        options.fill);
  }
  return list;
}

}  // namespace

Size product(const Sizes& sizes) {
  constexpr Size most = Size{1} << 40;
  Size all = 1;
  for (const Size length : sizes) {
    if (length == 0) return 0;
    if (length > most / all) throw Error(ErrorKind::failed, "a table has more values than Kith writes or reads");
    all *= length;
  }
  return all;
}

Sizes chunk_of(const Sizes& sizes, std::size_t element_bytes) {
  Sizes chunk(sizes);
  for (auto& extent : chunk) extent = std::max<Size>(extent, 1);
  for (std::size_t axis = 0; axis < chunk.size(); ++axis) {
    const Size row = product(chunk) / chunk[axis] * element_bytes;  // bytes of one step along this axis
    chunk[axis] = std::clamp<Size>(chunk_bytes / row, 1, chunk[axis]);
  }
  return chunk;
}

Handle memory_type(ValueType type) {
  if (type == ValueType::text) {
    Handle text = own(H5Tcopy(H5T_C_S1), "make a text type");
    check(H5Tset_size(text.get(), H5T_VARIABLE), "make a text type");
    check(H5Tset_cset(text.get(), H5T_CSET_UTF8), "make a text type");
    return text;
  }
  const Hid native[] = {H5T_NATIVE_FLOAT, H5T_NATIVE_DOUBLE, H5T_NATIVE_INT8, H5T_NATIVE_INT32, H5T_NATIVE_INT64};
  return own(H5Tcopy(native[static_cast<std::size_t>(type)]), "copy a type");
}

Handle create_file(const std::string& path) {
  silence_hdf5();
  const Handle creation = own(H5Pcreate(H5P_FILE_CREATE), "make a file list");
  track_order(creation.get());
  const Handle access = access_list();
  return own(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, creation.get(), access.get()), "create the file");
}

Handle open_file(const std::string& path) {
  silence_hdf5();
  const Handle access = access_list();
  read_sealed(access);
  return own(H5Fopen(path.c_str(), H5F_ACC_RDONLY, access.get()), "open the file");
}

Handle open_compared_file(const std::string& path) {
  silence_hdf5();
  const Handle access = access_list();
  return own(H5Fopen(path.c_str(), H5F_ACC_RDONLY, access.get()), "open the file");
}

bool is_hdf5(const std::string& path) {
  silence_hdf5();
  return H5Fis_hdf5(path.c_str()) > 0;
}

Handle create_group(const Handle& parent, const std::string& name) {
  const Handle list = own(H5Pcreate(H5P_GROUP_CREATE), "make a group list");
  track_order(list.get());
  return own(H5Gcreate2(parent.get(), name.c_str(), H5P_DEFAULT, list.get(), H5P_DEFAULT), "create group " + name);
}

Handle open_group(const Handle& parent, const std::string& name) {
  check_link(parent, name);
  return own(H5Gopen2(parent.get(), name.c_str(), H5P_DEFAULT), "open group " + name);
}

Handle open_dataset(const Handle& group, const std::string& name) {
  check_link(group, name);
  Handle dataset = own(H5Dopen2(group.get(), name.c_str(), H5P_DEFAULT), "open dataset " + name);
  const Handle list = own(H5Dget_create_plist(dataset.get()), "get a dataset list");
  if (H5Pget_layout(list.get()) == H5D_VIRTUAL || H5Pget_external_count(list.get()) > 0)
    throw Error(ErrorKind::failed, "the values of " + name + " lie in another file, which is not followed");
  product(sizes_of(dataset));
  return dataset;
}

Handle create_dataset(const Handle& group, const std::string& name, ValueType type, const Sizes& sizes,
                      const DatasetOptions& options) {
  Sizes limits(sizes);
  for (std::size_t axis = 0; axis < options.growth.size(); ++axis) {
    if (options.growth[axis] == Growth::unlimited) limits[axis] = H5S_UNLIMITED;
  }
  const Handle space =
      sizes.empty()
          ? memory_space(sizes)
          : own(H5Screate_simple(static_cast<int>(sizes.size()), sizes.data(), limits.data()), "make a data space");
  const Handle list = creation_list(type, sizes, options);
  const Handle file_type = memory_type(type);
  return own(H5Dcreate2(group.get(), name.c_str(), file_type.get(), space.get(), H5P_DEFAULT, list.get(), H5P_DEFAULT),
             "create dataset " + name);
}

Sizes sizes_of(const Handle& dataset) {
  const Handle space = own(H5Dget_space(dataset.get()), "get a data space");
  Sizes sizes(static_cast<std::size_t>(std::max(0, H5Sget_simple_extent_ndims(space.get()))));
  check(H5Sget_simple_extent_dims(space.get(), sizes.data(), nullptr), "get the sizes of a dataset");
  return sizes;
}

std::vector<Growth> growth_of(const Handle& dataset) {
  const Handle space = own(H5Dget_space(dataset.get()), "get a data space");
  Sizes limits(static_cast<std::size_t>(std::max(0, H5Sget_simple_extent_ndims(space.get()))));
  check(H5Sget_simple_extent_dims(space.get(), nullptr, limits.data()), "get the sizes of a dataset");
  std::vector<Growth> growth;
  for (const Size limit : limits) growth.push_back(limit == H5S_UNLIMITED ? Growth::unlimited : Growth::fixed);
  return growth;
}

ValueType type_of(const Handle& dataset) {
  const Handle type = own(H5Dget_type(dataset.get()), "get the type of a dataset");
  const std::size_t width = H5Tget_size(type.get());
  switch (H5Tget_class(type.get())) {
    case H5T_FLOAT:
      if (width == 4) return ValueType::float32;
      if (width == 8) return ValueType::float64;
      break;
    case H5T_INTEGER:
      if (width == 1) return ValueType::int8;
      if (width == 4) return ValueType::int32;
      if (width == 8) return ValueType::int64;
      break;
    case H5T_STRING:
      if (H5Tis_variable_str(type.get()) > 0) return ValueType::text;
      break;
    default:
      break;
  }
  throw Error(ErrorKind::failed, "a dataset has a type that Kith does not write");
}

void write_box(const Handle& dataset, const Values& values, const Sizes& start, const Sizes& count) {
  if (product(count) == 0) return;
  const Handle file = select_box(dataset, start, count);
  const Handle memory = memory_space(count);
  const Handle type = memory_type(type_of(values));
  std::visit(
      [&](const auto& v) {
        if constexpr (std::is_same_v<typename std::decay_t<decltype(v)>::value_type, std::string>) {
          std::vector<const char*> raw;
          raw.reserve(v.size());
          for (const auto& text : v) raw.push_back(text.c_str());
          const Handle transfer = transfer_of_texts(raw.size());
          check(H5Dwrite(dataset.get(), type.get(), memory.get(), file.get(), transfer.get(), raw.data()),
                "write texts");
        } else {
          check(H5Dwrite(dataset.get(), type.get(), memory.get(), file.get(), H5P_DEFAULT, v.data()), "write values");
        }
      },
      values);
}

void read_box(const Handle& dataset, const Sizes& start, const Sizes& count, Values& values, const Sizes& memory,
              const Sizes& memory_start) {
  if (product(count) == 0) return;
  const Handle file = select_box(dataset, start, count);
  const Handle space = memory_space(memory);
  if (!count.empty()) {
    check(H5Sselect_hyperslab(space.get(), H5S_SELECT_SET, memory_start.data(), nullptr, count.data(), nullptr),
          "select memory");
  }
  const Handle type = memory_type(type_of(values));
  std::visit(
      [&](auto& v) {
        if constexpr (std::is_same_v<typename std::decay_t<decltype(v)>::value_type, std::string>) {
          read_texts(dataset, type, space, file, v);
        } else {
          check(H5Dread(dataset.get(), type.get(), space.get(), file.get(), H5P_DEFAULT, v.data()), "read values");
        }
      },
      values);
}

Values read_all(const Handle& dataset) {
  const Sizes sizes = sizes_of(dataset);
  Size file_bytes = 0;
  unsigned intent = 0;
  const Handle file = own(H5Iget_file_id(dataset.get()), "find the file of a dataset");
  check(H5Fget_filesize(file.get(), &file_bytes), "get the size of a file");
  check(H5Fget_intent(file.get(), &intent), "find out how a file was opened");
  const bool is_on_disk = intent == H5F_ACC_RDONLY;  // what is being written may be in memory only
  if (is_on_disk && product(sizes) > file_bytes)
    throw Error(ErrorKind::damaged, "the file says of a list of names or numbers that it is longer than the file");
  Values values = zeros(type_of(dataset), product(sizes));
  const Sizes origin(sizes.size(), 0);
  read_box(dataset, origin, sizes, values, sizes, origin);
  return values;
}

}  // namespace kith::io
