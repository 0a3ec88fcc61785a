#pragma once

#include "models/patients/patients.hpp"
#include "models/people/meeting.hpp"

namespace kith::patients {

/// Social functioning of a patient over the last four weeks, 0 … 100, as the scale of that name in SF-36 runs: the mean of four
/// parts, each 0 … 1. Good contacts a day over the usual number, at most 1; their share of all contacts over the usual share, at
/// most 1; the score of a scale like LSNS-6 over 30; and 1 less the points of loneliness above 3, over 6. The parts and their
/// equal weights are ours: the published scale asks how much health disturbs social activities, which no model has.
double social_functioning(const Patient& patient, const people::MeetingParams& meeting, double isolation_score,
                          double ucla3_points);

}  // namespace kith::patients
