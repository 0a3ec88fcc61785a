#include "models/evidence/sign_worlds.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

#include "config/document.hpp"
#include "core/parallel.hpp"
#include "models/conduct/observer.hpp"
#include "models/pharmacology/dosing.hpp"
#include "models/scenario/scenario.hpp"
#include "models/world/population.hpp"

namespace kith::evidence {
namespace {

constexpr const char* scenario_text = R"(
kith: 1
title: Signs
theory: {}
time: {{burn_in: 28 d, duration: 1 d, start: "Mon 09:00"}}
people: {{count: {}}}
meeting: {{positive_share: {}}}
seed: signs
)";

constexpr Tick week = 168;
constexpr Tick month = 672;

Scenario scenario_of(const std::string& theory, std::uint32_t people, const char* positive_share) {
  auto document =
      config::Document::from_text(fmt::format(scenario_text, theory, people, positive_share), "the sign table");
  Scenario scenario = read_scenario(document.root());
  document.check();
  return scenario;
}

/// Everybody takes the drug from now on: naltrexone 50 mg a day, or morphine 30 mg every four hours.
void treat(Model& model, Drug drug, Tick until) {
  if (drug == Drug::none) return;
  const bool blocks = drug == Drug::antagonist;
  const pharmacology::SharedDrug given = model.scenario().pharmacy->find(blocks ? "naltrexone" : "morphine");
  pharmacology::DoseSeries series{blocks ? 50.0 : 30.0, blocks ? 24.0 : 4.0, 1};
  series.count = 1 + static_cast<std::int64_t>(static_cast<double>(until) / series.every);
  std::vector<pharmacology::Course> courses;
  for (PersonId p = 0; p < model.people().count; ++p) {
    pharmacology::Course course{p, model.chain(given, p), series.doses(0.0)};
    courses.push_back(std::move(course));
  }
  model.treat(std::move(courses));
}

void isolate(Model& model, bool is_isolated) {
  if (!is_isolated) return model.set_opportunity({});
  const std::vector<float> nobody(model.people().count, 0.0F);
  model.set_opportunity({.in_person = nobody, .at_distance = nobody, .home_from = {}});
}

/// Rating of one message from the closest person; 1 for who has nobody, so that its logarithm never changes.
double message(const trials::Subject& subject) {
  if (subject.friends.empty()) return 1.0;
  const trials::Friend& closest = subject.friends.front();
  const float quality = people::contact_quality(*subject.meeting, closest.closeness, closest.warmth);
  const float peak = subject.signal(subject.ligand() + subject.receptor->release * quality);
  return static_cast<double>(quality * people::reward_gain(subject.opioids, peak) *
                             subject.theory->rating_gain(subject.self, 0));
}

double stranger(const trials::Subject& subject) {
  const float quality = people::contact_quality(*subject.meeting, 0.0F, 1.0F);
  const float peak = subject.signal(subject.ligand() + subject.receptor->release * quality);
  return static_cast<double>(quality * people::reward_gain(subject.opioids, peak));
}

double avoidance(trials::Subject& subject) {
  float before = 0.0F;
  float after = 0.0F;
  subject.theory->approach(subject.self, 0, 1, &before);
  for (int rejection = 0; rejection < 5; ++rejection)
    subject.theory->after_contact(subject.self, 0,
                                  {.goes_well = false, .reward = 0.0F, .signal = subject.self.signal[0]});
  subject.theory->approach(subject.self, 0, 1, &after);
  return static_cast<double>(before - after);
}

Readings read(const Model& model, Tick tick) {
  const people::People& s = model.people();
  Readings all;
  for (std::vector<double>* values :
       {&all.approach, &all.distress, &all.connection, &all.stranger_reward, &all.other_reward, &all.avoidance})
    values->resize(s.count);
  for_each_block(s.count, [&](std::size_t begin, std::size_t end) {
    for (auto p = static_cast<PersonId>(begin); p < end; ++p) {
      trials::Subject subject = subject_of(model, p, model.clock().hours(tick), {});
      all.approach[p] = std::log(static_cast<double>(s.approach.now[p]));
      all.distress[p] = static_cast<double>(s.distress[p]);
      all.connection[p] = std::log(message(subject));
      all.stranger_reward[p] = std::log(stranger(subject));
      all.other_reward[p] = std::log(static_cast<double>(subject.theory->non_social_gain(subject.self, 0) *
                                                         subject.theory->rating_gain(subject.self, 0)));
      all.avoidance[p] = avoidance(subject);
    }
  });
  return all;
}

/// Runs a copy of the population from hour 0 and reads it at these ticks.
std::vector<Readings> follow(const Population& population, Drug drug, bool is_isolated, const std::vector<Tick>& at) {
  Model model = *population.model;
  treat(model, drug, at.back());
  isolate(model, is_isolated);
  std::vector<Readings> readings;
  Tick now = 0;
  for (const Tick tick : at) {
    if (is_isolated && tick > month && now >= month) isolate(model, false);
    model.run(now, tick, "kith evidence --signs");
    readings.push_back(read(model, tick));
    now = tick;
  }
  return readings;
}

}  // namespace

SignWorlds sign_worlds(const std::string& theory, std::uint32_t people) {
  const Scenario scenario = scenario_of(theory, people, "82 %");
  const Population population = make_population(scenario, {scenario.seed, 0}, "kith evidence --signs", {});
  const Scenario calm_scenario = scenario_of(theory, people, "100 %");
  const Population calm = make_population(calm_scenario, {scenario.seed, 0}, "kith evidence --signs", {});
  SignWorlds worlds;
  for (const Drug drug : {Drug::none, Drug::antagonist, Drug::agonist}) {
    const auto k = static_cast<std::size_t>(drug);
    std::vector<Readings> without_quarrels = follow(calm, drug, false, {5, week + 5});
    worlds.calm_first[k] = std::move(without_quarrels[0]);
    worlds.calm_week[k] = std::move(without_quarrels[1]);
    std::vector<Readings> company = follow(population, drug, false, {5, week + 5});
    worlds.company_first[k] = std::move(company[0]);
    worlds.company_week[k] = std::move(company[1]);
    std::vector<Readings> apart = follow(population, drug, true, {10, 24});
    worlds.apart_evening[k] = std::move(apart[0]);
    worlds.apart_day[k] = std::move(apart[1]);
  }
  std::vector<Readings> company = follow(population, Drug::none, false, {week, month, month + 24});
  worlds.company_week_later = std::move(company[0]);
  worlds.company_month = std::move(company[1]);
  worlds.company_after = std::move(company[2]);
  std::vector<Readings> isolated = follow(population, Drug::none, true, {week, month, month + 24});
  worlds.isolated_week = std::move(isolated[0]);
  worlds.isolated_month = std::move(isolated[1]);
  worlds.reunited = std::move(isolated[2]);
  return worlds;
}

}  // namespace kith::evidence
