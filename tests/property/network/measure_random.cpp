#include <algorithm>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/betweenness_centrality.hpp>
#include <catch2/catch.hpp>
#include <cmath>
#include <set>

#include "core/distributions.hpp"
#include "core/parallel.hpp"
#include "network/generate.hpp"
#include "network/measure.hpp"
#include "network/measure_graph.hpp"

using namespace kith::network;

/// Every measure against a plain implementation on sets, and betweenness also against Boost's.
namespace {

using Sets = std::vector<std::set<kith::PersonId>>;

Graph random_graph(std::uint32_t people, double density, std::uint32_t seed) {
  kith::Stream stream = kith::Draws({seed, 0}, "test: measures").at(0, 0);
  Graph graph;
  graph.people = people;
  for (kith::PersonId a = 0; a < people; ++a) {
    for (kith::PersonId b = a + 1; b < people; ++b) {
      if (kith::uniform(stream) < density) graph.edges.push_back({.a = a, .b = b});
    }
  }
  return graph;
}

Sets sets_of(const Graph& graph) {
  Sets sets(graph.people);
  for (const Edge& edge : graph.edges) {
    sets[edge.a].insert(edge.b);
    sets[edge.b].insert(edge.a);
  }
  return sets;
}

double plain_clustering(const Sets& sets) {
  double total = 0;
  for (const auto& mine : sets) {
    if (mine.size() < 2) continue;
    double closed = 0;
    for (const auto a : mine) {
      for (const auto b : mine) closed += sets[a].count(b) > 0 ? 1 : 0;
    }
    total += closed / static_cast<double>(mine.size() * (mine.size() - 1));
  }
  return total / static_cast<double>(sets.size());
}

/// Pearson's correlation over both directions of every tie.
double plain_assortativity(const Sets& sets) {
  std::vector<std::pair<double, double>> ends;
  for (const auto& mine : sets) {
    for (const auto other : mine) ends.emplace_back(mine.size(), sets[other].size());
  }
  double mean = 0;
  for (const auto& [x, y] : ends) mean += x / static_cast<double>(ends.size());
  double xy = 0;
  double xx = 0;
  for (const auto& [x, y] : ends) {
    xy += (x - mean) * (y - mean);
    xx += (x - mean) * (x - mean);
  }
  return xx > 1e-9 ? xy / xx : std::nan("");
}

/// Removes people of the lowest degree one by one.
std::vector<std::uint32_t> plain_cores(Sets sets) {
  std::vector<std::uint32_t> core(sets.size(), 0);
  std::set<std::size_t> left;
  for (std::size_t k = 0; k < sets.size(); ++k) left.insert(k);
  std::size_t level = 0;
  while (!left.empty()) {
    const std::size_t lowest =
        *std::min_element(left.begin(), left.end(), [&](auto x, auto y) { return sets[x].size() < sets[y].size(); });
    level = std::max(level, sets[lowest].size());
    core[lowest] = static_cast<std::uint32_t>(level);
    for (const auto other : sets[lowest]) sets[other].erase(static_cast<kith::PersonId>(lowest));
    sets[lowest].clear();
    left.erase(lowest);
  }
  return core;
}

constexpr double far = 1e9;

/// Floyd and Warshall's distances and numbers of shortest paths.
struct Distances {
  std::vector<std::vector<double>> length, count;
  explicit Distances(const Sets& sets)
      : length(sets.size(), std::vector<double>(sets.size(), far)),
        count(sets.size(), std::vector<double>(sets.size(), 0)) {
    const std::size_t n = sets.size();
    for (std::size_t a = 0; a < n; ++a) {
      length[a][a] = 0;
      count[a][a] = 1;
      for (const auto b : sets[a]) {
        length[a][b] = 1;
        count[a][b] = 1;
      }
    }
    for (std::size_t via = 0; via < n; ++via) {
      for (std::size_t a = 0; a < n; ++a) {
        for (std::size_t b = 0; b < n; ++b) {
          if (via == a || via == b || length[a][via] >= far || length[via][b] >= far || a == b) continue;
          const double around = length[a][via] + length[via][b];
          if (around < length[a][b]) {
            length[a][b] = around;
            count[a][b] = 0;
          }
          if (around == length[a][b]) count[a][b] += count[a][via] * count[via][b];
        }
      }
    }
  }
};

std::vector<double> plain_betweenness(const Distances& d) {
  const std::size_t n = d.length.size();
  std::vector<double> result(n, 0);
  for (std::size_t v = 0; v < n; ++v) {
    for (std::size_t a = 0; a < n; ++a) {
      for (std::size_t b = a + 1; b < n; ++b) {
        if (v == a || v == b || d.length[a][b] >= far) continue;
        if (d.length[a][v] + d.length[v][b] == d.length[a][b])
          result[v] += d.count[a][v] * d.count[v][b] / d.count[a][b];
      }
    }
  }
  return result;
}

double plain_mean_path(const Distances& d) {
  double total = 0;
  double pairs = 0;
  for (std::size_t a = 0; a < d.length.size(); ++a) {
    for (std::size_t b = 0; b < d.length.size(); ++b) {
      if (a == b || d.length[a][b] >= far) continue;
      total += d.length[a][b];
      ++pairs;
    }
  }
  return pairs > 0 ? total / pairs : 0;
}

std::vector<double> boost_betweenness(const Graph& graph) {
  boost::adjacency_list<boost::vecS, boost::vecS, boost::undirectedS> copy(graph.people);
  for (const Edge& edge : graph.edges) add_edge(edge.a, edge.b, copy);
  std::vector<double> result(graph.people, 0);
  boost::brandes_betweenness_centrality(
      copy, boost::make_iterator_property_map(result.begin(), get(boost::vertex_index, copy)));
  return result;
}

void check_close(const std::vector<double>& x, const std::vector<double>& y) {
  REQUIRE(x.size() == y.size());
  for (std::size_t k = 0; k < x.size(); ++k) CHECK(x[k] == Approx(y[k]).epsilon(1e-9).margin(1e-9));
}

}  // namespace

