#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/state.hpp"
#include "network/graph.hpp"

/// The log of a network whose ties live: what happened to each tie, and the network that a log leaves.
namespace kith::network {

enum class TieChange : std::int8_t {
  held,              ///< is there: what a keyframe lists
  began,             ///< a new tie
  closer,            ///< moved into a closer layer
  looser,            ///< settled at a lower closeness
  silent,            ///< has been silent for too many of its usual gaps; nothing else changes yet
  ended,             ///< by what life brings
  ended_by_silence,  ///< after too long a silence
  faded,             ///< closeness fell below the floor
};
/// Names for files, in the order of the enumeration.
inline constexpr std::array<std::string_view, 8> tie_changes{"held",   "began", "closer",           "looser",
                                                             "silent", "ended", "ended_by_silence", "faded"};

constexpr bool is_end(TieChange what) { return what >= TieChange::ended; }

/// An entry of the log.
struct TieEvent {
  double hours = 0.0;  ///< since the start
  PersonId a = 0;      ///< a < b
  PersonId b = 0;
  TieChange what = TieChange::held;
  TieKind kind = TieKind::friendship;  ///< after the change
  float closeness = 0.0F;              ///< at which the tie settles after the change, or settled before it ended

  void visit(State& state) {
    state("hours", hours);
    state("a", a);
    state("b", b);
    state("what", what);
    state("kind", kind);
    state("closeness", closeness);
  }
};

/// The network that a log leaves, closeness being that at which each tie settles. Throws std::invalid_argument for events that
/// cannot follow one another: a tie that begins twice, or something that happens to no tie.
Graph replay(std::uint32_t people, std::span<const TieEvent> events);

/// What has to happen to the ties of `before` to become those of `after`: ended, began, closer, looser, in ascending order of the
/// pair. `hours` is 0 in each.
std::vector<TieEvent> differences(const Graph& before, const Graph& after);

}  // namespace kith::network
