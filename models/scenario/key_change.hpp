#pragma once

#include <string_view>

#include "config/key_change.hpp"

namespace kith {

/// What a change of a key of a scenario means to a run: the one list of it. `key` as in `--set` ("trial.arms.naltrexone.doses",
/// "events.0.at") or as in the reference ("events.[].at"). A key that no scenario has can never change, and acts in the burn-in.
config::KeyChange change_of(std::string_view key);

/// The rule that `change_of` goes by ("feelings", "theory.approach.*.term"), or "" where it knows none.
std::string_view rule_of_change(std::string_view key);

}  // namespace kith
