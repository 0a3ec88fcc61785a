#pragma once

#include <fstream>
#include <string>
#include <vector>

namespace kith::cli {

/// Throws kith::Error(ErrorKind::output) for a name that no result file can have, or that is `input`'s.
void check_result_name(const std::string& path, const std::string& input);

enum class Existing { keep, replace };

/// A text file that is whole or absent: it is written under a temporary name, which `finish` changes to the final one. A
/// symbolic link stands for the file that it names. A pipe or a device is written to directly.
class OutputFile {
 public:
  /// Throws kith::Error(ErrorKind::output) when the file exists and is to be kept, is one of the files that the command
  /// reads, or cannot be written.
  OutputFile(const std::string& path, Existing existing, const std::vector<std::string>& inputs = {});
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;
  /// Without `finish` before, nothing is left.
  ~OutputFile();

  std::ostream& stream() { return stream_; }
  void finish();

 private:
  std::string path_;
  std::string temporary_;  ///< empty when there is none (any more)
  std::ofstream stream_;
};

}  // namespace kith::cli
