#include <catch2/catch.hpp>
#include <random>

#include "../../unit/config/demo.hpp"

namespace {

/// A valid scenario with random values and a random choice of keys.
std::string random_scenario(std::mt19937& random) {
  const auto below = [&](unsigned n) { return static_cast<unsigned>(random() % n); };
  const auto number = [&] { return std::to_string(below(1000)) + "." + std::to_string(below(1'000'000)); };
  const std::vector<std::string> texts{"plain",         "yes",     "\"12\"",          "\"a: b # c\"", "'it''s'",
                                       "\"\\\"q\\\\\"", "\"ü 😀\"", "\"tab\\tnl\\n\"", "\"\"",         "\" x \"",
                                       "\"\\e\\x9b\"",  "~x",      "\"null\"",        "\"[a, b]\""};
  const auto text = [&] { return texts[below(static_cast<unsigned>(texts.size()))]; };
  std::string yaml = "kith: 1\n";
  if (below(2) > 0) yaml += "title: " + text() + "\n";
  if (below(2) > 0) yaml += "seed: " + std::to_string((static_cast<std::uint64_t>(random()) << 31) ^ random()) + "\n";
  const std::vector<std::string> units{"h", "d", "min", "s", "wk", "a"};
  yaml += "time: {duration: " + std::to_string(20 + below(180)) + "." + std::to_string(below(1'000'000)) + "1 " +
          units[below(6)] + ", tick: " + std::to_string(below(19) + 1) + " s}\n";
  yaml += below(2) > 0 ? "network: {generate: small_world, rewiring: " + std::to_string(below(101)) + " %}\n"
                       : "network: {generate: layers}\n";
  if (below(2) > 0) yaml += "theory: none\n";
  if (below(2) > 0) {
    yaml += "people:\n  elimination: " + number() + " /d\n  columns: [" + text() + ", " + text() + "]\n";
    yaml += "  users: 0." + std::to_string(below(1'000'000)) + "\n";
  }
  yaml += "trial:\n  arms:\n";
  for (unsigned i = 0; i < below(4) + 1; ++i) {
    yaml += "    \"arm " + std::to_string(i) + "\": {drug: " + text() + ", doses: [1e-3 ug, " + number() + " mg]}\n";
  }
  yaml += "measures:\n";
  for (unsigned i = 0; i < below(3); ++i)
    yaml += "  - {at: \"" + std::to_string(below(24)) + ":07\", scale: 0.1.." + number() + "1}\n";
  return yaml + "record: " + (below(2) > 0 ? "daily\n" : "none\n");
}

}  // namespace

TEST_CASE("a resolved scenario reads back to the same values and resolves to itself") {
  std::mt19937 random(20260101);
  for (int i = 0; i < 300; ++i) {
    const std::string text = random_scenario(random);
    INFO(text);
    std::string resolved;
    const demo::Scenario scenario = demo::read_text(text, {}, &resolved);
    INFO(resolved);
    std::string again;
    CHECK(demo::read_text(resolved, {}, &again) == scenario);
    CHECK(again == resolved);
  }
}

TEST_CASE("scenarios that differ in one value do not resolve alike") {
  std::string one;
  std::string other;
  const std::string text = "kith: 1\ntime: {duration: 22 d}\nnetwork: {generate: layers}\n";
  CHECK(!(demo::read_text(text, {}, &one) == demo::read_text(text, {"people.count=101"}, &other)));
  CHECK(one != other);
}
