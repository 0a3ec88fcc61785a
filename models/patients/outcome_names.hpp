#pragma once

#include <array>

namespace kith {

/// The outcomes of patients at the end of a run, in this order.
enum class PatientOutcome {
  relapsed,
  days_of_use,
  functioning,
  contacts,
  connection,
  points,
  lonely,
  isolated,
  close_ties
};

inline constexpr std::array<const char*, 9> patient_outcome_names{
    "relapsed",   "days of use", "social functioning", "contacts a day",   "felt connection",
    "loneliness", "lonely",      "isolated",           "close ties gained"};

}  // namespace kith
