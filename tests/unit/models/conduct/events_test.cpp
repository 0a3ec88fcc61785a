#include <algorithm>
#include <catch2/catch.hpp>
#include <numeric>
#include <set>

#include "models/people/meeting.hpp"
#include "tests/support/differing_columns.hpp"
#include "tests/support/drugs.hpp"
#include "tests/support/eventful_world.hpp"

using namespace kith;
using kith::testing::EventfulWorld;

namespace {

const std::string text = R"(
kith: 1
title: Events
time: {tick: 1 h, burn_in: 0 d, duration: 12 d, start: "Mon 08:00"}
people: {count: 300}
network: {generate: layers, sizes: [5, 10], community: 60}
seed: 11
events:
  - )";

std::vector<PersonId> selected(const std::string& target) {
  const EventfulWorld w(text + "{at: 1 d, target: {" + target + "}, do: {distress: 0}}");
  return events::select(w.scenario->events.front().target, *w.world, 24.0, 7);
}

std::vector<PersonId> those(std::uint32_t count, const std::function<bool(PersonId)>& is) {
  std::vector<PersonId> people;
  for (PersonId p = 0; p < count; ++p) {
    if (is(p)) people.push_back(p);
  }
  return people;
}

std::vector<double> hours(const std::string& trigger) {
  const EventfulWorld w(text + "{" + trigger + ", do: {distress: 0.01}}");
  for (Tick tick = 0; tick < w.last(); ++tick) w.happen(tick);
  return w.hours_of(0);
}

}  // namespace

TEST_CASE("an event happens at its times, at a time of day, and again and again until it ends") {
  CHECK(hours("at: 30 h") == std::vector<double>{30.0});
  CHECK(hours("at: [0 d, 2 d, 1.5 d]") == std::vector<double>{0.0, 36.0, 48.0});
  CHECK(hours("at: 90 min") == std::vector<double>{2.0});  // before the first tick that begins then or later
  CHECK(hours("at: 1 d, every: 2 d, until: 7 d") == std::vector<double>{24.0, 72.0, 120.0});
  CHECK(hours("at: 2 d, every: 5 d") == std::vector<double>{48.0, 168.0});
  // The run starts on Monday at 08:00: 19:00 of the second day is 35 hours later.
  CHECK(hours("at: 1 d, clock: \"19:00\", every: 7 d") == std::vector<double>{35.0, 203.0});
  CHECK(hours("at: 20 h, clock: \"03:00\"") == std::vector<double>{19.0});
}

TEST_CASE("what happens at a rate happens from the start of its time to just before the end") {
  CHECK(hours("rate: 60 /h, from: 2 h, until: 5 h") == std::vector<double>{2.0, 3.0, 4.0});
}

TEST_CASE("who is still under an event is not reached by it again") {
  const EventfulWorld w(text + "{at: 1 h, every: 1 h, until: 8 h, do: {opportunity: 0.5, for: 3 h}}");
  for (Tick tick = 0; tick < 8; ++tick) {
    w.happen(tick);
    const std::vector<float> opportunity = w.model().opportunity().in_person;
    REQUIRE(opportunity.empty() == (tick == 0));
    for (const float factor : opportunity) REQUIRE(factor == 0.5F);
  }
  std::vector<std::uint32_t> reached;
  for (const events::Occurrence& occurrence : w.events->log()) reached.push_back(occurrence.people);
  CHECK(reached == std::vector<std::uint32_t>{300, 0, 0, 300, 0, 0, 300});
}

TEST_CASE("what a person's state triggers happens once to each, or again after a time") {
  EventfulWorld w(text + "{when: \"distress > 0.5\", do: {distress: 0}}");
  EventfulWorld again(text + "{when: \"distress > 0.5\", again_after: 10 h, do: {distress: 0}}");
  EventfulWorld later(text + "{when: \"distress > 0.5\", from: 5 h, until: 9 h, do: {distress: 0}}");
  for (const EventfulWorld* world : {&w, &again, &later}) {
    for (Tick tick = 0; tick < 40; ++tick) {
      world->happen(tick);
      if (tick == 3) world->model().distress(17, 1.0F);
      if (tick == 7) world->model().distress(4, 1.0F);
    }
  }
  CHECK(w.hours_of(0) == std::vector<double>{4.0, 8.0});
  CHECK(again.hours_of(0) == std::vector<double>{4.0, 8.0, 14.0, 18.0, 24.0, 28.0, 34.0, 38.0});
  CHECK(later.hours_of(0) == std::vector<double>{5.0, 8.0});
  for (const events::Occurrence& occurrence : w.events->log()) CHECK(occurrence.people == 1);
}

