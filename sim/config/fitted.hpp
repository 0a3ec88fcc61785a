#pragma once

#include "config/state.hpp"

namespace kith::config {

/// Puts what the files that `fitted:` names have estimated into the scenario, where it has no value of its own. A file holds for a scenario
/// that says what its `when` says, or says nothing of that and then gets it. Called once, after the overrides. Throws InvalidScenario with
/// the mistakes of a file.
void apply_fitted(State& state);

}  // namespace kith::config
