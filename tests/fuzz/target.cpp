#include "fuzz/target.hpp"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "core/error.hpp"

namespace kith::fuzz {

InputFile::InputFile(const std::string& bytes)
    : path_(access("/dev/shm", W_OK) == 0 ? "/dev/shm/kith-fuzz-XXXXXX" : "/tmp/kith-fuzz-XXXXXX") {
  const int descriptor = mkstemp(path_.data());
  require(descriptor >= 0, "a file for the input can be made");
  const char* from = bytes.data();
  for (std::size_t left = bytes.size(); left > 0;) {
    const ssize_t written = ::write(descriptor, from, left);
    require(written > 0, "the input can be kept in memory");
    from += written;
    left -= static_cast<std::size_t>(written);
  }
  close(descriptor);
}

InputFile::~InputFile() { unlink(path_.c_str()); }

void require(bool holds, const char* promise) {
  if (holds) return;
  std::fprintf(stderr, "broken promise: %s\n", promise);
  std::abort();
}

}  // namespace kith::fuzz

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string bytes(size, '\0');
  if (size > 0) std::memcpy(bytes.data(), data, size);
  try {
    kith::fuzz::try_input(bytes);
  } catch (const kith::Error&) {  // refused, as it should be
  }
  return 0;
}
