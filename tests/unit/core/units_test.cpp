#include "core/units.hpp"

#include <catch2/catch.hpp>
#include <locale>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>

using kith::Dimension;
using kith::parse_number;
using kith::parse_quantity;
using kith::print_quantity;

namespace {

struct Wrong {
  const char* text;
  Dimension dimension;
  const char* problem;
  const char* suggestion;
};

}  // namespace

TEST_CASE("Quantities are read in every unit") {
  struct Right {
    const char* text;
    Dimension dimension;
    double value;
  };
  const Right all[] = {{"30 h", Dimension::time, 30.0},
                       {"30h", Dimension::time, 30.0},
                       {"  1.5e1  h ", Dimension::time, 15.0},
                       {"4 d", Dimension::time, 96.0},
                       {"90 min", Dimension::time, 1.5},
                       {"36 s", Dimension::time, 0.01},
                       {"2 wk", Dimension::time, 336.0},
                       {"1 a", Dimension::time, 8766.0},
                       {"200 a", Dimension::time, 1753200.0},
                       {"1 y", Dimension::time, 8766.0},
                       {"-2 h", Dimension::time, -2.0},
                       {"50 mg", Dimension::mass, 50.0},
                       {"7 ug", Dimension::mass, 0.007},
                       {"2 g", Dimension::mass, 2000.0},
                       {"0.07 ng/mL", Dimension::concentration, 0.07},
                       {"3 ug/L", Dimension::concentration, 3.0},
                       {"2 mg/L", Dimension::concentration, 2000.0},
                       {"0.3 /d", Dimension::rate, 0.3 / 24.0},
                       {"2 /h", Dimension::rate, 2.0},
                       {"1 /min", Dimension::rate, 60.0},
                       {"7 /wk", Dimension::rate, 7.0 / 168.0},
                       {"1/a", Dimension::rate, 1.0 / 8766.0},
                       {"350 mL", Dimension::volume, 0.35},
                       {"12 L", Dimension::volume, 12.0},
                       {"50 L/h", Dimension::clearance, 50.0},
                       {"100 mL/min", Dimension::clearance, 6.0},
                       {"0.15 mg/kg", Dimension::mass_per_body, 0.15},
                       {"15 ug/kg", Dimension::mass_per_body, 0.015},
                       {"25 %", Dimension::share, 0.25},
                       {"7%", Dimension::share, 0.07},
                       {"0.97", Dimension::share, 0.97},
                       {".05", Dimension::none, 0.05},
                       {"+3", Dimension::none, 3.0},
                       {"1e3", Dimension::none, 1000.0},
                       {"0", Dimension::none, 0.0}};
  for (const Right& right : all) {
    CAPTURE(right.text);
    const kith::Quantity quantity = parse_quantity(right.text, right.dimension);
    CAPTURE(quantity.problem);
    CHECK(quantity.value == right.value);
    CHECK(quantity.problem.empty());
  }
}

TEST_CASE("A wrong quantity is refused with a problem and a suggestion") {
  const std::string times = "use one of h, s, min, d, wk, a, y";
  const Wrong all[] = {
      {"201 a", Dimension::time, "\"201 a\" is too long", "no time in Kith is longer than 200 years"},
      {"-1e9 d", Dimension::time, "\"-1e9 d\" is too long", "no time in Kith is longer than 200 years"},
      {"30", Dimension::time, "\"30\" has no unit, but this is a time", times.c_str()},
      {"0", Dimension::time, "\"0\" has no unit, but this is a time", times.c_str()},
      {"30 hr", Dimension::time, "unknown unit \"hr\"", "did you mean \"h\"?"},
      {"30 Hours", Dimension::time, "unknown unit \"Hours\"", "did you mean \"h\"?"},
      {"5 dy", Dimension::time, "unknown unit \"dy\"", "did you mean \"d\"?"},
      {"5 q", Dimension::time, "unknown unit \"q\"", times.c_str()},
      {"5 mg", Dimension::time, "\"mg\" is the unit of a mass, but this is a time", times.c_str()},
      {"5 %", Dimension::time, "\"%\" is the unit of a share, but this is a time", times.c_str()},
      {"5 MG", Dimension::mass, "unknown unit \"MG\"", "did you mean \"mg\"?"},
      {"5 µg", Dimension::mass, "unknown unit \"µg\"", "did you mean \"ug\"?"},
      {"5 kg", Dimension::mass, "unknown unit \"kg\"", "did you mean \"mg\"?"},
      {"5 ng/ml", Dimension::concentration, "unknown unit \"ng/ml\"", "did you mean \"ng/mL\"?"},
      {"5 ng/L", Dimension::concentration, "unknown unit \"ng/L\"", "did you mean \"ng/mL\"?"},
      {"5 h", Dimension::none, "\"h\" is the unit of a time, but this is a plain number", "leave the unit out"},
      {"5 h", Dimension::share, "\"h\" is the unit of a time, but this is a share",
       "write a plain number or a percentage"},
      {"5 percent", Dimension::share, "unknown unit \"percent\"", "did you mean \"%\"?"},
      {"", Dimension::time, "no value", "write a number and a unit, such as \"2 h\""},
      {"h", Dimension::time, "\"h\" is not a number", "write a number and a unit, such as \"2 h\""},
      {"nan", Dimension::none, "\"nan\" is not a number", "write a number"},
      {".inf", Dimension::none, "\".inf\" is not a number", "write a number"},
      {"-inf", Dimension::none, "\"-inf\" is not a number", "write a number"},
      {"0x10", Dimension::none, "\"0x10\" is not a decimal number", "write digits and at most one decimal point"},
      {"1_000", Dimension::none, "\"1_000\" is not a decimal number", "write digits and at most one decimal point"},
      {"1.2.3", Dimension::none, "\"1.2.3\" is not a decimal number", "write digits and at most one decimal point"},
      {"0,5 h", Dimension::time, "\"0,5 h\" has a comma", "write a decimal point, and no separators of thousands"},
      {"010 h", Dimension::time, "\"010\" has a leading zero", "write it without leading zeros"},
      {"-00.5", Dimension::none, "\"-00.5\" has a leading zero", "write it without leading zeros"},
      {"1e999 h", Dimension::time, "\"1e999\" is too large or too small", ""},
      {"1e-999 h", Dimension::time, "\"1e-999\" is too large or too small", ""},
      {"1e308 wk", Dimension::time, "\"1e308 wk\" is too large", ""},
      {"1 h 2", Dimension::time, "unknown unit \"h 2\"", "did you mean \"h\"?"},
  };
  for (const Wrong& wrong : all) {
    CAPTURE(wrong.text);
    const kith::Quantity quantity = parse_quantity(wrong.text, wrong.dimension);
    CHECK_FALSE(quantity.value.has_value());
    CHECK(quantity.problem == wrong.problem);
    CHECK(quantity.suggestion == wrong.suggestion);
  }
}

