#include "cli/output_file.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

#include "core/error.hpp"
#include "core/paths.hpp"

namespace kith::cli {

namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const std::string& path) {
  const std::string reason = errno == 0 ? "writing failed" : std::generic_category().message(errno);
  throw Error(ErrorKind::output, fmt::format("{} cannot be written ({})", path, reason));
}

}  // namespace

void check_result_name(const std::string& path, const std::string& input) {
  if (path.empty() || path == "-")
    throw Error(ErrorKind::usage, "an HDF5 file cannot be written to standard output: name a file after -o");
  std::error_code problem;
  // The longest name that stands for it while it is written.
  static_cast<void>(fs::status(path + ".tmp-4194304", problem));
  if (problem == std::errc::filename_too_long)
    throw Error(ErrorKind::output, path + " cannot be written (its name is too long)");
  std::error_code ignored;
  const fs::file_status status = fs::status(path, ignored);
  if (fs::exists(status) && !fs::is_regular_file(status))
    throw Error(ErrorKind::output, path + " is a folder or a device: name a file");
  if (fs::equivalent(path, input, ignored))
    throw Error(ErrorKind::output, path + " is the input itself: choose another name for the output");
}

OutputFile::OutputFile(const std::string& path, Existing existing, const std::vector<std::string>& inputs)
    : path_(followed(path)) {
  std::error_code ignored;
  for (const std::string& input : inputs) {
    if (fs::equivalent(path_, input, ignored))
      throw Error(ErrorKind::output, path + " is read by this command: choose another name for the output");
  }
  const fs::file_status status = fs::status(path_, ignored);
  const bool is_special = fs::exists(status) && !fs::is_regular_file(status) && !fs::is_directory(status);
  if (!is_special && fs::exists(status) && existing == Existing::keep) {
    throw Error(ErrorKind::output, path_ + " exists; choose another name, or replace it with --force");
  }
  if (fs::is_directory(status)) throw Error(ErrorKind::output, path_ + " is a folder: name a file in it");
  if (!is_special) temporary_ = fmt::format("{}.tmp-{}", path_, getpid());
  errno = 0;
  stream_.open(is_special ? path_ : temporary_, std::ios::binary);
  if (!stream_) {
    temporary_.clear();
    refuse(path_);
  }
}

OutputFile::~OutputFile() {
  if (!temporary_.empty()) unlink(temporary_.c_str());
}

void OutputFile::finish() {
  errno = 0;
  stream_.close();
  if (!stream_) refuse(path_);
  if (temporary_.empty()) return;
  if (rename(temporary_.c_str(), path_.c_str()) != 0) refuse(path_);
  temporary_.clear();
}

}  // namespace kith::cli
