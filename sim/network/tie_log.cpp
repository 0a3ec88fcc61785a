#include "network/tie_log.hpp"

#include <map>
#include <stdexcept>
#include <string>
#include <utility>

namespace kith::network {

namespace {

[[noreturn]] void refuse(const TieEvent& event, const char* why) {
  throw std::invalid_argument("the tie of " + std::to_string(event.a) + " and " + std::to_string(event.b) + " " + why);
}

TieEvent event_of(const Edge& edge, TieChange what) { return {0.0, edge.a, edge.b, what, edge.kind, edge.closeness}; }

}  // namespace

Graph replay(std::uint32_t people, std::span<const TieEvent> events) {
  std::map<std::pair<PersonId, PersonId>, const TieEvent*> ties;
  for (const TieEvent& event : events) {
    if (event.a >= event.b || event.b >= people) refuse(event, "joins nobody");
    const auto known = ties.find({event.a, event.b});
    const bool is_new = event.what == TieChange::held || event.what == TieChange::began;
    if (is_new == (known != ties.end())) refuse(event, is_new ? "begins twice" : "changes before it begins");
    if (is_new) {
      ties[{event.a, event.b}] = &event;
    } else if (is_end(event.what)) {
      ties.erase(known);
    } else {
      known->second = &event;
    }
  }
  Graph graph{.people = people};
  for (const auto& [pair, event] : ties)
    graph.edges.push_back({.a = pair.first, .b = pair.second, .closeness = event->closeness, .kind = event->kind});
  return graph;
}

std::vector<TieEvent> differences(const Graph& before, const Graph& after) {
  std::vector<TieEvent> result;
  auto old = before.edges.begin();
  auto now = after.edges.begin();
  const auto pair = [](const auto& edge) { return std::pair(edge->a, edge->b); };
  while (old != before.edges.end() || now != after.edges.end()) {
    if (now == after.edges.end() || (old != before.edges.end() && pair(old) < pair(now))) {
      result.push_back(event_of(*old++, TieChange::ended));
    } else if (old == before.edges.end() || pair(now) < pair(old)) {
      result.push_back(event_of(*now++, TieChange::began));
    } else {
      if (now->closeness != old->closeness)
        result.push_back(event_of(*now, now->closeness > old->closeness ? TieChange::closer : TieChange::looser));
      ++old;
      ++now;
    }
  }
  return result;
}

}  // namespace kith::network
