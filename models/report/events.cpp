#include "models/report/events.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "models/report/effects.hpp"

namespace kith {

ReportTable events_report(const Study& study) {
  const std::vector<events::Event>& all = study.scenario().events;
  ReportTable table;
  table.title = "events";
  table.columns = {"", "times", "people reached", "first on day", "last on day"};
  const auto studies = static_cast<double>(study.results().size());
  for (std::size_t e = 0; e < all.size(); ++e) {
    double times = 0.0;
    double people = 0.0;
    double first = std::numeric_limits<double>::infinity();
    double last = -1.0;
    for (const StudyResult& result : study.results()) {
      for (const events::Occurrence& occurrence : result.occurrences) {
        if (occurrence.event != e) continue;
        times += 1.0;
        people += occurrence.people;
        first = std::min(first, occurrence.hours);
        last = std::max(last, occurrence.hours);
      }
    }
    const bool has_happened = times > 0.0;
    const auto day = [&](double hours) {
      return has_happened ? number_cell(std::floor(hours / 24.0) + 1.0, 0) : Cell{"–", std::nullopt};
    };
    table.rows.push_back({{all[e].name, std::nullopt},
                          number_cell(times / studies, studies > 1.0 ? 1 : 0),
                          number_cell(people / studies, studies > 1.0 ? 1 : 0),
                          day(first),
                          day(last)});
  }
  return table;
}

std::vector<std::string> event_warnings(const Scenario& scenario) {
  constexpr double most_measured = 168.0;
  std::vector<std::string> warnings;
  for (const events::Event& event : scenario.events) {
    for (const auto& action : event.actions) {
      const pharmacology::Drug* drug = action->drug();
      if (drug == nullptr || drug->action == pharmacology::Action::none) continue;
      if (!drug->is_validated)
        warnings.push_back(fmt::format("{}: no measured occupancy stands behind its numbers", drug->label()));
      const double lasting = action->lasts() ? event.lasting.value_or(scenario.time.duration) : 0.0;
      if (lasting > most_measured) warnings.emplace_back(long_treatment_warning);
      warnings.emplace_back(after_treatment_warning);
    }
  }
  return warnings;
}

}  // namespace kith
