#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/random.hpp"
#include "core/state.hpp"
#include "engine/contacts.hpp"
#include "models/bonds/tie_life.hpp"
#include "models/people/isolation.hpp"
#include "models/people/scales.hpp"
#include "network/tie_log.hpp"
#include "network/ties.hpp"

namespace kith::bonds {

using network::TieChange;
using network::TieEvent;

/// Ties each person has and has places for, in the innermost layer, the two innermost, and so on.
struct Places {
  std::array<std::uint32_t, people::layer_count> held{};
  std::array<std::uint32_t, people::layer_count> capacity{};
  void visit(State& state) {
    state("held", held);
    state("capacity", capacity);
  }
  std::uint32_t free(std::size_t layer) const {
    return held[layer] < capacity[layer] ? capacity[layer] - held[layer] : 0;
  }
  /// Whether a new tie of this layer finds a place in every circle that it belongs to.
  bool has_room(std::size_t layer) const {
    for (; layer < people::layer_count; ++layer) {
      if (free(layer) == 0) return false;
    }
    return true;
  }
  /// One place more in each circle from this on that has none free.
  void add_where_full(std::size_t layer) {
    for (; layer < people::layer_count; ++layer) {
      if (free(layer) == 0) ++capacity[layer];
    }
  }
};

/// The network of a world whose ties live. Contacts move closeness as they happen; once a day all closeness fades, ties end, and
/// people with free places become closer to somebody or meet somebody new. What people do on a day follows from the state before
/// it, in parallel; then the changes are made one by one: ends, then the closer, then the new, each in the order of a draw of the
/// pair and the day. A person has places for as many ties in each circle as at the start, and never more.
class LivingNetwork {
 public:
  /// `community` [people], or empty where none is known.
  LivingNetwork(const TieLifeParams& params, const people::MeetingParams& meeting, const network::Ties& ties,
                std::span<const std::uint32_t> community,
                float private_matters_from = people::Scales{}.private_matters_from);

  /// Groups in which people meet; nobody belongs to `Focus::none`.
  struct Focus {
    static constexpr std::uint32_t none = 0xffffffffU;
    std::vector<std::uint32_t> group;            ///< [people]; empty for the community, which the network itself knows
    std::vector<std::vector<PersonId>> members;  ///< [groups], ascending
    explicit Focus(std::span<const std::uint32_t> group_of_each);
    bool is_community() const { return group.empty(); }
    void move(PersonId person, std::uint32_t from, std::uint32_t to);
  };
  /// The community as a focus.
  Focus community_focus() const;
  /// Takes these in place of the community, which is the only focus at first.
  void set_foci(std::vector<Focus> foci) { foci_ = std::make_shared<const std::vector<Focus>>(std::move(foci)); }
  /// In the communities that people are in now, each of consecutive people on a circle, they meet the `reach` nearest on either
  /// side in place of anybody. Who moves meets anybody of the new community, and whose neighbour has gone, anybody too.
  void set_neighbours(std::uint32_t reach);
  std::uint32_t neighbours() const { return reach_; }
  /// People with the same value [people] prefer each other; `Focus::none` is like nothing.
  void set_alike(std::vector<std::uint32_t> values) {
    alike_ = std::make_shared<const std::vector<std::uint32_t>>(std::move(values));
  }

  const network::Ties& ties() const { return ties_; }
  const TieLife& life() const { return life_; }
  const Places& places(PersonId person) const { return places_[person]; }
  /// As the ties are now, where nothing keeps people from meeting.
  people::Isolation isolation() const { return answers_.isolation(); }
  float private_matters_from() const { return answers_.private_matters_from(); }
  /// The closeness from which people talk about private matters is another one from now on.
  void count_answers(float private_matters_from);

  /// −1 where none is known.
  std::int32_t community(PersonId person) const {
    return community_.empty() ? -1 : static_cast<std::int32_t>(community_[person]);
  }

  /// [people], or empty where none is known.
  std::span<const std::uint32_t> communities() const { return community_; }
  /// People belong to other communities from now on: each to that of the same place in `to`.
  void move_to(std::span<const PersonId> people, std::span<const std::uint32_t> to);

