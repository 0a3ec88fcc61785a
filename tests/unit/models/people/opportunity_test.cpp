#include "models/people/opportunity.hpp"

#include <catch2/catch.hpp>

using namespace kith;
using namespace kith::people;

TEST_CASE("readiness is approach times opportunity, for each kind of contact, and no more than its bound") {
  People people;
  people.resize(3);
  people.approach.now = {0.5F, 1.0F, 1.5F};
  Opportunity opportunity;
  Readiness ready = opportunity.readiness(people, 0.3, 2.0F);
  CHECK(ready.distant_share == 0.3);
  CHECK(ready.in_person[2] == 1.5F);
  CHECK(ready.at_distance[2] == 1.5F);
  CHECK(ready.home_from.empty());
  opportunity.set(
      {.in_person = {1.0F, 0.5F, 0.0F}, .at_distance = {1.0F, 2.0F, 2.0F}, .home_from = {0.0F, 0.9F, 2.0F}});
  ready = opportunity.readiness(people, 0.3, 2.0F);
  CHECK(std::vector<float>(ready.in_person.begin(), ready.in_person.end()) == std::vector<float>{0.5F, 0.5F, 0.0F});
  CHECK(std::vector<float>(ready.at_distance.begin(), ready.at_distance.end()) == std::vector<float>{0.5F, 2.0F, 2.0F});
  CHECK(ready.at_home[2] == 1.5F);
  CHECK(ready.home_from[1] == 0.9F);
}