TEST_CASE("all measures of random graphs equal plain implementations of them") {
  for (std::uint32_t seed = 1; seed <= 12; ++seed) {
    const std::uint32_t people = 10 + 4 * seed;
    const Graph graph = random_graph(people, 0.02 * seed, seed);
    if (graph.edges.empty()) continue;
    INFO("seed " << seed);
    const Sets sets = sets_of(graph);
    const Distances distances(sets);
    const Measures m = measure(graph, people, {seed, 0});
    CHECK(m.clustering == Approx(plain_clustering(sets)).margin(1e-12));
    const double expected = plain_assortativity(sets);
    CHECK((std::isnan(expected) ? std::isnan(m.assortativity) : m.assortativity == Approx(expected).margin(1e-9)));
    CHECK(m.mean_path == Approx(plain_mean_path(distances)).margin(1e-12));
    CHECK(core_numbers(graph) == plain_cores(sets));
    const std::vector<double> between = betweenness(graph, people, {seed, 0});
    check_close(between, plain_betweenness(distances));
    check_close(between, boost_betweenness(graph));

    const std::vector<std::uint32_t> component = component_of(graph);
    for (std::size_t a = 0; a < people; ++a) {
      for (std::size_t b = 0; b < people; ++b) CHECK((component[a] == component[b]) == (distances.length[a][b] < far));
    }
  }
}

TEST_CASE("sampled measures depend on the key, not on the threads, and all sources give the exact ones", "[threaded]") {
  const Graph graph = random_graph(300, 0.02, 5);
  const std::vector<double> exact = betweenness(graph, 300, {1, 0});
  CHECK(betweenness(graph, 9999, {2, 0}) == exact);
  const std::vector<double> sampled = betweenness(graph, 40, {1, 0});
  CHECK(betweenness(graph, 40, {1, 0}) == sampled);
  CHECK(betweenness(graph, 40, {2, 0}) != sampled);
  const double path = measure(graph, 40, {1, 0}).mean_path;
  const double clustering = measure(graph, 40, {1, 0}).clustering;
  for (const unsigned threads : {1U, 3U}) {
    kith::set_threads(threads);
    CHECK(betweenness(graph, 40, {1, 0}) == sampled);
    CHECK(measure(graph, 40, {1, 0}).mean_path == path);
    CHECK(measure(graph, 40, {1, 0}).clustering == clustering);
  }
  kith::set_threads(0);
}

TEST_CASE("everybody comes into a sample equally often, and once") {
  constexpr std::uint32_t draws = 20000;
  std::vector<double> count(9);
  for (std::uint32_t k = 0; k < draws; ++k) {
    const auto sample = detail::sample_people(9, 4, kith::Draws({k, 0}, "test: samples"));
    REQUIRE(std::set(sample.begin(), sample.end()).size() == 4);
    for (const kith::PersonId person : sample) count[person] += 1;
  }
  for (const double each : count) CHECK(std::abs(each - draws * 4.0 / 9) < 4 * std::sqrt(draws * 4.0 / 9 * 5.0 / 9));
}

TEST_CASE("betweenness from samples is unbiased: over many samples its mean is the exact one") {
  const Graph graph = random_graph(60, 0.08, 3);
  const std::vector<double> exact = betweenness(graph, 60, {1, 0});
  double total = 0;
  for (const double value : exact) total += value;
  // Mean over keys of the sum over people; the bound is 4 standard errors of that mean, estimated from the same runs.
  constexpr int runs = 400;
  std::vector<double> sums;
  for (int run = 0; run < runs; ++run) {
    double one = 0;
    for (const double value : betweenness(graph, 6, {static_cast<std::uint64_t>(run), 0})) one += value;
    sums.push_back(one);
  }
  double mean = 0;
  for (const double value : sums) mean += value / runs;
  double variance = 0;
  for (const double value : sums) variance += (value - mean) * (value - mean) / (runs - 1);
  const double bound = 4 * std::sqrt(variance / runs);
  CHECK(std::abs(mean - total) < bound);
  CHECK_FALSE(std::abs(mean * 60 / 59 - total) < bound);  // must fail: scaled by n / (k) · n / (n − 1)
}
