#include <hdf5.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <sstream>
#include <vector>

#include "core/error.hpp"
#include "fuzz/target.hpp"
#include "io/result_file.hpp"
#include "io/result_writer.hpp"
#include "support/sample_run.hpp"

/// The reader of result files: what `kith info`, `export` and `compare` read. The bytes are changes made to a good result, three for
/// each: what is done, to which object, and how. So every input is a file that HDF5 can open and that lies: it lacks what it
/// promises, holds other types and sizes, or leads elsewhere. (Damage to HDF5's own structures ends in the library, whose
/// version 1.10 does not survive all of it.)
namespace kith::fuzz {

namespace {

/// The bytes of the sample run's result.
std::string good_result() {
  const std::string path = InputFile("").path() + ".h5";
  io::ResultWriter writer({.path = path}, sample::attributes());
  sample::declare(writer);
  sample::write(writer);
  writer.finish();
  std::ifstream file(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  std::remove(path.c_str());
  return bytes;
}

std::vector<std::string> objects_of(hid_t file) {
  std::vector<std::string> names;
  const auto keep = [](hid_t, const char* name, const H5O_info_t*, void* all) -> herr_t {
    static_cast<std::vector<std::string>*>(all)->emplace_back(name);
    return 0;
  };
  H5Ovisit(file, H5_INDEX_NAME, H5_ITER_INC, keep, &names);
  return names;
}

/// Replaces or makes an attribute of an object: a number, some numbers, a text or a text that no reader expects.
void set_attribute(hid_t object, const std::string& name, std::uint8_t how) {
  H5Adelete(object, name.c_str());
  const hsize_t count = how % 5;
  const hid_t space = how % 2 == 0 ? H5Screate(H5S_SCALAR) : H5Screate_simple(1, &count, nullptr);
  const hid_t text = H5Tcopy(H5T_C_S1);
  H5Tset_size(text, 1 + how / 8);
  const hid_t type = how % 3 == 0 ? text : how % 3 == 1 ? H5T_NATIVE_INT : H5T_NATIVE_DOUBLE;
  const hid_t attribute = H5Acreate2(object, name.c_str(), type, space, H5P_DEFAULT, H5P_DEFAULT);
  const std::vector<std::uint8_t> value(4096, how);
  H5Awrite(attribute, type, value.data());
  H5Aclose(attribute);
  H5Tclose(text);
  H5Sclose(space);
}

std::string attribute_of(hid_t object, std::uint8_t which) {
  H5O_info_t info{};
  H5Oget_info(object, &info);
  if (info.num_attrs == 0) return "units";
  char name[256] = "";
  H5Aget_name_by_idx(object, ".", H5_INDEX_NAME, H5_ITER_INC, which % info.num_attrs, name, sizeof name, H5P_DEFAULT);
  return name;
}

void change(hid_t file, std::uint8_t what, std::uint8_t which, std::uint8_t how) {
  const std::vector<std::string> objects = objects_of(file);
  const std::string name = objects[which % objects.size()];
  const hid_t object = H5Oopen(file, name.c_str(), H5P_DEFAULT);
  switch (what % 8) {
    case 0:
      H5Adelete(object, attribute_of(object, how).c_str());
      break;
    case 1:
      set_attribute(object, attribute_of(object, static_cast<std::uint8_t>(what / 8)), how);
      break;
    case 2: {  // other sizes
      const hsize_t sizes[4] = {how % 7U, how % 3U, how % 2U, 1};
      H5Dset_extent(object, sizes);
      break;
    }
    case 3:  // other values
      if (H5Iget_type(object) == H5I_DATASET) {
        const hid_t type = H5Dget_type(object);
        const hid_t space = H5Dget_space(object);
        const std::vector<std::uint8_t> values(
            static_cast<std::size_t>(H5Sget_simple_extent_npoints(space)) * H5Tget_size(type), how);
        if (H5Tis_variable_str(type) == 0) H5Dwrite(object, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data());
        H5Sclose(space);
        H5Tclose(type);
      }
      break;
    case 4:
      if (name != ".") H5Ldelete(file, name.c_str(), H5P_DEFAULT);
      break;
    case 5:  // a link that leads nowhere, in a circle, or out of the file
      if (how % 3 == 0) H5Lcreate_soft("/nowhere", object, "link", H5P_DEFAULT, H5P_DEFAULT);
      if (how % 3 == 1) H5Lcreate_soft(".", object, "link", H5P_DEFAULT, H5P_DEFAULT);
      if (how % 3 == 2) H5Lcreate_external("/etc/passwd", "/", object, "link", H5P_DEFAULT, H5P_DEFAULT);
      break;
    case 6:  // one object in the place of another
      if (name != ".")
        H5Lmove(file, name.c_str(), file, objects[how % objects.size()].c_str(), H5P_DEFAULT, H5P_DEFAULT);
      break;
    default:
      H5Lcreate_hard(file, name.c_str(), file, "again", H5P_DEFAULT, H5P_DEFAULT);
  }
  H5Oclose(object);
}

void read_all(const std::string& path) {
  io::check_file(path);
  const io::ResultFile result(path);
  for (const std::string& table : result.tables()) {
    result.shape(table);
    for (const Variable& variable : result.spec(table).variables) {
      try {
        result.read(table, variable.name);
      } catch (const Error&) {  // one variable may be damaged and another not
      }
    }
    try {
      std::ostringstream csv;
      io::export_csv(result, table, csv);
    } catch (const Error&) {
    }
  }
}

}  // namespace

void try_input(const std::string& bytes) {
  static const std::string good = good_result();
  static const herr_t is_quiet = H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
  require(is_quiet >= 0 && !good.empty(), "there is a result to change");
  const InputFile input(good);
  const hid_t file = H5Fopen(input.path().c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
  require(file >= 0, "a good result can be changed");
  constexpr std::size_t most = 3 * 20;
  for (std::size_t at = 0; at + 2 < std::min(bytes.size(), most); at += 3)
    change(file, static_cast<std::uint8_t>(bytes[at]), static_cast<std::uint8_t>(bytes[at + 1]),
           static_cast<std::uint8_t>(bytes[at + 2]));
  H5Fclose(file);
  read_all(input.path());
}

}  // namespace kith::fuzz
