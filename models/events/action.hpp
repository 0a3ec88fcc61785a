#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "config/known_names.hpp"
#include "config/section.hpp"
#include "core/ids.hpp"
#include "core/state.hpp"
#include "models/events/world.hpp"
#include "models/pharmacology/pharmacy.hpp"

/// What events do.
namespace kith::events {

/// Those whom an event reached at one time.
struct Reached {
  std::uint32_t event = 0;       ///< its place in the list
  Tick begin = 0;                ///< the first tick that it can change
  Tick end = 0;                  ///< the first one after what it does
  std::vector<PersonId> people;  ///< ascending

  /// Tells apart the draws of all events and ticks.
  static constexpr std::int64_t most_events = 128;
  std::int64_t moment(Tick tick) const { return tick * most_events + event; }

  void visit(State& state) {
    state("event", event);
    state("begin", begin);
    state("end", end);
    state("people", people);
  }
};

struct Factors {
  float in_person = 1.0F;
  float at_distance = 1.0F;
  float home_from = 2.0F;  ///< closeness from which ties are spared in person
};

/// One thing that an event does to those whom it reaches.
class Action {
 public:
  virtual ~Action() = default;
  /// Done once, before the tick `reached.begin`.
  virtual void begin(World& /*world*/, const Reached& /*reached*/) const {}
  /// Whether it goes on for the time that `for` says.
  virtual bool lasts() const { return false; }
  /// Done before each tick of that time.
  virtual void go_on(World& /*world*/, const Reached& /*reached*/, Tick /*tick*/) const {}
  /// Factors on how readily those reached come to contacts in person, and at a distance, during that time.
  virtual Factors opportunity() const { return {}; }
  /// The drug that it gives, or null.
  virtual const pharmacology::Drug* drug() const { return nullptr; }
};

/// What a scenario has besides its events.
struct Facts {
  const pharmacology::Pharmacy& pharmacy;
  double duration = 0.0;               ///< of the run [h]
  double starts_at = 0.0;              ///< local time of day at which the run starts [h]
  config::KnownNames columns = {};     ///< of the people's table
  std::vector<std::string> arms = {};  ///< of all trials
  bool do_ties_live = false;
};

/// A kind of action: a key of `do:`.
struct ActionKind {
  std::string_view name;
  /// Reads the key from the mapping `do`.
  std::function<std::shared_ptr<const Action>(config::Section& section, const Facts& facts)> read;
  bool needs_living_ties = false;
};

const std::vector<ActionKind>& all_actions();

/// Throws kith::Error (invalid_scenario) where the network has no community of this number. `communities` [people].
void require_community(std::uint32_t community, std::span<const std::uint32_t> communities);

}  // namespace kith::events
