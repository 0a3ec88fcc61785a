#include "network/generate.hpp"

#include <catch2/catch.hpp>
#include <functional>
#include <string>

#include "core/parallel.hpp"
#include "tests/unit/network/graphs.hpp"

using namespace kith;
using namespace kith::network;
using namespace kith::network::testing;

namespace {

struct Generator {
  std::string name;
  std::function<Graph(WorldKey)> make;
};

std::vector<Generator> generators() {
  const auto with = [](const char* name, auto parameters, std::uint32_t people) {
    return Generator{name, [parameters, people](WorldKey world) { return generate(parameters, people, world); }};
  };
  return {with("layers", Layers{.sizes = {5, 10, 35}}, 6000),
          with("erdos_renyi", ErdosRenyi{8}, 6000),
          with("small_world", SmallWorld{8, 0.2}, 6000),
          with("preferential_attachment", PreferentialAttachment{4}, 6000),
          with("stochastic_block", StochasticBlock{{0.2, 0.3, 0.5}, 6, 2}, 6000),
          with("configuration", Configuration{8, 1.0}, 6000),
          with("rmat", Rmat{}, 6000)};
}

}  // namespace

TEST_CASE("Every generator makes simple sorted graphs, the same for the same key, another for another") {
  for (const Generator& generator : generators()) {
    INFO(generator.name);
    const Graph graph = generator.make({11, 0});
    CHECK(is_simple(graph));
    CHECK(graph.edges.size() > 10000);
    CHECK(same_ties(graph, generator.make({11, 0})));
    CHECK_FALSE(same_ties(graph, generator.make({12, 0})));
    CHECK_FALSE(same_ties(graph, generator.make({11, 1})));
  }
}

TEST_CASE("Every generator and assign_closeness give the same bits on one thread and on three") {
  for (const Generator& generator : generators()) {
    INFO(generator.name);
    set_threads(1);
    Graph one = generator.make({13, 0});
    assign_closeness(one, {13, 0});
    set_threads(3);
    Graph three = generator.make({13, 0});
    assign_closeness(three, {13, 0});
    CHECK(same_ties(one, three));
    set_threads(0);
  }
}

TEST_CASE("Layers hold their promises for odd parameters") {
  const auto ties_per_person = [](const Layers& layers, std::uint32_t people) {
    const Graph graph = generate(layers, people, {5, 0});
    REQUIRE(is_simple(graph));
    return 2.0 * static_cast<double>(graph.edges.size()) / people;
  };
  CHECK(ties_per_person({.sizes = {3}}, 2000) == Approx(3.0).epsilon(0.03));
  CHECK(ties_per_person({.sizes = {0.5, 2}}, 2000) == Approx(2.5).epsilon(0.05));
  CHECK(ties_per_person({.size_cv = 0.0}, 2000) == Approx(150.0).epsilon(0.02));
  CHECK(ties_per_person({.community = 1e9}, 2000) == Approx(150.0).epsilon(0.02));
  CHECK(ties_per_person({.community = 10}, 2000) == Approx(150.0).epsilon(0.02));
  CHECK(ties_per_person({.community = 1}, 2000) == Approx(150.0).epsilon(0.02));
  CHECK(ties_per_person({.away = 1.0, .family = 30}, 2000) == Approx(150.0).epsilon(0.02));
  CHECK(ties_per_person({.blur = 0.0}, 300) == Approx(150.0).epsilon(0.02));
  CHECK(ties_per_person({}, 200) == Approx(150.0).epsilon(0.03));
}
