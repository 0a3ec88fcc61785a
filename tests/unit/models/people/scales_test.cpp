#include "models/people/scales.hpp"

#include <catch2/catch.hpp>

namespace kith::people {
namespace {

TEST_CASE("fixed scales say their number and that it is the same everywhere") {
  const std::vector<std::string> said = describe({0.25F, 0.7F, std::nullopt, std::nullopt});
  CHECK(said ==
        std::vector<std::string>{
            "Lonely: loneliness above 0.25, the same number in every population.",
            "Isolated: LSNS-like score below 12, private matters being talked about from a closeness of 0.7, the same "
            "number in every population."});
}

TEST_CASE("a share says so, with the number that it came to") {
  const std::vector<std::string> said = describe({0.18364F, 0.7F, 0.24, std::nullopt});
  CHECK(said.front() ==
        "Lonely: loneliness above 0.184, chosen so that 24 % of this population were after the burn-in.");
  CHECK(said.back().find("the same number") != std::string::npos);
}

}  // namespace
}  // namespace kith::people
