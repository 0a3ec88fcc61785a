#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <set>

#include "config/document.hpp"
#include "models/theories/theory.hpp"

using namespace kith;
using namespace kith::theories;

namespace {

std::shared_ptr<const Theory> theory(const std::string& text) {
  auto document = config::Document::from_text("theory: " + text + "\n", "test.yaml");
  auto root = document.root();
  NamedTheory named = read_theory(root);
  document.check();
  return named.theory;
}

/// One person with the given signal now and on average, and set point 1.
people::People person(float signal, float signal_mean, float distress = 0.0F) {
  people::People people;
  people.resize(1);
  people.signal = {signal};
  people.signal_mean = {signal_mean};
  people.set_point = {1.0F};
  people.distress = {distress};
  return people;
}

float approach(const Theory& theory, const people::People& people) {
  float out = -99.0F;
  theory.approach(people, 0, 1, &out);
  return out;
}

constexpr const char* botsa_text =
    "{name: botsa, opioid_share: 0.2, approach_gain: 0.5, protection: 0.7, separation: 0.3}";

}  // namespace

TEST_CASE("in botsa a signal below the set point raises approach, in comfort as in distress") {
  const auto botsa = theory(botsa_text);
  for (const float distress : {0.0F, 0.9F}) {
    CHECK(approach(*botsa, person(1.0F, 1.0F, distress)) == 0.0F);
    CHECK(approach(*botsa, person(1.0F, 0.6F, distress)) == Approx(0.2F));
    CHECK(approach(*botsa, person(1.0F, 1.4F, distress)) == Approx(-0.2F));
  }
}

TEST_CASE("what botsa says of feelings is what the scenario gives it, and a high signal soothes by default") {
  const people::Opioids given = theory(botsa_text)->opioids();
  CHECK(given.share == 0.2F);
  CHECK(given.protection == 0.7F);
  CHECK(given.separation == 0.3F);
  const people::Opioids by_default = theory("botsa")->opioids();
  CHECK(by_default.share > 0.0F);
  CHECK(by_default.protection > 0.0F);
  CHECK(by_default.separation > 0.0F);
}

TEST_CASE("without an opioid theory the signal does exactly nothing") {
  const auto none = theory("none");
  const people::Opioids nothing = none->opioids();
  CHECK(nothing.share == 0.0F);
  CHECK(nothing.protection == 0.0F);
  CHECK(nothing.separation == 0.0F);
  for (const float signal : {0.0F, 0.5F, 1.0F, 2.0F}) {
    CHECK(approach(*none, person(signal, signal, 0.5F)) == 0.0F);
  }
}

TEST_CASE("a theory writes exactly the people it is asked for") {
  people::People people;
  people.resize(5);
  people.signal_mean = {1.0F, 0.9F, 0.8F, 0.7F, 0.6F};
  people.set_point.assign(5, 1.0F);
  float out[4] = {-9.0F, -9.0F, -9.0F, -9.0F};
  theory(botsa_text)->approach(people, 2, 4, out + 1);
  CHECK(out[0] == -9.0F);
  CHECK(out[1] == Approx(0.1F));
  CHECK(out[2] == Approx(0.15F));
  CHECK(out[3] == -9.0F);
}

TEST_CASE("every file of a theory is in the list of theories, which needs no other entry") {
  std::set<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(KITH_SOURCE_DIR "/models/theories")) {
    if (entry.path().extension() == ".cpp" && entry.path().stem() != "theory") files.insert(entry.path().stem());
  }
  std::set<std::string> listed;
  for (const TheoryKind* kind : all_theories()) {
    listed.emplace(kind->name);
    CHECK_FALSE(kind->claim.empty());
    CHECK_FALSE(kind->fitted.empty());
  }
  CHECK(listed == files);
  CHECK(listed.count("botsa") == 1);
  CHECK(listed.count("none") == 1);
}

TEST_CASE("every theory can be named alone, with its defaults") {
  for (const TheoryKind* kind : all_theories()) {
    const auto named = theory(std::string(kind->name));
    REQUIRE(named);
    CHECK(named->opioids().share >= 0.0F);
    CHECK(approach(*named, person(1.0F, 1.0F)) == 0.0F);
  }
}

TEST_CASE("an unknown theory is a mistake in the scenario") {
  CHECK_THROWS_WITH(theory("botsaa"), Catch::Contains("botsaa") && Catch::Contains("botsa"));
}
