#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <fstream>
#include <numeric>

#include "models/people/meeting.hpp"
#include "tests/support/eventful_world.hpp"
#include "tests/support/scratch_folder.hpp"

using namespace kith;
using kith::testing::EventfulWorld;

namespace {

// 0.1 % of a normal deviate lies beyond, both sides together.
constexpr double z_bound = 3.29;

double deviation(double count, double expected) { return (count - expected) / std::sqrt(expected); }

/// Approach is 1 for all.
std::string indifferent(const std::string& events) {
  return R"(
kith: 1
title: Events
theory: none
time: {tick: 6 h, burn_in: 0 d, duration: 20 d}
people: {count: 2000}
network: {generate: layers, sizes: [5, 10]}
feelings: {loneliness: {approach: 0}}
seed: 5
events:
)" + events;
}

double contacts_of_all(const EventfulWorld& w) {
  const auto& contacts = w.model().people().contacts;
  return std::accumulate(contacts.begin(), contacts.end(), 0.0) / 2.0;
}

}  // namespace

TEST_CASE("where everybody's opportunity is 0.3 there are 30 % of the contacts, and √(o o') of them on every tie") {
  const double usual = 6.5 * 2000.0 / 2.0 * 20.0;
  const EventfulWorld all(indifferent("  - {at: 0 d, do: {opportunity: 0.3}}"));
  all.run();
  CHECK(std::abs(deviation(contacts_of_all(all), 0.3 * usual)) < z_bound);
  CHECK_FALSE(std::abs(deviation(contacts_of_all(all), 0.32 * usual)) < z_bound);  // must fail

  const EventfulWorld third(indifferent("  - {at: 0 d, target: {tone: lowest third}, do: {opportunity: 0.3}}"));
  third.run();
  const network::Ties& ties = third.model().ties();
  const auto rates = people::contact_rates(third.scenario->meeting, ties);
  const auto factor = [&](PersonId p) { return third.population->tone_tercile[p] == 0 ? 0.3 : 1.0; };
  double expected = 0.0;
  for (PersonId p = 0; p < 2000; ++p) {
    for (TieId tie = ties.owned_begin(p); tie < ties.owned_end(p); ++tie)
      expected += static_cast<double>(rates[tie]) * std::sqrt(factor(p) * factor(ties.other(tie))) * 16.0 * 20.0;
  }
  CHECK(std::abs(deviation(contacts_of_all(third), expected)) < z_bound);
  CHECK(expected < 0.85 * usual);
}

TEST_CASE("what happens at a rate is a Poisson process of each person: its mean and its spread") {
  const EventfulWorld w(indifferent("  - {rate: 12 /a, do: {distress: 0}}"),
                        {{"people.count=3000"}, {"time.duration=365 d"}});
  for (Tick tick = 0; tick < w.last(); ++tick) w.happen(tick);
  double count = 0.0;
  for (const events::Occurrence& occurrence : w.events->log()) count += occurrence.people;
  const auto expected = [](double rate) { return 3000.0 * 1460.0 * (1.0 - std::exp(-rate * 6.0 / 8766.0)); };
  CHECK(std::abs(deviation(count, expected(12.0))) < z_bound);
  CHECK_FALSE(std::abs(deviation(count, expected(12.3))) < z_bound);  // must fail

  // Counts of ticks are binomial: their variance is that of n = 3000 within the bounds of 1460 of them.
  const double p = expected(12.0) / 3000.0 / 1460.0;
  std::vector<double> counts(1460, 0.0);
  for (const events::Occurrence& occurrence : w.events->log())
    counts[static_cast<std::size_t>(occurrence.hours / 6.0)] = occurrence.people;
  const double mean = 3000.0 * p;
  double variance = 0.0;
  for (const double k : counts) variance += (k - mean) * (k - mean) / 1460.0;
  const double ratio = variance / (mean * (1.0 - p));
  CHECK(std::abs(ratio - 1.0) < z_bound * std::sqrt(2.0 / 1460.0));
}

TEST_CASE("contacts of a programme come at their rate in waking hours, in addition to the others") {
  const EventfulWorld w(indifferent("  - {at: 2 d, target: {share: 50 %}, do: {contact: {per_day: 2}, for: 10 d}}"),
                        {{"meeting.contacts_per_day=0"}});
  w.run();
  const auto& contacts = w.model().people().contacts;
  const double count = std::accumulate(contacts.begin(), contacts.end(), 0.0);
  CHECK(std::abs(deviation(count, 1000.0 * 2.0 * 10.0)) < z_bound);
  CHECK_FALSE(std::abs(deviation(count, 1000.0 * 2.0 * 10.5)) < z_bound);  // must fail
  CHECK(std::count(contacts.begin(), contacts.end(), 0U) >= 1000);
}

