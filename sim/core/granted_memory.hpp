#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace kith {

/// Memory that the process can still get [bytes], and what sets the limit.
struct GrantedMemory {
  std::uint64_t bytes = 0;
  std::string source;  ///< "the machine", "its cgroup", "ulimit -v"
};

/// The least of what the machine has free (without swap), what each cgroup of the process leaves (version 1 and 2) and what its
/// limits of address space and data (`ulimit -v`, `-d`) leave. Nothing where none of them can be known.
std::optional<GrantedMemory> granted_memory();

namespace detail {

/// What the cgroups leave [bytes]: limit − use, where files that are only cached do not count as used. `cgroup` is the text of
/// /proc/self/cgroup, `root` the mount point.
std::optional<std::uint64_t> cgroup_memory(const std::filesystem::path& root, std::string_view cgroup);

/// MemAvailable of /proc/meminfo, given its text [bytes].
std::optional<std::uint64_t> machine_memory(std::string_view meminfo);

/// What the limits of address space and data leave, given the text of /proc/self/status [bytes].
std::optional<GrantedMemory> ulimit_memory(std::string_view status);

}  // namespace detail

}  // namespace kith
