#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "network/closeness.hpp"
#include "network/generate.hpp"
#include "tests/unit/network/graphs.hpp"

using namespace kith;
using namespace kith::network;
using namespace kith::network::testing;

namespace {

constexpr std::uint32_t people = 10000;
constexpr double mean_close_ties = 6.1;

const Graph& default_graph() {
  static const Graph graph = generate(Layers{}, people, {2016, 0});
  return graph;
}

/// The close-tie graph: the closest ties of the whole graph, up to 6.1 per person on average. That is the whole
/// innermost layer (5) and the closest ninth of the second.
struct CloseTies {
  float threshold = 0.0F;
  Neighbours neighbours;
  double same_community = 0.0;
};

CloseTies close_ties(const Graph& graph) {
  std::vector<float> closeness;
  for (const Edge& edge : graph.edges) closeness.push_back(edge.closeness);
  const auto count = static_cast<std::ptrdiff_t>(mean_close_ties * graph.people / 2.0);
  std::nth_element(closeness.begin(), closeness.begin() + count, closeness.end(), std::greater<>());
  CloseTies close{.threshold = closeness[static_cast<std::size_t>(count)], .neighbours = {}};
  close.neighbours = neighbours_of(graph, [&](const Edge& edge) { return edge.closeness > close.threshold; });
  double ties = 0.0;
  double same = 0.0;
  for (const Edge& edge : graph.edges) {
    if (edge.closeness <= close.threshold) continue;
    ties += 1.0;
    same += graph.community[edge.a] == graph.community[edge.b];
  }
  close.same_community = same / ties;
  return close;
}

/// Time shares of the layers.
std::array<double, 4> time_shares(const Graph& graph, double steepness) {
  std::array<double, 4> time{};
  for (const Edge& edge : graph.edges)
    time[layer_of(edge.closeness)] += std::exp(-steepness * (1.0 - double{edge.closeness}));
  const double total = std::accumulate(time.begin(), time.end(), 0.0);
  for (double& share : time) share /= total;
  return time;
}

std::vector<double> sizes_of_layer(const Graph& graph, std::size_t layer) {
  return degrees(neighbours_of(graph, [&](const Edge& edge) { return layer_of(edge.closeness) == layer; }));
}

}  // namespace

TEST_CASE("The close-tie graph of the layers looks like the published one") {
  for (const std::uint64_t seed : {1u, 2u}) {
    const Graph graph = generate(Layers{}, people, {seed, 0});
    const CloseTies close = close_ties(graph);
    const std::vector<double> degree = degrees(close.neighbours);
    CHECK(close.threshold > 0.73F);  // all of the innermost layer, none of the outer half of the second
    CHECK(mean(degree) == Approx(6.1).margin(0.02));
    CHECK(standard_deviation(degree) == Approx(3.4).margin(0.7));
    CHECK(clustering(close.neighbours) == Approx(0.54).margin(0.05));
    CHECK(assortativity(close.neighbours) == Approx(0.29).margin(0.08));
    CHECK(close.same_community == Approx(0.75).margin(0.05));
  }
}

TEST_CASE("A heavily blurred society fails the published close-tie graph") {
  const CloseTies close = close_ties(generate(Layers{.clump = 0.0, .blur = 0.9}, people, {1, 0}));
  CHECK_FALSE(clustering(close.neighbours) == Approx(0.54).margin(0.05));
  CHECK_FALSE(assortativity(close.neighbours) == Approx(0.29).margin(0.08));
}

TEST_CASE("Layers have their mean sizes, and people differ by 40 %") {
  const Graph& graph = default_graph();
  CHECK(is_simple(graph));
  const std::array<double, 4> wanted{5, 10, 35, 100};
  for (std::size_t layer = 0; layer < 4; ++layer) {
    const std::vector<double> sizes = sizes_of_layer(graph, layer);
    // Ties with strangers are drawn one by one: the number of ties has a standard error of at most its root.
    const double bound = 4.0 * std::sqrt(wanted[layer] * people / 2.0) * 2.0 / people;
    CHECK(std::abs(mean(sizes) - wanted[layer]) < bound + 0.003 * wanted[layer]);
    if (layer >= 2) CHECK(standard_deviation(sizes) / mean(sizes) == Approx(0.4).margin(0.06));
  }
  const std::vector<double> uniform_sizes = sizes_of_layer(generate(Layers{.size_cv = 0.0}, people, {1, 0}), 3);
  CHECK_FALSE(standard_deviation(uniform_sizes) / mean(uniform_sizes) == Approx(0.4).margin(0.06));
}

TEST_CASE("Layers keep the published time shares") {
  const std::array<double, 4> wanted{0.40, 0.20, 0.25, 0.15};
  const std::array<double, 4> shares = time_shares(default_graph(), 6.3);
  const std::array<double, 4> flatter = time_shares(default_graph(), 5.0);
  for (std::size_t layer = 0; layer < 4; ++layer) CHECK(std::abs(shares[layer] - wanted[layer]) < 0.02);
  CHECK_FALSE(std::abs(flatter[0] - wanted[0]) < 0.02);  // must fail: another steepness
}

TEST_CASE("Places in a layer are spread evenly, and layers do not overlap") {
  // Mean closeness of a layer with n ties: standard error half_width / √(3 n), with half_width at most 0.12.
  std::array<double, 4> sum{}, count{};
  std::array<float, 4> least{1, 1, 1, 1}, most{};
  for (const Edge& edge : default_graph().edges) {
    const std::size_t layer = layer_of(edge.closeness);
    sum[layer] += double{edge.closeness};
    count[layer] += 1.0;
    least[layer] = std::min(least[layer], edge.closeness);
    most[layer] = std::max(most[layer], edge.closeness);
  }
  for (std::size_t layer = 0; layer < 4; ++layer) {
    const double centre = (double{closeness_in_layer(layer, 0.0)} + double{closeness_in_layer(layer, 1.0)}) / 2.0;
    CHECK(std::abs(sum[layer] / count[layer] - centre) < 5.0 * 0.12 / std::sqrt(3.0 * count[layer]));
    CHECK(most[layer] <= 1.0F);
    CHECK(least[layer] > 0.0F);
    if (layer > 0) CHECK(most[layer] < least[layer - 1]);
  }
}

TEST_CASE("Kin are found in the inner two layers, and are less than half of them") {
  std::array<double, 4> kin{}, count{};
  for (const Edge& edge : default_graph().edges) {
    const std::size_t layer = layer_of(edge.closeness);
    count[layer] += 1.0;
    kin[layer] += edge.kind == TieKind::kin;
  }
  CHECK(kin[0] / count[0] > 0.3);
  CHECK(kin[0] / count[0] < 0.6);
  CHECK(kin[1] > 0.0);
  CHECK((kin[0] + kin[1]) / (count[0] + count[1]) < 0.5);
  CHECK(kin[2] + kin[3] == 0.0);
}
