#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <numeric>
#include <set>
#include <vector>

#include "network/closeness.hpp"
#include "network/layers.hpp"
#include "tests/unit/network/graphs.hpp"

using namespace kith;
using namespace kith::network;
using namespace kith::network::detail;
using kith::network::testing::standard_deviation;

/// The parts of the generator of support layers, one by one, against their rules.
namespace {

constexpr WorldKey world{17, 0};
constexpr std::uint32_t people = 20000;

/// Four standard errors of a share among so many.
double bound_of(double share, double n) { return 4.0 * std::sqrt(share * (1.0 - share) / n); }

/// Number of the close family of each person.
std::vector<std::size_t> close_family(const Society& society) {
  std::vector<std::size_t> number(society.people);
  for (std::size_t family = 0; family < society.close_families(); ++family) {
    for (std::uint32_t k = society.family_begin[family]; k < society.family_begin[family + 1]; ++k)
      number[society.kin[k]] = family;
  }
  return number;
}

struct Pair {
  PersonId a, b;
  double distance;  ///< on the circle, over the product of both sociabilities
};

/// All pairs that can be neighbours, the nearest first.
std::vector<Pair> neighbour_pairs(const Society& society) {
  std::vector<Pair> pairs;
  for (PersonId a = 0; a < society.people; ++a) {
    for (PersonId b = a + 1; b < society.people; ++b) {
      if (society.community[a] != society.community[b] || society.family[a] == society.family[b]) continue;
      const double along = society.position[b] - society.position[a];
      const double circle = std::min(along, society.circumference[society.community[a]] - along);
      pairs.push_back({a, b, circle / static_cast<double>(society.sociability[a] * society.sociability[b])});
    }
  }
  std::sort(pairs.begin(), pairs.end(), [](const Pair& x, const Pair& y) { return x.distance < y.distance; });
  return pairs;
}

std::map<std::pair<PersonId, PersonId>, Edge> by_pair(EdgeParts&& parts) {
  std::map<std::pair<PersonId, PersonId>, Edge> ties;
  for (const Edge& edge : join_edges(std::move(parts))) ties[{edge.a, edge.b}] = edge;
  return ties;
}

}  // namespace

TEST_CASE("communities and clusters have their mean sizes, and neighbours are 1 apart on average") {
  CHECK(settle(Layers{.community = 200}, people, world).communities() == 100);
  for (const double clump : {0.0, 0.7}) {
    const Society society = settle(Layers{.community = 1e9, .clump = clump}, people, world);
    REQUIRE(society.communities() == 1);
    const std::set<PersonId> clusters(society.cluster.begin(), society.cluster.end());
    CHECK(std::abs(static_cast<double>(clusters.size()) / people - 1.0 / 3.0) < bound_of(1.0 / 3.0, people));
    // Distances are exponential, of mean `near` within a cluster and `far` at its end.
    const double near = 1.0 - clump;
    const double far = 1.0 + 2.0 * clump;
    const double variance = 2.0 * (2.0 / 3.0 * near * near + far * far / 3.0) - 1.0;
    CHECK(std::abs(society.circumference[0] / people - 1.0) < 4.0 * std::sqrt(variance / people));
  }
}

TEST_CASE("sociability has mean 1 and spreads as size_cv says") {
  const Society society = settle(Layers{.size_cv = 0.3}, people, world);
  const std::vector<double> sociability(society.sociability.begin(), society.sociability.end());
  CHECK(testing::mean(sociability) == Approx(1.0).margin(4.0 * 0.3 / std::sqrt(people)));
  CHECK(standard_deviation(sociability) == Approx(0.3).margin(0.01));
}

TEST_CASE("the share `away` of people have a family that is scattered, of the size asked for") {
  for (const double away : {0.2, 0.6}) {
    const Society society = settle(Layers{.away = away, .family = 5}, people, world);
    double scattered = 0.0;
    for (std::size_t family = 0; family < society.close_families(); ++family) {
      const std::uint32_t size = society.family_begin[family + 1] - society.family_begin[family];
      if (size > 1) scattered += size;
      CHECK((size == 1 || size == 5 || family + 1 == society.close_families()));
    }
    CHECK(std::abs(scattered / people - away) < bound_of(away, people / 5.0));
  }
}

TEST_CASE("close families are tied in the innermost layer, their wider families in part in the second") {
  const Layers parameters{.wider_family_ties = 0.4};
  const Society society = settle(parameters, people, world);
  const std::vector<std::size_t> family = close_family(society);
  double close = 0.0;
  double wider = 0.0;
  for (const auto& [pair, edge] : by_pair(tie_kin(society, parameters, world))) {
    REQUIRE(edge.kind == TieKind::kin);
    REQUIRE(family[edge.a] / 2 == family[edge.b] / 2);
    const bool is_close = family[edge.a] == family[edge.b];
    REQUIRE(layer_of(edge.closeness) == (is_close ? 0 : 1));
    (is_close ? close : wider) += 1.0;
  }
  double close_pairs = 0.0;
  double wider_pairs = 0.0;
  for (std::size_t k = 0; k < society.close_families(); ++k) {
    const double size = society.family_begin[k + 1] - society.family_begin[k];
    close_pairs += size * (size - 1.0) / 2.0;
    if (k % 2 == 0 && k + 1 < society.close_families())
      wider_pairs += size * (society.family_begin[k + 2] - society.family_begin[k + 1]);
  }
  CHECK(close == close_pairs);
  CHECK(std::abs(wider / wider_pairs - 0.4) < bound_of(0.4, wider_pairs));
}

