#pragma once

#include <string>
#include <vector>

#include "engine/report.hpp"
#include "models/study/run.hpp"

namespace kith {

/// How everybody fared: means over the virtual studies with their intervals, or the numbers of the only one.
ReportTable everybody_table(const RunResult& run);

/// The same for each group that the scenario records: one table for one study, one a variable for several. None where everybody is
/// the only group.
std::vector<ReportTable> group_tables(const RunResult& run);

/// Each group against the same people in the twin world, with intervals over the studies; no rows where that was not recorded.
ReportTable spill_over_table(const RunResult& run);
std::string spill_over_note(const RunResult& run);

}  // namespace kith
