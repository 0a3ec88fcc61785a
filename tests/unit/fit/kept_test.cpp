#include "fit/kept.hpp"

#include <catch2/catch.hpp>

#include "core/error.hpp"

using namespace kith;
using namespace kith::fit;

TEST_CASE("kept simulations are read back, those of another problem and damaged ones are refused") {
  KeptSimulations kept("mine");
  kept.add({0.5, 2.0}, 7, {{1.0, -2.0}, ""});
  kept.add({0.5, 2.0}, 8, {{}, "fell over"});
  KeptSimulations again("mine");
  again.read(kept.bytes());
  CHECK(again.size() == 2);
  CHECK(again.find({0.5, 2.0}, 7)->values == std::vector{1.0, -2.0});
  CHECK(again.find({0.5, 2.0}, 8)->failure == "fell over");
  CHECK_FALSE(again.find({0.5, 2.1}, 7));
  CHECK_FALSE(again.find({0.5, 2.0}, 9));
  KeptSimulations other("yours");
  CHECK_THROWS_WITH(other.read(kept.bytes()), Catch::Contains("another problem"));
  std::vector<std::byte> half = kept.bytes();
  half.resize(half.size() / 2);
  KeptSimulations third("mine");
  CHECK_THROWS_AS(third.read(half), Error);
}
