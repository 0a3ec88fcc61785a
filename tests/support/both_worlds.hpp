#pragma once

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "models/world/model.hpp"
#include "tests/support/drugs.hpp"
#include "tests/support/plain_world.hpp"
#include "tests/support/small_worlds.hpp"

/// A few people who live in the model and in a plain world, held against each other tick by tick.
namespace kith::testing {

constexpr std::uint32_t count = 30;
constexpr WorldKey key{21, 3};

/// Everybody has ties but the last; some know a few, some many, at all degrees of closeness.
inline network::Graph few_and_many() {
  network::Graph graph{.people = count};
  for (PersonId a = 0; a + 1 < count; ++a) {
    for (PersonId b = a + 1; b + 1 < count; ++b) {
      if ((a * b + a + 2 * b) % 7 > 2 && a % 3 != 0) continue;
      const auto w = static_cast<float>(0.2 + 0.75 * ((a * 13 + b * 29) % 31) / 31.0);
      const auto kind = static_cast<network::TieKind>((a + b) % 3);
      graph.edges.push_back(
          {.a = a, .b = b, .closeness = w, .opportunity = (a + b) % 5 == 0 ? 0.5F : 1.0F, .kind = kind});
    }
  }
  network::make_simple(graph);
  return graph;
}

/// A model and a plain world of the same people, side by side.
struct Both {
  Scenario scenario;
  network::Graph graph = few_and_many();
  network::Ties ties{graph};
  Model model;
  PlainWorld plain;
  ContactSampler sampler;
  people::OpportunityFactors opportunity = {};

  Both(const std::string& text, const std::vector<config::Override>& overrides, const PlainTheory& theory,
       const PlainSymptoms& symptoms)
      : scenario(scenario_from(text, overrides)),
        model(scenario, ties, key),
        plain(scenario, theory, symptoms, key, count),
        sampler(ties, std::vector<float>(ties.slots()), scenario.meeting.approach_most) {
    double total = 0.0;
    for (const network::Edge& edge : graph.edges) {
      total += edge.opportunity * std::exp(-scenario.meeting.closeness_slope * (1.0 - edge.closeness));
      plain.ties[{edge.a, edge.b}] = {edge.closeness, std::round(255.0 * edge.closeness) / 255.0, edge.kind};
    }
    plain.contacts_at_one = scenario.meeting.contacts_per_day * count / (2.0 * 16.0 * total);
    plain.lonely_above = scenario.scales.lonely_above;
    for (PersonId p = 0; p < count; ++p) plain.people[p] = born(p);
    if (scenario.substance_use) admit();
  }

  /// Section 5: traits, and everything at rest.
  PlainPerson born(PersonId p) const {
    PlainPerson person{.tone = model.people().tone[p],
                       .wanted_usual = model.people().wanted_usual[p],
                       .wanted = model.people().wanted_connection[p]};
    person.bond = plain.bond_of(p);
    Stream stream = Draws(key, "OPRM1 A118G").at(p, 0);
    for (int copy = 0; copy < 2; ++copy) person.alleles += uniform(stream) < 0.4 ? 1 : 0;
    person.signal = plain.signal_of(person, person.tone, 1.0, true, 0.0, 0.0);
    person.signal_mean = person.set_point = person.signal;
    person.connection = person.used_to = scenario.feelings.connection_rest;
    person.positive = scenario.feelings.positive_rest;
    person.negative = scenario.feelings.negative_rest;
    person.last_contact = -scenario.time.burn_in;
    return person;
  }

