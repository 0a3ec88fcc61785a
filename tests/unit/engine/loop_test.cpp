#include "engine/loop.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>
#include <string>

#include "core/parallel.hpp"

using namespace kith;

namespace {

const Clock clock_of_hours(3600, 8.0);

Phase failing(std::string_view name, Tick when, void (*fail)()) {
  return {name, [=](Tick tick) {
            if (tick == when) fail();
          }};
}

}  // namespace

TEST_CASE("every tick runs all phases in order, and then the call after it") {
  std::string seen;
  const auto note = [&](const char* what, Tick tick) { seen += what + std::to_string(tick) + " "; };
  const std::vector<Phase> phases{{"one", [&](Tick t) { note("a", t); }}, {"two", [&](Tick t) { note("b", t); }}};
  CHECK(run_ticks(phases, clock_of_hours, -1, 2, "", [&](Tick t) {
    note("!", t);
    return true;
  }));
  CHECK(seen == "a-1 b-1 !-1 a0 b0 !0 a1 b1 !1 ");
}

TEST_CASE("a run of no ticks does nothing") {
  int calls = 0;
  CHECK(run_ticks({{"one", [&](Tick) { ++calls; }}}, clock_of_hours, 5, 5, "", [&](Tick) { return ++calls == 0; }));
  CHECK(calls == 0);
}

TEST_CASE("a run ends after the tick at which it is told not to go on, and says whether that was the last") {
  int calls = 0;
  const std::vector<Phase> counting{{"one", [&](Tick) { ++calls; }}};
  CHECK_FALSE(run_ticks(counting, clock_of_hours, 0, 9, "", [](Tick tick) { return tick < 3; }));
  CHECK(calls == 4);
  CHECK(run_ticks(counting, clock_of_hours, 4, 9, "", [](Tick tick) { return tick < 8; }));
  CHECK(calls == 9);
}

TEST_CASE("an error about a person is told with person, hour, phase and the command that replays it") {
  const std::vector<Phase> phases{{"first", [](Tick) {}},
                                  failing("live", 3, [] { throw PersonError(42, "connection is not a number"); })};
  try {
    run_ticks(phases, Clock(6 * 3600, 8.0), 0, 10, "kith replay a.yaml --replicate 3");
    FAIL("nothing was thrown");
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::failed);
    CHECK(std::string(error.what()) ==
          "person 42, hour 18, phase \"live\": connection is not a number\n  to see it: kith replay a.yaml --replicate "
          "3 --person 42 --tick=3");
  }
}

TEST_CASE("an error stops the run before the later phases and ticks") {
  int later = 0;
  int after = 0;
  const std::vector<Phase> phases{failing("live", 2, [] { throw PersonError(0, "x"); }),
                                  {"later", [&](Tick) { ++later; }}};
  CHECK_THROWS_AS(run_ticks(phases, clock_of_hours, 0, 10, "", [&](Tick) { return ++after > 0; }), Error);
  CHECK(later == 2);
  CHECK(after == 2);
}

TEST_CASE("other errors, and a stop asked for after a tick, pass through unchanged") {
  const std::vector<Phase> phases{failing("body", 1, [] { throw std::logic_error("as it was"); })};
  CHECK_THROWS_WITH(run_ticks(phases, clock_of_hours, 0, 3, ""), "as it was");
  int ticks = 0;
  const std::vector<Phase> counting{{"body", [&](Tick) { ++ticks; }}};
  CHECK_THROWS_WITH(run_ticks(counting, clock_of_hours, 0, 9, "",
                              [](Tick tick) {
                                if (tick == 3) throw Error(ErrorKind::stopped, "stop");
                                return true;
                              }),
                    "stop");
  CHECK(ticks == 4);
}
