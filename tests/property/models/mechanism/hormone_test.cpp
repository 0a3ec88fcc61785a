#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "config/document.hpp"
#include "config/reference.hpp"
#include "core/math.hpp"
#include "core/state.hpp"
#include "models/people/symptoms.hpp"
#include "models/scenario/mechanisms.hpp"
#include "models/scenario/substance_use.hpp"
#include "models/world/population.hpp"
#include "tests/support/differing_columns.hpp"
#include "tests/support/small_worlds.hpp"

/// A made-up hormone: everything that a mechanism needs stands here, and nothing of Kith was changed for it but the one list, in
/// whose place this program has its own.
namespace kith {
namespace {

const ColumnInfo calmin_column{"calmin", "1", "a made-up hormone that good company releases"};

struct CalminParams {
  float release = 0.0F;    ///< by a good contact of quality 1
  float half_life = 6.0F;  ///< [h]
  float calming = 0.0F;    ///< share of distress that a unit takes away in an hour
};

class Calmin final : public people::Mechanism {
 public:
  explicit Calmin(const CalminParams& params) : params_(params) {}
  std::string_view name() const override { return "calmin"; }
  std::unique_ptr<Mechanism> clone() const override { return std::make_unique<Calmin>(*this); }
  void visit(State& state) override { state("calmin released", released_); }

  void start(const people::Scene& scene) override {
    scene.people.add(calmin_column, 0.0F);
    released_.assign(scene.people.count, 0);
  }
  void sense(const people::Scene& scene, const people::Relaxation& step, std::size_t begin, std::size_t end) override {
    const float left = portable_exp(-std::numbers::ln2_v<float> * step.whole().hours / params_.half_life);
    std::vector<float>& level = *scene.people.find("calmin");
    for (std::size_t p = begin; p < end; ++p) level[p] *= left;
  }
  void feel(const people::Scene& scene, const people::Relaxation& step, std::size_t begin, std::size_t end) override {
    const std::vector<float>& level = *scene.people.find("calmin");
    for (std::size_t p = begin; p < end; ++p)
      scene.people.distress[p] *= portable_exp(-params_.calming * level[p] * step.whole().hours);
  }
  void after_good(const people::Scene& scene, PersonId person, float quality) override {
    (*scene.people.find("calmin"))[person] += params_.release * quality;
    ++released_[person];
  }

 private:
  CalminParams params_;
  std::vector<std::uint32_t> released_;  // [people] so often, which no output has
};

std::unique_ptr<people::Mechanism> read_calmin(config::Section& root, Scenario& /*scenario*/) {
  if (!root.has("calmin") && !root.describing()) return nullptr;
  config::Section s = root.section({.key = "calmin", .doc = "A made-up hormone; nobody has it if not given."});
  CalminParams params;
  params.release = static_cast<float>(
      s.number({.key = "release", .fallback = "0.1", .min = "0", .max = "1", .doc = "Of a good contact."}));
  params.half_life = static_cast<float>(s.number(
      {.key = "half_life", .unit = "h", .fallback = "6 h", .min = "1 min", .max = "10 d", .doc = "Of the hormone."}));
  params.calming = static_cast<float>(s.number(
      {.key = "calming", .unit = "/h", .fallback = "1 /h", .min = "0 /h", .max = "60 /h", .doc = "Of distress."}));
  return std::make_unique<Calmin>(params);
}

}  // namespace

const std::vector<MechanismKind>& all_mechanisms() {
  static const std::vector<MechanismKind> all{{"substance_use", read_substance_use}, {"calmin", read_calmin}};
  return all;
}

}  // namespace kith

using namespace kith;
using kith::testing::differing_columns;
using kith::testing::run_text;
using kith::testing::scenario_from;

namespace {

const std::string plain = R"(
kith: 1
title: Hormone
time: {tick: 1 h, burn_in: 3 d, duration: 4 d}
people: {count: 300}
network: {generate: stochastic_block, within: 8, between: 2}
ties: living
record: {people: 5}
)";
const std::string with_calmin = plain + "calmin: {release: 0.3, half_life: 4 h}\n";

