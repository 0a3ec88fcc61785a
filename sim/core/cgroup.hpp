#pragma once

#include <filesystem>
#include <functional>
#include <string_view>

/// Control groups: where Linux writes what a job may use.
namespace kith::detail {

/// Text of /proc/self/cgroup; empty where there is none.
std::string own_cgroup();

/// Calls f(folder) for each folder below `root` (/sys/fs/cgroup) that can limit the process's use of what `controller` ("cpu",
/// "memory") deals out: every level from the root of the hierarchy down to the process's own group, in version 2 and version 1.
/// `cgroup` is the text of /proc/self/cgroup. In a container the path is the host's: folders may not exist.
void for_each_cgroup(const std::filesystem::path& root, std::string_view cgroup, std::string_view controller,
                     const std::function<void(const std::filesystem::path&)>& f);

}  // namespace kith::detail
