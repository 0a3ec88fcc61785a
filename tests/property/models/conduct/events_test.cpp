#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <ctime>
#include <limits>
#include <map>
#include <numeric>
#include <string>

#include "tests/support/event_texts.hpp"
#include "tests/support/eventful_world.hpp"

using namespace kith;
using kith::testing::all_kinds_of_events;
using kith::testing::eventful;
using kith::testing::EventfulWorld;

namespace {

using Held = std::map<std::pair<PersonId, PersonId>, float>;

Held held(const network::Graph& graph) {
  Held ties;
  for (const network::Edge& edge : graph.edges) ties[{edge.a, edge.b}] = edge.closeness;
  return ties;
}

}  // namespace

TEST_CASE("opportunity ends exactly when it says, and those of several events multiply until then") {
  const EventfulWorld w(
      eventful("  - {at: 2 d, target: {tone: lowest third}, do: {opportunity: 0.5, for: 4 d}}\n"
               "  - {at: 3 d, do: {opportunity: 0.25, for: 1 d}}"));
  const auto expected = [&](double day, PersonId p) {
    float factor = 1.0F;
    if (day >= 2.0 && day < 6.0 && w.population->tone_tercile[p] == 0) factor *= 0.5F;
    if (day >= 3.0 && day < 4.0) factor *= 0.25F;
    return factor;
  };
  for (Tick tick = 0; tick < 40; ++tick) {
    w.run(tick, tick + 1);
    const double day = static_cast<double>(tick) / 4.0;
    const std::vector<float> opportunity = w.model().opportunity().in_person;
    CHECK(opportunity.empty() == (day < 2.0 || day >= 6.0));
    for (PersonId p = 0; p < opportunity.size(); ++p) REQUIRE(opportunity[p] == expected(day, p));
  }
  CHECK(w.events->state().going_on.empty());
}

TEST_CASE("nobody with an opportunity of 0 meets anybody or gains a tie") {
  const EventfulWorld w(eventful("  - {at: 0 d, target: {tone: lowest third}, do: {opportunity: 0}}"),
                        {{"ties.beginnings.seeking=0.5 /d"}, {"ties.ends.by_layer=[1 /a, 1 /a, 2 /a, 3 /a]"}});
  const std::vector<std::uint32_t> before = w.model().people().contacts;
  w.model().living()->forget_events();
  w.run();
  const auto is_alone = [&](PersonId p) { return w.population->tone_tercile[p] == 0; };
  std::size_t met = 0;
  for (PersonId p = 0; p < 600; ++p) {
    const bool has_met = w.model().people().contacts[p] > before[p];
    if (is_alone(p)) CHECK_FALSE(has_met);
    met += has_met ? 1 : 0;
  }
  CHECK(met == 400);
  std::size_t gained = 0;
  for (const network::TieEvent& event : w.model().living()->events()) {
    if (event.what != network::TieChange::began) continue;
    CHECK_FALSE((is_alone(event.a) || is_alone(event.b)));
    ++gained;
  }
  CHECK(gained > 50);
}

TEST_CASE("what keeps people from meeting leaves calls, and those at home; what cuts both leaves nothing") {
  const auto counts = [&](const std::string& opportunity) {
    const EventfulWorld w(eventful("  - {at: 0 d, do: {opportunity: {" + opportunity + "}}}"));
    const people::People before = w.model().people();
    w.run();
    const people::People& now = w.model().people();
    std::array<std::uint32_t, 2> total{};
    for (PersonId p = 0; p < 600; ++p) {
      total[0] += now.contacts[p] - before.contacts[p];
      total[1] += now.calls[p] - before.calls[p];
    }
    return total;
  };
  const auto usual = counts("factor: 1");
  const auto locked = counts("factor: 0");
  const auto at_home = counts("factor: 0, home: 0.9");
  const auto more_calls = counts("factor: 0, at_distance: 1.6");
  const auto cut_off = counts("factor: 0, at_distance: 0");
  CHECK(locked[0] == 0);
  CHECK(locked[1] > 0.7 * usual[1]);
  CHECK(at_home[0] > 0.1 * usual[0]);
  CHECK(at_home[0] < 0.8 * usual[0]);
  CHECK(more_calls[1] > 1.4 * locked[1]);
  CHECK(cut_off[0] + cut_off[1] == 0);
}

