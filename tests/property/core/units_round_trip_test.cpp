#include <bit>
#include <catch2/catch.hpp>
#include <cmath>
#include <optional>
#include <string>

#include "core/distributions.hpp"
#include "core/units.hpp"

using kith::Dimension;

namespace {

constexpr Dimension dimensions[] = {Dimension::none,   Dimension::share,     Dimension::time,
                                    Dimension::mass,   Dimension::rate,      Dimension::concentration,
                                    Dimension::volume, Dimension::clearance, Dimension::mass_per_body};

void check_round_trip(double value, Dimension dimension) {
  const std::string text = kith::print_quantity(value, dimension);
  CAPTURE(text);
  const bool is_too_long = dimension == Dimension::time && std::abs(value) > 200.0 * 8766.0;
  REQUIRE(kith::parse_quantity(text, dimension).value == (is_too_long ? std::nullopt : std::optional(value)));
}

}  // namespace

TEST_CASE("What is printed reads back as the same double, for any bits") {
  const kith::Draws draws({5, 0}, "any double");
  for (std::uint32_t i = 0; i < 20000; ++i) {
    kith::Stream stream = draws.at(i, 0);
    const std::uint64_t high = stream();
    const double value = std::bit_cast<double>((high << 32) | stream());
    if (!std::isfinite(value) || std::fpclassify(value) == FP_SUBNORMAL) continue;
    for (const Dimension dimension : dimensions) check_round_trip(value, dimension);
  }
}

TEST_CASE("What is printed reads back as the same double, for the numbers people use") {
  for (const Dimension dimension : dimensions) {
    for (int thousandths = -1000; thousandths <= 20000; ++thousandths)
      check_round_trip(thousandths / 1000.0, dimension);
    for (int whole = 20; whole <= 10000; ++whole) check_round_trip(whole, dimension);
  }
}

TEST_CASE("Every quantity that people write in any unit survives being printed") {
  for (const kith::Unit& unit : kith::all_units()) {
    for (int tenths = 0; tenths <= 2000; ++tenths) {
      const std::string text =
          std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " " + std::string(unit.name);
      const kith::Quantity quantity = kith::parse_quantity(text, unit.dimension);
      REQUIRE(quantity.value.has_value());
      check_round_trip(*quantity.value, unit.dimension);
    }
  }
}
