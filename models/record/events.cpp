#include "models/record/events.hpp"

#include "engine/variables_of.hpp"
#include "models/record/dimensions.hpp"

namespace kith {
namespace {

using events::Occurrence;
using Log = std::vector<Occurrence>;

VariablesOf<Log> variables(const Scenario& scenario) {
  VariablesOf<Log> all;
  const auto add = [&](const char* name, const char* unit, const char* long_name, auto value, Flags flags = {}) {
    all.add(
        name, unit, long_name, {"occurrence"}, [value](const Log& log) { return each(log, value); }, std::move(flags));
  };
  add("event_time", "hours", "when it happened, since the start",
      [](const Occurrence& occurrence) { return occurrence.hours; });
  add(
      "event", "1", "which event",
      [](const Occurrence& occurrence) { return static_cast<std::int8_t>(occurrence.event); },
      flags_of(each(scenario.events, [](const events::Event& event) { return event.name; })));
  add("people", "1", "how many people it reached",
      [](const Occurrence& occurrence) { return static_cast<std::int32_t>(occurrence.people); });
  return all;
}

}  // namespace

TableSpec events_table(const Scenario& scenario) {
  TableSpec table;
  table.name = "events";
  table.long_name =
      "what happened of the scenario's events before each row; those that wait for people are noted when "
      "they reach somebody";
  table.growing = "time";
  table.dimensions = {
      replicate_dimension(scenario.replicates),
      time_dimension(),
      {"occurrence", "occurrence, in the order in which they happened", "", std::vector<std::int64_t>{}}};
  return variables(scenario).in(std::move(table));
}

TableRow events_row(const Scenario& scenario, const Log& log, std::uint32_t replicate, double hours) {
  return variables(scenario).row("events", replicate, hours, log);
}

}  // namespace kith
