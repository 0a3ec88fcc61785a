#include "engine/clock.hpp"

#include <catch2/catch.hpp>

using namespace kith;

TEST_CASE("a clock counts days and times of day from the midnight before its start") {
  const Clock clock(3600, 8.0);  // Mon 08:00
  CHECK(clock.day(0.0) == 0);
  CHECK(clock.time_of_day(0.0) == 8.0);
  CHECK(clock.day(15.75) == 0);
  CHECK(clock.time_of_day(15.75) == 23.75);
  CHECK(clock.day(16.0) == 1);
  CHECK(clock.time_of_day(16.0) == 0.0);
  CHECK(clock.day(16.0 + 24.0 * 365.0) == 366);
  CHECK(clock.time_of_day(17.5 + 24.0 * 365.0) == 1.5);
}

TEST_CASE("the burn-in has negative ticks and days, and times of day as ever") {
  const Clock clock(3600, 8.0);
  CHECK(clock.hours(-1) == -1.0);
  CHECK(clock.day(-8.0) == 0);
  CHECK(clock.time_of_day(-8.0) == 0.0);
  CHECK(clock.day(-9.0) == -1);
  CHECK(clock.time_of_day(-9.0) == 23.0);
  CHECK(clock.day(-24.0 * 28.0) == -28);
  CHECK(clock.time_of_day(-24.0 * 28.0) == 8.0);
}

TEST_CASE("a start later in the week changes no time of day") {
  const Clock monday(900, 8.0);
  const Clock friday(900, 4.0 * 24.0 + 8.0);
  for (Tick tick = -200; tick < 200; ++tick) {
    const double hours = monday.hours(tick);
    REQUIRE(monday.time_of_day(hours) == friday.time_of_day(hours));
    REQUIRE(monday.day(hours) == friday.day(hours));
  }
}

TEST_CASE("the time of a day and hour leads back to them") {
  const Clock clock(900, 6.5);
  for (std::int64_t day = -3; day < 30; ++day) {
    for (double time = 0.0; time < 24.0; time += 0.25) {
      const double hours = clock.at(day, time);
      REQUIRE(clock.day(hours) == day);
      REQUIRE(clock.time_of_day(hours) == time);
    }
  }
}

TEST_CASE("ticks are whole and a tick starts at or after the time asked for") {
  const Clock quarter(900, 0.0);
  CHECK(quarter.tick_hours() == 0.25);
  CHECK(quarter.ticks_per_day() == 96);
  CHECK(quarter.tick_at(1.0) == 4);
  CHECK(quarter.tick_at(1.01) == 5);
  CHECK(quarter.tick_at(0.0) == 0);
  CHECK(quarter.tick_at(-1.1) == -4);
  const Clock minute(60, 0.0);  // a sixtieth of an hour is no binary number
  for (Tick tick = -3000; tick < 3000; ++tick) REQUIRE(minute.tick_at(minute.hours(tick)) == tick);
}

TEST_CASE("nobody is awake in the night, also over midnight and within a tick") {
  const Night night{23.0, 7.0};
  CHECK(night.length() == 8.0);
  CHECK(night.awake(12.0, 1.0) == 1.0);
  CHECK(night.awake(22.0, 1.0) == 1.0);
  CHECK(night.awake(23.0, 1.0) == 0.0);
  CHECK(night.awake(23.5, 1.0) == 0.0);
  CHECK(night.awake(6.0, 1.0) == 0.0);
  CHECK(night.awake(7.0, 1.0) == 1.0);
  CHECK(night.awake(22.5, 1.0) == 0.5);
  CHECK(night.awake(6.75, 1.0) == 0.75);
  CHECK(night.awake(20.0, 6.0) == 3.0);
  CHECK(night.awake(2.0, 6.0) == 1.0);
  CHECK(night.awake(8.0, 24.0) == 16.0);
}

TEST_CASE("a night may lie within one day, and may have no length") {
  const Night early{1.0, 6.0};
  CHECK(early.length() == 5.0);
  CHECK(early.awake(0.0, 2.0) == 1.0);
  CHECK(early.awake(23.0, 3.0) == 2.0);
  CHECK(early.awake(0.0, 24.0) == 19.0);
  const Night none{7.0, 7.0};
  CHECK(none.length() == 0.0);
  CHECK(none.awake(0.0, 24.0) == 24.0);
}

TEST_CASE("the ticks of a day add up to its waking hours, however long they are and whenever they start") {
  for (const Night night : {Night{23.0, 7.0}, Night{1.0, 6.0}, Night{21.5, 5.75}}) {
    for (const std::int64_t seconds : {900, 3600, 6 * 3600, 86400}) {
      for (const double start : {0.0, 8.0, 22.5}) {
        const Clock clock(seconds, start);
        double awake = 0.0;
        for (Tick tick = 0; tick < clock.ticks_per_day(); ++tick)
          awake += night.awake(clock.time_of_day(clock.hours(tick)), clock.tick_hours());
        CAPTURE(night.from, night.to, seconds, start);
        CHECK(awake == 24.0 - night.length());
      }
    }
  }
}
