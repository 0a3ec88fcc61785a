#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/ids.hpp"
#include "network/graph.hpp"

namespace kith::network {

/// The flat store of ties that steps use. Each tie has one owner, chosen by a hash of the pair; a person's owned ties lie
/// together, ordered by the other person. Mirrors let the other end find the tie.
class Ties {
 public:
  explicit Ties(const Graph& graph);

  std::uint32_t people() const { return static_cast<std::uint32_t>(owned_begin_.size() - 1); }
  std::uint32_t count() const { return static_cast<std::uint32_t>(other_.size()); }

  /// Owned ties of a person: TieIds in [owned_begin(p), owned_end(p)).
  TieId owned_begin(PersonId person) const { return owned_begin_[person]; }
  TieId owned_end(PersonId person) const { return owned_begin_[person + 1]; }

  PersonId other(TieId tie) const { return other_[tie]; }
  float closeness(TieId tie) const { return closeness_[tie]; }
  float opportunity(TieId tie) const { return opportunity_[tie]; }
  TieKind kind(TieId tie) const { return kind_[tie]; }

  std::span<const float> closeness() const { return closeness_; }
  std::span<const float> opportunity() const { return opportunity_; }

  /// Ties that somebody else owns: where they lie.
  struct Mirror {
    PersonId owner;
    TieId tie;
  };
  std::span<const Mirror> mirrors(PersonId person) const {
    return {mirrors_.data() + mirror_begin_[person], mirror_begin_[person + 1] - mirror_begin_[person]};
  }

  /// Calls f(other, tie) for every tie of a person, owned ones first.
  template <class F>
  void for_each(PersonId person, F&& f) const {
    for (TieId tie = owned_begin(person); tie < owned_end(person); ++tie) f(other_[tie], tie);
    for (const Mirror& mirror : mirrors(person)) f(mirror.owner, mirror.tie);
  }

  /// Bytes that the store holds.
  std::size_t bytes() const;

 private:
  std::vector<TieId> owned_begin_;           // [people + 1]
  std::vector<PersonId> other_;              // [ties]
  std::vector<float> closeness_;             // [ties]
  std::vector<float> opportunity_;           // [ties]
  std::vector<TieKind> kind_;                // [ties]
  std::vector<std::uint32_t> mirror_begin_;  // [people + 1]
  std::vector<Mirror> mirrors_;              // [ties]
};

}  // namespace kith::network
