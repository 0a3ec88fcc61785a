#include "models/record/tie_events.hpp"

#include <string>

#include "engine/variables_of.hpp"
#include "models/people/isolation.hpp"
#include "models/record/dimensions.hpp"

namespace kith {
namespace {

using network::TieEvent;

struct Happened {
  const bonds::LivingNetwork& living;
  const conditions::Columns& columns;
  std::vector<TieEvent> events;  // in order, then those of the keyframe
};

VariablesOf<Happened> variables(const conditions::Columns& columns) {
  VariablesOf<Happened> all;
  const auto add = [&](const char* name, const char* unit, const char* long_name, auto value, Flags flags = {}) {
    all.add(
        name, unit, long_name, {"event"}, [value](const Happened& happened) { return each(happened.events, value); },
        std::move(flags));
  };
  add("event_time", "hours", "time of the event since the start", [](const TieEvent& event) { return event.hours; });
  add("a", "1", "index of one person", [](const TieEvent& event) { return static_cast<std::int32_t>(event.a); });
  add("b", "1", "index of the other person, the higher",
      [](const TieEvent& event) { return static_cast<std::int32_t>(event.b); });
  add(
      "what", "1", "what happened; held: a line of a keyframe",
      [](const TieEvent& event) { return static_cast<std::int8_t>(event.what); }, flags_of(network::tie_changes));
  add("closeness", "1", "closeness at which the tie settles", [](const TieEvent& event) { return event.closeness; });
  add("layer", "1", "Dunbar layer of that closeness, 1 the closest",
      [](const TieEvent& event) { return static_cast<std::int32_t>(people::layer_of(event.closeness)) + 1; });
  add(
      "kind", "1", "kind of the tie", [](const TieEvent& event) { return static_cast<std::int8_t>(event.kind); },
      tie_kinds());
  all.add("community", "1", "community of the person; -1 where none is known", {"person"},
          [](const Happened& happened) {
            std::vector<std::int32_t> community(happened.living.ties().people());
            for (PersonId p = 0; p < community.size(); ++p) community[p] = happened.living.community(p);
            return community;
          });
  // A column can be called anything: its name is the long name.
  for (std::size_t c = 0; c < columns.names.size(); ++c) {
    all.add("column_" + std::to_string(c + 1), "", columns.names[c], {"person"},
            [c](const Happened& happened) { return happened.columns.values[c]; });
  }
  return all;
}

}  // namespace

TableSpec tie_events_table(const Scenario& scenario, const Population& population) {
  TableSpec table;
  table.name = "tie_events";
  table.long_name =
      "what happened to ties; events of the time before each row, then all ties where there is a keyframe";
  table.growing = "time";
  table.dimensions = {replicate_dimension(scenario.replicates),
                      time_dimension(),
                      {"event", "event, in the order in which they happened", "", std::vector<std::int64_t>{}},
                      person_dimension(population)};
  return variables(population.columns).in(std::move(table));
}

TableRow tie_events_row(const bonds::LivingNetwork& living, const conditions::Columns& columns, std::uint32_t replicate,
                        double hours, Keyframe keyframe) {
  Happened happened{living, columns, living.events()};
  if (keyframe == Keyframe::yes) {
    const auto frame = living.keyframe(hours);
    happened.events.insert(happened.events.end(), frame.begin(), frame.end());
  }
  return variables(columns).row("tie_events", replicate, hours, happened);
}

}  // namespace kith
