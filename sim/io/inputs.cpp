#include "io/inputs.hpp"

#include <cstddef>
#include <span>

#include "core/error.hpp"
#include "core/fingerprint.hpp"
#include "io/checksum.hpp"
#include "io/hdf5_bytes.hpp"

namespace kith::io {
namespace {

constexpr const char* path_name = "path";

std::string checksum_of(const std::string& path, const std::string& bytes) {
  Fingerprint all;
  all.add(std::string_view(path));
  all.add(std::string_view(bytes));
  return all.text();
}

}  // namespace

void write_inputs(const Handle& file, const InputFiles& inputs) {
  if (inputs.empty()) return;
  const Handle group = create_group(file, inputs_group);
  std::size_t number = 0;
  for (const auto& [path, bytes] : inputs) {
    const std::string name = std::to_string(++number);
    ByteDataset dataset(group, name);
    dataset.append(std::as_bytes(std::span(*bytes)));
    dataset.close();
    const Handle written = open_dataset(group, name);
    write_attribute(written, path_name, path);
    write_attribute(written, checksum_name, checksum_of(path, *bytes));
  }
}

InputFiles read_inputs(const Handle& file) {
  InputFiles inputs;
  if (!has_link(file, inputs_group)) return inputs;
  const Handle group = open_group(file, inputs_group);
  for (const std::string& name : link_names(group)) {
    const std::vector<std::byte> read = read_bytes(group, name);
    std::string bytes(reinterpret_cast<const char*>(read.data()), read.size());
    const Handle dataset = open_dataset(group, name);
    const std::string path = read_attribute(dataset, path_name);
    if (read_attribute(dataset, checksum_name) != checksum_of(path, bytes))
      throw Error(ErrorKind::damaged, "the file " + path + " inside the result is not what was written");
    inputs.emplace(path, std::make_shared<const std::string>(std::move(bytes)));
  }
  return inputs;
}

}  // namespace kith::io
