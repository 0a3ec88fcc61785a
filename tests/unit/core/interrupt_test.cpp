#include "core/interrupt.hpp"

#include <catch2/catch.hpp>

#include "core/error.hpp"

TEST_CASE("Long loops end when a stop is asked for, and go on when it is taken back") {
  CHECK_NOTHROW(kith::check_interrupt());
  kith::interrupt();
  CHECK_THROWS_AS(kith::check_interrupt(), kith::Error);
  CHECK_THROWS_AS(kith::check_interrupt(), kith::Error);
  kith::clear_interrupt();
  CHECK_NOTHROW(kith::check_interrupt());
}
