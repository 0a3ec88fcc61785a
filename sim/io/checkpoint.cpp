#include "io/checkpoint.hpp"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <set>

#include "core/error.hpp"
#include "io/checksum.hpp"
#include "io/hdf5_bytes.hpp"
#include "io/parts.hpp"
#include "io/seal.hpp"
#include "io/table_file.hpp"

namespace kith::io {
namespace {

namespace fs = std::filesystem;

constexpr const char* state_name = "state";

/// How the names of a run's files begin.
std::string run_of_checkpoint(const std::string& text) { return text.substr(0, 8); }

Checkpoint read_checkpoint(const std::string& path, std::uint64_t number) {
  check_seal(path);
  const Handle file = open_compared_file(path);
  Checkpoint checkpoint{.path = path, .number = number};
  checkpoint.is_sealed = Seal::of(path).has_value();
  if (!checkpoint.is_sealed) {  // then its chunks tell whether they are what was written
    const auto parts = checkpoint.state();
    while (!parts().empty()) continue;
  }
  checkpoint.run_id = read_attribute(file, "run_id");
  const std::string name = fs::path(path).filename().string();
  if (number > 0 && !name.starts_with(run_of_checkpoint(checkpoint.run_id)))
    throw Error(ErrorKind::damaged, "it is of another run, " + checkpoint.run_id);
  check_texts(file);
  checkpoint.attributes = read_attributes(file);
  return checkpoint;
}

/// What to do when checkpoints cannot tell by themselves which run goes on.
void check_one_run(const std::string& folder, const std::vector<std::pair<std::uint64_t, std::string>>& found) {
  std::set<std::string> runs;
  for (const auto& [number, path] : found) runs.insert(run_of_checkpoint(fs::path(path).filename().string()));
  if (runs.size() > 1)
    throw Error(ErrorKind::damaged,
                folder + " holds checkpoints of several runs: leave those of one run, whose files begin alike");
}

}  // namespace

StateReader::Parts Checkpoint::state() const {
  struct Open {
    Handle file;
    ByteParts parts;
  };
  Handle file = open_compared_file(path);
  ByteParts parts(open_group(file, checkpoint_group), state_name, is_sealed ? Chunks::trusted : Chunks::compared);
  return [open = std::make_shared<Open>(Open{std::move(file), std::move(parts)})] {
    const auto part = open->parts.next();
    if (open->parts.is_at_end()) open->file = Handle();  // which may be taken away from now on
    return part;
  };
}

bool holds_checkpoint(const std::string& path) noexcept {
  try {
    return is_hdf5(path) && has_link(open_file(path), checkpoint_group);
  } catch (const std::exception&) {
    return false;
  }
}

void write_checkpoint(const Handle& file, const std::function<void(kith::State&)>& write) {
  const Handle group = create_group(file, checkpoint_group);
  ByteDataset bytes(group, state_name);
  StateWriter writer([&](std::span<const std::byte> part) { bytes.append(part); });
  write(writer);
  writer.flush();
  bytes.close();
}

void copy_checkpoint(const std::string& from, const Handle& file) {
  // Not H5Ocopy, which crashes when a write fails on the way (HDF5 1.10).
  const Handle source = open_file(from);
  ByteDataset bytes(create_group(file, checkpoint_group), state_name);
  ByteParts parts(open_group(source, checkpoint_group), state_name);
  for (auto part = parts.next(); !part.empty(); part = parts.next()) bytes.append(part);
  bytes.close();
}

std::optional<Checkpoint> newest_checkpoint(const std::string& output, std::vector<std::string>& notes,
                                            const std::function<void(const Checkpoint&)>& check) {
  std::vector<std::pair<std::uint64_t, std::string>> found;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(parts_folder(output), ignored)) {
    if (const auto number = read_checkpoint_name(entry.path().filename().string()))
      found.emplace_back(*number, entry.path().string());
  }
  check_one_run(parts_folder(output), found);
  std::sort(found.rbegin(), found.rend());
  if (fs::exists(output, ignored)) found.emplace_back(0, output);
  for (const auto& [number, path] : found) {
    try {
      if (number == 0 && (!is_hdf5(path) || !has_link(open_file(path), checkpoint_group))) continue;
      Checkpoint checkpoint = read_checkpoint(path, number);
      if (check) check(checkpoint);
      return checkpoint;
    } catch (const Error& error) {
      notes.push_back("the checkpoint in " + path + " cannot be used (" + error.what() + ")");
    }
  }
  return std::nullopt;
}

}  // namespace kith::io
