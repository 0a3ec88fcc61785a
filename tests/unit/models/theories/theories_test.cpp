#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <set>

#include "config/document.hpp"
#include "models/theories/theory.hpp"

using namespace kith;
using namespace kith::theories;

namespace kith::theories {
extern const TheoryKind withdrawal_theory;  // withdrawal.cpp beside this file, which the README shows
}

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

TEST_CASE("every theory can be named alone, with its defaults, and tells of itself") {
  for (const TheoryKind* kind : all_theories()) {
    CAPTURE(kind->name);
    const auto named = theory(std::string(kind->name));
    REQUIRE(named);
    CHECK(named->opioids().share >= 0.0F);
    people::People rested = person(1.0F, 1.0F);
    rested.tone = {0.15F};
    rested.connection = {0.6F};
    named->start(rested);
    CHECK(approach(*named, rested) == Approx(0.0).margin(0.002));
    CHECK_FALSE(kind->equations.empty());
    CHECK_FALSE(kind->published.empty());
    CHECK_FALSE(kind->ours.empty());
  }
}

TEST_CASE("in the state-dependent theory the signal's sign flips half-way into distress") {
  const auto flips = theory("{name: state_dependent, approach_gain: 0.5, distress_drive: 0, distressed_from: 0.3}");
  CHECK(approach(*flips, person(1.0F, 0.6F, 0.0F)) == Approx(-0.2F).epsilon(0.01));
  CHECK(approach(*flips, person(1.0F, 0.6F, 0.3F)) == Approx(0.0).margin(1e-6));
  CHECK(approach(*flips, person(1.0F, 0.6F, 0.9F)) == Approx(0.2F).epsilon(0.01));
  const auto drives = theory("{name: state_dependent, approach_gain: 0, distress_drive: 0.7}");
  CHECK(approach(*drives, person(1.0F, 0.6F, 0.3F)) == Approx(0.35F));
}

TEST_CASE("what contacts teach is the surprise times the signal, good and bad apart") {
  const auto feedback = theory("{name: feedback, learning_rate: 0.2, approach_gain: 0.5}");
  people::People one = person(1.0F, 1.0F);
  feedback->start(one);
  const auto value = [&](const char* name) { return (*one.find(name))[0]; };
  feedback->after_contact(one, 0, {.goes_well = true, .reward = 0.6F, .signal = 2.0F});
  CHECK(value("affiliation") == Approx(0.2 * 2.0 * 0.6));
  CHECK(value("expected_reward") == Approx(0.06));
  feedback->after_contact(one, 0, {.goes_well = true, .reward = 0.01F, .signal = 1.0F});  // less than was expected
  CHECK(value("affiliation") == Approx(0.24));
  CHECK(value("expected_reward") == Approx(0.055));
  feedback->after_contact(one, 0, {.goes_well = false, .reward = 0.0F, .signal = 0.5F});
  CHECK(value("self_protection") == Approx(0.2 * 0.5 * 0.055));
  CHECK(approach(*feedback, one) ==
        Approx(2.0 * 0.5 * (1.0 / (1.0 + std::exp(0.2 * 0.5 * 0.055 - 0.24)) - 0.5)).epsilon(1e-4));
}

TEST_CASE("reward scales mood and whatever comes from nobody by the same share, the others do not") {
  const auto reward = theory("{name: reward, opioid_share: 0.3}");
  CHECK(reward->opioids().pleasure == 0.3F);
  people::People used_to_more = person(0.5F, 0.8F);
  used_to_more.set_point = {1.4F};
  CHECK(approach(*reward, used_to_more) == approach(*reward, person(0.5F, 0.8F)));
  CHECK(reward->non_social_gain(person(0.5F, 1.0F), 0) == Approx(0.85F));
  CHECK(theory("botsa")->non_social_gain(person(0.5F, 1.0F), 0) == 1.0F);
  CHECK(theory("botsa")->opioids().pleasure == 0.0F);
}

TEST_CASE("symptoms take the same share of every rating") {
  const auto nonspecific = theory("nonspecific");
  people::People one = person(1.0F, 1.0F);
  nonspecific->start(one);
  CHECK(nonspecific->rating_gain(one, 0) == 1.0F);
  (*one.find("symptom_share"))[0] = 0.2F;
  CHECK(nonspecific->rating_gain(one, 0) == 0.8F);
  CHECK(theory("botsa")->rating_gain(one, 0) == 1.0F);
}

TEST_CASE("terms go with any theory, add to what it says, and go with it when it is changed for another") {
  for (const char* name : {"botsa", "none", "feedback"}) {
    CAPTURE(name);
    auto document = config::Document::from_text(
        fmt::format("theory: {{name: {}, warmth: {{touch: 0.7}}, analgesia: {{}}}}\n", name), "test.yaml");
    auto root = document.root();
    const NamedTheory named = read_theory(root);
    document.check();
    CHECK(named.opioids().touch == 0.7F);
    CHECK(named.opioids().cold == 0.1F);
    CHECK(named.opioids().analgesia == 0.5F);
    CHECK(named.opioids().protection == named.theory->opioids().protection);
    CHECK(named.name == std::string(name) + " + analgesia + warmth");
    CHECK(named.change_to(name).empty());
    auto other = config::Document::from_text("{}\n", "test.yaml", {{named.change_to("reward")}});
    auto other_root = other.root();
    const NamedTheory changed = read_theory(other_root);
    other.check();
    CHECK(changed.kind == "reward");
    CHECK(changed.opioids().touch == 0.7F);
    CHECK(changed.opioids().pleasure > 0.0F);
  }
}

