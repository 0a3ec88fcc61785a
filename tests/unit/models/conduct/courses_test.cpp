#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "models/conduct/event_world.hpp"
#include "tests/support/differing_columns.hpp"
#include "tests/support/small_scenarios.hpp"

using namespace kith;
using kith::testing::differing_columns;
using kith::testing::scenario_from;
using pharmacology::Course;
using pharmacology::Giver;

namespace {

constexpr const char* text = R"(
kith: 1
title: Courses
time: {tick: 1 h, burn_in: 0 d, duration: 4 d}
people: {count: 120, drug_kinetics: typical}
network: {generate: layers, sizes: [5, 10]}
trials:
  first:
    design: parallel
    participants: {count: 20}
    arms:
      as_needed: {drugs: [{drug: morphine, doses: [20 mg], at: "01:00"}, {drug: naltrexone, doses: [50 mg], at: "01:00", when: "distress >= 0"}]}
      placebo: {drug: placebo, doses: [50 mg]}
  second:
    design: parallel
    participants: {count: 20}
    arms:
      naltrexone: {drug: naltrexone, doses: [50 mg], at: "01:00"}
      placebo: {drug: placebo, doses: [50 mg]}
events: [{at: 0 h, do: {dose: {drug: naltrexone, amount: 5 mg}}}]
substance_use: {share: 30 %}
)";

const Giver event{Giver::Kind::event, 0};

/// A population of `text` and its trials, in worlds of which each is a copy.
struct Worlds {
  Scenario scenario = scenario_from(text);
  Population population = make_population(scenario, {1, 0}, "", {});
  std::vector<TrialRun> runs;
  events::EventRun events{scenario.events, population.model->clock(), scenario.time.duration, 120};

  explicit Worlds(std::uint32_t replicate = 0) { start(replicate); }

  void start(std::uint32_t replicate) {
    runs.clear();
    std::vector<bool> taken(120);
    for (const trials::Trial* trial : {&*scenario.trial, &scenario.further_trials.front()}) {
      const trials::Roster roster = trials::make_roster(*trial, population.everybody());
      runs.emplace_back(scenario, *trial, roster, taken, population, WorldKey{1, replicate});
    }
  }
  Model world() const { return *population.model; }
  void treat(Model& model) {
    for (TrialRun& run : runs) run.treat(model);
  }
  void happen(Model& model) {
    EventWorld world(model, population, runs, {1, 0});
    events.before_tick(world, 0);
  }
  /// From the moment before the first tick on.
  void run(Model& model, WorldKind kind, Tick ticks) {
    for (Tick tick = -1; tick < ticks - 1; ++tick) {
      for (TrialRun& run : runs) run.after_tick(model, kind, tick);
      model.run(tick + 1, tick + 2, "");
    }
  }
  /// Participants of the first trial whose doses a rule gives.
  std::vector<PersonId> ruled() const {
    std::vector<PersonId> people;
    for (const trials::Participant& participant : runs.front().participants()) {
      if (has_rules(runs.front().trial(), participant)) people.push_back(participant.person);
    }
    return people;
  }
};

/// The only course of a drug from a giver that a person has.
const Course& course_of(const Worlds& worlds, const Model& model, PersonId person, const char* drug, Giver giver) {
  const auto chain = worlds.scenario.pharmacy->chain(worlds.scenario.pharmacy->find(drug), 1.0);
  const auto courses = model.treatment(person)->courses();
  const auto is_it = [&](const Course& course) { return &course.drug() == chain.get() && course.giver() == giver; };
  REQUIRE(std::count_if(courses.begin(), courses.end(), is_it) == 1);
  return *std::find_if(courses.begin(), courses.end(), is_it);
}

}  // namespace

TEST_CASE("a rule's dose reaches the course of its trial, whether an event gave the same drug before or after") {
  Worlds worlds;
  const std::vector<PersonId> ruled = worlds.ruled();
  REQUIRE(ruled.size() == 10);
  Model trial_first = worlds.world();
  Model event_first = worlds.world();
  Model without = worlds.world();
  worlds.happen(event_first);
  worlds.treat(event_first);
  worlds.treat(trial_first);
  worlds.happen(trial_first);
  worlds.treat(without);
  worlds.run(event_first, WorldKind::treated, 6);
  worlds.start(0);
  worlds.run(trial_first, WorldKind::treated, 6);
  worlds.start(0);
  worlds.run(without, WorldKind::treated, 6);
  for (const PersonId p : ruled) {
    const double whole = course_of(worlds, without, p, "naltrexone", {}).effect();
    CHECK(whole > 1.0);
    for (const Model* model : {&event_first, &trial_first}) {
      CHECK(course_of(worlds, *model, p, "naltrexone", {}).effect() == whole);
      const double of_event = course_of(worlds, *model, p, "naltrexone", event).effect();
      CHECK(of_event > 0.0);
      CHECK(of_event < 0.5 * whole);
      CHECK(model->treatment(p)->load().antagonist == Approx(whole + of_event));
    }
  }
  // Of two givers it does not matter who came first.
  CHECK(differing_columns(event_first.people(), trial_first.people()).empty());
  CHECK(!differing_columns(without.people(), trial_first.people()).empty());
}

TEST_CASE("each trial gives courses of its own, besides what patients take themselves") {
  Worlds worlds;
  Model model = worlds.world();
  worlds.treat(model);
  for (std::uint16_t t = 0; t < 2; ++t) {
    const trials::Trial& trial = worlds.runs[t].trial();
    for (const trials::Participant& participant : worlds.runs[t].participants()) {
      if (!trial.arms[trial.sequences[participant.sequence].arms.front()].is_active()) continue;
      course_of(worlds, model, participant.person, "naltrexone", {Giver::Kind::trial, t});
    }
  }
  REQUIRE(!model.patients().all().empty());
  for (const patients::Patient& patient : model.patients().all())
    course_of(worlds, model, patient.person, "heroin", Giver::oneself());
}

TEST_CASE("a scenario has one of each drug, and its worlds and replicates share one chain of each for typical people") {
  const Worlds worlds;
  const Scenario& scenario = worlds.scenario;
  const pharmacology::SharedDrug naltrexone = scenario.pharmacy->find("naltrexone");
  CHECK(scenario.trial->arms[0].regimens[1].drug == naltrexone);
  CHECK(scenario.further_trials.front().arms[0].regimens[0].drug == naltrexone);
  CHECK(scenario.events.front().actions.front()->drug() == naltrexone.get());
  CHECK(scenario.substance_use->drug == scenario.pharmacy->find("heroin"));

  Worlds all;
  const Scenario copy = all.scenario;
  CHECK(copy.pharmacy == all.scenario.pharmacy);
  std::set<const pharmacology::SteppedChain*> chains;
  for (const std::uint32_t replicate : {0U, 1U}) {
    all.start(replicate);
    for (int world = 0; world < 2; ++world) {
      Model model = all.world();
      all.treat(model);
      all.happen(model);
      for (const pharmacology::Treated& treated : model.treated().all()) {
        for (const Course& course : treated.courses()) chains.insert(&course.drug());
      }
    }
  }
  std::set<const pharmacology::SteppedChain*> expected;
  for (const char* name : {"morphine", "naltrexone", "heroin"})
    expected.insert(copy.pharmacy->chain(copy.pharmacy->find(name), 1.0).get());
  CHECK(chains == expected);
}
