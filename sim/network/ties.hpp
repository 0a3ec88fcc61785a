#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "core/fetch.hpp"
#include "core/ids.hpp"
#include "core/state.hpp"
#include "network/graph.hpp"

namespace kith::network {

/// What a tie holds besides its two ends.
struct TieState {
  float closeness = 0.0F;
  float opportunity = 1.0F;
  TieKind kind = TieKind::friendship;
  std::uint8_t usual = 0;  ///< closeness at which the tie settles, in steps of 1/255
  std::uint16_t last = 0;  ///< day of the last contact, counted from a day that the user of the store chooses
};

constexpr float usual_closeness(std::uint8_t steps) { return static_cast<float>(steps) / 255.0F; }
inline std::uint8_t usual_steps(float closeness) { return static_cast<std::uint8_t>(std::lround(closeness * 255.0F)); }

/// The flat store of ties that steps use. Each tie has one owner, chosen by a hash of the pair; a person's owned ties lie
/// together, ordered by the other person. Mirrors name the owners of the ties that somebody else owns, in ascending order;
/// a tie is found among its owner's by bisection. Ties come and go one by one (`insert`, `erase`, not in parallel); until the
/// first insertion there is no room between the people, so that TieIds count through. An edit moves the TieIds of its owner,
/// and of everybody when a row has to grow.
class Ties {
 public:
  static constexpr TieId none = std::numeric_limits<TieId>::max();

  /// Every tie settles at the closeness that it has.
  explicit Ties(const Graph& graph);
  /// People without ties.
  explicit Ties(std::uint32_t people);

  std::uint32_t people() const { return static_cast<std::uint32_t>(owned_.count.size()); }
  std::uint32_t count() const { return count_; }
  /// One more than the highest TieId, rooms without a tie included. A room has opportunity 0.
  std::uint32_t slots() const { return owned_.begin.back(); }

  /// Owned ties of a person: TieIds in [owned_begin(p), owned_end(p)).
  TieId owned_begin(PersonId person) const { return owned_.begin[person]; }
  TieId owned_end(PersonId person) const { return owned_.begin[person] + owned_.count[person]; }
  /// Owners of the ties that a person has but does not own.
  std::span<const PersonId> mirrors(PersonId person) const {
    return {mirrors_.data() + mirror_.begin[person], mirror_.count[person]};
  }
  std::uint32_t degree(PersonId person) const { return owned_.count[person] + mirror_.count[person]; }

  /// Whose row it is in.
  PersonId owner(TieId tie) const;
  PersonId other(TieId tie) const { return other_[tie]; }
  float closeness(TieId tie) const { return closeness_[tie]; }
  float opportunity(TieId tie) const { return opportunity_[tie]; }
  TieKind kind(TieId tie) const { return kind_[tie]; }
  std::uint8_t usual(TieId tie) const { return usual_[tie]; }
  std::uint16_t last(TieId tie) const { return last_[tie]; }
  /// What the owner of the store keeps with a tie; 0 for one that is new, and for all of a store that was read.
  std::uint8_t note(TieId tie) const { return note_[tie]; }
  /// Asks for the memory of a tie's values, which lie far apart.
  void fetch(TieId tie) const {
    kith::fetch(&closeness_[tie]);
    kith::fetch(&opportunity_[tie]);
    kith::fetch(&last_[tie]);
    kith::fetch(&usual_[tie]);
    kith::fetch(&kind_[tie]);
    kith::fetch(&note_[tie]);
  }

  std::span<const PersonId> others() const { return other_; }
  std::span<const float> closeness() const { return closeness_; }
  std::span<const float> opportunity() const { return opportunity_; }
  std::span<const TieKind> kinds() const { return kind_; }

  /// The tie of two people; `none` when they have none.
  TieId find(PersonId a, PersonId b) const;
  /// Whether `a` rather than `b` owns their tie, if they have one.
  static bool owns(PersonId a, PersonId b);

  // Values of one tie; in parallel for different ties.
  void set_closeness(TieId tie, float closeness) { closeness_[tie] = closeness; }
  void set_opportunity(TieId tie, float opportunity) { opportunity_[tie] = opportunity; }
  void set_kind(TieId tie, TieKind kind) { kind_[tie] = kind; }
  void set_usual(TieId tie, std::uint8_t usual) { usual_[tie] = usual; }
  void set_last(TieId tie, std::uint16_t day) { last_[tie] = day; }
  void set_note(TieId tie, std::uint8_t note) { note_[tie] = note; }

  /// Throws std::invalid_argument when a tie would join a person to themselves or to somebody who is not there, or when the two
  /// are tied already.
  void insert(PersonId a, PersonId b, const TieState& state);
  /// Throws std::invalid_argument when the two are not tied.
  void erase(PersonId a, PersonId b);

  /// Calls f(other, tie) for every tie of a person, owned ones first.
  template <class F>
  void for_each(PersonId person, F&& f) const {
    for (TieId tie = owned_begin(person); tie < owned_end(person); ++tie) f(other_[tie], tie);
    for (const PersonId owner : mirrors(person)) f(owner, owned_tie(owner, person));
  }

  /// Every tie, and nothing of how the store has grown: a store that is read has no room between the people. Throws kith::Error
  /// where what was written cannot be ties of these people.
  void visit(State& state);
  /// The same for a store as it was made of a graph, in few large pieces and without what follows from them. Throws std::logic_error
  /// for a store with room between the people.
  void visit_as_made(State& state);
  /// The ties as a graph lists them, without the weights of an import.
  std::vector<Edge> edges() const;
  /// Bytes that the store holds.
  std::size_t bytes() const;
  /// Of them, for each tie and each person where there is no room between the people.
  static constexpr std::size_t bytes_per_tie =
      2 * sizeof(PersonId) + 2 * sizeof(float) + sizeof(std::uint16_t) + 2 * sizeof(std::uint8_t) + sizeof(TieKind);
  static constexpr std::size_t bytes_per_person = 4 * sizeof(std::uint32_t);

 private:
  /// Where each person's entries lie: `count` of them from `begin`, with room up to the next person's begin.
  struct Rows {
    std::vector<std::uint32_t> begin;  // [people + 1]
    std::vector<std::uint32_t> count;  // [people]
    bool is_full(PersonId person) const { return begin[person] + count[person] == begin[person + 1]; }
    std::vector<std::uint32_t> roomy_begin() const;
  };

  TieId owned_tie(PersonId owner, PersonId other) const;
  void lay_out_anew();
  void find_mirrors();
  void make_room_for_owned();
  void make_room_for_mirrors();
  template <class F>
  void for_each_saved_column(F&& f);
  template <class F>
  void for_each_column(F&& f);

  std::uint32_t count_ = 0;
  Rows owned_;
  Rows mirror_;
  std::vector<PersonId> other_;      // [slots]
  std::vector<float> closeness_;     // [slots]
  std::vector<float> opportunity_;   // [slots]
  std::vector<std::uint16_t> last_;  // [slots]
  std::vector<std::uint8_t> usual_;  // [slots]
  std::vector<TieKind> kind_;        // [slots]
  std::vector<std::uint8_t> note_;   // [slots]
  std::vector<PersonId> mirrors_;    // [rooms for mirrors]
};

}  // namespace kith::network