TEST_CASE("each tie that an event may end ends with its probability, and no other does") {
  const auto kinds = [](const Model& model) {
    std::array<double, 3> counts{};
    for (PersonId p = 0; p < model.people().count; ++p) {
      for (TieId tie = model.ties().owned_begin(p); tie < model.ties().owned_end(p); ++tie)
        counts[static_cast<std::size_t>(model.ties().kind(tie))] += 1.0;
    }
    return counts;
  };
  const EventfulWorld w(indifferent("  - {at: 0 d, do: {lose_ties: {kind: friendship, share: 40 %}}}"),
                        {{"ties=living"},
                         {"ties.ends.of_silence=0"},
                         {"ties.ends.by_layer=[0 /a, 0 /a, 0 /a, 0 /a]"},
                         {"ties.beginnings.seeking=0 /d"}});
  const auto before = kinds(w.model());
  w.run(0, 5);
  const auto after = kinds(w.model());
  // Both ends are reached, so a tie stays with probability 0.6².
  const auto z = [&](double stays) {
    return (after[1] - stays * before[1]) / std::sqrt(before[1] * stays * (1.0 - stays));
  };
  CHECK(std::abs(z(0.36)) < z_bound);
  CHECK_FALSE(std::abs(z(0.4)) < z_bound);  // must fail
  CHECK(after[0] == before[0]);
  CHECK(after[2] == before[2]);
}

TEST_CASE("homophily makes ties of the same value as many times as likely as it says; a focus holds ties within it") {
  const ScratchFolder folder;
  std::ofstream(folder / "people.csv") << [] {
    std::string text = "id,class,sex\n";
    for (int p = 0; p < 1500; ++p)
      text += std::to_string(p) + ",c" + std::to_string(p % 50) + (p % 2 == 0 ? ",f\n" : ",m\n");
    return text;
  }();
  struct Count {
    double all = 0.0, same_sex = 0.0, same_class = 0.0;
  };
  const auto count = [&](const std::vector<config::Override>& likes) {
    std::vector<config::Override> overrides{{"people.count=1500"},
                                            {"time.duration=60 d"},
                                            {"people.columns.file=" + folder / "people.csv"},
                                            {"ties=living"},
                                            {"ties.beginnings.triad_ratio=1"},
                                            {"ties.beginnings.introduction=0 %"},
                                            {"ties.beginnings.seeking=1 /d"},
                                            {"ties.ends.by_layer=[3 /a, 3 /a, 3 /a, 3 /a]"}};
    overrides.insert(overrides.end(), likes.begin(), likes.end());
    const EventfulWorld w(indifferent("  []"), overrides);
    w.run();
    Count result;
    for (const network::TieEvent& event : w.model().living()->events()) {
      if (event.what != network::TieChange::began) continue;
      result.all += 1.0;
      result.same_sex += event.a % 2 == event.b % 2 ? 1.0 : 0.0;
      result.same_class += event.a % 50 == event.b % 50 ? 1.0 : 0.0;
    }
    return result;
  };
  const auto z = [](double part, double all, double share) {
    return (part - share * all) / std::sqrt(all * share * (1.0 - share));
  };
  const Count indifferent_to_sex = count({{"ties.beginnings.focus=0 %"}});
  REQUIRE(indifferent_to_sex.all > 1000.0);
  CHECK(std::abs(z(indifferent_to_sex.same_sex, indifferent_to_sex.all, 0.5)) < z_bound);
  const Count alike = count({{"ties.beginnings.focus=0 %"}, {"ties.beginnings.homophily={by: sex, ratio: 3}"}});
  CHECK(std::abs(z(alike.same_sex, alike.all, 0.75)) < z_bound);
  CHECK_FALSE(std::abs(z(alike.same_sex, alike.all, 0.5)) < z_bound);  // must fail
  const Count within = count({{"ties.beginnings.focus=100 %"}, {"ties.beginnings.foci=[class]"}});
  REQUIRE(within.all > 100.0);
  CHECK(within.same_class == within.all);
  CHECK(indifferent_to_sex.same_class < 0.1 * indifferent_to_sex.all);
}

TEST_CASE("strangers who sing together become acquainted with the probability that it says, where they have places") {
  // Everybody is as warm as can be and no theory adds to the reward, so it is that of a stranger's full warmth.
  const std::vector<config::Override> plain{{"ties=living"},
                                            {"ties.ends.of_silence=0"},
                                            {"ties.ends.by_layer=[0 /a, 0 /a, 0 /a, 0 /a]"},
                                            {"ties.beginnings.seeking=0 /d"},
                                            {"meeting.contacts_per_day=0"},
                                            {"feelings.loneliness.coldness=0"},
                                            {"feelings.loneliness.coldness_of_distress=0"},
                                            {"network.sizes=[5, 10, 20]"}};
  const auto begun = [&](const std::string& first) {
    const EventfulWorld w(
        indifferent(first + "  - {at: 2 d, do: {session: {size: 2000, contacts: 1, acquainted: 30 %}}}"), plain);
    w.run(0, 8);
    const std::uint32_t before = w.model().ties().count();
    double strangers = 0.0;
    for (PersonId p = 0; p < 2000; ++p) strangers += 1.0 - static_cast<double>(w.model().ties().degree(p)) / 1999.0;
    w.run(8, 13);
    return std::pair(static_cast<double>(w.model().ties().count() - before), strangers);
  };
  const std::pair<double, double> in_places = begun("  - {at: 0 d, do: {lose_ties: {share: 30 %}}}\n");
  const auto z = [&](double share) {
    return (in_places.first - share * in_places.second) / std::sqrt(in_places.second * share * (1.0 - share));
  };
  CHECK(std::abs(z(0.3)) < z_bound);
  CHECK_FALSE(std::abs(z(0.4)) < z_bound);  // must fail
  CHECK(begun("").first == 0.0);            // nobody has a free place
}
