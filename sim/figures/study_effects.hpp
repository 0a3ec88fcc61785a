#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "figures/grid.hpp"

namespace kith::figures {

/// Variables of the table `effects`, with `suffix` after its name, and their means over the studies that have them. The result
/// outlives it.
class StudyEffects {
 public:
  explicit StudyEffects(const io::ResultFile& result, std::string suffix = "");

  bool is_there() const;
  const std::vector<std::string>& measures() const;
  const std::vector<std::string>& contrasts() const;
  std::size_t studies() const;
  /// NaN where no study has the variable.
  double mean(const std::string& variable, std::size_t measure, std::size_t contrast) const;
  /// Of the table `effects_pooled`, with the same suffix; NaN where it has none.
  double pooled(const std::string& variable, std::size_t measure, std::size_t contrast) const;

 private:
  const std::optional<Grid>& grid(const std::string& table, const std::string& variable) const;

  const io::ResultFile* result_;
  std::string suffix_;
  mutable std::map<std::string, std::optional<Grid>> grids_;  // read when asked for
};

}  // namespace kith::figures
