#pragma once

#include <cstdint>
#include <numeric>
#include <string>
#include <vector>

#include "engine/variables_of.hpp"
#include "models/world/population.hpp"

/// Dimensions that several tables have, and meanings of categories.
namespace kith {

inline TableDimension replicate_dimension(std::uint32_t count) {
  std::vector<std::int32_t> replicates(count);
  std::iota(replicates.begin(), replicates.end(), 0);
  return {"replicate", "virtual study", "", replicates};
}

inline TableDimension time_dimension() {
  return {"time", "time since the start of the measured time", "hours", std::vector<double>{}};
}

/// Those of a table that has a row for each time and group.
inline std::vector<TableDimension> dimensions_by_group(std::uint32_t replicates,
                                                       const std::vector<std::string>& groups) {
  return {replicate_dimension(replicates), time_dimension(), {"group", "group of people", "", groups}};
}

inline TableDimension person_dimension(const Population& population) {
  std::vector<std::string> ids;
  for (PersonId p = 0; p < population.graph.people; ++p) ids.push_back(network::id_of(population.graph, p));
  return {"person", "id of the person", "", ids};
}

inline Flags tie_kinds() { return {{0, "kin"}, {1, "friendship"}, {2, "acquaintance"}}; }

}  // namespace kith
