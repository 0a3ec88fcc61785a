#include "core/audit.hpp"

#include <catch2/catch.hpp>
#include <limits>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "models/study/run.hpp"
#include "tests/support/small_scenarios.hpp"

using namespace kith;
using kith::testing::scenario_from;

namespace {

const std::string small = R"(
kith: 1
title: Audited
time: {burn_in: 1 d, duration: 3 d}
people: {count: 120}
network: {generate: layers, sizes: [5, 10]}
seed: audit
)";

/// Makes one person's state impossible once.
class Spoiler final : public people::Mechanism {
 public:
  Spoiler(PersonId person, int calls, float value) : person_(person), calls_(calls), value_(value) {}
  std::string_view name() const override { return "spoiler"; }
  std::unique_ptr<Mechanism> clone() const override { return std::make_unique<Spoiler>(*this); }
  void use(const people::Scene& scene, Tick /*tick*/) override {
    if (calls_-- == 0) scene.people.wanted_usual[person_] = value_;
  }

 private:
  PersonId person_;
  int calls_;
  float value_;
};

struct AuditedHere {
  AuditedHere() { set_audited(true); }
  AuditedHere(const AuditedHere&) = delete;
  AuditedHere& operator=(const AuditedHere&) = delete;
  ~AuditedHere() { set_audited(false); }
};

std::string message_of(const Scenario& scenario, const RunOptions& options) {
  MemorySink sink;
  try {
    run(scenario, options, sink);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("An audited run ends at impossible state, with whose, when, and the command that shows it") {
  const AuditedHere audited;
  Scenario scenario = scenario_from(small);
  // 24 ticks of burn-in, then ten.
  scenario.mechanisms.push_back(std::make_shared<Spoiler>(42, 34, std::numeric_limits<float>::quiet_NaN()));
  std::vector<Glance> failed;
  std::map<std::string, std::string> seen;
  const auto look = [&](const Glance& glance) {
    if (!glance.has_failed) return;
    failed.push_back(glance);
    for (const StateValue& one : glance.person(42)) seen[one.name] = one.value;
    CHECK(glance.person(120).empty());
  };
  CHECK(
      message_of(scenario, {.replay = "kith replay s.yaml", .look = look}) ==
      "person 42, hour 10, phase \"flip\": wanted_usual is not a number\n  to see it: kith replay s.yaml --replicate 0 "
      "--world treated --person 42 --tick=10");
  REQUIRE(failed.size() == 1);
  CHECK(failed.front().next == 10);
  CHECK(failed.front().world == "treated");
  CHECK(seen.at("wanted_usual") == "nan");
  CHECK(seen.at("connection") != "nan");
}

TEST_CASE("An audited run says so of the burn-in too") {
  const AuditedHere audited;
  Scenario scenario = scenario_from(small);
  scenario.mechanisms.push_back(std::make_shared<Spoiler>(7, 3, std::numeric_limits<float>::infinity()));
  CHECK(
      message_of(scenario, {.replay = "kith replay s.yaml"}) ==
      "person 7, hour -21, phase \"flip\": wanted_usual is not a number\n  to see it: kith replay s.yaml --replicate 0 "
      "--person 7 --tick=-21");
}

TEST_CASE("A run that is not audited goes on, and an audited one of possible state ends as it does") {
  Scenario scenario = scenario_from(small);
  MemorySink sink;
  const std::string plain = run(scenario, {}, sink).fingerprint();
  {
    const AuditedHere audited;
    MemorySink other;
    CHECK(run(scenario, {}, other).fingerprint() == plain);
  }
  scenario.mechanisms.push_back(std::make_shared<Spoiler>(42, 34, std::numeric_limits<float>::quiet_NaN()));
  if (!is_audited()) CHECK(message_of(scenario, {}).empty());
}
