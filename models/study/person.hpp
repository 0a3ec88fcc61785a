#pragma once

#include <vector>

#include "engine/glance.hpp"
#include "models/world/model.hpp"

namespace kith {

/// A person's columns of state, ties and drugs, in this order; nothing where there is no such person.
std::vector<StateValue> state_of(const Model& model, PersonId person);

}  // namespace kith
