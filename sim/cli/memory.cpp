#include "cli/memory.hpp"

#include <fmt/format.h>

#include <new>
#include <stdexcept>

#include "core/error.hpp"

namespace kith::cli {

namespace {

/// "31 GB", "1.6 GB", "210 MB"
std::string print_bytes(std::uint64_t bytes) {
  const double megabytes = static_cast<double>(bytes) / 1e6;
  if (megabytes < 1000.0) return fmt::format("{:.0f} MB", megabytes);
  return fmt::format("{:.{}f} GB", megabytes / 1e3, megabytes < 10'000.0 ? 1 : 0);
}

}  // namespace

void check_memory(std::uint64_t needed, const std::optional<GrantedMemory>& granted) {
  if (!granted || needed <= granted->bytes) return;
  throw Error(ErrorKind::failed,
              fmt::format("this run needs about {} of memory, and {} leaves {}\n"
                          "  fewer people, fewer ties or fewer virtual studies at once (--threads) need less; --force "
                          "runs it all the same",
                          print_bytes(needed), granted->source, print_bytes(granted->bytes)));
}

std::string reason_of(const std::exception& failure) {
  const bool is_out_of_memory = dynamic_cast<const std::bad_alloc*>(&failure) != nullptr ||
                                dynamic_cast<const std::length_error*>(&failure) != nullptr;
  return is_out_of_memory ? "out of memory: fewer people, fewer ties or more memory would help" : failure.what();
}

}  // namespace kith::cli
