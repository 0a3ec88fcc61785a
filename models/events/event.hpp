#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "models/events/action.hpp"
#include "models/events/target.hpp"
#include "models/events/trigger.hpp"

/// Events and interventions: when something happens, to whom, and what it does (ODD 7.9).
namespace kith::events {

struct Event {
  std::string name = {};
  Trigger trigger = {};
  Target target = {};
  std::vector<std::shared_ptr<const Action>> actions = {};
  std::optional<double> lasting = {};  ///< of what goes on; to the end of the run if empty [h]
  bool is_asleep = false;              ///< does nothing: a later change of the scenario brings it

  bool lasts() const;
  /// Whether it gives a drug, if only placebo.
  bool gives_drug() const;
  /// Whether it gives an active drug.
  bool treats() const;
};

/// Reads `events:`.
std::vector<Event> read_events(config::Section& scenario, const Facts& facts);

}  // namespace kith::events