TEST_CASE("theories can be written in a scenario: the rules that ship, from its terms") {
  struct Pair {
    const char* shipped;
    const char* written;
  };
  for (
      const auto& [shipped, written] : std::vector<Pair>{
          {"{name: botsa, opioid_share: 0.2, approach_gain: 0.5}",
           "{name: mine, opioid_share: 0.2, protection: 0.5, separation: 0.5, approach: [{term: below_set_point, gain: "
           "0.5}]}"},
          {"{name: state_dependent, opioid_share: 0.2, approach_gain: 0.5, distress_drive: 0.4}",
           "{name: mine, opioid_share: 0.2, protection: 0.5, separation: 0.5, approach: [{term: below_set_point, gain: "
           "-0.5, when: comfort}, {term: below_set_point, gain: 0.5, when: distress}, {term: distress, gain: 0.4}]}"},
          {"{name: reward, opioid_share: 0.2, approach_gain: 0.5}",
           "{name: mine, opioid_share: 0.2, pleasure: 0.2, non_social: 0.2, approach: [{term: signal, gain: 0.5}]}"},
          {"{name: homeostasis, opioid_share: 0.2, approach_gain: 2}",
           "{name: mine, opioid_share: 0.2, approach: [{term: connection_deficit, gain: 2}]}"},
          {"{name: feedback, opioid_share: 0.2, approach_gain: 0.5}",
           "{name: mine, opioid_share: 0.2, approach: [{term: learned, gain: 0.5}]}"},
          {"{name: nonspecific, symptoms: 0.3, approach_gain: 2}",
           "{name: mine, symptoms: 0.3, approach: [{term: symptoms, gain: -2}]}"}}) {
    CAPTURE(shipped);
    const auto first = theory(shipped);
    const auto second = theory(written);
    const people::Opioids a = first->opioids();
    const people::Opioids b = second->opioids();
    CHECK(std::array{a.share, a.protection, a.separation, a.pleasure} ==
          std::array{b.share, b.protection, b.separation, b.pleasure});
    for (const float distress : {0.0F, 0.27F, 0.8F}) {
      people::People one = person(0.7F, 0.8F, distress);
      one.connection = {0.5F};
      one.set_point = {1.1F};
      people::People other = one;
      for (auto* both : {&one, &other}) {
        const Theory& says = both == &one ? *first : *second;
        says.start(*both);
        both->connection = {0.4F};
        if (auto* unwell = both->find("symptom_share")) (*unwell)[0] = 0.1F;
        says.after_contact(*both, 0, {.goes_well = true, .reward = 0.6F, .signal = 0.7F});
        says.after_contact(*both, 0, {.goes_well = false, .reward = 0.0F, .signal = 0.7F});
      }
      CHECK(std::abs(approach(*first, one)) > 1e-4F);
      CHECK(approach(*second, other) == Approx(approach(*first, one)).epsilon(1e-5));
      CHECK(second->non_social_gain(other, 0) == first->non_social_gain(one, 0));
      if (std::string(shipped).find("nonspecific") != std::string::npos)
        CHECK(second->rating_gain(other, 0) == first->rating_gain(one, 0));
    }
  }
}

TEST_CASE("a theory without terms of its own says nothing, and a wrong term is a mistake in the scenario") {
  CHECK(approach(*theory("{name: mine, approach: []}"), person(0.5F, 0.5F)) == 0.0F);
  CHECK_THROWS_WITH(theory("{name: mine, approach: [{term: signall, gain: 1}]}"),
                    Catch::Contains("signall") && Catch::Contains("signal"));
  CHECK_THROWS_WITH(theory("{name: mine, approach: [{term: signal}]}"), Catch::Contains("gain"));
}

TEST_CASE("an unknown theory is a mistake in the scenario") {
  CHECK_THROWS_WITH(theory("botsaa"), Catch::Contains("botsaa") && Catch::Contains("botsa"));
}

TEST_CASE("the example of a ninth theory is one file, and does what it says") {
  const auto& shipped = all_theories();
  CHECK(
      std::none_of(shipped.begin(), shipped.end(), [](const TheoryKind* kind) { return kind->name == "withdrawal"; }));
  auto document = config::Document::from_text("approach_gain: 0.5\n", "theory.yaml");
  config::Section section = document.root();
  const std::unique_ptr<Theory> withdrawal = withdrawal_theory.read(section);
  document.check();
  CHECK(approach(*withdrawal, person(1.0F, 0.6F)) == Approx(-0.2F));
  CHECK(withdrawal->opioids().share == 0.1F);
}

TEST_CASE("a theory is a file of at most 80 lines, with a state of its own or without") {
  const std::filesystem::path root(KITH_SOURCE_DIR);
  std::vector<std::filesystem::path> files{root / "tests/unit/models/theories/withdrawal.cpp",
                                           root / "tests/property/models/world/giving_up.cpp"};
  for (const TheoryKind* kind : all_theories()) {
    if (!kind->is_written_in_yaml) files.push_back(root / "models/theories" / (std::string(kind->name) + ".cpp"));
  }
  CHECK(files.size() == 2 + 8);
  for (const std::filesystem::path& file : files) {
    CAPTURE(file);
    std::ifstream stream(file);
    const auto lines = std::count(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>(), '\n');
    CHECK(lines > 10);
    CHECK(lines <= 80);
  }
}
