#pragma once

#include <vector>

#include "engine/report.hpp"
#include "models/study/run.hpp"

/// Tables of a trial for the terminal.
namespace kith {

/// "−0.14" with a real minus sign; "–" for a missing number.
Cell number_cell(double value, int digits);

/// "−0.14 [−0.30, 0.02]"; without limits that are numbers, the value alone.
Cell with_interval(double value, double low, double high, int digits);

/// The number needed to harm or to benefit one, from a difference of risks and its limits: "harm 12 [7, 40]", "benefit 12
/// [7, 40]"; where the difference may be 0, "harm 12 [harm 7 to ∞ to benefit 40]" (Altman 1998). As numbers, benefit is
/// negative, and an interval through infinity has its `low` above its `high`.
Cell number_needed_cell(double difference, double low, double high);

/// Whether a participant left any of the studies.
bool somebody_left(const RunResult& run);

/// An arm against the reference, all outcomes: as rated, then adjusted for the period where the design allows it; the latter
/// alone where clusters change arms.
std::vector<ReportTable> effect_tables(const Scenario& scenario, const RunResult& run, std::size_t arm);

/// Shares beyond the cut-off of the measures that have one, and the number needed to harm; no rows where there is none.
ReportTable risk_table(const Scenario& scenario, const RunResult& run);

/// Who started, left and was analysed, by order of the arms.
ReportTable flow_table(const Scenario& scenario, const RunResult& run);

/// How many were screened, and why others could not take part: one sentence, means of a study.
std::string screening_note(const RunResult& run);

}  // namespace kith
