#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/distributions.hpp"
#include "core/math.hpp"
#include "network/closeness.hpp"
#include "network/layers.hpp"

namespace kith::network::detail {

namespace {

double pairs_of(double people) { return people * (people - 1.0) / 2.0; }

/// People by falling sociability.
std::vector<PersonId> most_sociable_first(const Society& society) {
  std::vector<PersonId> order(society.people);
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(), [&](PersonId x, PersonId y) {
    const float left = society.sociability[x];
    const float right = society.sociability[y];
    return left != right ? left > right : x < y;
  });
  return order;
}

/// Expected number of ties among all pairs when each is tied with probability min(1, scale · s · s).
double expected_ties(const std::vector<double>& sociability, const std::vector<double>& sum_before, double scale) {
  const std::size_t people = sociability.size();
  std::size_t certain = people;  // people 0 … certain − 1 are tied to person i for sure; falls as i rises
  double total = 0.0;
  for (std::size_t i = 0; i < people; ++i) {
    while (certain > 0 && scale * sociability[i] * sociability[certain - 1] < 1.0) --certain;
    const std::size_t sure = std::max(certain, i + 1);
    total += static_cast<double>(sure - i - 1) + scale * sociability[i] * (sum_before[people] - sum_before[sure]);
  }
  return total;
}

/// The scale that gives `wanted` expected ties among all pairs.
double fit_scale(const std::vector<double>& sociability, double wanted) {
  std::vector<double> sum_before(sociability.size() + 1);
  for (std::size_t i = 0; i < sociability.size(); ++i) sum_before[i + 1] = sum_before[i] + sociability[i];
  double low = 0.0;
  double high = 1.0 / (sociability.back() * sociability.back());  // ties everybody to everybody
  for (int step = 0; step < 60 && high - low > 1e-6 * high; ++step) {
    const double middle = low > 0.0 ? std::sqrt(low * high) : std::max(high * 1e-3, 1e-300);
    (expected_ties(sociability, sum_before, middle) < wanted ? low : high) = middle;
  }
  return high;
}

}  // namespace

double stranger_pairs(const Society& society) {
  double pairs = pairs_of(society.people);
  for (std::size_t community = 0; community < society.communities(); ++community) {
    pairs -= pairs_of(society.community_begin[community + 1] - society.community_begin[community]);
  }
  for (std::size_t family = 0; family < society.close_families(); family += 2) {
    const std::size_t last = std::min(family + 2, society.close_families());
    for (std::uint32_t k = society.family_begin[family]; k < society.family_begin[last]; ++k) {
      for (std::uint32_t other = k + 1; other < society.family_begin[last]; ++other) {
        if (society.community[society.kin[k]] != society.community[society.kin[other]]) pairs -= 1.0;
      }
    }
  }
  return pairs;
}

EdgeParts tie_strangers(const Society& society, const LayerCounts& wanted, WorldKey world) {
  const double total = std::accumulate(wanted.begin(), wanted.end(), 0.0);
  const double pairs = stranger_pairs(society);
  if (!(total > 0.0) || !(pairs > 0.0)) return {};
  const std::vector<PersonId> order = most_sociable_first(society);
  std::vector<double> sociability(order.size());
  std::transform(order.begin(), order.end(), sociability.begin(),
                 [&](PersonId person) { return double{society.sociability[person]}; });
  // Of the ties drawn among all pairs, those among strangers stay.
  const double scale = fit_scale(sociability, std::min(total / pairs, 1.0) * pairs_of(society.people));
  const Draws draws(world, "network.layers.strangers");
  return collect(society.people, [&](std::size_t begin, std::size_t end, std::vector<Edge>& out) {
    for (std::size_t i = begin; i < end; ++i) {
      const PersonId person = order[i];
      Stream stream = draws.at(person, 0);
      // Jumps with the probability of the last person looked at, which is an upper bound of the next (Miller & Hagberg
      // 2011).
      double bound = 0.0;
      double log_miss = 0.0;  // log(1 − bound); 0: no jump
      for (double j = static_cast<double>(i) + 1.0; j < society.people; j += 1.0) {
        if (log_miss < 0.0) j += std::floor(portable_log(uniform(stream)) / log_miss);
        if (j >= society.people) break;
        const auto rank = static_cast<std::size_t>(j);
        const double probability = std::min(1.0, scale * sociability[i] * sociability[rank]);
        const bool tied = bound == 0.0 ? uniform(stream) < probability : uniform(stream) * bound < probability;
        bound = probability;
        log_miss = probability < 1.0 ? portable_log(1.0 - probability) : 0.0;
        const PersonId other = order[rank];
        if (!tied || society.community[person] == society.community[other]) continue;
        if (society.family[person] == society.family[other]) continue;
        const double draw = uniform(stream);
        double along = draw * total;  // picks the layer; the rest is the place in it
        std::size_t layer = 0;
        while (layer + 1 < wanted.size() && along >= wanted[layer]) along -= wanted[layer++];
        Edge edge = make_edge(person, other);
        edge.closeness = closeness_in_layer(layer, std::min(along / wanted[layer], 1.0));
        edge.kind = kind_in_layer(layer);
        out.push_back(edge);
      }
    }
  });
}

}  // namespace kith::network::detail