TEST_CASE("without blur the nearest pairs are tied, the inner layers first, as a plain search finds them") {
  const Layers parameters{.community = 100, .blur = 0.0};
  const Society society = settle(parameters, 500, world);
  const std::vector<Pair> pairs = neighbour_pairs(society);
  const LayerCounts wanted{100, 200, 300, 400};
  Neighbours neighbours(society, parameters, world, 1000);
  const auto ties = by_pair(neighbours.tie(wanted));
  CHECK(ties.size() == Approx(1000).margin(3));
  const std::array<double, 5> begin{0, 100, 300, 600, 1000};
  REQUIRE(pairs.size() > 1500);
  for (std::size_t k = 0; k < pairs.size(); ++k) {
    // Ranks are told apart to 1/512 of a distance: pairs next to each other may change places.
    const double rank = static_cast<double>(k);
    const auto found = ties.find({pairs[k].a, pairs[k].b});
    if (rank < 997.0) REQUIRE(found != ties.end());
    if (rank > 1003.0) REQUIRE(found == ties.end());
    if (found == ties.end()) continue;
    const Edge& edge = found->second;
    const std::size_t layer = layer_of(edge.closeness);
    REQUIRE(rank > begin[layer] - 3.0);
    REQUIRE(rank < begin[layer + 1] + 3.0);
    const double place = (rank - begin[layer]) / wanted[layer];
    REQUIRE(static_cast<double>(edge.closeness) ==
            Approx(static_cast<double>(closeness_in_layer(layer, place))).margin(0.01));
    const PersonId cluster = society.cluster[edge.a];
    const bool is_kin = layer < 2 && cluster == society.cluster[edge.b] && society.kin_cluster[cluster] != 0;
    REQUIRE((edge.kind == TieKind::kin) == is_kin);
  }
}

TEST_CASE("blur changes distances by its share at most, and by nearly as much") {
  const Layers parameters{.community = 100, .blur = 0.5};
  const Society society = settle(parameters, 4000, world);
  Neighbours neighbours(society, parameters, world, 16000);
  const auto ties = by_pair(neighbours.tie({16000, 0, 0, 0}));
  double furthest_tied = 0.0;
  double nearest_untied = 1e9;
  for (const Pair& pair : neighbour_pairs(society)) {
    if (ties.count({pair.a, pair.b}) > 0)
      furthest_tied = std::max(furthest_tied, pair.distance);
    else
      nearest_untied = std::min(nearest_untied, pair.distance);
  }
  CHECK(furthest_tied / nearest_untied < 1.5 / 0.5 * 1.01);
  CHECK(furthest_tied / nearest_untied > 0.85 * 1.5 / 0.5);
}

TEST_CASE("strangers are as many as wanted in each layer, and in proportion to both sociabilities") {
  const Layers parameters{};
  const Society society = settle(parameters, people, world);
  const LayerCounts wanted{1000, 20000, 100000, 300000};
  const std::vector<Edge> ties = join_edges(tie_strangers(society, wanted, world));
  LayerCounts found{};
  // Expected ties of a pair are proportional to s · s, so ties over products of sums are the same among any two groups.
  const auto is_sociable = [&](PersonId person) { return society.sociability[person] > 1.0F; };
  std::array<double, 3> count{};  // with 0, 1, 2 sociable ends
  std::array<double, 2> sum{};
  for (PersonId person = 0; person < people; ++person)
    sum[is_sociable(person) ? 1 : 0] += static_cast<double>(society.sociability[person]);
  for (const Edge& edge : ties) {
    found[layer_of(edge.closeness)] += 1.0;
    count[(is_sociable(edge.a) ? 1U : 0U) + (is_sociable(edge.b) ? 1U : 0U)] += 1.0;
    REQUIRE(society.community[edge.a] != society.community[edge.b]);
  }
  for (std::size_t layer = 0; layer < 4; ++layer)
    CHECK(std::abs(found[layer] - wanted[layer]) < 4.0 * std::sqrt(wanted[layer]) + 0.002 * wanted[layer]);
  const double all = (sum[0] + sum[1]) * (sum[0] + sum[1]);
  const auto total = static_cast<double>(ties.size());
  CHECK(count[0] / total == Approx(sum[0] * sum[0] / all).margin(0.005));
  CHECK(count[1] / total == Approx(2.0 * sum[0] * sum[1] / all).margin(0.005));
  CHECK(count[2] / total == Approx(sum[1] * sum[1] / all).margin(0.005));
}
