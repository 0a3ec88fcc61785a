#pragma once

#include "models/conduct/trial_run.hpp"

/// Tables of what has become of patients: one of participants, and one of paths.
namespace kith {

/// Declares `patient_outcomes` and, where paths are split, `path_effects`. Names of the outcomes follow from the measures.
void declare_outcomes(const Scenario& scenario, const trials::Trial& trial, Sink& sink);
void write_outcomes(const Scenario& scenario, const trials::Trial& trial, const TrialResult& result,
                    std::uint32_t replicate, Sink& sink);

}  // namespace kith
