#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/random.hpp"
#include "engine/clock.hpp"
#include "models/conditions/variables.hpp"
#include "models/people/feelings.hpp"
#include "models/people/meeting.hpp"
#include "models/people/opportunity.hpp"
#include "models/people/people.hpp"
#include "models/pharmacology/drug.hpp"
#include "network/ties.hpp"

namespace kith::events {

/// What has to be known of people to choose among them.
enum class Knowledge {
  state,  ///< traits and feelings
  ties,   ///< also what follows from ties: degree, scores of isolation
};

/// Whether a tie needs a free place at both ends or brings its own.
enum class TiePlaces { own, added };

/// What events see of a world and can do to it, between two ticks.
class World {
 public:
  virtual ~World() = default;

  virtual const Clock& clock() const = 0;
  virtual WorldKey key() const = 0;
  virtual const people::People& people() const = 0;
  virtual const network::Ties& ties() const = 0;
  virtual const people::MeetingParams& meeting() const = 0;
  virtual conditions::Everybody everybody(Knowledge knowledge) = 0;
  /// [people] 0 low, 1 middle, 2 high; by the opioid tone.
  virtual std::span<const std::uint8_t> tone_tercile() const = 0;
  /// Community of each person now [people]. Throws kith::Error (invalid_scenario) where the network has none.
  virtual std::span<const std::uint32_t> community() const = 0;
  /// Participants of any trial who are in the arm of this name at `hours` and have not left, ascending.
  virtual std::vector<PersonId> in_arm(std::string_view arm, double hours) const = 0;

  virtual void set_opportunity(people::OpportunityFactors factors) = 0;
  /// A good contact at `hours`; returns its reward.
  virtual float good_contact(PersonId person, const people::GoodContact& contact, double hours) = 0;
  /// A stressor that brings so much distress at a μ-signal of 1.
  virtual void distress(PersonId person, float amount) = 0;
  /// Adds to the ligand that contacts have released.
  virtual void release(PersonId person, float ligand) = 0;
  /// Gives each of `people`, ascending, these doses, which are still to come, in ascending order of time. `event`: the place in
  /// the list of the event that gives them.
  virtual void treat(std::uint32_t event, std::span<const PersonId> people, const pharmacology::SharedDrug& drug,
                     std::span<const pharmacology::Dose> doses) = 0;

  // Where ties live. Ties end and begin when they are tended next, at the start of a day.
  virtual void end_tie(PersonId a, PersonId b) = 0;
  virtual void begin_tie(PersonId a, PersonId b, float closeness, TiePlaces places) = 0;
  /// Whether a person has a free place for a tie of this closeness.
  virtual bool has_place(PersonId person, float closeness) const = 0;
  /// Makes people belong to other communities at once: each of `people` to that of the same place in `to`.
  virtual void move(std::span<const PersonId> people, std::span<const std::uint32_t> to) = 0;
  /// What a good contact at `hours` with a reward of √(r_i r_j) does to the tie of two people, where they have one.
  virtual void bond(PersonId a, PersonId b, float reward, double hours) = 0;
};

}  // namespace kith::events
