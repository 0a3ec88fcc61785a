#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string>

#include "network/exchange.hpp"
#include "network/generate.hpp"
#include "tests/unit/network/graphs.hpp"

using namespace kith;
using namespace kith::network;

namespace {

/// The real graphs are not part of the project: KITH_NETWORKS names their folder.
std::string real_network(const std::string& name) {
  const char* folder = std::getenv("KITH_NETWORKS");
  const std::filesystem::path path =
      std::filesystem::path(folder != nullptr ? folder : KITH_SOURCE_DIR "/../shared/networks") / name;
  return std::filesystem::exists(path) ? path.string() : std::string();
}

Graph with_closeness(const std::string& path) {
  ImportReport report;
  Graph graph = import_file(path, {}, report);
  assign_closeness(graph, {1, 0});
  return graph;
}

/// Mean time shares of a person's closest 5, next 10, next 35 and next 100 ties, over the people with `least` ties or
/// more.
struct Shares {
  std::array<double, 4> time{};
  int people = 0;
};

Shares rank_shares(const Graph& graph, std::size_t least) {
  std::vector<std::vector<double>> times(graph.people);
  for (const Edge& edge : graph.edges) {
    const double time = std::exp(-6.3 * (1.0 - double{edge.closeness}));
    times[edge.a].push_back(time);
    times[edge.b].push_back(time);
  }
  Shares shares;
  for (std::vector<double>& time : times) {
    if (time.size() < least) continue;
    ++shares.people;
    std::sort(time.begin(), time.end(), std::greater<>());
    time.resize(least);
    double total = 0.0;
    for (const double value : time) total += value;
    for (std::size_t rank = 0; rank < least; ++rank) {
      shares.time[rank < 5 ? 0 : rank < 15 ? 1 : rank < 50 ? 2 : 3] += time[rank] / total;
    }
  }
  for (double& share : shares.time) share /= shares.people;
  return shares;
}

}  // namespace

TEST_CASE("On a friendship network of 4,039 people the ranks keep the published time shares") {
  const std::string path = real_network("snap-ego-facebook.txt");
  if (path.empty()) {
    WARN("skipped: snap-ego-facebook.txt is not there (set KITH_NETWORKS)");
    return;
  }
  Graph graph = with_closeness(path);
  const Shares wide = rank_shares(graph, 150);
  UNSCOPED_INFO(wide.people << " people: " << wide.time[0] << " " << wide.time[1] << " " << wide.time[2] << " "
                            << wide.time[3]);
  CHECK(wide.people > 100);
  CHECK(wide.time[0] == Approx(0.40).margin(0.05));
  CHECK(wide.time[1] == Approx(0.20).margin(0.05));
  CHECK(wide.time[2] == Approx(0.25).margin(0.05));
  CHECK(wide.time[3] == Approx(0.15).margin(0.05));
  for (Edge& edge : graph.edges) edge.closeness = 0.5F;
  CHECK_FALSE(rank_shares(graph, 150).time[0] == Approx(0.40).margin(0.05));  // must fail: all ties alike
}

TEST_CASE("On a sparse network of 41,773 people the inner two layers keep their ratio") {
  const std::string path = real_network("deezer-ro.csv");
  if (path.empty()) {
    WARN("skipped: deezer-ro.csv is not there (set KITH_NETWORKS)");
    return;
  }
  const Shares shares = rank_shares(with_closeness(path), 15);
  UNSCOPED_INFO(shares.people << " people: " << shares.time[0] << " " << shares.time[1]);
  CHECK(shares.people > 1000);
  CHECK(shares.time[0] == Approx(2.0 / 3.0).margin(0.05));
}

#ifndef KITH_SERIAL  // whose importer has no unpacker for gzip
TEST_CASE("In a school most ties of people with six friends or fewer lie in the innermost layer") {
  const std::string path = real_network("hs2013-friendship.csv.gz");
  if (path.empty()) {
    WARN("skipped: hs2013-friendship.csv.gz is not there (set KITH_NETWORKS)");
    return;
  }
  const Graph graph = with_closeness(path);
  const Shares shares = rank_shares(graph, 15);
  const Shares five = rank_shares(graph, 6);
  UNSCOPED_INFO(shares.people << " people: " << shares.time[0] << "; " << five.people << ": " << five.time[0]);
  CHECK(five.people > 50);
  CHECK(five.time[0] > 0.85);
}
#endif
