#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/state.hpp"
#include "models/trials/design/doses.hpp"

/// Doses that depend on how a participant feels: as needed, stopping, switching.
namespace kith::trials {

/// Follows the participants whose arms have rules through a run. A rule sees a person's own state at the start of a tick.
class Rules {
 public:
  /// The trial outlives it.
  Rules(const Trial& trial, const std::vector<Participant>& participants, const Clock& clock, WorldKey world);

  /// What is taken during a tick that is about to begin, one entry a dose; to be called once a tick, in order.
  std::vector<Treatment> before_tick(const people::People& people, Tick tick);
  /// Notes who has stopped or switched.
  void tell(std::vector<Participant>& participants) const;
  void visit(State& state);

 private:
  struct Followed {
    std::size_t index;  // of the participant
    Participant participant;
    std::size_t next_period = 0;          // the first one that has not begun
    std::size_t arm = 0;                  // now
    bool has_switched = false;            // in this period
    std::vector<PlannedDose> doses = {};  // of this period
    std::size_t next_dose = 0;
    std::optional<double> stop_since = {}, switch_since = {};  // since when the rule's condition holds [h]
  };
  void begin_period(Followed& followed);
  void follow_rules(Followed& followed, const people::People& people, double now);
  void change_arm(Followed& followed, double now);

  const Trial* trial_;
  Clock clock_;
  WorldKey world_;
  std::vector<Followed> followed_;
};

}  // namespace kith::trials
