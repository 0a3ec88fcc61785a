#include <hdf5.h>
#include <hdf5_hl.h>

#include <algorithm>
#include <array>
#include <type_traits>

#include "core/error.hpp"
#include "io/hdf5_access.hpp"
#include "io/hdf5_types.hpp"

namespace kith::io {
namespace {

constexpr const char* bare_scale_mark =
    "This is a netCDF dimension but not a netCDF variable.";  // netCDF-4's own words

Handle create_attribute(const Handle& object, const std::string& name, const Handle& type, const Handle& space) {
  return own(H5Acreate2(object.get(), name.c_str(), type.get(), space.get(), H5P_DEFAULT, H5P_DEFAULT),
             "create attribute " + name);
}

/// The last part of an object's path: the name of the dataset, which netCDF takes for the name of the dimension.
std::string link_name(Hid object) {
  std::array<char, 1024> buffer{};
  if (H5Iget_name(object, buffer.data(), buffer.size()) <= 0) return {};
  const std::string path = buffer.data();
  return path.substr(path.rfind('/') + 1);
}

herr_t take_scale(hid_t /*dataset*/, unsigned /*axis*/, hid_t scale, void* name) {
  *static_cast<std::string*>(name) = link_name(scale);
  return 1;  // the first is the one
}

/// HDF5's answer to a question.
bool is_true(htri_t answer, const std::string& what) {
  check(answer, what);
  return answer > 0;
}

herr_t take_attribute(hid_t /*object*/, const char* name, const H5A_info_t* /*info*/, void* names) {
  static_cast<std::vector<std::string>*>(names)->push_back(name);
  return 0;
}

herr_t take_link(hid_t /*group*/, const char* name, const H5L_info_t* /*info*/, void* names) {
  static_cast<std::vector<std::string>*>(names)->push_back(name);
  return 0;
}

}  // namespace

void check_link(const Handle& group, const std::string& name) {
  H5L_info_t info{};
  check(H5Lget_info(group.get(), name.c_str(), &info, H5P_DEFAULT), "find " + name);
  if (info.type != H5L_TYPE_HARD)
    throw Error(ErrorKind::failed,
                name + " is a link to somewhere else, which no result of Kith has: it is not followed");
}

bool has_link(const Handle& group, const std::string& name) {
  return is_true(H5Lexists(group.get(), name.c_str(), H5P_DEFAULT), "look for " + name);
}

std::vector<std::string> link_names(const Handle& group) {
  std::vector<std::string> names;
  if (H5Literate(group.get(), H5_INDEX_CRT_ORDER, H5_ITER_INC, nullptr, &take_link, &names) < 0) {
    names.clear();  // a file of another program may not track the order
    check(H5Literate(group.get(), H5_INDEX_NAME, H5_ITER_INC, nullptr, &take_link, &names), "list a group");
  }
  return names;
}

bool is_group(const Handle& parent, const std::string& name) {
  check_link(parent, name);
  const Handle object = own(H5Oopen(parent.get(), name.c_str(), H5P_DEFAULT), "open " + name);
  return H5Iget_type(object.get()) == H5I_GROUP;
}

Handle create_bare_scale(const Handle& group, const std::string& name, Size size) {
  const Handle space = own(H5Screate_simple(1, &size, nullptr), "make a data space");
  const Handle list = own(H5Pcreate(H5P_DATASET_CREATE), "make a dataset list");
  Handle scale =
      own(H5Dcreate2(group.get(), name.c_str(), H5T_IEEE_F32BE, space.get(), H5P_DEFAULT, list.get(), H5P_DEFAULT),
          "create dimension " + name);
  std::string digits = std::to_string(size);
  digits.insert(0, digits.size() < 10 ? 10 - digits.size() : 0, ' ');
  make_scale(scale, bare_scale_mark + digits);
  return scale;
}

bool is_bare_scale(const Handle& dataset) {
  // H5DSget_scale_name reads past its memory where the name is not one text.
  return is_scale(dataset) && read_attribute(dataset, "NAME").starts_with(bare_scale_mark);
}

// H5DSis_scale reads past its memory where the text has no end.
bool is_scale(const Handle& dataset) { return read_attribute(dataset, "CLASS") == "DIMENSION_SCALE"; }

void make_scale(const Handle& dataset, const std::string& name) {
  check(H5DSset_scale(dataset.get(), name.c_str()), "make dimension " + name);
}

void attach_scale(const Handle& dataset, const Handle& scale, std::size_t axis) {
  check(H5DSattach_scale(dataset.get(), scale.get(), static_cast<unsigned>(axis)), "attach a dimension");
}

namespace {

/// HDF5 reads the list of scales into as many lists as there are dimensions, whatever the attribute holds.
void check_scale_list(const Handle& dataset, std::size_t rank) {
  constexpr const char* list = "DIMENSION_LIST";
  if (!is_true(H5Aexists(dataset.get(), list), "look for the dimensions of a variable")) return;
  const hid_t attribute = H5Aopen(dataset.get(), list, H5P_DEFAULT);
  const hid_t type = H5Aget_type(attribute);
  const hid_t space = H5Aget_space(attribute);
  const hid_t item = H5Tget_class(type) == H5T_VLEN ? H5Tget_super(type) : H5I_INVALID_HID;
  const bool is_right = item >= 0 && H5Tequal(item, H5T_STD_REF_OBJ) > 0 &&
                        H5Sget_simple_extent_npoints(space) == static_cast<hssize_t>(rank);
  if (item >= 0) H5Tclose(item);
  H5Sclose(space);
  H5Tclose(type);
  H5Aclose(attribute);
  if (!is_right) fail("read the dimensions of a variable");
}

}  // namespace

std::vector<std::string> scale_names(const Handle& dataset) {
  std::vector<std::string> names(sizes_of(dataset).size());
  check_scale_list(dataset, names.size());
  for (std::size_t axis = 0; axis < names.size(); ++axis) {
    H5DSiterate_scales(dataset.get(), static_cast<unsigned>(axis), nullptr, &take_scale, &names[axis]);
  }
  H5Eclear2(H5E_DEFAULT);
  return names;
}

void write_text(const Handle& group, const std::string& name, const std::string& text) {
  Handle dataset = create_dataset(group, name, ValueType::text, {}, {});
  write_box(dataset, std::vector<std::string>{text}, {}, {});
  dataset.close("write " + name);
}

std::string read_text(const Handle& group, const std::string& name) {
  const Handle dataset = open_dataset(group, name);
  const Values values = read_all(dataset);
  const auto* texts = std::get_if<std::vector<std::string>>(&values);
  return texts == nullptr || texts->empty() ? std::string() : texts->front();
}

void write_attribute(const Handle& object, const std::string& name, const std::string& text) {
  const Handle type = memory_type(ValueType::text);
  const Handle space = own(H5Screate(H5S_SCALAR), "make a scalar space");
  const Handle attribute = create_attribute(object, name, type, space);
  const char* raw = text.c_str();
  check(H5Awrite(attribute.get(), type.get(), &raw), "write attribute " + name);
}

void write_attribute(const Handle& object, const std::string& name, std::uint64_t number) {
  const Handle type = own(H5Tcopy(H5T_NATIVE_UINT64), "copy a type");
  const Handle space = own(H5Screate(H5S_SCALAR), "make a scalar space");
  const Handle attribute = create_attribute(object, name, type, space);
  check(H5Awrite(attribute.get(), type.get(), &number), "write attribute " + name);
}

void write_attribute(const Handle& object, const std::string& name, const Values& values) {
  const Handle type = memory_type(type_of(values));
  const Size count = size(values);
  const Handle space = count == 1 ? own(H5Screate(H5S_SCALAR), "make a scalar space")
                                  : own(H5Screate_simple(1, &count, nullptr), "make a data space");
  const Handle attribute = create_attribute(object, name, type, space);
  std::visit(
      [&](const auto& v) {
        if constexpr (!std::is_same_v<typename std::decay_t<decltype(v)>::value_type, std::string>) {
          check(H5Awrite(attribute.get(), type.get(), v.data()), "write attribute " + name);
        }
      },
      values);
}

bool has_attribute(const Handle& object, const std::string& name) {
  return is_true(H5Aexists(object.get(), name.c_str()), "look for " + name);
}

std::vector<std::string> attribute_names(const Handle& object) {
  std::vector<std::string> names;
  if (H5Aiterate2(object.get(), H5_INDEX_CRT_ORDER, H5_ITER_INC, nullptr, &take_attribute, &names) < 0) {
    names.clear();
    check(H5Aiterate2(object.get(), H5_INDEX_NAME, H5_ITER_INC, nullptr, &take_attribute, &names), "list attributes");
  }
  return names;
}

std::string read_attribute(const Handle& object, const std::string& name) {
  if (!has_attribute(object, name)) return {};
  const Handle attribute = own(H5Aopen(object.get(), name.c_str(), H5P_DEFAULT), "open attribute " + name);
  const Handle type = own(H5Aget_type(attribute.get()), "get the type of attribute " + name);
  const Handle space = own(H5Aget_space(attribute.get()), "get the space of attribute " + name);
  if (H5Sget_simple_extent_npoints(space.get()) != 1) return {};
  if (H5Tget_class(type.get()) == H5T_INTEGER) {
    std::uint64_t number = 0;
    check(H5Aread(attribute.get(), H5T_NATIVE_UINT64, &number), "read attribute " + name);
    return std::to_string(number);
  }
  if (H5Tget_class(type.get()) != H5T_STRING) return {};
  if (H5Tis_variable_str(type.get()) <= 0) {
    std::string text(H5Tget_size(type.get()), '\0');
    check(H5Aread(attribute.get(), type.get(), text.data()), "read attribute " + name);
    text.resize(std::min(text.find('\0'), text.size()));
    return text;
  }
  const Handle text_type = memory_type(ValueType::text);
  char* raw = nullptr;
  check(H5Aread(attribute.get(), text_type.get(), &raw), "read attribute " + name);
  std::string text = raw == nullptr ? "" : raw;
  H5Dvlen_reclaim(text_type.get(), space.get(), H5P_DEFAULT, &raw);
  return text;
}

std::vector<std::int8_t> read_int8_attribute(const Handle& object, const std::string& name) {
  const Handle attribute = own(H5Aopen(object.get(), name.c_str(), H5P_DEFAULT), "open attribute " + name);
  const Handle space = own(H5Aget_space(attribute.get()), "get the space of attribute " + name);
  std::vector<std::int8_t> values(static_cast<std::size_t>(H5Sget_simple_extent_npoints(space.get())));
  check(H5Aread(attribute.get(), H5T_NATIVE_INT8, values.data()), "read attribute " + name);
  return values;
}

}  // namespace kith::io