std::vector<std::string> columns(const people::People& people) {
  std::vector<std::string> names;
  people::People::visit(people, [&](const ColumnInfo& info, const auto&) { names.emplace_back(info.name); });
  return names;
}

bool has(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

TEST_CASE("the keys of a mechanism are explained, in the schema, and checked") {
  config::Document reference = config::Document::describe();
  read_scenario(reference.root());
  const auto entries = config::find_entries(reference.entries(), "calmin.half_life");
  REQUIRE(entries.size() == 1);
  CHECK(config::explain(entries.front()).find("Of the hormone.") != std::string::npos);
  CHECK(config::json_schema(reference.entries()).find("\"calmin\"") != std::string::npos);
  CHECK_THROWS_WITH(scenario_from(plain + "calmin: {half_life: 4}\n"), Catch::Contains("half_life"));
}

TEST_CASE("a mechanism's column is state, digest and output; a world without the mechanism has none of it") {
  const auto with = run_text(with_calmin);
  const auto without = run_text(plain);
  CHECK(with.run.fingerprint() != without.run.fingerprint());

  const Scenario scenario = scenario_from(with_calmin);
  const Population population = make_population(scenario, {scenario.seed, 0}, "", {});
  CHECK(has(columns(population.model->people()), "calmin"));
  StateNames names;
  population.model->visit(names);
  CHECK(has(names.names(), "calmin"));
  CHECK(has(names.names(), "calmin released"));

  const Scenario other = scenario_from(plain);
  const Population plain_population = make_population(other, {other.seed, 0}, "", {});
  CHECK_FALSE(has(columns(plain_population.model->people()), "calmin"));
  CHECK(plain_population.model->people().bytes_per_person() + sizeof(float) ==
        population.model->people().bytes_per_person());
  const auto people_variables = [](const testing::Done& done) {
    std::vector<std::string> variables;
    for (const TableSpec& table : done.sink->specs()) {
      if (table.name != "people") continue;
      for (const auto& variable : table.variables) variables.push_back(variable.name);
    }
    return variables;
  };
  CHECK(has(people_variables(with), "calmin"));
  CHECK_FALSE(has(people_variables(without), "calmin"));
}

TEST_CASE("a mechanism acts in its phases: it rises with good contacts, fades, and calms") {
  const Scenario scenario = scenario_from(with_calmin);
  const Scenario inert = scenario_from(plain + "calmin: {release: 0.3, half_life: 4 h, calming: 0 /h}\n");
  const Population calmed = make_population(scenario, {scenario.seed, 0}, "", {});
  const Population same = make_population(inert, {inert.seed, 0}, "", {});
  const auto total = [](const std::vector<float>& column) {
    double sum = 0.0;
    for (const float value : column) sum += static_cast<double>(value);
    return sum;
  };
  CHECK(total(*calmed.model->people().find("calmin")) > 0.0);
  CHECK(total(calmed.model->people().distress) < 0.9 * total(same.model->people().distress));
  // By itself it changes nothing: with no calming the other columns are those of a world without it.
  const Scenario other = scenario_from(plain);
  const Population without = make_population(other, {other.seed, 0}, "", {});
  CHECK(differing_columns(without.model->people(), same.model->people()).empty());
}

TEST_CASE("a world with a mechanism goes on from its saved state with the same bits") {
  const Scenario scenario = scenario_from(with_calmin);
  const Population population = make_population(scenario, {scenario.seed, 0}, "", {});
  Model whole = *population.model;
  whole.run(0, 30, "");
  StateWriter writer;
  whole.visit(writer);
  whole.run(30, 96, "");

  Model resumed = *population.model;
  StateReader reader(writer.buffer());
  resumed.visit(reader);
  CHECK(reader.is_at_end());
  resumed.run(30, 96, "");
  CHECK(differing_columns(whole.people(), resumed.people()).empty());
  CHECK(whole.fingerprint() == resumed.fingerprint());
}
