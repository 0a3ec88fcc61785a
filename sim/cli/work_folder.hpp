#pragma once

#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <string_view>

namespace kith::cli {

/// A folder of this process' own for files in between; it goes away again.
class WorkFolder {
 public:
  explicit WorkFolder(std::string_view command)
      : path_(std::filesystem::temp_directory_path() / fmt::format("kith-{}-{}", command, getpid())) {
    std::filesystem::remove_all(path_);
    std::filesystem::create_directories(path_);
  }
  WorkFolder(const WorkFolder&) = delete;
  WorkFolder& operator=(const WorkFolder&) = delete;
  ~WorkFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  std::string file() const { return (path_ / "out.h5").string(); }

 private:
  std::filesystem::path path_;
};

}  // namespace kith::cli
