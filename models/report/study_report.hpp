#pragma once

#include "engine/report.hpp"
#include "models/study/study.hpp"

namespace kith {

/// What the terminal shows at the end.
Report study_report(const Study& study);

}  // namespace kith