TEST_CASE("ties lost and added by events are in the log: births − deaths, and the network rebuilt from it") {
  const EventfulWorld w(eventful(all_kinds_of_events));
  bonds::LivingNetwork& living = *w.model().living();
  living.forget_events();
  std::vector<network::TieEvent> log = living.keyframe(0.0);
  const std::size_t at_first = log.size();
  w.run();
  log.insert(log.end(), living.events().begin(), living.events().end());
  const Held rebuilt = held(network::replay(600, log));
  CHECK(rebuilt == held(network::replay(600, living.keyframe(0.0))));
  const auto count = [&](auto&& is) { return std::count_if(log.begin(), log.end(), is); };
  const auto born = count([](const network::TieEvent& event) { return event.what == network::TieChange::began; });
  const auto died = count([](const network::TieEvent& event) { return network::is_end(event.what); });
  CHECK(std::ssize(rebuilt) == static_cast<std::ptrdiff_t>(at_first) + born - died);
  CHECK(born > 500);
  CHECK(died > 500);
}

TEST_CASE("the closest tie ends at the next midnight, a tie that is added has a place only where it says so") {
  const std::vector<config::Override> still{{"ties.ends.of_silence=0"},
                                            {"ties.beginnings.seeking=0 /d"},
                                            {"ties.ends.by_layer=[0 /a, 0 /a, 0 /a, 0 /a]"},
                                            {"time.burn_in=0 d"}};
  const EventfulWorld loss(eventful("  - {at: 30 h, target: {community: 1}, do: {lose_ties: {closest: 1}}}"), still);
  std::map<PersonId, PersonId> closest;
  std::size_t lost = 0;
  const network::Ties before = loss.model().ties();
  loss.run(0, 5);
  const network::Ties at_event = loss.model().ties();
  loss.run(5, 8);
  CHECK(loss.model().ties().count() == before.count());
  loss.run(8, 9);  // ties are tended first
  for (PersonId p = 0; p < 600; ++p) {
    if (loss.population->graph.community[p] != 1) continue;
    std::pair<float, PersonId> best{-1.0F, 0};
    at_event.for_each(
        p, [&](PersonId other, TieId tie) { best = std::max(best, std::pair(at_event.closeness(tie), other)); });
    CHECK(loss.model().ties().find(p, best.second) == network::Ties::none);
    ++lost;
  }
  CHECK(lost > 50);
  CHECK(loss.model().ties().count() >= before.count() - lost);
  CHECK(loss.model().ties().count() <= before.count() - lost / 2);

  const auto gained = [&](const std::string& places) {
    const EventfulWorld gain(
        eventful("  - {at: 30 h, target: {count: 100}, do: {add_ties: {count: 3, places: " + places + "}}}"), still);
    const std::uint32_t ties = gain.model().ties().count();
    gain.run(0, 9);
    for (PersonId p = 0; p < 600; ++p) {
      const bonds::Places& now = gain.model().living()->places(p);
      for (std::size_t l = 0; l < people::layer_count; ++l) REQUIRE(now.held[l] <= now.capacity[l]);
    }
    return gain.model().ties().count() - ties;
  };
  CHECK(gained("own") == 0);  // nobody has a free place
  CHECK(gained("added") >= 295);
  CHECK(gained("added") <= 300);
}

