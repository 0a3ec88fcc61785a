#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kith::config {

/// Names that a document may use because a file that it refers to has them, such as the columns of a table. Where that file
/// cannot be read, they are unknown: then every name may be one of them, so that no further mistake follows from the one that
/// is told of the file.
class KnownNames {
 public:
  KnownNames() = default;
  KnownNames(std::vector<std::string> names) : names_(std::move(names)) {}  // NOLINT: a list of names is known names
  static KnownNames unknown() {
    KnownNames names;
    names.are_unknown_ = true;
    return names;
  }

  /// Whether a name may be used: one of them, or any while they are unknown.
  bool admit(std::string_view name) const {
    return are_unknown_ || std::find(names_.begin(), names_.end(), name) != names_.end();
  }
  /// For messages; empty while they are unknown.
  const std::vector<std::string>& listed() const { return names_; }
  /// True where it is known that there are none.
  bool are_none() const { return names_.empty() && !are_unknown_; }

  /// More names, and these after them.
  KnownNames after(std::vector<std::string> more) const {
    more.insert(more.end(), names_.begin(), names_.end());
    KnownNames all(std::move(more));
    all.are_unknown_ = are_unknown_;
    return all;
  }

 private:
  std::vector<std::string> names_;
  bool are_unknown_ = false;
};

}  // namespace kith::config
