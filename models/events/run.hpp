#pragma once

#include <cstdint>
#include <vector>

#include "core/state.hpp"
#include "models/events/event.hpp"

namespace kith::events {

/// Something that has happened, for the result.
struct Occurrence {
  double hours = 0.0;        ///< since the start
  std::uint32_t event = 0;   ///< its place in the list
  std::uint32_t people = 0;  ///< reached

  void visit(State& state) {
    state("hours", hours);
    state("event", event);
    state("people", people);
  }
};

/// The events of one world while it runs.
class EventRun {
 public:
  /// All state: what a run needs to go on from here.
  struct State {
    std::vector<Reached> going_on;                  ///< in the order in which they began
    std::vector<std::vector<double>> last_reached;  ///< [events][people] hours; empty where a state does not trigger it
    std::vector<double> last_shared;                ///< [events] hours; NaN: never triggered by a share
    std::vector<std::vector<bool>> ever_reached;    ///< [events][people]; empty where it has reached nobody
    std::uint64_t times_reached = 0;

    void visit(kith::State& state) {
      state("going_on", going_on);
      state("last_reached", last_reached);
      state("last_shared", last_shared);
      state("ever_reached", ever_reached);
      state("times_reached", times_reached);
    }
  };

  /// `events` outlives the run.
  EventRun(const std::vector<Event>& events, const Clock& clock, double duration, std::uint32_t people);

  /// What happens between two ticks, before `tick`; to be called before each tick from 0 on, in order.
  void before_tick(World& world, Tick tick);

  /// What has happened since the last `forget`, in order.
  const std::vector<Occurrence>& log() const { return log_; }
  void forget() { log_.clear(); }
  const State& state() const { return state_; }
  /// Whom an event has reached so far, ascending; `event`: its place in the list.
  std::vector<PersonId> reached(std::size_t event) const;
  /// How often anybody has been reached so far; groups of those reached change with it.
  std::uint64_t times_reached() const { return state_.times_reached; }
  void visit(kith::State& state);
  /// The digest of a world together with what its events have still to do; the world's own where that is nothing.
  std::uint64_t joined_to(std::uint64_t world) const;

 private:
  bool end_what_is_over(Tick tick);
  bool is_in_time(const Trigger& trigger, double hours) const;
  /// Whether an event happens now, and to whom it is limited [people]; empty: to nobody in particular.
  bool happens(std::uint32_t event, World& world, Tick tick, std::vector<bool>& struck);
  bool strike(std::uint32_t event, const World& world, Tick tick, std::vector<bool>& struck) const;
  bool meets_condition(std::uint32_t event, const World& world, double hours, std::vector<bool>& struck) const;
  bool share_is_exceeded(std::uint32_t event, const World& world, double hours);
  void reach(std::uint32_t event, World& world, Tick tick, const std::vector<bool>& struck);
  void update_opportunity(World& world) const;

  const std::vector<Event>* events_;
  Clock clock_;
  Tick last_tick_;
  std::uint32_t people_;
  std::vector<std::vector<Tick>> ticks_;  // [events] before which those at given times happen, ascending
  State state_;
  std::vector<Occurrence> log_;
};

}  // namespace kith::events
