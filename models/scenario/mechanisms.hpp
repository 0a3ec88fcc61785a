#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "config/section.hpp"
#include "models/people/mechanism.hpp"
#include "models/scenario/scenario.hpp"

namespace kith {

/// A mechanism that a scenario can switch on. `read` takes its keys from the root, given what has been read before (all but trials,
/// events and record), and gives null where the scenario leaves it off.
struct MechanismKind {
  std::string_view name;
  std::unique_ptr<people::Mechanism> (*read)(config::Section& root, Scenario& scenario);
};

/// The one list of mechanisms, in the order in which they act within a phase of the tick.
const std::vector<MechanismKind>& all_mechanisms();

}  // namespace kith
