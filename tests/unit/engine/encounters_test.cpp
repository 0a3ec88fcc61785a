#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <vector>

#include "core/distributions.hpp"
#include "engine/contacts.hpp"

using namespace kith;

namespace {

/// Random contacts, several between the same people; their places tell them apart.
std::vector<Contact> random_contacts(std::uint32_t people, std::size_t count) {
  Stream stream = Draws({7, 0}, "test").at(0, 0);
  std::vector<Contact> contacts;
  while (contacts.size() < count) {
    const PersonId a = uniform_below(stream, people);
    const PersonId b = uniform_below(stream, people);
    if (a != b)
      contacts.push_back({.owner = a,
                          .other = b,
                          .tie = uniform_below(stream, 1000),
                          .outcome = 0.0F,
                          .moment = static_cast<std::uint8_t>(1 + 2 * uniform_below(stream, 16)),
                          .is_distant = uniform_below(stream, 2) == 1,
                          .goes_well = uniform_below(stream, 2) == 1});
  }
  return contacts;
}

}  // namespace

TEST_CASE("encounters are the contacts of each person, by their moment, the other person and then as they were drawn") {
  constexpr std::uint32_t people = 3000;  // more than one block
  const auto contacts = random_contacts(people, 20000);
  std::map<PersonId, std::vector<Encounter>> expected;
  for (std::uint32_t c = 0; c < contacts.size(); ++c) {
    const Contact& contact = contacts[c];
    const auto seen = [&](PersonId other) {
      return Encounter{other, contact.tie, contact.moment, contact.is_distant, contact.goes_well, c};
    };
    expected[contact.owner].push_back(seen(contact.other));
    expected[contact.other].push_back(seen(contact.owner));
  }
  Encounters encounters;
  encounters.assign(contacts, people);
  for (PersonId person = 0; person < people; ++person) {
    auto& want = expected[person];
    std::stable_sort(want.begin(), want.end(), [](const auto& a, const auto& b) {
      return a.moment != b.moment ? a.moment < b.moment : a.other < b.other;
    });
    const auto got = encounters.of(person);
    REQUIRE(got.size() == want.size());
    for (std::size_t i = 0; i < want.size(); ++i) {
      REQUIRE(got[i].other == want[i].other);
      REQUIRE(got[i].tie == want[i].tie);
      REQUIRE(got[i].moment == want[i].moment);
      REQUIRE(got[i].is_distant == want[i].is_distant);
      REQUIRE(got[i].goes_well == want[i].goes_well);
      REQUIRE(got[i].contact == want[i].contact);
    }
  }
}

TEST_CASE("several contacts with the same person keep the order in which they were drawn") {
  const std::vector<Contact> contacts{{0, 1, 9, 0.1F}, {2, 0, 8, 0.2F}, {1, 0, 9, 0.3F}, {0, 1, 9, 0.4F}};
  Encounters encounters;
  encounters.assign(contacts, 3);
  const auto of_zero = encounters.of(0);
  REQUIRE(of_zero.size() == 4);
  CHECK(of_zero[0].contact == 0);
  CHECK(of_zero[1].contact == 2);
  CHECK(of_zero[2].contact == 3);
  CHECK(of_zero[3].other == 2);
}

TEST_CASE("encounters forget the tick before") {
  Encounters encounters;
  encounters.assign(random_contacts(50, 300), 50);
  encounters.assign(std::vector<Contact>{{3, 4, 0, 0.5F}}, 10);
  for (PersonId person = 0; person < 10; ++person)
    CHECK(encounters.of(person).size() == (person == 3 || person == 4 ? 1U : 0U));
  encounters.assign({}, 10);
  for (PersonId person = 0; person < 10; ++person) CHECK(encounters.of(person).empty());
}
