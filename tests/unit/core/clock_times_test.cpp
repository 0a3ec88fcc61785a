#include <catch2/catch.hpp>
#include <string>

#include "core/units.hpp"

using kith::parse_time_of_day;
using kith::parse_week_time;
using kith::print_time_of_day;

TEST_CASE("Times of day are hours since midnight") {
  CHECK(parse_time_of_day("09:00") == 9.0);
  CHECK(parse_time_of_day("9:30") == 9.5);
  CHECK(parse_time_of_day(" 00:00 ") == 0.0);
  CHECK(parse_time_of_day("23:45") == 23.75);
}

TEST_CASE("Anything else is no time of day") {
  for (const char* text : {"", ":", "9", "9:0", "9:000", "24:00", "12:60", "-1:00", "009:00", "09.00", "09:00 am",
                           "a9:00", "9:0x", "09:00:00", "x", "0x9:00"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_time_of_day(text).has_value());
  }
}

TEST_CASE("Every minute of the day prints and reads back") {
  for (int minute = 0; minute < 1440; ++minute) {
    const double hours = minute / 60.0;
    CHECK(parse_time_of_day(print_time_of_day(hours)) == hours);
  }
  CHECK(print_time_of_day(9.0) == "09:00");
  CHECK(print_time_of_day(33.5) == "09:30");
  CHECK(print_time_of_day(-1.0) == "23:00");
  CHECK(print_time_of_day(23.9999) == "00:00");
}

TEST_CASE("Times of the week are hours since Monday 00:00") {
  CHECK(parse_week_time("Mon 08:00") == 8.0);
  CHECK(parse_week_time("tue 0:30") == 24.5);
  CHECK(parse_week_time("Sun  23:45") == 6 * 24 + 23.75);
  for (const char* text :
       {"", "Mon", "Monday 08:00", "Mon08:00", "Mo 08:00", "08:00", "Mon 24:00", "Xyz 08:00", "Mon 8"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_week_time(text).has_value());
  }
}
