#pragma once

#include <filesystem>
#include <string_view>

namespace kith::detail {

/// Processors that the cgroup quota grants, rounded up; 0 when no quota is set. `cgroup` is the text of
/// /proc/self/cgroup, `root` the mount point, /sys/fs/cgroup. Looks at every level from the process's own group up
/// (version 2 and version 1).
unsigned cgroup_processors(const std::filesystem::path& root, std::string_view cgroup);

/// Processors that Slurm grants, from the text of SLURM_CPUS_PER_TASK; 0 when it says nothing.
unsigned slurm_processors(const char* text);

}  // namespace kith::detail
