#include "core/paths.hpp"

#include <filesystem>

#include "core/error.hpp"

namespace kith {

std::string followed(const std::string& path) {
  namespace fs = std::filesystem;
  constexpr int most_links = 40;  // as Linux
  fs::path place = path;
  std::error_code ignored;
  for (int links = 0; fs::is_symlink(place, ignored); ++links) {
    if (links == most_links) throw Error(ErrorKind::output, path + " is a symbolic link that leads in a circle");
    const fs::path target = fs::read_symlink(place, ignored);
    place = target.is_absolute() ? target : place.parent_path() / target;
  }
  return place.string();
}

}  // namespace kith
