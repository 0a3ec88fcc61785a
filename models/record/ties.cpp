#include "models/people/isolation.hpp"
#include "models/record/dimensions.hpp"
#include "models/record/record.hpp"

namespace kith {

TableSpec tie_events_table(const Scenario& scenario, const Population& population) {
  TableSpec table;
  table.name = "tie_events";
  table.long_name =
      "what happened to ties; events of the time before each row, then all ties where there is a keyframe";
  table.growing = "time";
  table.dimensions = {replicate_dimension(scenario.replicates),
                      {"time", "time since the start of the measured time", "hours", std::vector<double>{}},
                      {"event", "event, in the order in which they happened", "", std::vector<std::int64_t>{}},
                      person_dimension(population)};
  const std::vector<std::string> by_event{"event"};
  std::vector<std::pair<std::int8_t, std::string>> changes;
  for (std::size_t k = 0; k < network::tie_changes.size(); ++k)
    changes.emplace_back(static_cast<std::int8_t>(k), network::tie_changes[k]);
  table.variables = {
      {"event_time", "hours", "time of the event since the start", ValueType::float64, by_event},
      {"a", "1", "index of one person", ValueType::int32, by_event},
      {"b", "1", "index of the other person, the higher", ValueType::int32, by_event},
      {"what", "1", "what happened; held: a line of a keyframe", ValueType::int8, by_event, changes},
      {"closeness", "1", "closeness at which the tie settles", ValueType::float32, by_event},
      {"layer", "1", "Dunbar layer of that closeness, 1 the closest", ValueType::int32, by_event},
      {"kind", "1", "kind of the tie", ValueType::int8, by_event, {{0, "kin"}, {1, "friendship"}, {2, "acquaintance"}}},
      {"community", "1", "community of the person; -1 where none is known", ValueType::int32, {"person"}}};
  return table;
}

TableRow tie_events_row(const bonds::LivingNetwork& living, std::uint32_t replicate, double hours, Keyframe keyframe) {
  std::vector<network::TieEvent> events = living.events();
  if (keyframe == Keyframe::yes) {
    const auto frame = living.keyframe(hours);
    events.insert(events.end(), frame.begin(), frame.end());
  }
  std::vector<double> times;
  std::vector<std::int32_t> a;
  std::vector<std::int32_t> b;
  std::vector<std::int8_t> what;
  std::vector<float> closeness;
  std::vector<std::int32_t> layer;
  std::vector<std::int8_t> kind;
  for (const network::TieEvent& event : events) {
    times.push_back(event.hours);
    a.push_back(static_cast<std::int32_t>(event.a));
    b.push_back(static_cast<std::int32_t>(event.b));
    what.push_back(static_cast<std::int8_t>(event.what));
    closeness.push_back(event.closeness);
    layer.push_back(static_cast<std::int32_t>(people::layer_of(event.closeness)) + 1);
    kind.push_back(static_cast<std::int8_t>(event.kind));
  }
  std::vector<std::int32_t> community;
  for (PersonId p = 0; p < living.ties().people(); ++p) community.push_back(living.community(p));
  return {"tie_events", replicate, hours, {times, a, b, what, closeness, layer, kind, community}};
}

}  // namespace kith
