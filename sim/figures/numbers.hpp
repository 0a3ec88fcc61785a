#pragma once

#include <string>

#include "engine/report.hpp"

/// Numbers as the tables of the terminal print them.
namespace kith::figures {

/// "−0.14" with a real minus; "–" for a missing number.
Cell number(double value, int digits);
/// "−0.14 [−0.30, 0.02]"; without limits that are numbers, the value alone.
Cell with_interval(double value, double low, double high, int digits);
/// The shortest text of a number: "7", "1.25".
Cell plain(double value);

}  // namespace kith::figures
