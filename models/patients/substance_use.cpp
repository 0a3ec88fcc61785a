#include "models/patients/substance_use.hpp"

#include <cmath>

namespace kith::patients {

void UseDiary::note(double hours) {
  const auto day = static_cast<std::int32_t>(std::floor(hours / 24.0));
  const std::int32_t week = day / 7;
  ++uses;
  last_use = static_cast<float>(hours);
  if (day != last_day) {
    ++days;
    run_of_days = last_day != never && day == last_day + 1 ? run_of_days + 1 : 1;
    last_day = day;
  }
  if (week != last_week) {
    run_of_weeks = last_week != never && week == last_week + 1 ? run_of_weeks + 1 : 1;
    last_week = week;
  }
  const bool is_regular = run_of_days >= days_in_a_row || run_of_weeks >= weeks_in_a_row;
  if (!has_relapsed() && day >= grace_days && is_regular) relapsed_at = last_use;
}

void UseDiary::visit(State& state) {
  state("uses", uses);
  state("days", days);
  state("last_day", last_day);
  state("last_week", last_week);
  state("run_of_days", run_of_days);
  state("run_of_weeks", run_of_weeks);
  state("last_use", last_use);
  state("relapsed_at", relapsed_at);
}

}  // namespace kith::patients
