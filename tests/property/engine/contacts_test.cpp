#include "engine/contacts.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>
#include <tuple>
#include <vector>

#include "core/parallel.hpp"
#include "tests/support/busy_network.hpp"

using namespace kith;
using kith::testing::busy_network;
using kith::testing::BusyNetwork;

namespace {

constexpr float bound = 2.0F;
const Draws draws_of_test({1, 0}, "contacts");

std::vector<Contact> draw(const BusyNetwork& n, std::span<const float> approach, Tick tick, double awake_hours = 1.0) {
  ContactSampler sampler(n.ties, n.rates, bound);
  std::vector<Contact> contacts;
  sampler.draw(n.ties, draws_of_test, tick, testing::awake_for(awake_hours), {approach, {}}, contacts);
  return contacts;
}

/// All that a contact is, so that it can be compared and looked up.
auto all_of(const Contact& c) { return std::tuple(c.owner, c.other, c.tie, c.outcome, c.moment); }

bool same(const std::vector<Contact>& a, const std::vector<Contact>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const Contact& x, const Contact& y) { return all_of(x) == all_of(y); });
}

std::multiset<std::tuple<PersonId, PersonId, TieId, float, std::uint8_t>> set_of(const std::vector<Contact>& contacts) {
  std::multiset<std::tuple<PersonId, PersonId, TieId, float, std::uint8_t>> set;
  for (const Contact& contact : contacts) set.insert(all_of(contact));
  return set;
}

}  // namespace

TEST_CASE("the contacts are the same for any number of threads", "[threaded]") {
  const BusyNetwork n = busy_network(9000, 10, 0.2);  // five blocks of people
  set_threads(1);
  std::vector<std::vector<Contact>> alone;
  for (Tick tick = -2; tick < 6; ++tick) alone.push_back(draw(n, n.approach, tick));
  REQUIRE(alone[0].size() > 500);
  CHECK_FALSE(same(alone[0], alone[1]));
  for (const unsigned count : {2U, 3U, 8U}) {
    set_threads(count);
    for (Tick tick = -2; tick < 6; ++tick)
      CHECK(same(draw(n, n.approach, tick), alone[static_cast<std::size_t>(tick + 2)]));
  }
  set_threads(0);
}

TEST_CASE("encounters are the same for any number of threads", "[threaded]") {
  const BusyNetwork n = busy_network(9000, 10, 0.2);
  const std::vector<Contact> contacts = draw(n, n.approach, 0, 6.0);
  set_threads(1);
  Encounters alone;
  alone.assign(contacts, n.graph.people);
  set_threads(8);
  Encounters together;
  together.assign(contacts, n.graph.people);
  set_threads(0);
  for (PersonId person = 0; person < n.graph.people; ++person) {
    REQUIRE(std::equal(alone.of(person).begin(), alone.of(person).end(), together.of(person).begin(),
                       together.of(person).end(), [](const Encounter& a, const Encounter& b) {
                         return a.other == b.other && a.tie == b.tie && a.moment == b.moment &&
                                a.goes_well == b.goes_well && a.contact == b.contact;
                       }));
  }
}

TEST_CASE("contacts come in the order of their owners and lie on the ties they name") {
  const BusyNetwork n = busy_network(5000, 10, 0.3);
  const std::vector<Contact> contacts = draw(n, n.approach, 3);
  REQUIRE(contacts.size() > 1000);
  CHECK(std::is_sorted(contacts.begin(), contacts.end(),
                       [](const Contact& a, const Contact& b) { return a.owner < b.owner; }));
  for (const Contact& contact : contacts) {
    REQUIRE(contact.tie >= n.ties.owned_begin(contact.owner));
    REQUIRE(contact.tie < n.ties.owned_end(contact.owner));
    REQUIRE(n.ties.other(contact.tie) == contact.other);
    REQUIRE(contact.outcome > 0.0F);
    REQUIRE(contact.outcome <= 1.0F);
  }
}

TEST_CASE("nobody meets while asleep, and nothing is left over from the tick before") {
  const BusyNetwork n = busy_network(500, 10, 0.5);
  ContactSampler sampler(n.ties, n.rates, bound);
  std::vector<Contact> contacts;
  sampler.draw(n.ties, draws_of_test, 12, testing::awake_for(1.0), {n.approach, {}}, contacts);
  CHECK_FALSE(contacts.empty());
  sampler.draw(n.ties, draws_of_test, 13, testing::awake_for(0.0), {n.approach, {}}, contacts);
  CHECK(contacts.empty());
  sampler.draw(n.ties, draws_of_test, 12, testing::awake_for(1.0), {n.approach, {}}, contacts);
  CHECK(same(contacts, draw(n, n.approach, 12)));
}

