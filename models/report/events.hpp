#pragma once

#include <string>
#include <vector>

#include "models/study/run.hpp"

namespace kith {

/// How often each event of the scenario happened, and how many people it reached; mean over the virtual studies. No rows where the
/// scenario has none.
ReportTable events_report(const Scenario& scenario, const RunResult& run);

}  // namespace kith
