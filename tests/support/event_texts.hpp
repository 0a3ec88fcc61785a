#pragma once

#include <string>

/// Scenarios with events, as text.
namespace kith::testing {

/// A small world with living ties and these events.
inline std::string eventful(const std::string& events) {
  return R"(
kith: 1
title: Events
time: {tick: 6 h, burn_in: 2 d, duration: 40 d}
people: {count: 600}
network: {generate: layers, sizes: [5, 10, 20], community: 100}
ties: living
record: {every: 10 d, by: [community]}
events:
)" + events;
}

/// Everything that events can do, to many.
inline const std::string all_kinds_of_events = R"(
  - {name: lockdown, at: 5 d, target: {tone: lowest third}, do: {opportunity: 0.3, for: 10 d}}
  - {name: alone, rate: 2 /a, do: {opportunity: 0, for: 3 d}}
  - {name: bereavement, rate: 3 /a, do: {lose_ties: {closest: 1}, distress: 0.6}}
  - {name: house, rate: 1 /a, do: {lose_ties: {kind: friendship, share: 70 %}, move: {}}}
  - {name: befriending, when: "loneliness > 0.1", again_after: 10 d, do: {add_ties: {count: 2, to: community, places: added}}}
  - {name: choir, at: 1 d, every: 7 d, target: {share: 30 %}, do: {session: {acquainted: 50 %}}}
  - {name: coach, at: 2 d, target: {most: loneliness, count: 50}, do: {contact: {per_day: 1}, for: 14 d}}
  - {name: news, share: {of: "distress > 0.1", above: 5 %}, again_after: 5 d, do: {contact: {quality: 0.3}}}
  - {name: pill, at: 3 d, target: {partners: close, most: degree, count: 3}, do: {dose: {drug: naltrexone, amount: 50 mg, every: 1 d}, for: 5 d}}
)";

}  // namespace kith::testing
