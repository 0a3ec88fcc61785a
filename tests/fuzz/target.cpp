#include "fuzz/target.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "core/error.hpp"

namespace kith::fuzz {

InputFile::InputFile(const std::string& bytes)
    : descriptor_(memfd_create("kith_fuzz", MFD_CLOEXEC)), path_("/proc/self/fd/" + std::to_string(descriptor_)) {
  const char* from = bytes.data();
  for (std::size_t left = bytes.size(); left > 0;) {
    const ssize_t written = ::write(descriptor_, from, left);
    require(written > 0, "the input can be kept in memory");
    from += written;
    left -= static_cast<std::size_t>(written);
  }
}

InputFile::~InputFile() { close(descriptor_); }

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
