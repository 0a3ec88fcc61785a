#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

namespace kith::testing {

/// A cgroup file system of plain files, removed at the end.
class FakeGroups {
 public:
  FakeGroups() {
    std::string pattern = (std::filesystem::temp_directory_path() / "kith-cgroup-XXXXXX").string();
    root_ = ::mkdtemp(pattern.data());
  }
  ~FakeGroups() { std::filesystem::remove_all(root_); }
  FakeGroups(const FakeGroups&) = delete;
  FakeGroups& operator=(const FakeGroups&) = delete;

  void write(const std::string& file, const std::string& text) const {
    std::filesystem::create_directories((root_ / file).parent_path());
    std::ofstream(root_ / file) << text;
  }
  const std::filesystem::path& root() const { return root_; }

 private:
  std::filesystem::path root_;
};

}  // namespace kith::testing
