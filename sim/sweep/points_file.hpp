#pragma once

#include <string>
#include <vector>

#include "config/document.hpp"
#include "config/section.hpp"
#include "sweep/factor.hpp"

namespace kith::sweep {

/// A table of a design that another program made: a header, then a line a run.
struct PointsFile {
  std::vector<std::vector<std::string>> rows;  ///< [runs][factors] values as YAML
  std::vector<config::Mistake> mistakes;       ///< in the table
};

/// Reads the columns of the factors from a file of values between commas (or semicolons, or tabs), plain or in double quotes. Other columns
/// are left alone. A column that is not there is noted in its factor's section, what is wrong with the table in `mistakes`. Throws
/// config::InvalidScenario for a file that cannot be read.
PointsFile read_points(const std::string& path, const std::vector<Factor>& factors,
                       std::vector<config::Section>& sections);

}  // namespace kith::sweep
