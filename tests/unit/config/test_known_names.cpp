#include <catch2/catch.hpp>

#include "config/known_names.hpp"

using kith::config::KnownNames;

TEST_CASE("Names that are known admit no other, and names that are unknown admit any") {
  const KnownNames none;
  const KnownNames some(std::vector<std::string>{"age", "town"});
  const KnownNames unknown = KnownNames::unknown();
  CHECK(some.admit("age"));
  CHECK_FALSE(some.admit("sex"));
  CHECK_FALSE(none.admit("age"));
  CHECK(unknown.admit("age"));
  CHECK(none.are_none());
  CHECK_FALSE(some.are_none());
  CHECK_FALSE(unknown.are_none());
  CHECK(some.after({"tone"}).listed() == std::vector<std::string>{"tone", "age", "town"});
  CHECK_FALSE(some.after({"tone"}).admit("sex"));
  CHECK(unknown.after({"tone"}).admit("sex"));
}