TEST_CASE("a share triggers when it is exceeded, not when it is met") {
  EventfulWorld w(text +
                  "{share: {of: \"distress > 0.5\", above: 10 %}, again_after: 6 h, target: {share: 50 %}, "
                  "do: {distress: 0}}");
  for (Tick tick = 0; tick < 20; ++tick) {
    w.happen(tick);
    if (tick == 3) {
      for (PersonId p = 0; p < 30; ++p) w.model().distress(p, 1.0F);  // just 10 %
    }
    if (tick == 9) w.model().distress(200, 1.0F);
  }
  CHECK(w.hours_of(0) == std::vector<double>{10.0, 16.0});
  CHECK(w.events->log().front().people == 150);
}

TEST_CASE("each part of a target chooses whom it says, as a plain search does") {
  const EventfulWorld w(text + "{at: 1 d, do: {distress: 0}}");
  const Model& model = w.model();
  const auto& tone = model.people().tone;
  const network::Ties& ties = model.ties();
  std::vector<float> sorted = tone;
  std::sort(sorted.begin(), sorted.end());
  CHECK(selected("") == those(300, [](PersonId) { return true; }));
  CHECK(selected("tone: lowest third") == those(300, [&](PersonId p) { return tone[p] <= sorted[99]; }));
  CHECK(selected("tone: highest third") == those(300, [&](PersonId p) { return tone[p] >= sorted[200]; }));
  CHECK(selected("most: tone, count: 7") == those(300, [&](PersonId p) { return tone[p] >= sorted[293]; }));
  CHECK(selected("least: tone, share: 10 %") == those(300, [&](PersonId p) { return tone[p] <= sorted[29]; }));
  CHECK(selected("where: [\"degree >= 16\"]") == those(300, [&](PersonId p) { return ties.degree(p) >= 16; }));
  CHECK(selected("community: 2") == those(300, [&](PersonId p) { return w.population->graph.community[p] == 2; }));
  CHECK(selected("community: 2, where: [\"degree >= 16\"]") ==
        those(300, [&](PersonId p) { return w.population->graph.community[p] == 2 && ties.degree(p) >= 16; }));
  CHECK_THROWS_WITH(selected("community: 500"), Catch::Contains("meant for community 500"));
  const std::vector<PersonId> hubs = selected("most: degree, count: 3");
  REQUIRE(hubs.size() == 3);
  const auto is_hub = [&](PersonId p) { return std::binary_search(hubs.begin(), hubs.end(), p); };
  CHECK(selected("most: degree, count: 3, partners: all") == those(300, [&](PersonId p) {
          return !is_hub(p) && std::any_of(hubs.begin(), hubs.end(),
                                           [&](PersonId hub) { return ties.find(hub, p) != network::Ties::none; });
        }));
}

TEST_CASE("a random share has its size, differs from time to time, and is the same in every world with the key") {
  const EventfulWorld w(text + "{at: 1 d, target: {share: 20 %}, do: {distress: 0}}");
  const EventfulWorld same(text + "{at: 1 d, target: {share: 20 %}, do: {distress: 0}}");
  const auto draw = [](const EventfulWorld& world, std::int64_t moment) {
    return events::select(world.scenario->events.front().target, *world.world, 24.0, moment);
  };
  CHECK(draw(w, 1).size() == 60);
  CHECK(draw(w, 1) == draw(same, 1));
  CHECK(draw(w, 1) != draw(w, 2));
}

TEST_CASE("a contact, a stressor and released ligand do what the kernels say, to those reached and nobody else") {
  const std::string count = "target: {most: tone, count: 5}, do: ";
  const EventfulWorld w(text + "{at: 3 h, " + count + "{contact: {quality: 0.7}}}\n  - {at: 5 h, " + count +
                        "{distress: 0.4}}\n  - {at: 7 h, " + count + "{session: {release: 0.2, contacts: 0}}}");
  const std::vector<PersonId> reached = events::select(w.scenario->events.front().target, *w.world, 0.0, 0);
  const people::FeelingParams& feelings = w.scenario->feelings;
  const auto check = [&](Tick tick, const std::function<void(const people::People&, PersonId)>& expect) {
    const people::People before = w.model().people();
    w.happen(tick);
    for (const PersonId p : reached) expect(before, p);
    people::People copy = w.model().people();  // nobody else
    people::People::visit(copy, [&](const ColumnInfo& info, auto& column) {
      people::People::visit(before, [&](const ColumnInfo& other, const auto& old) {
        if constexpr (std::is_same_v<std::decay_t<decltype(column)>, std::decay_t<decltype(old)>>) {
          if (info.name == other.name) {
            for (const PersonId p : reached) column[p] = old[p];
          }
        }
      });
    });
    CHECK(kith::testing::differing_columns(before, copy).empty());
  };
  const people::People& now = w.model().people();
  check(3, [&](const people::People& before, PersonId p) {
    const float released = before.phasic[p] + w.scenario->receptor.release * 0.7F;
    const float peak = w.model().signal_at(p, before.tone[p] * (1.0F + before.tone_today[p]) + released);
    const people::Feelings f = after_positive(feelings, w.model().opioids(),
                                              {before.connection[p], before.distress[p], before.positive_affect[p],
                                               before.negative_affect[p], before.need[p], before.company[p]},
                                              {0.7F}, peak);
    CHECK(now.phasic[p] == released);
    CHECK(now.connection[p] == f.connection);
    CHECK(now.positive_affect[p] == f.positive_affect);
    CHECK(now.need[p] == f.need);
    CHECK(now.contacts[p] == before.contacts[p] + 1);
    CHECK(now.last_contact[p] == 3.0F);
  });
  check(5, [&](const people::People& before, PersonId p) {
    CHECK(now.distress[p] ==
          after_stress(w.model().opioids(), {0.0F, before.distress[p], 0.0F, 0.0F, 0.0F, 0.0F}, 0.4F, before.signal[p])
              .distress);
    CHECK(now.distress[p] > before.distress[p] + 0.3F);
  });
  check(7, [&](const people::People& before, PersonId p) { CHECK(now.phasic[p] == before.phasic[p] + 0.2F); });
}

