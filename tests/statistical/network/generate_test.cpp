#include "network/generate.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/unit/network/graphs.hpp"

using namespace kith;
using namespace kith::network;
using namespace kith::network::testing;

namespace {

constexpr std::uint32_t people = 20000;
constexpr WorldKey world{404, 0};

/// Whether a count of independent events agrees with its expected number, within four standard deviations.
bool agrees(double count, double expected, double variance) {
  return std::abs(count - expected) < 4.0 * std::sqrt(variance);
}

double count_ties(const Graph& graph) { return static_cast<double>(graph.edges.size()); }

double share_above(const std::vector<double>& degrees, double least) {
  double count = 0.0;
  for (const double degree : degrees) count += degree >= least;
  return count / static_cast<double>(degrees.size());
}

}  // namespace

TEST_CASE("Erdős–Rényi graphs have the expected number of ties, and Poisson degrees") {
  const Graph graph = generate(ErdosRenyi{10}, people, world);
  const double expected = 10.0 * people / 2.0;
  CHECK(agrees(count_ties(graph), expected, expected));
  CHECK_FALSE(agrees(count_ties(generate(ErdosRenyi{10.2}, people, world)), expected, expected));  // must fail
  // Variance of a Poisson degree is its mean; the variance of a sample variance is about (μ + 2 μ²)/n.
  const double deviation = standard_deviation(degrees(neighbours_of(graph)));
  CHECK(agrees(deviation * deviation, 10.0, (10.0 + 200.0) / people));
  const double lattice = standard_deviation(degrees(neighbours_of(generate(SmallWorld{10, 0.5}, people, world))));
  CHECK_FALSE(agrees(lattice * lattice, 10.0, (10.0 + 200.0) / people));  // must fail: rewired lattices are narrower
}

TEST_CASE("Every pair of a small Erdős–Rényi graph is tied equally often") {
  constexpr std::uint32_t few = 6;
  constexpr int graphs = 4000;
  std::vector<double> count(few * few);
  for (std::uint32_t replicate = 0; replicate < graphs; ++replicate) {
    for (const Edge& edge : generate(ErdosRenyi{2}, few, {5, replicate}).edges) count[edge.a * few + edge.b] += 1.0;
  }
  for (PersonId a = 0; a < few; ++a) {
    for (PersonId b = a + 1; b < few; ++b) CHECK(agrees(count[a * few + b], graphs * 0.4, graphs * 0.4 * 0.6));
  }
}

TEST_CASE("Blocks have the densities asked for") {
  const StochasticBlock parameters{{0.25, 0.75}, 8, 2};
  const Graph graph = generate(parameters, people, world);
  double within[2] = {0.0, 0.0};
  double between = 0.0;
  for (const Edge& edge : graph.edges) {
    const std::uint32_t block = graph.community[edge.a];
    (block == graph.community[edge.b] ? within[block] : between) += 1.0;
  }
  CHECK(agrees(within[0], 8.0 * people * 0.25 / 2.0, 8.0 * people * 0.25 / 2.0));
  CHECK(agrees(within[1], 8.0 * people * 0.75 / 2.0, 8.0 * people * 0.75 / 2.0));
  CHECK(agrees(between, 2.0 * people / 2.0, 2.0 * people / 2.0));
  CHECK_FALSE(agrees(between, 2.2 * people / 2.0, 2.2 * people / 2.0));  // must fail
}

TEST_CASE("Rewiring small worlds lowers clustering as (1 − p)³") {
  // Barrat & Weigt 2000: C(p) ≈ C(0) (1 − p)³, up to terms of order 1/n.
  const double start = 3.0 * 8.0 / (4.0 * 9.0);
  const double rewired = clustering(neighbours_of(generate(SmallWorld{10, 0.2}, people, world)));
  CHECK(rewired == Approx(start * std::pow(0.8, 3)).margin(0.01));
  CHECK_FALSE(rewired == Approx(start * std::pow(0.75, 3)).margin(0.01));  // must fail
  CHECK(clustering(neighbours_of(generate(SmallWorld{10, 1.0}, people, world))) < 0.01);
}

TEST_CASE("Preferential attachment has the tail of Barabási and Albert") {
  // Dorogovtsev, Mendes & Samukhin 2000: the share of people with at least k ties is m (m + 1) / (k (k + 1)).
  const std::vector<double> degree = degrees(neighbours_of(generate(PreferentialAttachment{5}, people, world)));
  for (const double least : {10.0, 20.0, 40.0}) {
    const double expected = 30.0 / (least * (least + 1.0));
    CHECK(agrees(share_above(degree, least) * people, expected * people, expected * people));
  }
  const std::vector<double> random = degrees(neighbours_of(generate(ErdosRenyi{10}, people, world)));
  CHECK_FALSE(agrees(share_above(random, 40.0) * people, 30.0 / 1640.0 * people, 30.0 / 1640.0 * people));  // must fail
}

TEST_CASE("Configuration graphs have the mean and the spread of degrees asked for") {
  const std::vector<double> degree = degrees(neighbours_of(generate(Configuration{10, 0.5}, people, world)));
  // Rounding adds up to 1/4 to the variance of 25; standard errors from n, and erasure takes well below 0.1 ties.
  CHECK(std::abs(mean(degree) - 10.0) < 4.0 * 5.0 / std::sqrt(people) + 0.1);
  CHECK(standard_deviation(degree) == Approx(5.0).margin(0.25));
  const std::vector<double> wider = degrees(neighbours_of(generate(Configuration{10, 0.6}, people, world)));
  CHECK_FALSE(standard_deviation(wider) == Approx(5.0).margin(0.25));  // must fail
}

TEST_CASE("A person's number says nothing of their ties in R-MAT") {
  const std::vector<double> degree = degrees(neighbours_of(generate(Rmat{}, people, world)));
  double lower = 0.0;
  for (std::size_t person = 0; person < people / 2; ++person) lower += degree[person] / (people / 2);
  CHECK(std::abs(lower - mean(degree)) < 4.0 * standard_deviation(degree) / std::sqrt(people));
}

TEST_CASE("R-MAT is skewed when a is large, and random when all are equal") {
  const double skewed = standard_deviation(degrees(neighbours_of(generate(Rmat{}, people, world))));
  const double even =
      standard_deviation(degrees(neighbours_of(generate(Rmat{16, 0.25, 0.25, 0.25, 0.25}, people, world))));
  CHECK(skewed > 16.0);
  CHECK(agrees(even * even, 16.0, (16.0 + 2.0 * 256.0) / people));
  CHECK_FALSE(agrees(skewed * skewed, 16.0, (16.0 + 2.0 * 256.0) / people));  // must fail
}
