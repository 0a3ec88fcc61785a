#include "models/events/event.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace kith::events {

using config::Section;

namespace {

void read_actions(Section s, const Facts& facts, Event& event) {
  for (const ActionKind& kind : all_actions()) {
    if (!s.has(kind.name)) continue;
    event.actions.push_back(kind.read(s, facts));
    if (kind.needs_living_ties && !facts.do_ties_live)
      s.fail(kind.name, "ties that are fixed neither end nor begin", "ties.are is fixed", "add `ties: living`");
  }
  if (s.has("for"))
    event.lasting = s.number({.key = "for",
                              .unit = "h",
                              .min = "1 min",
                              .max = "36500 d",
                              .doc = "How long opportunity, contacts a day and doses at intervals last; to the end of "
                                     "the run if not given. Who is still under the event is not reached again."});
  if (s.describing()) return;
  if (event.actions.empty()) {
    std::string names;
    for (const ActionKind& kind : all_actions()) names += fmt::format("{}{}", names.empty() ? "" : ", ", kind.name);
    s.fail("do", "nothing is done", "an event does at least one of: " + names, "write e.g. do: {distress: 0.4}");
  } else if (event.lasting && !event.lasts()) {
    s.fail("for", "nothing that is done lasts", "only opportunity, contacts a day and doses at intervals do",
           "leave it out");
  }
}

/// Names it by its place where the scenario does not, and refuses a name that two have.
void name_event(Section& s, const std::vector<Event>& earlier, Event& event) {
  event.name =
      s.text({.key = "name", .fallback = "", .doc = "What results call it; \"event 1\", \"event 2\" … if not given."});
  if (event.name.empty()) event.name = fmt::format("event {}", earlier.size() + 1);
  const auto same = [&](const Event& other) { return other.name == event.name; };
  if (std::any_of(earlier.begin(), earlier.end(), same))
    s.fail("name", fmt::format("two events are called \"{}\"", event.name), "results tell them apart by name",
           "use another name");
}

}  // namespace

bool Event::lasts() const {
  return std::any_of(actions.begin(), actions.end(), [](const auto& action) { return action->lasts(); });
}

bool Event::gives_drug() const {
  return std::any_of(actions.begin(), actions.end(), [](const auto& action) { return action->drug() != nullptr; });
}

bool Event::treats() const {
  return std::any_of(actions.begin(), actions.end(), [](const auto& action) {
    return action->drug() != nullptr && action->drug()->action != pharmacology::Action::none;
  });
}

std::vector<Event> read_events(Section& scenario, const Facts& facts) {
  constexpr std::size_t most = 100;
  std::vector<Event> events;
  scenario.list(
      {.key = "events",
       .doc = "What happens to people besides their contacts: events and interventions, each with the time, "
              "whom it reaches, and what it does."},
      [&](Section& item) {
        Event event;
        name_event(item, events, event);
        if (auto trigger = read_trigger(item, facts)) event.trigger = std::move(*trigger);
        event.target =
            read_target(item.section({.key = "target", .doc = "Whom it reaches; all that is given must hold."}), facts);
        read_actions(item.section({.key = "do", .doc = "What it does to them: one thing or several."}), facts, event);
        if (events.size() == most) item.fail("do", fmt::format("more than {} events", most), "", "put some together");
        events.push_back(std::move(event));
      });
  return events;
}

}  // namespace kith::events