  void admit() {
    model.admit({});
    const auto& use = *scenario.substance_use;
    const double usual = scenario.meeting.contacts_per_day;
    for (const patients::Patient& patient : model.patients().all()) {
      PlainPerson& person = plain.people[patient.person];
      person.patient = PlainPatient{.own_odds = patient.own_odds,
                                    .craving = use.params.craving_rest,
                                    .habit = use.params.habit_start,
                                    .signal = person.signal,
                                    .set_point = person.signal,
                                    .connection_recent = person.connection,
                                    .good_a_day = usual * scenario.meeting.positive_share,
                                    .bad_a_day = usual * (1.0 - scenario.meeting.positive_share)};
      if (use.drug) person.patient->own_use.emplace(*use.drug);
    }
    const PlainPerson median{.tone = 0.15};
    PlainPerson after = median;
    double most = 0.0;
    if (use.drug) {
      PlainChain one(*use.drug);
      one.add({0.0, use.dose});
      for (int minute = 0; minute < 60; ++minute) {
        one.advance(minute / 60.0, 1.0 / 60.0);
        if (one.effect() <= most) continue;
        most = one.effect();
        plain.peak_after = (minute + 1) / 60.0;
        after.treatment = {one};
      }
    } else {
      after.phasic = use.release;
    }
    plain.usual_rise = plain.signal_of(after, PlainWorld::ligand(after), 1.0, true, 0.0, 0.0) -
                       plain.signal_of(median, median.tone, 1.0, true, 0.0, 0.0);
  }

  void treat(PersonId person, const std::string& name, const std::vector<pharmacology::Dose>& doses) {
    model.treat({course(testing::drug(name), doses, plain.tick_hours(), person)});
    plain.people[person].treatment.emplace_back(testing::drug(name));
    for (const pharmacology::Dose& dose : doses) plain.people[person].treatment.back().add(dose);
  }

  /// The contacts that P and the rates of 7.3 give, drawn from what the plain world says of ties.
  std::vector<Contact> meet(Tick tick) {
    const network::Ties& now = model.ties();
    if (tick == plain.first_tick() || plain.is_new_day(tick)) {
      sampler.refresh(now, [&](TieId first, TieId last, float* out) {
        for (TieId tie = first; tie < last; ++tie) {
          const PersonId owner = owner_of(tie);
          const double w = plain.tie(owner, now.other(tie)).closeness;
          const double slope = scenario.meeting.closeness_slope;
          out[tie - first] = static_cast<float>((1.0 + plain.calls_a_contact()) * plain.contacts_at_one *
                                                std::exp(-slope * (1.0 - w)) * now.opportunity(tie));
        }
      });
    }
    const auto times = [&](const std::vector<float>& factors) {
      std::vector<float> ready;
      for (PersonId p = 0; p < count; ++p)
        ready.push_back(static_cast<float>(plain.people[p].approach) * (factors.empty() ? 1.0F : factors[p]));
      return ready;
    };
    const std::vector<float> in_person = times(opportunity.in_person);
    const std::vector<float> at_distance = times(opportunity.at_distance);
    const std::vector<float> at_home = times({});
    const double calls = plain.calls_a_contact();
    Readiness readiness{in_person, at_distance, calls / (1.0 + calls)};
    if (!opportunity.home_from.empty()) {
      readiness.at_home = at_home;
      readiness.home_from = opportunity.home_from;
    }
    const double hours = plain.hours_of(tick);
    std::vector<Contact> contacts;
    sampler.draw(now, Draws(key, "contacts"), tick,
                 scenario.meeting.night.waking(model.clock().time_of_day(hours), plain.tick_hours()), readiness,
                 contacts);
    return contacts;
  }
  PersonId owner_of(TieId tie) const {
    PersonId owner = 0;
    while (model.ties().owned_end(owner) <= tie || model.ties().owned_begin(owner) > tie) ++owner;
    return owner;
  }

