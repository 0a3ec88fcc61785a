#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/random.hpp"
#include "core/state.hpp"
#include "engine/contacts.hpp"
#include "models/bonds/living_network.hpp"
#include "models/people/feelings.hpp"
#include "models/people/meeting.hpp"
#include "network/ties.hpp"

namespace kith::bonds {

/// Rewards of a contact of its owner and of the other.
using Rewards = std::array<float, 2>;

/// The ties of one world, fixed or living, and who meets on them.
class Bonds {
 public:
  /// Fixed ties are `ties`, which outlive it; living ones, where there is a `life`, are a copy. `community` [people], or empty.
  Bonds(const network::Ties& ties, const people::MeetingParams& meeting, const std::optional<TieLifeParams>& life,
        std::span<const std::uint32_t> community, float private_matters_from);

  const network::Ties& ties() const { return living_ ? living_->ties() : *fixed_; }
  /// Nothing where ties are fixed.
  const std::optional<LivingNetwork>& living() const { return living_; }
  std::optional<LivingNetwork>& living() { return living_; }

  /// What a day does to ties that live, at its start. `day` counts from the first of the burn-in, on which nothing is done;
  /// `readiness` [people] for contacts in person.
  void tend(std::int64_t day, double hours, WorldKey world, std::span<const float> readiness);
  /// The contacts of a tick.
  void meet(WorldKey world, Tick tick, const Waking& waking, const Readiness& readiness,
            std::vector<Contact>& contacts);
  /// What contacts do to ties that live. `rewards` [contacts].
  void after_contacts(const std::vector<Contact>& contacts, std::span<const Rewards> rewards, std::int64_t day);
  /// What a good contact with a reward of √(r_a r_b) does to the tie of two people, where they have a living one.
  void after_good(PersonId a, PersonId b, float reward, std::int64_t day);

  /// A day later, what there is to miss [people] follows the strength of close ties: at once where they grow, slowly where they are lost.
  void follow(const people::FeelingParams& feelings, std::vector<float>& bond) const;

  /// Contacts of both kinds of each tie [slots of the ties], per waking hour, where everybody's approach and opportunity is 1.
  std::vector<float> rates() const;

  void visit(State& state);

 private:
  /// Reward over that of a usual contact with a partner who is as warm as usual.
  float over_usual(TieId tie, float reward) const;

  const network::Ties* fixed_;
  const people::MeetingParams* meeting_;
  ContactSampler sampler_;
  std::optional<LivingNetwork> living_;
};

}  // namespace kith::bonds
