#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "core/ids.hpp"
#include "core/parallel.hpp"
#include "core/random.hpp"
#include "core/state.hpp"
#include "engine/clock.hpp"
#include "network/ties.hpp"

namespace kith {

/// One contact of two people.
struct Contact {
  PersonId owner;  ///< of the tie
  PersonId other;
  TieId tie;
  float outcome;            ///< uniform in (0, 1), the same for both: decides how the contact goes
  std::uint8_t moment = 1;  ///< of the tick at which it happens
  bool is_distant = false;  ///< a call or a message
  bool goes_well = false;   ///< the verdict, which whoever has drawn the contacts reaches
};

/// How ready people are for contacts of each kind [people], which multiply the rate as √(P_owner P_other).
struct Readiness {
  std::span<const float> in_person;
  std::span<const float> at_distance;
  double distant_share = 0.0;  ///< of contacts at a distance among all, where everybody is as ready for both
  // Where some contacts in person are spared from what keeps people from meeting; else empty.
  std::span<const float> at_home = {};
  std::span<const float> home_from = {};  ///< least closeness of a spared tie: the greater one of its two ends
  /// For contacts of a kind that nothing keeps from happening.
  std::span<const float> most(bool is_distant) const {
    return is_distant ? at_distance : at_home.empty() ? in_person : at_home;
  }
};

/// Whether a tie is spared. `home_from` [people] or empty, as in Readiness.
inline bool is_home(std::span<const float> home_from, const network::Ties& ties, PersonId a, PersonId b, TieId tie) {
  return !home_from.empty() && ties.closeness(tie) >= std::max(home_from[a], home_from[b]);
}

/// Draws the contacts of a tick. Contacts on a tie are a Poisson process of rate · √(P_owner P_other), P how ready each end
/// is for a contact of this kind. A person draws the number of *candidates* among all their owned ties at once, at the rate that every P ≤ bound allows,
/// and each candidate is kept with probability √(P_owner P_other)/bound (thinning, Lewis & Shedler 1979). A tie is looked at
/// only when it is a candidate. The candidates do not depend on P, so worlds that differ in P share them.
class ContactSampler {
 public:
  /// `rates` [slots of the ties]: contacts of both kinds per waking hour where both P are 1. `bound`: P never exceeds it.
  ContactSampler(const network::Ties& ties, std::span<const float> rates, float bound);

  /// Takes over ties and rates that have changed: `row_rates(begin, end, out)` writes the rates of the ties [begin, end) of one
  /// owner to out[0], out[1], …
  template <class F>
  void refresh(const network::Ties& ties, F&& row_rates) {
    if (cumulative_.size() != ties.slots()) cumulative_ = std::vector<float>(ties.slots());
    for_each_block(ties.people(), [&](std::size_t begin, std::size_t end) {
      for (auto person = static_cast<PersonId>(begin); person < end; ++person) {
        const TieId first = ties.owned_begin(person);
        const TieId last = ties.owned_end(person);
        row_rates(first, last, cumulative_.data() + first);
        float running = 0.0F;
        for (TieId tie = first; tie < last; ++tie) cumulative_[tie] = running += cumulative_[tie];
        total_[person] = running;
      }
    });
  }

  /// Contacts in the waking time of `tick`, in the order of their owners.
  void draw(const network::Ties& ties, const Draws& draws, Tick tick, const Waking& waking, const Readiness& readiness,
            std::vector<Contact>& contacts);

  /// The rates as they were taken over last, from which nothing else follows where ties live.
  void visit(State& state, const network::Ties& ties);

  /// Sum of the rates of a person's owned ties [1/h].
  float total_rate(PersonId person) const { return total_[person]; }
  std::size_t bytes() const { return (cumulative_.size() + total_.size()) * sizeof(float); }

 private:
  /// A contact that may come of it.
  struct Candidate {
    PersonId owner = 0;
    TieId tie = 0;
    float place = 0.0F;   // among the summed rates of the owner's ties
    double needed = 0.0;  // √(P_owner P_other) from which on it is kept
    float outcome = 0.0F;
    std::uint32_t when = 0;
    bool is_distant = false;
  };

  /// `highest`: the greatest P of all people, which settles many candidates before a tie is looked at.
  void draw_block(const network::Ties& ties, const Draws& draws, Tick tick, const Waking& waking,
                  const Readiness& readiness, float highest, PersonId begin, PersonId end,
                  std::vector<Contact>& contacts) const;

  std::vector<float> cumulative_;  // [slots] running sum of the rates within an owner's ties
  std::vector<float> total_;       // [people]
  float bound_;
  std::vector<std::vector<Contact>> blocks_;  // contacts by block of owners, kept to reuse their memory
};

/// A contact seen from one of its two people.
struct Encounter {
  PersonId other;
  TieId tie;
  std::uint8_t moment;
  bool is_distant;
  bool goes_well;
  std::uint32_t contact = 0;  ///< index of the contact
};

/// The contacts of a tick by person; a person's encounters are in the order of the moment, the other person, then of drawing.
class Encounters {
 public:
  void assign(std::span<const Contact> contacts, std::uint32_t people);
  std::span<const Encounter> of(PersonId person) const {
    return {encounters_.data() + begin_[person], begin_[person + 1] - begin_[person]};
  }

 private:
  std::vector<std::uint32_t> begin_;   // [people + 1]
  std::vector<Encounter> encounters_;  // [2 · contacts]
};

}  // namespace kith
