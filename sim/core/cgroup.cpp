#include "core/cgroup.hpp"

#include <fstream>
#include <sstream>
#include <string>

namespace kith::detail {
namespace {

namespace fs = std::filesystem;

void for_each_level(const fs::path& root, const fs::path& group, const std::function<void(const fs::path&)>& f) {
  f(root);
  fs::path level = root;
  for (const auto& part : group.relative_path()) {
    if (part == "..") break;
    level /= part;
    f(level);
  }
}

bool names(const std::string& controllers, std::string_view wanted) {
  std::istringstream list(controllers);
  for (std::string controller; std::getline(list, controller, ',');) {
    if (controller == wanted) return true;
  }
  return false;
}

}  // namespace

std::string own_cgroup() {
  std::ifstream file("/proc/self/cgroup");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

void for_each_cgroup(const fs::path& root, std::string_view cgroup, std::string_view controller,
                     const std::function<void(const fs::path&)>& f) {
  std::istringstream lines{std::string(cgroup)};
  for (std::string line; std::getline(lines, line);) {  // "0::/path" or "4:cpu,cpuacct:/path"
    const std::size_t first = line.find(':');
    const std::size_t second = first == std::string::npos ? first : line.find(':', first + 1);
    if (second == std::string::npos) continue;
    const std::string controllers = line.substr(first + 1, second - first - 1);
    const fs::path group = line.substr(second + 1);
    if (controllers.empty()) for_each_level(root, group, f);
    if (names(controllers, controller)) {
      for_each_level(root / controllers, group, f);
      if (controllers != controller) for_each_level(root / controller, group, f);
    }
  }
}

}  // namespace kith::detail