TEST_CASE("in a session everybody begins as many contacts as it says, within groups that share out all") {
  const EventfulWorld w(text + "{at: 3 h, target: {count: 50}, do: {session: {size: 20, contacts: 3}}}");
  w.happen(3);
  const auto& contacts = w.model().people().contacts;
  CHECK(std::accumulate(contacts.begin(), contacts.end(), 0U) == 50 * 3 * 2);
  for (const PersonId p : events::select(w.scenario->events.front().target, *w.world, 3.0, 3 * 128))
    CHECK(contacts[p] >= 3);
  const EventfulWorld alone(text + "{at: 3 h, target: {count: 1}, do: {session: {size: 20, contacts: 3}}}");
  alone.happen(3);
  const auto& none = alone.model().people().contacts;
  CHECK(std::accumulate(none.begin(), none.end(), 0U) == 0);
}

TEST_CASE("doses of an event are those of a course given beforehand") {
  const EventfulWorld w(text +
                        "{at: 9 h, target: {count: 4}, do: {dose: {drug: naltrexone, amount: 50 mg, every: 1 d}, "
                        "for: 3 d}}");
  const std::vector<PersonId> reached = events::select(w.scenario->events.front().target, *w.world, 9.0, 9 * 128);
  const EventfulWorld other(text + "{at: 9 h, target: {share: 0 %}, do: {distress: 0}}");
  std::vector<pharmacology::Course> courses;
  for (const PersonId p : reached)
    courses.emplace_back(p, other.model().chain(other.scenario->pharmacy->find("naltrexone"), p),
                         std::vector<pharmacology::Dose>{{9.0, 50.0}, {33.0, 50.0}, {57.0, 50.0}});
  other.model().treat(std::move(courses));
  w.run(0, 100);
  other.run(0, 100);
  CHECK(kith::testing::differing_columns(w.model().people(), other.model().people()).empty());
  for (const PersonId p : reached) CHECK(w.model().treatment(p)->occupancy() > 0.5);
}

TEST_CASE("participants are reached by their arm, until they leave, and by the period that runs") {
  const std::string trial = R"(
kith: 1
title: Arms
time: {burn_in: 0 d, duration: 12 d}
people: {count: 200}
network: {generate: layers, sizes: [5]}
trial:
  arms: {drug: {drug: naltrexone, doses: 50 mg}, placebo: {drug: placebo, like: drug}}
  sequences: [{arms: [drug, placebo], count: 20, leave: 10}, {arms: [placebo, drug], count: 15}]
  period: 2 d
  washout: 3 d
events: [{at: 1 d, target: {arm: drug}, do: {distress: 0.1}}]
)";
  const Scenario scenario = testing::scenario_from(trial);
  Population population = make_population(scenario, {1, 0}, "", {});
  std::vector<bool> taken(200);
  std::vector<TrialRun> runs;
  const trials::Roster roster = trials::make_roster(*scenario.trial, population.everybody());
  runs.emplace_back(scenario, *scenario.trial, roster, taken, population, WorldKey{1, 0});
  EventWorld world(*population.model, population, runs, {1, 0});
  const auto expected = [&](std::size_t sequence, std::int64_t day) {
    std::set<PersonId> people;
    for (const trials::Participant& participant : runs.front().participants()) {
      if (participant.sequence == sequence && !(participant.leaves && *participant.leaves <= day))
        people.insert(participant.person);
    }
    return std::vector<PersonId>(people.begin(), people.end());
  };
  const events::Target& target = scenario.events.front().target;
  CHECK(events::select(target, world, 0.0, 0) == expected(0, 0));
  CHECK(events::select(target, world, 24.0 * 4.0, 0) == expected(0, 4));  // wash-out
  CHECK(events::select(target, world, 24.0 * 5.0, 0) == expected(1, 5));
  CHECK(expected(0, 4).size() == 10);
  CHECK(expected(1, 5).size() == 15);
}