TEST_CASE("Plain numbers follow the same rules") {
  CHECK(parse_number("12.5") == 12.5);
  CHECK(parse_number("-1e-3") == -0.001);
  CHECK(parse_number("5.") == 5.0);
  for (const char* text :
       {"", "-", ".", "e5", "1e", "1e+", "010", "0x1F", "nan", "inf", "1 2", "1h", "1,5", "--1", "1e400"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_number(text).has_value());
  }
}

TEST_CASE("Quantities print in the unit that needs the fewest digits") {
  CHECK(print_quantity(36.0, Dimension::time) == "36 h");
  CHECK(print_quantity(96.0, Dimension::time) == "4 d");
  CHECK(print_quantity(672.0, Dimension::time) == "28 d");
  CHECK(print_quantity(8766.0, Dimension::time) == "1 a");
  CHECK(print_quantity(0.25, Dimension::time) == "15 min");
  CHECK(print_quantity(1.0, Dimension::time) == "1 h");
  CHECK(print_quantity(0.0, Dimension::time) == "0 h");
  CHECK(print_quantity(50.0, Dimension::mass) == "50 mg");
  CHECK(print_quantity(0.07, Dimension::concentration) == "0.07 ng/mL");
  CHECK(print_quantity(0.3 / 24.0, Dimension::rate) == "0.3 /d");
  CHECK(print_quantity(0.97, Dimension::share) == "0.97");
  CHECK(print_quantity(1e-9, Dimension::none) == "1e-09");
}

TEST_CASE("The table of units is consistent") {
  std::set<std::string_view> seen;
  for (const kith::Unit& unit : kith::all_units()) {
    CAPTURE(unit.name);
    CHECK(unit.size > 0.0);
    if (unit.name.empty()) continue;
    CHECK(seen.insert(unit.name).second);
    CHECK(kith::dimension_of(unit.name) == unit.dimension);
    const kith::Quantity one = parse_quantity("1 " + std::string(unit.name), unit.dimension);
    CHECK(one.value == unit.size);
    CHECK_FALSE(kith::name(unit.dimension).empty());
    const kith::Quantity canonical =
        parse_quantity("3 " + std::string(kith::canonical_unit(unit.dimension)), unit.dimension);
    CHECK(canonical.value == 3.0);
  }
  CHECK(kith::dimension_of("") == Dimension::none);
  CHECK_THROWS_AS(kith::dimension_of("furlong"), std::invalid_argument);
}

TEST_CASE("Numbers do not depend on the locale") {
  struct Comma : std::numpunct<char> {
    char do_decimal_point() const override { return ','; }
    char do_thousands_sep() const override { return '.'; }
    std::string do_grouping() const override { return "\3"; }
  };
  const std::locale before = std::locale::global(std::locale(std::locale::classic(), new Comma));
  std::ostringstream stream;
  stream << 12345.5;
  const kith::Quantity quantity = parse_quantity("0.5 h", Dimension::time);
  const std::string printed = print_quantity(12345.5, Dimension::none);
  std::locale::global(before);
  CHECK(stream.str() == "12.345,5");  // the locale was in force
  CHECK(quantity.value == 0.5);
  CHECK(printed == "12345.5");
}
