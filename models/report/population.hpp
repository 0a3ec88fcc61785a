#pragma once

#include <vector>

#include "engine/report.hpp"
#include "models/study/run.hpp"

namespace kith {

/// How everybody fared over the first virtual study.
ReportTable everybody_table(const RunResult& run);

/// The same in short for each group that the scenario records. No rows where there is but one.
ReportTable groups_table(const RunResult& run);

}  // namespace kith
