#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace kith::figures {

/// Groups of one kind, which are shown together: "arm: a", "arm: b". At most as many as there are colours.
struct Family {
  std::string name;                 ///< "arm"; "" of everybody
  std::vector<std::size_t> groups;  ///< those that are shown
  std::size_t left_out = 0;

  std::string titled(const std::string& title) const;
  /// "a" of "arm: a".
  std::string short_name(const std::string& group) const;
};

/// The families in the order of the groups; everybody by themselves only where there is nobody else.
std::vector<Family> families(const std::vector<std::string>& groups);

}  // namespace kith::figures
