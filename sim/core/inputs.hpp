#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

/// The files that a scenario names, in memory: each is read from the disk once, so what a result keeps of them is what the run has
/// read, and a run that goes on elsewhere needs none of them.
namespace kith {

/// What each file holds, by the path under which it is asked for.
using InputFiles = std::map<std::string, std::shared_ptr<const std::string>>;

/// While one lives, files are read through it; the newest one counts. Any thread may read.
class InputStore {
 public:
  enum class Disk { read, closed };
  /// `closed`: there are no files but these.
  explicit InputStore(InputFiles files = {}, Disk disk = Disk::read);
  InputStore(const InputStore&) = delete;
  InputStore& operator=(const InputStore&) = delete;
  ~InputStore();

 private:
  InputStore* former_;
  InputFiles files_;
  Disk disk_;

  friend std::shared_ptr<const std::string> kept_input(const std::string& path);
  friend std::string read_input(const std::string& path, const std::function<std::string()>& from_disk);
  friend bool is_input_there(const std::string& path);
};

/// All bytes of a file: those that are kept, else those that `from_disk` reads, which are kept from then on.
std::string read_input(const std::string& path, const std::function<std::string()>& from_disk);

/// What is kept of a file; null where nothing is.
std::shared_ptr<const std::string> kept_input(const std::string& path);

/// Whether there is a file, or anything else, of this name, kept or on the disk.
bool is_input_there(const std::string& path);

/// How long a file is [bytes], where that is known.
std::optional<std::uintmax_t> input_size(const std::string& path);

}  // namespace kith