TEST_CASE(
    "where everybody approaches as much as the bound allows, a person begins exactly the Poisson count of their draw") {
  const BusyNetwork n = busy_network(5000, 10, 0.3);
  const std::vector<float> approach(n.graph.people, bound);
  const ContactSampler sampler(n.ties, n.rates, bound);
  std::vector<std::uint32_t> begun(n.graph.people);
  std::size_t all = 0;
  for (Tick tick = 0; tick < 20; ++tick) {
    std::fill(begun.begin(), begun.end(), 0U);
    for (const Contact& contact : draw(n, approach, tick, 0.5)) ++begun[contact.owner];
    for (PersonId person = 0; person < n.graph.people; ++person) {
      Stream stream = draws_of_test.at(person, tick);
      REQUIRE(begun[person] == poisson(stream, static_cast<double>(0.5F * bound * sampler.total_rate(person))));
      all += begun[person];
    }
  }
  CHECK(all > 20000);
}

TEST_CASE("a tie without a rate never has a contact") {
  const BusyNetwork n = busy_network(200, 10, 1.0);
  for (Tick tick = 0; tick < 300; ++tick) {
    for (const Contact& contact : draw(n, n.approach, tick)) REQUIRE(n.rates[contact.tie] > 0.0F);
  }
}

TEST_CASE("a tie without a rate has no contact even when a draw is as close to 1 as draws come") {
  network::Graph graph{.people = 20};
  for (PersonId other = 1; other < 20; ++other) graph.edges.push_back({.a = 0, .b = other, .closeness = 0.5F});
  const network::Ties ties(graph);
  REQUIRE(ties.owned_begin(0) + 1 < ties.owned_end(0));
  std::vector<float> rates(ties.count(), 0.0F);
  rates[ties.owned_begin(0)] = 1.0F;
  const std::vector<float> approach(20, bound);
  ContactSampler sampler(ties, rates, bound);
  std::vector<Contact> contacts;
  // In these ticks the draw that chooses a tie rounds to 1 in single precision (found by search).
  for (const Tick tick : {61244887, 62344791, 86154391}) {
    sampler.draw(ties, draws_of_test, tick, testing::awake_for(1.0), {approach, {}}, contacts);
    REQUIRE_FALSE(contacts.empty());
    for (const Contact& contact : contacts) CHECK(contact.tie == ties.owned_begin(0));
  }
}

TEST_CASE("people without ties, or with ties that all have no rate, meet nobody") {
  network::Graph graph{.people = 5, .edges = {{.a = 1, .b = 2, .closeness = 0.5F}}};
  const network::Ties ties(graph);
  const std::vector<float> approach(5, 2.0F);
  const std::vector<float> no_rates(1, 0.0F);
  ContactSampler sampler(ties, no_rates, bound);
  std::vector<Contact> contacts;
  for (Tick tick = 0; tick < 100; ++tick) {
    sampler.draw(ties, draws_of_test, tick, testing::awake_for(16.0), {approach, {}}, contacts);
    REQUIRE(contacts.empty());
  }
}

TEST_CASE("worlds that differ in some people's approach share all contacts of the others") {
  const BusyNetwork n = busy_network(4000, 10, 0.3);
  std::vector<float> changed = n.approach;
  const auto is_changed = [](PersonId person) { return person % 3 == 0; };
  for (PersonId person = 0; person < n.graph.people; person += 3) changed[person] = person % 2 == 0 ? 0.4F : 2.0F;
  std::size_t among_others = 0;
  for (Tick tick = 0; tick < 5; ++tick) {
    auto before = draw(n, n.approach, tick);
    auto after = draw(n, changed, tick);
    CHECK_FALSE(same(before, after));
    const auto touches = [&](const Contact& c) { return is_changed(c.owner) || is_changed(c.other); };
    std::erase_if(before, touches);
    std::erase_if(after, touches);
    CHECK(same(before, after));
    among_others += before.size();
  }
  CHECK(among_others > 1000);
}

TEST_CASE("more approach adds contacts and takes none away") {
  const BusyNetwork n = busy_network(4000, 10, 0.3);
  std::vector<float> more = n.approach;
  for (float& approach : more) approach = std::min(bound, approach * 1.3F);
  for (Tick tick = 0; tick < 5; ++tick) {
    const auto before = set_of(draw(n, n.approach, tick));
    const auto after = set_of(draw(n, more, tick));
    CHECK(after.size() > before.size());
    CHECK(std::includes(after.begin(), after.end(), before.begin(), before.end()));
  }
}