  /// A contact on a tie on `day`, counted from any day before the first; in parallel for different ties. `reward` as in
  /// `TieLife::after_good`.
  void after_good(TieId tie, std::int64_t day, float reward);
  void after_bad(TieId tie, std::int64_t day);

  /// One day of tie life. `approach` [people]. Days follow one another.
  void tend(std::int64_t day, double hours, WorldKey world, std::span<const float> approach);
  /// A tie that ends, or one that begins, when ties are tended next, besides what follows from how people live. A tie that
  /// brings its own place adds one to both people's circles where none is free.
  enum class NewPlace { none, added };
  void stage_end(PersonId a, PersonId b);
  void stage_new(PersonId a, PersonId b, float closeness, NewPlace place);
  /// Gives the sampler the rates of today.
  void refresh(ContactSampler& sampler);

  /// What happened since the last `forget_events`, in order.
  const std::vector<TieEvent>& events() const { return events_; }
  void forget_events() { events_.clear(); }
  /// Every tie as an event: a keyframe of the log.
  std::vector<TieEvent> keyframe(double hours) const;
  void visit(State& state);
  /// Bytes for ties, places and answers.
  std::size_t bytes() const { return ties_.bytes() + places_.capacity() * sizeof(Places) + answers_.bytes(); }

 private:
  struct Edit {
    TieChange what;
    std::uint8_t usual;
    std::uint32_t lot;
    PersonId a;
    PersonId b;
    NewPlace place = NewPlace::none;
    void visit(State& state);
  };
  using Edits = std::vector<Edit>;
  struct Day;

  void age(const Day& today, PersonId owner, Edits& edits);
  void draw_losses(const Day& today, PersonId owner, Edits& edits) const;
  void seek(const Day& today, PersonId person, Edits& edits) const;
  void seek_closer(const Day& today, PersonId person, std::size_t layer, Stream& stream, Edits& edits) const;
  void seek_new(const Day& today, PersonId person, Stream& stream, Edits& edits) const;
  /// One of the `reach_` nearest on either side, each as likely; nobody where there are none or they have gone.
  std::optional<PersonId> neighbour_of(PersonId person, Stream& stream) const;
  PersonId ask_around(PersonId person, Stream& stream, bool& is_introduced) const;
  std::uint32_t group_of(PersonId person, const Focus& focus) const {
    return focus.is_community() ? community_[person] : focus.group[person];
  }
  bool is_alike(PersonId a, PersonId b) const;
  bool have_common_friend(PersonId a, PersonId b) const;
  bool is_agreed(const Day& today, PersonId a, PersonId b, Stream& stream, double factor) const;
  static std::uint8_t draw_usual(std::size_t layer, Stream& stream);
  void apply(const Day& today, std::vector<Edits>&& parts);
  void take_staged(const Day& today, Edits& edits);
  void apply_end(const Day& today, const Edit& edit);
  void apply_closer(const Day& today, const Edit& edit);
  void apply_new(const Day& today, const Edit& edit);
  void move(PersonId a, PersonId b, std::size_t from, std::size_t to);
  void note(const Day& today, const Edit& edit, network::TieKind kind);
  /// A tie has changed, and stands for this now.
  void stand(TieId tie, people::TieAnswers::Standing now);
  float rate(TieId tie) const { return ties_.opportunity(tie) * life_.rate(ties_.closeness(tie)); }

  network::Ties ties_;
  TieLife life_;
  float approach_most_;
  double waking_hours_;  // a day
  std::vector<Places> places_;
  people::TieAnswers answers_;                            // of ties as they stand by their notes; follows from them
  std::vector<std::uint32_t> community_;                  // [people] or empty
  std::shared_ptr<const std::vector<Focus>> foci_;        // none where no community is known
  std::shared_ptr<const std::vector<PersonId>> circles_;  // first person of each community as it was made, and the end
  std::uint32_t reach_ = 0;                               // neighbours on either side; 0: communities have no circles
  std::shared_ptr<const std::vector<std::uint32_t>> alike_;  // [people], or null
  Edits staged_;                                             // without their lots; usually empty
  std::vector<TieEvent> events_;
};

}  // namespace kith::bonds
