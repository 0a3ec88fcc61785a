#include "io/checkpoint.hpp"

#include <hdf5.h>

#include <algorithm>
#include <filesystem>

#include "core/error.hpp"
#include "io/hdf5_bytes.hpp"
#include "io/parts.hpp"
#include "io/seal.hpp"

namespace kith::io {
namespace {

namespace fs = std::filesystem;

constexpr const char* state_name = "state";

Checkpoint read_checkpoint(const std::string& path, std::uint64_t number) {
  check_seal(path);
  const Handle file = open_file(path);
  Checkpoint checkpoint{.path = path, .number = number};
  checkpoint.state = read_bytes(open_group(file, checkpoint_group), state_name);
  const Handle provenance = open_group(file, "provenance");
  if (has_link(provenance, "scenario_resolved")) checkpoint.scenario = read_text(provenance, "scenario_resolved");
  checkpoint.kith_version = read_attribute(file, "kith_version");
  checkpoint.git_commit = read_attribute(file, "git_commit");
  return checkpoint;
}

bool holds_checkpoint(const std::string& path) { return is_hdf5(path) && has_link(open_file(path), checkpoint_group); }

}  // namespace

void write_checkpoint(const Handle& file, const std::function<void(kith::State&)>& write) {
  const Handle group = create_group(file, checkpoint_group);
  ByteDataset bytes(group, state_name);
  StateWriter writer([&](std::span<const std::byte> part) { bytes.append(part); });
  write(writer);
  writer.flush();
  bytes.close();
}

void copy_checkpoint(const std::string& from, const Handle& file) {
  const Handle source = open_file(from);
  check(H5Ocopy(source.get(), checkpoint_group, file.get(), checkpoint_group, H5P_DEFAULT, H5P_DEFAULT),
        "copy a checkpoint");
}

std::optional<Checkpoint> newest_checkpoint(const std::string& output, std::vector<std::string>& notes) {
  std::vector<std::pair<std::uint64_t, std::string>> found;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(parts_folder(output), ignored)) {
    if (const auto number = read_checkpoint_name(entry.path().filename().string()))
      found.emplace_back(*number, entry.path().string());
  }
  std::sort(found.rbegin(), found.rend());
  if (fs::exists(output, ignored)) found.emplace_back(0, output);
  for (const auto& [number, path] : found) {
    try {
      if (number > 0 || holds_checkpoint(path)) return read_checkpoint(path, number);
    } catch (const Error& error) {
      notes.push_back("the checkpoint in " + path + " cannot be read (" + error.what() + ")");
    }
  }
  return std::nullopt;
}

}  // namespace kith::io