TEST_CASE("ties of one person change nobody else's contacts") {
  const BusyNetwork n = busy_network(2000, 10, 0.3);
  std::vector<float> rates = n.rates;
  for (TieId tie = n.ties.owned_begin(7); tie < n.ties.owned_end(7); ++tie) rates[tie] = 3.0F;
  REQUIRE(n.ties.owned_begin(7) < n.ties.owned_end(7));
  ContactSampler sampler(n.ties, rates, bound);
  std::vector<Contact> after;
  sampler.draw(n.ties, draws_of_test, 0, testing::awake_for(1.0), {n.approach, {}}, after);
  auto before = draw(n, n.approach, 0);
  CHECK_FALSE(same(before, after));
  std::erase_if(before, [](const Contact& c) { return c.owner == 7; });
  std::erase_if(after, [](const Contact& c) { return c.owner == 7; });
  CHECK(same(before, after));
}

TEST_CASE("contacts at a distance are told from the same candidates, and what keeps people from meeting cuts no call") {
  const BusyNetwork n = busy_network(3000, 10, 0.3);
  ContactSampler sampler(n.ties, n.rates, bound);
  const std::vector<float> nobody(3000, 0.0F);
  std::vector<Contact> all, calls, meetings, at_home;
  sampler.draw(n.ties, draws_of_test, 0, testing::awake_for(8.0), {n.approach, n.approach, 0.4}, all);
  sampler.draw(n.ties, draws_of_test, 0, testing::awake_for(8.0), {nobody, n.approach, 0.4}, calls);
  sampler.draw(n.ties, draws_of_test, 0, testing::awake_for(8.0), {n.approach, nobody, 0.4}, meetings);
  const auto only = [&](bool is_distant) {
    std::vector<Contact> some = all;
    std::erase_if(some, [&](const Contact& c) { return c.is_distant != is_distant; });
    return some;
  };
  REQUIRE(calls.size() > 300);
  CHECK(same(calls, only(true)));
  CHECK(same(meetings, only(false)));
  // A share of 0.4, to five standard errors.
  const double share = static_cast<double>(calls.size()) / static_cast<double>(all.size());
  CHECK(std::abs(share - 0.4) < 5.0 * std::sqrt(0.24 / static_cast<double>(all.size())));

  std::vector<float> home_from(3000, 0.0F);
  for (PersonId p = 0; p < 3000; p += 2) home_from[p] = 0.7F;
  sampler.draw(
      n.ties, draws_of_test, 0, testing::awake_for(8.0),
      {.in_person = nobody, .at_distance = nobody, .distant_share = 0.4, .at_home = n.approach, .home_from = home_from},
      at_home);
  std::vector<Contact> expected = meetings;
  std::erase_if(expected, [&](const Contact& c) {
    const bool is_cut = c.owner % 2 == 0 || c.other % 2 == 0;
    return is_cut && n.ties.closeness(c.tie) < 0.7F;
  });
  REQUIRE(expected.size() < meetings.size());
  CHECK(same(at_home, expected));
}

TEST_CASE("moments are the odd parts of a tick in which people are awake, each as often as the other") {
  const BusyNetwork n = busy_network(3000, 10, 0.3);
  ContactSampler sampler(n.ties, n.rates, bound);
  const Waking evening = Night{}.waking(18.0, 6.0);  // awake till eleven
  CHECK(evening.hours == Approx(5.0));
  CHECK(evening.count == 14);
  CHECK(evening.moments[13] == 27);
  CHECK(Night{}.waking(0.0, 6.0).count == 0);
  CHECK(Night{}.waking(6.0, 6.0).moments[0] == 5);
  std::vector<Contact> contacts;
  sampler.draw(n.ties, draws_of_test, 0, evening, {n.approach, {}}, contacts);
  std::vector<double> counts(parts_of_tick);
  for (const Contact& c : contacts) counts[c.moment] += 1.0;
  const double expected = static_cast<double>(contacts.size()) / 14.0;
  REQUIRE(expected > 50.0);
  for (std::uint8_t part = 0; part < parts_of_tick; ++part) {
    const bool is_moment = part % 2 == 1 && part <= 27;
    CHECK(std::abs(counts[part] - (is_moment ? expected : 0.0)) <= (is_moment ? 5.0 * std::sqrt(expected) : 0.0));
  }
}
