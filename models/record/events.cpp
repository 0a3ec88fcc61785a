#include "models/record/events.hpp"

#include "models/record/dimensions.hpp"

namespace kith {

TableSpec events_table(const Scenario& scenario) {
  TableSpec table;
  table.name = "events";
  table.long_name =
      "what happened of the scenario's events before each row; those that wait for people are noted when "
      "they reach somebody";
  table.growing = "time";
  table.dimensions = {
      replicate_dimension(scenario.replicates),
      {"time", "time since the start of the measured time", "hours", std::vector<double>{}},
      {"occurrence", "occurrence, in the order in which they happened", "", std::vector<std::int64_t>{}}};
  std::vector<std::pair<std::int8_t, std::string>> names;
  for (std::size_t e = 0; e < scenario.events.size(); ++e)
    names.emplace_back(static_cast<std::int8_t>(e), scenario.events[e].name);
  const std::vector<std::string> by_occurrence{"occurrence"};
  table.variables = {{"event_time", "hours", "when it happened, since the start", ValueType::float64, by_occurrence},
                     {"event", "1", "which event", ValueType::int8, by_occurrence, names},
                     {"people", "1", "how many people it reached", ValueType::int32, by_occurrence}};
  return table;
}

TableRow events_row(const std::vector<events::Occurrence>& log, std::uint32_t replicate, double hours) {
  std::vector<double> times;
  std::vector<std::int8_t> which;
  std::vector<std::int32_t> people;
  for (const events::Occurrence& occurrence : log) {
    times.push_back(occurrence.hours);
    which.push_back(static_cast<std::int8_t>(occurrence.event));
    people.push_back(static_cast<std::int32_t>(occurrence.people));
  }
  return {"events", replicate, hours, {times, which, people}};
}

}  // namespace kith