TEST_CASE("who moves belongs to the new community: there new ties come about, and events find them there") {
  const EventfulWorld w(eventful("  - {at: 1 d, target: {community: 2}, do: {move: {community: 3}}}\n"
                                 "  - {at: 2 d, target: {community: 2}, do: {distress: 0}}\n"
                                 "  - {at: 2 d, target: {community: 3}, do: {distress: 0}}\n"
                                 "  - {at: 3 d, target: {community: 0}, do: {move: {}}}"),
                        {{"ties.beginnings.focus=100 %"},
                         {"ties.beginnings.introduction=0 %"},
                         {"ties.beginnings.seeking=1 /d"},
                         {"ties.ends.by_layer=[2 /a, 2 /a, 2 /a, 2 /a]"}});
  const std::vector<std::uint32_t> before = w.population->graph.community;
  w.run(0, 16);
  const auto now = w.world->community();
  const auto count = [](std::span<const std::uint32_t> of, std::uint32_t community) {
    return static_cast<std::uint32_t>(std::count(of.begin(), of.end(), community));
  };
  CHECK(w.events->log()[1].people == 0);
  CHECK(w.events->log()[2].people == count(before, 2) + count(before, 3));
  CHECK(count(now, 0) == 0);
  for (PersonId p = 0; p < 600; ++p) {
    if (before[p] == 2 || before[p] == 3) CHECK(now[p] == 3);
    if (before[p] == 1) CHECK(now[p] == 1);
  }
  w.model().living()->forget_events();
  w.run(16, w.last());
  std::size_t began = 0;
  for (const network::TieEvent& event : w.model().living()->events()) {
    if (event.what != network::TieChange::began) continue;
    CHECK(now[event.a] == now[event.b]);
    ++began;
  }
  CHECK(began > 50);
}

namespace {

/// Doses to half of so many people and then to all, as two events.
EventfulWorld dosed(std::uint32_t count, const std::string& events) {
  return EventfulWorld(R"(
kith: 1
title: Doses
time: {burn_in: 0 h, duration: 8 h}
people: {count: )" + std::to_string(count) +
                       R"(}
network: {generate: erdos_renyi, mean_ties: 1}
events:
)" + events);
}

const std::string half_then_all = R"(
  - {at: 0 h, target: {share: 50 %}, do: {dose: {drug: naltrexone, amount: 50 mg}}}
  - {at: 0 h, do: {dose: {drug: naltrexone, amount: 50 mg}}}
)";

/// CPU time that half_then_all takes, without the ticks between.
double seconds_to_dose(std::uint32_t count) {
  double least = std::numeric_limits<double>::infinity();
  for (int round = 0; round < 5; ++round) {
    const EventfulWorld w = dosed(count, half_then_all);
    const std::clock_t begin = std::clock();
    w.happen(0);
    least = std::min(least, static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC);
    REQUIRE(w.model().treated().all().size() == count);
  }
  return least;
}

}  // namespace

TEST_CASE("doses to four times as many people take no more than about four times as long") {
  CHECK(seconds_to_dose(80'000) < 8.0 * seconds_to_dose(20'000));
}

TEST_CASE("an event that doses the same people again adds to the course that they have from it") {
  const EventfulWorld w = dosed(50, "  - {at: 1 h, every: 2 h, do: {dose: {drug: naltrexone, amount: 10 mg}}}\n");
  const EventfulWorld planned =
      dosed(50, "  - {at: 1 h, do: {dose: {drug: naltrexone, amount: 10 mg, every: 2 h}, for: 7 h}}\n");
  const EventfulWorld two_events = dosed(50, R"(
  - {at: 1 h, every: 4 h, do: {dose: {drug: naltrexone, amount: 10 mg}}}
  - {at: 3 h, every: 4 h, do: {dose: {drug: naltrexone, amount: 10 mg}}}
)");
  for (const EventfulWorld* world : {&w, &planned, &two_events}) world->run();
  for (PersonId p = 0; p < 50; ++p) {
    REQUIRE(w.model().treatment(p)->courses().size() == 1);
    CHECK(two_events.model().treatment(p)->courses().size() == 2);
    const float effect = planned.model().treatment(p)->load().antagonist;
    CHECK(effect > 1.0F);
    CHECK(w.model().treatment(p)->load().antagonist == Approx(effect));
    CHECK(two_events.model().treatment(p)->load().antagonist == Approx(effect));
  }
}
