#include "models/people/meeting.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace kith;
using namespace kith::people;

TEST_CASE("the quality of a contact rises from that of a stranger to 1, times the partner's warmth") {
  MeetingParams p;
  p.quality_least = 0.3F;
  CHECK(contact_quality(p, 0.0F, 1.0F) == Approx(0.3F));
  CHECK(contact_quality(p, 1.0F, 1.0F) == Approx(1.0F));
  CHECK(contact_quality(p, 0.5F, 0.8F) == Approx(0.65F * 0.8F));
}

TEST_CASE("rates fall as exp(−η (1 − w)), have the tie's opportunity, and give the mean person the contacts of a day") {
  network::Graph graph{.people = 5,
                       .edges = {{.a = 0, .b = 1, .closeness = 0.9F},
                                 {.a = 0, .b = 2, .closeness = 0.5F, .opportunity = 0.25F},
                                 {.a = 1, .b = 2, .closeness = 0.2F},
                                 {.a = 2, .b = 3, .closeness = 0.6F}}};
  network::make_simple(graph);
  const network::Ties ties(graph);
  MeetingParams p;
  p.closeness_slope = 4.0;
  p.contacts_per_day = 3.0;
  p.night = {22.0, 8.0};  // fourteen waking hours
  const std::vector<float> rates = contact_rates(p, ties);
  const auto rate = [&](PersonId a, PersonId b) { return static_cast<double>(rates[ties.find(a, b)]); };
  CHECK(rate(0, 2) / rate(0, 1) == Approx(0.25 * std::exp(-4.0 * 0.4)).epsilon(1e-5));
  CHECK(rate(1, 2) / rate(0, 1) == Approx(std::exp(-4.0 * 0.7)).epsilon(1e-5));
  double ends = 0.0;
  for (const float each : rates) ends += 2.0 * static_cast<double>(each);
  CHECK(ends * 14.0 / 5.0 == Approx(3.0).epsilon(1e-5));  // who has no ties counts among the people
  CHECK(rate(0, 1) == Approx(rate_scale(p, ties) * std::exp(-4.0 * 0.1)).epsilon(1e-5));
  CHECK(rate_scale(p, network::Ties(network::Graph{.people = 3})) == 0.0);
}
