#pragma once

#include <cstdint>
#include <numeric>
#include <string>
#include <vector>

#include "engine/tables.hpp"
#include "models/population.hpp"

/// Dimensions that several tables have.
namespace kith {

inline TableDimension replicate_dimension(std::uint32_t count) {
  std::vector<std::int32_t> replicates(count);
  std::iota(replicates.begin(), replicates.end(), 0);
  return {"replicate", "virtual study", "", replicates};
}

inline std::string id_of(const network::Graph& graph, PersonId person) {
  return graph.ids.empty() ? std::to_string(person) : graph.ids[person];
}

inline TableDimension person_dimension(const Population& population) {
  std::vector<std::string> ids;
  for (PersonId p = 0; p < population.graph.people; ++p) ids.push_back(id_of(population.graph, p));
  return {"person", "id of the person", "", ids};
}

}  // namespace kith
