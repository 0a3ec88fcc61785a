#pragma once

#include <string>
#include <vector>

#include "models/study/study.hpp"

namespace kith {

/// How often each event of the scenario happened, and how many people it reached; mean over the virtual studies. No rows where the
/// scenario has none.
ReportTable events_report(const Study& study);

/// Of more than 7 days of treatment, and of what follows any.
inline constexpr const char* long_treatment_warning =
    "extrapolation: nobody has measured felt connection after more than 7 days of an opioid antagonist in healthy "
    "people";
inline constexpr const char* after_treatment_warning =
    "extrapolation: what happens after the last dose (wash-out, rebound) has not been measured";

/// What a reader must know of the drugs that events give.
std::vector<std::string> event_warnings(const Scenario& scenario);

}  // namespace kith
