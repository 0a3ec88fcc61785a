#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "config/known_names.hpp"
#include "config/section.hpp"
#include "models/conditions/condition.hpp"

/// Who takes part in a trial, and how participants come to their arms.
namespace kith::trials {

/// Who takes part.
struct Recruitment {
  std::uint32_t count = 0;                   ///< 0: the sequences say, or `share` does
  double share = 0.0;                        ///< of those eligible; 0: not given
  std::vector<conditions::Condition> where;  ///< eligibility criteria, in order
  std::optional<std::string> most, least;    ///< recruit those with the most, or the least, of this variable
};

/// How participants come to their sequences.
struct Allocation {
  std::vector<std::uint32_t> ratio;   ///< [sequences]
  std::uint32_t block = 0;            ///< size of permuted blocks; 0: none
  std::vector<std::string> strata;    ///< categories within which blocks are filled
  std::vector<std::string> minimise;  ///< categories over which the imbalance is kept small
  double best = 0.8;                  ///< probability of the sequence that minimises it
};

/// Groups of people who are allocated together.
struct Clusters {
  std::string by;            ///< the category: "community" or a column
  std::uint32_t count = 0;   ///< clusters that take part; 0: all
  std::uint32_t people = 0;  ///< participants in each; 0: everybody eligible
};

/// Read `participants:`, `clusters:` and `allocation:` of a trial. `columns`: names of the columns of the people's table.
Recruitment read_recruitment(config::Section section, const config::KnownNames& columns);
Clusters read_clusters(config::Section section, const config::KnownNames& columns);
Allocation read_allocation(config::Section section);

}  // namespace kith::trials
