#pragma once

#include <vector>

#include "models/record/record.hpp"

/// What the population table has besides where ties live.
namespace kith {

void add_living_variables(TableSpec& table);

/// Values of `add_living_variables`, in order: what has happened to ties since the events were last forgotten, and components.
void append_living_values(const bonds::LivingNetwork& living, const std::vector<Group>& groups, TableRow& row);

}  // namespace kith
