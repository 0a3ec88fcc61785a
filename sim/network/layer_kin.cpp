#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/distributions.hpp"
#include "network/closeness.hpp"
#include "network/layers.hpp"

namespace kith::network::detail {

namespace {

/// Cuts the people into communities of lognormal sizes.
void found_communities(Society& society, const Layers& parameters, const Draws& draws) {
  const double wanted = std::max(1.0, std::floor(society.people / parameters.community + 0.5));
  const auto count = static_cast<std::uint32_t>(wanted);
  std::vector<double> until(count);  // running sum of the communities' shares
  double total = 0.0;
  for (std::uint32_t community = 0; community < count; ++community) {
    Stream stream = draws.at(community, 0);
    total += parameters.community_cv > 0.0 ? lognormal(stream, 1.0, parameters.community_cv) : 1.0;
    until[community] = total;
  }
  society.community_begin.assign(1, 0);
  society.community.resize(society.people);
  for (std::uint32_t community = 0; community < count; ++community) {
    const double end = community + 1 == count ? society.people : std::floor(until[community] / total * society.people);
    const auto begin = society.community_begin.back();
    society.community_begin.push_back(static_cast<std::uint32_t>(end));
    std::fill(society.community.begin() + begin, society.community.begin() + society.community_begin.back(), community);
  }
}

/// Puts the people of each community on a circle and groups runs of neighbours into clusters.
void seat_people(Society& society, const Layers& parameters, const Draws& draws) {
  const std::size_t communities = society.community_begin.size() - 1;
  society.sociability.resize(society.people);
  society.position.resize(society.people);
  society.cluster.resize(society.people);
  society.kin_cluster.resize(society.people);
  society.circumference.resize(communities);
  const double near = 1.0 - parameters.clump;
  const double far = 1.0 + parameters.clump * (parameters.cluster - 1.0);
  const double shape = 1.0 / (parameters.size_cv * parameters.size_cv);
  for_each_block(
      communities,
      [&](std::size_t first, std::size_t last) {
        for (std::size_t community = first; community < last; ++community) {
          double along = 0.0;
          PersonId head = society.community_begin[community];
          for (PersonId person = head; person < society.community_begin[community + 1]; ++person) {
            Stream stream = draws.at(person, 0);
            society.sociability[person] =
                parameters.size_cv > 0.0 ? static_cast<float>(gamma(stream, shape) / shape) : 1.0F;
            society.position[person] = along;
            society.cluster[person] = head;
            const bool stays = uniform(stream) >= 1.0 / parameters.cluster;
            along += exponential(stream, stays ? near : far);
            society.kin_cluster[person] = uniform(stream) < parameters.kin_clusters ? 1 : 0;
            if (!stays) head = person + 1;
          }
          society.circumference[community] = along;
        }
      },
      16);
}

/// Scatters families over all communities.
void descend(Society& society, const Layers& parameters, const Draws& draws) {
  society.kin.resize(society.people);
  std::iota(society.kin.begin(), society.kin.end(), 0u);
  Stream stream = draws.at(0, 1);
  shuffle(stream, std::span(society.kin));
  society.family.resize(society.people);
  society.family_begin.assign(1, 0);
  while (society.family_begin.back() < society.people) {
    const std::uint32_t begin = society.family_begin.back();
    const auto wider = static_cast<std::uint32_t>((society.family_begin.size() - 1) / 2);
    const bool away =
        uniform(stream) * (parameters.family * (1.0 - parameters.away) + parameters.away) < parameters.away;
    const std::uint32_t size = away ? static_cast<std::uint32_t>(std::floor(parameters.family + uniform(stream))) : 1;
    const std::uint32_t end = begin + std::min(size, society.people - begin);
    for (std::uint32_t k = begin; k < end; ++k) society.family[society.kin[k]] = wider;
    society.family_begin.push_back(end);
  }
}

}  // namespace

Society settle(const Layers& parameters, std::uint32_t people, WorldKey world) {
  Society society;
  society.people = people;
  found_communities(society, parameters, Draws(world, "network.layers.communities"));
  seat_people(society, parameters, Draws(world, "network.layers.people"));
  descend(society, parameters, Draws(world, "network.layers.families"));
  return society;
}

EdgeParts tie_kin(const Society& society, const Layers& parameters, WorldKey world) {
  const Draws draws(world, "network.layers.kin");
  // With small layers, kin fill at most half of each.
  const double close_kin = std::max(parameters.away * (parameters.family - 1.0), 1e-9);  // of a person on average
  const double inner = std::min(1.0, 0.5 * parameters.sizes[0] / close_kin);
  const double outer = parameters.sizes.size() < 2
                           ? 0.0
                           : std::min(parameters.wider_family_ties, 0.5 * parameters.sizes[1] / (close_kin + 1.0));
  return collect(society.close_families(), [&](std::size_t first, std::size_t last, std::vector<Edge>& out) {
    for (std::size_t family = first; family < last; ++family) {
      const bool has_relatives = family % 2 == 0 && family + 1 < society.close_families();
      const std::uint32_t end = society.family_begin[family + 1];
      const std::uint32_t wider_end = has_relatives ? society.family_begin[family + 2] : end;
      for (std::uint32_t k = society.family_begin[family]; k < end; ++k) {
        Stream stream = draws.at(k, 0);
        for (std::uint32_t other = k + 1; other < wider_end; ++other) {
          const std::size_t layer = other < end ? 0 : 1;
          const double chance = uniform(stream);
          const double place = uniform(stream);
          if (chance >= (layer == 0 ? inner : outer)) continue;
          Edge edge = make_edge(society.kin[k], society.kin[other]);
          edge.closeness = closeness_in_layer(layer, place);
          edge.kind = TieKind::kin;
          out.push_back(edge);
        }
      }
    }
  });
}

}  // namespace kith::network::detail
