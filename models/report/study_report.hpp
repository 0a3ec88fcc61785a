#pragma once

#include <string>

#include "engine/report.hpp"
#include "models/study/run.hpp"

namespace kith {

/// One line on what a scenario will run: people, days, virtual studies, theory.
std::string summary(const Scenario& scenario);

/// What the terminal shows at the end.
Report study_report(const Scenario& scenario, const RunResult& run);

}  // namespace kith
