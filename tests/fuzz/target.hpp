#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

/// A fuzz target is one file that defines `try_input`: it gives the bytes to a reader of Kith. A kith::Error is how a reader refuses
/// what it is given; anything else that is thrown, a crash, a sanitizer's finding or a broken promise (`require`) is a fault.
namespace kith::fuzz {

void try_input(const std::string& bytes);

/// The bytes as a file that a reader opens by its path; gone with this object. It lies in memory where the system allows.
class InputFile {
 public:
  explicit InputFile(const std::string& bytes);
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;
  ~InputFile();
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

/// Ends the process with the promise that was broken.
void require(bool holds, const char* promise);

}  // namespace kith::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
