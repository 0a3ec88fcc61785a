#include "models/study/memory.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "models/people/people.hpp"
#include "network/ties.hpp"
#include "tests/support/small_scenarios.hpp"

using namespace kith;
using kith::testing::scenario_from;

namespace {

const std::string base = R"(
kith: 1
title: Memory
time: {burn_in: 0 h, duration: 4 d}
people: {count: 100000}
network: {generate: layers, sizes: [5, 10, 35]}
)";

constexpr double program = 3e7;

double needed(const std::string& more, unsigned threads = 1, std::optional<std::uint32_t> only = {}) {
  return static_cast<double>(memory_needed(scenario_from(base + more), only, threads)) - program;
}

}  // namespace

TEST_CASE("Memory covers the list of edges beside the store of ties, and the store beside the columns of people") {
  constexpr double people = 100'000;
  constexpr double ties = 25.0 * people;
  const double made = ties * (sizeof(network::Edge) + network::Ties::bytes_per_tie);
  const double run = ties * (network::Ties::bytes_per_tie + 2 * sizeof(float)) +
                     people * static_cast<double>(2 * people::People{}.bytes_per_person());
  CHECK(needed("") > std::max(made, run));
  CHECK(needed("") < 2.0 * std::max(made, run));
}

TEST_CASE("The store of ties takes what is said of a tie and a person") {
  network::Graph graph{.people = 1000};
  for (PersonId a = 0; a < 1000; ++a) {
    for (PersonId step = 1; step <= 10; ++step) graph.edges.push_back({.a = a, .b = (a + step) % 1000});
  }
  network::make_simple(graph);
  const network::Ties ties(graph);
  const std::size_t said =
      ties.count() * network::Ties::bytes_per_tie + ties.people() * network::Ties::bytes_per_person;
  CHECK(ties.bytes() >= said);
  CHECK(ties.bytes() <= said + 64);
}

TEST_CASE("Memory follows people, ties, worlds and the virtual studies that run at once") {
  const double one = needed("");
  CHECK(static_cast<double>(memory_needed(scenario_from(base, {{"people.count=200000"}}), {}, 1)) - program ==
        Approx(2.0 * one));
  CHECK(needed("ties: living\n") > 1.5 * one);
  const std::string studies = "ties: living\nreplicates: 4\n";
  const double alone = needed(studies, 1);
  CHECK(needed(studies, 4) > alone + 2.9 * 25.0 * 100'000 * network::Ties::bytes_per_tie);
  CHECK(needed(studies, 64) == needed(studies, 4));
  CHECK(needed(studies, 4, 2) == alone);
  CHECK(needed("replicates: {count: 4, population: new}\n", 4) > 3.5 * one);
}

TEST_CASE("Memory covers the ratings of many virtual studies") {
  const std::string trial = R"(
trial:
  arms: {naltrexone: {drug: naltrexone, doses: [50 mg]}, placebo: {drug: placebo, like: naltrexone}}
  sequences: [{arms: [naltrexone, placebo], count: 50}, {arms: [placebo, naltrexone], count: 50}]
  washout: 1 d
measures: [{diary: connection}]
replicates: 100000
)";
  // 100,000 studies of 100 participants with two ratings each, their values and those of their twins.
  CHECK(needed(trial) - needed("") > 1e5 * 100 * 2 * 3 * sizeof(double));
}

TEST_CASE("Of a network file only the size is known; of one that is refused nothing") {
  const auto of_file = [](const std::string& file) {
    return static_cast<double>(memory_needed(scenario_from("kith: 1\ntitle: File\ntime: {burn_in: 0 h, duration: 1 d}\n"
                                                           "network: {file: " +
                                                           file + "}\n"),
                                             {}, 1)) -
           program;
  };
  const double plain = of_file(KITH_SOURCE_DIR "/tests/data/networks/class_friends.txt");
  CHECK(plain > 0.0);
  CHECK(of_file("/dev/zero") == 0.0);
}
