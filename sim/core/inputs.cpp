#include "core/inputs.hpp"

#include <filesystem>
#include <mutex>
#include <system_error>
#include <utility>

#include "core/error.hpp"

namespace kith {
namespace {

std::mutex mutex;
InputStore* newest = nullptr;

}  // namespace

InputStore::InputStore(InputFiles files, Disk disk) : files_(std::move(files)), disk_(disk) {
  const std::scoped_lock lock(mutex);
  former_ = std::exchange(newest, this);
}

InputStore::~InputStore() {
  const std::scoped_lock lock(mutex);
  newest = former_;
}

std::shared_ptr<const std::string> kept_input(const std::string& path) {
  const std::scoped_lock lock(mutex);
  if (newest == nullptr) return nullptr;
  const auto found = newest->files_.find(path);
  return found == newest->files_.end() ? nullptr : found->second;
}

std::string read_input(const std::string& path, const std::function<std::string()>& from_disk) {
  if (const auto kept = kept_input(path)) return *kept;
  {
    const std::scoped_lock lock(mutex);
    if (newest != nullptr && newest->disk_ == InputStore::Disk::closed)
      throw Error(ErrorKind::invalid_scenario, path + " is not among the files that the result keeps");
  }
  std::string bytes = from_disk();
  const std::scoped_lock lock(mutex);
  if (newest != nullptr) newest->files_.emplace(path, std::make_shared<const std::string>(bytes));
  return bytes;
}

bool is_input_there(const std::string& path) {
  {
    const std::scoped_lock lock(mutex);
    if (newest != nullptr) {
      if (newest->files_.count(path) > 0) return true;
      if (newest->disk_ == InputStore::Disk::closed) return false;
    }
  }
  std::error_code ignored;
  return std::filesystem::exists(path, ignored);
}

std::optional<std::uintmax_t> input_size(const std::string& path) {
  if (const auto kept = kept_input(path)) return kept->size();
  std::error_code unknown;
  const std::uintmax_t bytes = std::filesystem::file_size(path, unknown);
  return unknown ? std::nullopt : std::optional(bytes);
}

}  // namespace kith
