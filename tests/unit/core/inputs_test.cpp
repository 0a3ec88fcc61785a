#include "core/inputs.hpp"

#include <catch2/catch.hpp>

#include "core/error.hpp"

using namespace kith;

TEST_CASE("while a store lives a file is read once, and without one each time") {
  int reads = 0;
  const auto from_disk = [&] { return "read " + std::to_string(++reads); };
  CHECK(read_input("a.csv", from_disk) == "read 1");
  CHECK(kept_input("a.csv") == nullptr);
  {
    const InputStore store;
    CHECK(read_input("a.csv", from_disk) == "read 2");
    CHECK(read_input("a.csv", from_disk) == "read 2");
    REQUIRE(kept_input("a.csv") != nullptr);
    CHECK(*kept_input("a.csv") == "read 2");
    CHECK(is_input_there("a.csv"));
    CHECK(input_size("a.csv") == 6);
    CHECK_FALSE(is_input_there("no such file"));
  }
  CHECK(read_input("a.csv", from_disk) == "read 3");
  CHECK_FALSE(is_input_there("a.csv"));
  CHECK_FALSE(input_size("a.csv"));
}

TEST_CASE("a closed store has its own files and no others, whatever the disk has") {
  const std::string here = KITH_SOURCE_DIR "/README.md";  // __FILE__ may be relative to the folder of the build
  const auto from_disk = []() -> std::string { throw std::logic_error("the disk was read"); };
  CHECK(is_input_there(here));
  const InputStore outer({{"b.csv", std::make_shared<const std::string>("outer")}});
  {
    const InputStore store({{"a.csv", std::make_shared<const std::string>("a,b\n")}}, InputStore::Disk::closed);
    CHECK(read_input("a.csv", from_disk) == "a,b\n");
    CHECK_FALSE(is_input_there(here));
    CHECK_FALSE(is_input_there("b.csv"));
    CHECK_THROWS_AS(read_input(here, from_disk), Error);
  }
  CHECK(read_input("b.csv", from_disk) == "outer");
}
