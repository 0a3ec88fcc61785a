#include "models/report/events.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "models/report/effects.hpp"

namespace kith {

ReportTable events_report(const Scenario& scenario, const RunResult& run) {
  const std::vector<events::Event>& all = scenario.events;
  ReportTable table;
  table.title = "events";
  table.columns = {"", "times", "people reached", "first on day", "last on day"};
  const auto studies = static_cast<double>(run.studies.size());
  for (std::size_t e = 0; e < all.size(); ++e) {
    double times = 0.0;
    double people = 0.0;
    double first = std::numeric_limits<double>::infinity();
    double last = -1.0;
    for (const StudyResult& result : run.studies) {
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

}  // namespace kith
