#include "core/granted_memory.hpp"

#include <sys/resource.h>

#include <charconv>
#include <fstream>
#include <sstream>

#include "core/cgroup.hpp"

namespace kith {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& file) {
  std::ifstream stream(file);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

/// The whole number at the start of a text, behind blanks.
std::optional<std::uint64_t> number_of(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{}) return std::nullopt;
  return value;
}

/// The number behind `name` at the start of a line: "inactive_file 4096", "VmSize:\t 1234 kB".
std::optional<std::uint64_t> entry_of(std::string_view text, std::string_view name) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    if (line.starts_with(name)) return number_of(line.substr(name.size()));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return std::nullopt;
}

std::uint64_t left_of(std::uint64_t limit, std::uint64_t used) { return limit > used ? limit - used : 0; }

constexpr std::uint64_t kilobyte = 1024;

}  // namespace

namespace detail {

std::optional<std::uint64_t> cgroup_memory(const fs::path& root, std::string_view cgroup) {
  std::optional<std::uint64_t> least;
  const auto take = [&](const fs::path& group, const char* limit_file, const char* use_file, std::string_view cache) {
    const std::optional<std::uint64_t> limit = number_of(text_of(group / limit_file));  // "max" is no number
    const std::optional<std::uint64_t> used = number_of(text_of(group / use_file));
    if (!limit || !used) return;
    const std::uint64_t cached = entry_of(text_of(group / "memory.stat"), cache).value_or(0);
    const std::uint64_t left = left_of(*limit, left_of(*used, cached));
    least = std::min(least.value_or(left), left);
  };
  for_each_cgroup(root, cgroup, "memory", [&](const fs::path& group) {
    take(group, "memory.max", "memory.current", "inactive_file ");
    take(group, "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file ");
  });
  return least;
}

std::optional<std::uint64_t> machine_memory(std::string_view meminfo) {
  const std::optional<std::uint64_t> available = entry_of(meminfo, "MemAvailable:");
  if (!available) return std::nullopt;
  return *available * kilobyte;
}

std::optional<GrantedMemory> ulimit_memory(std::string_view status) {
  std::optional<GrantedMemory> least;
  const auto take = [&](auto resource, std::string_view used_name, const char* source) {
    rlimit limit{};
    if (getrlimit(resource, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return;
    const std::uint64_t left = left_of(limit.rlim_cur, entry_of(status, used_name).value_or(0) * kilobyte);
    if (!least || left < least->bytes) least = GrantedMemory{left, source};
  };
  take(RLIMIT_AS, "VmSize:", "ulimit -v");
  take(RLIMIT_DATA, "VmData:", "ulimit -d");
  return least;
}

}  // namespace detail

std::optional<GrantedMemory> granted_memory() {
  std::optional<GrantedMemory> least = detail::ulimit_memory(text_of("/proc/self/status"));
  const auto take = [&](std::optional<std::uint64_t> bytes, const char* source) {
    if (bytes && (!least || *bytes < least->bytes)) least = GrantedMemory{*bytes, source};
  };
  take(detail::machine_memory(text_of("/proc/meminfo")), "the machine");
  take(detail::cgroup_memory("/sys/fs/cgroup", detail::own_cgroup()), "its cgroup");
  return least;
}

}  // namespace kith
