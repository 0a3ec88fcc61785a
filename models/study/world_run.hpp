#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/state.hpp"
#include "models/conduct/event_world.hpp"
#include "models/conduct/trial_run.hpp"
#include "models/events/run.hpp"
#include "models/record/world_recorder.hpp"
#include "models/world/population.hpp"

namespace kith {

/// One world of a virtual study while it runs: the model, its events, and what looks at them between ticks.
class WorldRun {
 public:
  /// A world at hour 0. All outlive it, and the population is left as it is. `recorder`: what writes the tables of the treated world and of its contrast with the twin, or null.
  WorldRun(const Population& population, std::vector<TrialRun>& trials, WorldKind kind, WorldKey world,
           WorldRecorder* recorder);
  WorldRun(const WorldRun&) = delete;
  WorldRun& operator=(const WorldRun&) = delete;

  /// Runs on to the tick `to`, or until `goes_on`, which is asked after each tick, says no; gives whether `to` was reached. `replay`
  /// is the command that an error message offers.
  bool run(Tick to, const std::string& replay, const std::function<bool()>& goes_on = {});
  /// Tells the trials what has become of their participants; gives the digest of the state of model and events.
  std::uint64_t finish();

  /// The tick that comes next.
  Tick next() const { return next_; }
  Model& model() { return model_; }
  /// What the world needs, besides what it was made from, to go on from here: model and events. What trials and recorder have noted
  /// is their own to tell.
  void visit(State& state);

 private:
  void forget();
  void after_tick(Tick last);

  Model model_;
  std::vector<TrialRun>* trials_;
  WorldKind kind_;
  WorldRecorder* recorder_;
  EventWorld event_world_;
  events::EventRun events_;
  Tick next_ = 0;
  bool has_begun_ = false;  // whether what comes before the first tick has been done
};

}  // namespace kith
