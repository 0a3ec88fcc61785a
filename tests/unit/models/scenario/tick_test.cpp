#include <catch2/catch.hpp>

#include "tests/support/small_scenarios.hpp"

using namespace kith;
using kith::testing::scenario_from;

TEST_CASE("A tick is a whole number of seconds that divides a day, and is never rounded to one") {
  const std::string text = "kith: 1\ntitle: Ticks\ntime: {burn_in: 0 h, duration: 1 d}\npeople: {count: 20}\n";
  const auto seconds = [&](const std::string& tick) {
    return scenario_from(text, {{"time.tick=" + tick}}).time.tick_seconds;
  };
  CHECK(seconds("1 h") == 3600);
  CHECK(seconds("3600 s") == 3600);
  CHECK(seconds("15 min") == 900);
  CHECK(seconds("0.25 h") == 900);
  CHECK(seconds("64 s") == 64);
  for (const char* tick : {"3600.4 s", "3599.6 s", "900.001 s", "61 s", "7 min"}) {
    CAPTURE(tick);
    CHECK_THROWS_AS(seconds(tick), config::InvalidScenario);
  }
}
