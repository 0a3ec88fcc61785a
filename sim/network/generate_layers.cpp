#include <algorithm>
#include <cmath>
#include <iterator>
#include <string>

#include "network/closeness.hpp"
#include "network/layers.hpp"
#include "network/parameters.hpp"

namespace kith::network {

namespace {

using detail::LayerCounts;
using detail::refuse;

void check_share(double value, const char* name) {
  if (!(value >= 0.0 && value <= 1.0)) refuse(std::string("layers: ") + name + " must lie between 0 and 1");
}

void check(const Layers& parameters) {
  if (parameters.sizes.empty() || parameters.sizes.size() > layer_closeness.size()) {
    refuse("layers: there must be one to four sizes (closeness is known for four layers)");
  }
  for (const double size : parameters.sizes) {
    if (!(size > 0.0) || !std::isfinite(size)) refuse("layers: sizes must be positive");
  }
  if (!(parameters.size_cv >= 0.0 && parameters.size_cv <= 1.0)) refuse("layers: size_cv must lie between 0 and 1");
  if (!(parameters.community >= 1.0)) refuse("layers: community must be at least 1 person");
  if (!(parameters.community_cv >= 0.0 && parameters.community_cv <= 2.0)) {
    refuse("layers: community_cv must lie between 0 and 2");
  }
  if (!(parameters.cluster >= 1.0)) refuse("layers: cluster must be at least 1 person");
  if (!(parameters.family >= 1.0 && parameters.family <= 30.0))
    refuse("layers: family must lie between 1 and 30 people");
  if (!(parameters.blur >= 0.0 && parameters.blur <= 0.9)) refuse("layers: blur must lie between 0 and 0.9");
  if (!(parameters.clump >= 0.0 && parameters.clump < 1.0)) refuse("layers: clump must lie between 0 and below 1");
  check_share(parameters.kin_clusters, "kin_clusters");
  check_share(parameters.away, "away");
  check_share(parameters.wider_family_ties, "wider_family_ties");
  for (const double share : parameters.local) check_share(share, "local");
}

double total_of(const LayerCounts& counts) { return counts[0] + counts[1] + counts[2] + counts[3]; }

/// What each layer still lacks after kin, split into neighbours and strangers.
struct Plan {
  LayerCounts neighbours{};
  LayerCounts strangers{};
};

LayerCounts lacking(const Layers& parameters, std::uint32_t people, const detail::EdgeParts& kin) {
  LayerCounts counts{};
  for (std::size_t layer = 0; layer < parameters.sizes.size(); ++layer) {
    counts[layer] = parameters.sizes[layer] * people / 2.0;
  }
  for (const std::vector<Edge>& part : kin) {
    for (const Edge& edge : part) counts[layer_of(edge.closeness)] -= 1.0;
  }
  for (double& count : counts) count = std::max(count, 0.0);
  return counts;
}

/// Strangers make up at most half of the pairs there are of them, and neighbours the rest: in small populations more of
/// the ties are local.
Plan make_plan(const Layers& parameters, const LayerCounts& lack, double stranger_pairs) {
  Plan plan;
  for (std::size_t layer = 0; layer < lack.size(); ++layer) {
    plan.strangers[layer] = (1.0 - parameters.local[layer]) * lack[layer];
  }
  const double wanted = total_of(plan.strangers);
  const double share = wanted > 0.0 ? std::min(1.0, stranger_pairs / 2.0 / wanted) : 0.0;
  for (std::size_t layer = 0; layer < lack.size(); ++layer) {
    plan.strangers[layer] *= share;
    plan.neighbours[layer] = lack[layer] - plan.strangers[layer];
  }
  return plan;
}

/// Moves to strangers what there are not enough neighbours for, outer layers first; drops what there is nobody for.
void balance(Plan& plan, double neighbour_pairs, double stranger_pairs) {
  double excess = total_of(plan.neighbours) - neighbour_pairs;
  for (std::size_t layer = plan.neighbours.size(); layer-- > 0 && excess > 0.0;) {
    const double moved = std::min(excess, plan.neighbours[layer]);
    plan.neighbours[layer] -= moved;
    plan.strangers[layer] += moved;
    excess -= moved;
  }
  for (double& count : plan.strangers) {
    count = std::min(count, std::max(stranger_pairs, 0.0));
    stranger_pairs -= count;
  }
}

void append(detail::EdgeParts& parts, detail::EdgeParts&& more) {
  std::move(more.begin(), more.end(), std::back_inserter(parts));
}

}  // namespace

Graph generate(const Layers& parameters, std::uint32_t people, WorldKey world) {
  check(parameters);
  Graph graph{.people = people};
  if (people == 0) return graph;
  detail::Society society = detail::settle(parameters, people, world);
  detail::EdgeParts parts = detail::tie_kin(society, parameters, world);
  const double strangers = detail::stranger_pairs(society);
  Plan plan = make_plan(parameters, lacking(parameters, people, parts), strangers);
  detail::Neighbours neighbours(society, parameters, world, total_of(plan.neighbours));
  balance(plan, neighbours.found(), strangers);
  append(parts, neighbours.tie(plan.neighbours));
  append(parts, detail::tie_strangers(society, plan.strangers, world));
  graph.edges = detail::sort_edges(people, std::move(parts));
  graph.community = std::move(society.community);
  return graph;
}

}  // namespace kith::network
