#pragma once

#include <cstdint>
#include <vector>

#include "engine/tables.hpp"
#include "models/world/population.hpp"

namespace kith {

/// `people`: every column of state of sampled people over time.
std::vector<PersonId> sample_people(const Scenario& scenario, std::uint32_t people, WorldKey world);
TableSpec people_table(const Scenario& scenario, const Population& population, const std::vector<PersonId>& sample);
TableRow people_row(const Model& model, const std::vector<PersonId>& sample, std::uint32_t replicate, double hours);

}  // namespace kith
