#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/random.hpp"
#include "network/edge_lists.hpp"
#include "network/generate.hpp"

/// Parts of the generator of support layers. Three kinds of pair exclude each other, so no pair is ever tied twice:
/// kin (the same wider family), neighbours (the same community, not kin) and strangers (all others).
namespace kith::network::detail {

/// People, where they live and whom they descend from; people of a community have consecutive ids.
struct Society {
  std::uint32_t people = 0;
  std::vector<std::uint32_t> community_begin;  ///< [communities + 1]
  std::vector<std::uint32_t> community;        ///< [people]
  std::vector<float> sociability;              ///< [people] mean 1: multiplies the size of every layer
  std::vector<double> position;           ///< [people] on the circle of their community, mean distance of neighbours 1
  std::vector<double> circumference;      ///< [communities]
  std::vector<PersonId> cluster;          ///< [people] first person of their cluster
  std::vector<std::uint8_t> kin_cluster;  ///< [people] 1: the cluster that begins with this person is kin
  std::vector<std::uint32_t> family;      ///< [people] their wider family: two close families
  std::vector<PersonId> kin;              ///< [people] listed family by family
  std::vector<std::uint32_t> family_begin;  ///< close families in `kin`; two in a row make a wider family

  std::size_t communities() const { return circumference.size(); }
  std::size_t close_families() const { return family_begin.size() - 1; }
};

/// Number of ties in each layer.
using LayerCounts = std::array<double, 4>;

Society settle(const Layers& parameters, std::uint32_t people, WorldKey world);

/// Ties within close families (layer 0) and across the two of a wider family (layer 1).
EdgeParts tie_kin(const Society& society, const Layers& parameters, WorldKey world);

/// Pairs of neighbours by effective distance: distance on the circle / (sociability · sociability), blurred by chance.
class Neighbours {
 public:
  /// Looks for at least `wanted` pairs, or for all there are.
  Neighbours(const Society& society, const Layers& parameters, WorldKey world, double wanted);

  /// Ties the pairs of least effective distance: the first wanted[0] in layer 0, and so on.
  EdgeParts tie(const LayerCounts& wanted);

  /// Pairs found.
  double found() const { return rank_.back(); }

 private:
  template <class F>
  void visit(PersonId person, F&& f) const;
  void count();
  float reach_of_all() const;

  const Society& society_;
  Draws draws_;
  float blur_;
  float reach_ = 0.0F;                // largest effective distance looked at
  std::vector<double> rank_;          // [bins + 1] number of pairs below each effective distance
  std::vector<float> most_sociable_;  // [communities]
};

/// Pairs of people of different communities and families.
double stranger_pairs(const Society& society);

/// Ties strangers in proportion to both their sociabilities (Chung & Lu 2002); the counts are expected values.
EdgeParts tie_strangers(const Society& society, const LayerCounts& wanted, WorldKey world);

}  // namespace kith::network::detail