  /// Runs both and holds them against each other after every tick.
  void run(Tick from, Tick to) {
    for (Tick tick = from; tick < to; ++tick) {
      // Ties are tended before anybody meets, so the plain world has to know of the day first.
      PlainWorld before = plain;
      before.tick(tick, {});
      const auto plain_ties = plain.ties;
      plain.ties = before.ties;
      const std::vector<Contact> expected = meet(tick);
      plain.ties = plain_ties;
      model.run(tick, tick + 1, "");
      REQUIRE(model.contacts().size() == expected.size());
      for (std::size_t k = 0; k < expected.size(); ++k) {
        REQUIRE(model.contacts()[k].tie == expected[k].tie);
        REQUIRE(model.contacts()[k].outcome == expected[k].outcome);
        REQUIRE(model.contacts()[k].moment == expected[k].moment);
        REQUIRE(model.contacts()[k].is_distant == expected[k].is_distant);
      }
      met += expected.size();
      plain.tick(tick, expected);
      compare(tick);
    }
  }

  void compare(Tick tick) const {
    CAPTURE(tick);
    const people::People& s = model.people();
    for (PersonId p = 0; p < count; ++p) {
      CAPTURE(p);
      const PlainPerson& expected = plain.people[p];
      const std::array<std::pair<const char*, std::pair<double, double>>, 17> values{
          {{"tone_today", {s.tone_today[p], expected.tone_today}},
           {"phasic", {s.phasic[p], expected.phasic}},
           {"antagonist", {s.antagonist[p], expected.antagonist}},
           {"signal", {s.signal[p], expected.signal}},
           {"signal_mean", {s.signal_mean[p], expected.signal_mean}},
           {"set_point", {s.set_point[p], expected.set_point}},
           {"connection", {s.connection[p], expected.connection}},
           {"distress", {s.distress[p], expected.distress}},
           {"positive_affect", {s.positive_affect[p], expected.positive}},
           {"negative_affect", {s.negative_affect[p], expected.negative}},
           {"need", {s.need[p], expected.need}},
           {"loneliness", {s.loneliness[p], expected.loneliness}},
           {"wanted_connection", {s.wanted_connection[p], expected.wanted}},
           {"company", {s.company[p], expected.company}},
           {"bond", {s.bond[p], expected.bond}},
           {"approach", {s.approach.now[p], expected.approach}},
           {"warmth", {s.warmth.now[p], expected.warmth}}}};
      for (const auto& [name, pair] : values) {
        CAPTURE(name);
        REQUIRE(pair.first == Approx(pair.second).epsilon(2e-5).margin(2e-5));
      }
      REQUIRE(s.last_contact[p] == static_cast<float>(expected.last_contact));
      REQUIRE(s.contacts[p] == static_cast<std::uint32_t>(expected.contacts));
      REQUIRE(s.calls[p] == static_cast<std::uint32_t>(expected.calls));
      if (const pharmacology::Treated* treated = model.treatment(p))
        REQUIRE(treated->density() == Approx(expected.density).epsilon(2e-5));
      if (expected.patient) compare_patient(p);
    }
    for (const auto& [pair, tie] : plain.ties)
      REQUIRE(model.ties().closeness(model.ties().find(pair.first, pair.second)) ==
              Approx(tie.closeness).epsilon(2e-5));
  }

  void compare_patient(PersonId p) const {
    const patients::Patient& patient = *model.patients().find(p);
    const PlainPatient& expected = *plain.people[p].patient;
    const auto same = [](float value, double other) { REQUIRE(value == Approx(other).epsilon(5e-5).margin(2e-5)); };
    same(patient.craving, expected.craving);
    same((*model.people().find("craving"))[p], expected.craving);
    same(patient.habit, expected.habit);
    same(patient.cost, expected.cost);
    same(patient.signal, expected.signal);
    same(patient.set_point, expected.set_point);
    same(patient.density, expected.density);
    same(patient.connection_recent, expected.connection_recent);
    same(patient.good_a_day, expected.good_a_day);
    same(patient.bad_a_day, expected.bad_a_day);
    REQUIRE(patient.diary.uses == static_cast<std::uint32_t>(expected.uses));
  }

  int uses() const {
    int total = 0;
    for (const PlainPerson& p : plain.people) total += p.patient ? p.patient->uses : 0;
    return total;
  }

  std::size_t met = 0;
};

}  // namespace kith::testing
