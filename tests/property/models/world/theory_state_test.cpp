#include <catch2/catch.hpp>
#include <memory>

#include "core/state.hpp"
#include "models/theories/theory.hpp"
#include "models/world/population.hpp"
#include "tests/support/differing_columns.hpp"
#include "tests/support/small_scenarios.hpp"

using namespace kith;
using kith::testing::differing_columns;
using kith::testing::scenario_from;

namespace {

const ColumnInfo practice_column{"practice", "hours", "time so far below the set point (a made-up theory's own state)"};

/// Who has been below the set point for long seeks less.
class Practice final : public theories::Theory {
 public:
  people::Opioids opioids() const override { return {.share = 0.1F, .protection = 0.5F, .separation = 0.5F}; }
  void start(people::People& people) const override { people.add(practice_column, 0.0F); }
  void sense(const people::Scene& scene, const people::Relaxation& /*step*/, std::size_t begin,
             std::size_t end) const override {
    const people::People& people = scene.people;
    const auto hours = static_cast<float>(scene.clock.tick_hours());
    std::vector<float>& practice = *scene.people.find("practice");
    for (std::size_t p = begin; p < end; ++p) practice[p] += people.signal[p] < people.set_point[p] ? hours : 0.0F;
  }
  void approach(const people::People& people, std::size_t begin, std::size_t end, float* out) const override {
    for (std::size_t p = begin; p < end; ++p) out[p - begin] = -0.001F * (*people.find("practice"))[p];
  }
};

Scenario scenario() {
  Scenario made = scenario_from(R"(
kith: 1
title: A theory with a state of its own
time: {tick: 1 h, burn_in: 2 d, duration: 4 d}
people: {count: 200}
network: {generate: stochastic_block, within: 8, between: 2}
)");
  made.theory.theory = std::make_shared<const Practice>();
  return made;
}

}  // namespace

TEST_CASE("a theory's own state starts, moves on with the tick, is shown, and goes on from where it was saved") {
  const Scenario made = scenario();
  const Population population = make_population(made, {made.seed, 0}, "", {});
  Model whole = *population.model;
  const std::vector<float> before = *whole.people().find("practice");
  whole.run(0, 10, "");
  const people::People& s = whole.people();
  double hours = 0.0;
  for (PersonId p = 0; p < s.count; ++p) {
    const float grown = (*s.find("practice"))[p] - before[p];
    REQUIRE(grown >= 0.0F);
    REQUIRE(grown <= 10.0F);
    hours += static_cast<double>(grown);
  }
  CHECK(hours > 0.0);
  StateWriter writer;
  whole.visit(writer);
  whole.run(10, 40, "");

  Model resumed = *population.model;
  StateReader reader(writer.buffer());
  resumed.visit(reader);
  resumed.run(10, 40, "");
  CHECK(differing_columns(whole.people(), resumed.people()).empty());
  CHECK(whole.fingerprint() == resumed.fingerprint());
}
