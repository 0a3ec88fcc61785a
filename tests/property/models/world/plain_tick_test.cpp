#include <catch2/catch.hpp>

#include "tests/support/both_worlds.hpp"

using namespace kith;
using kith::testing::Both;
using kith::testing::PlainSymptoms;
using kith::testing::PlainTheory;

namespace {

/// Strong parameters, so that a term that is left out shows.
const std::string text = R"(
kith: 1
title: A plain world
theory: {name: botsa, opioid_share: 0.4, approach_gain: 0.6, protection: 0.8, separation: 0.7}
time: {tick: 1 h, burn_in: 4 d, duration: 6 d, start: "Tue 08:00"}
people:
  opioid_tone: {median: 0.2, cv: 0.4, day_sd: 0.3}
  wanted_connection: {mean: 0.7, sd: 0.15, drift: 50 %, drift_time: 6 d}
  oprm1: {allele_frequency: 40 %, reserve_factor: 0.6}
meeting:
  contacts_per_day: 6
  positive_share: 70 %
  quality_of_strangers: 0.3
  closeness_slope: 2
  at_distance: {per_day: 4, quality: 0.4, release: 0.3}
feelings:
  distress: {stressors: 1 /d}
  separation: {company_time: 4 h, company_gain: 2, tolerance: 2 h, distress: 0.2 /h, loneliness: 0.6, usual_bond: 3, bond_time: 5 d}
  loneliness: {time: 4 d, approach: 1.5, turn: 0.3}
receptor: {reserve: 2, regulation_time: 1 d, down_regulation: 0.9}
symptoms: {strength: 2}
)";
constexpr PlainTheory theory{0.4, 0.6, 0.8, 0.7};
constexpr PlainSymptoms symptoms{2.0 * 0.04, 0.5};

const std::vector<config::Override> living{{"ties.are=living"},
                                           {"ties.closeness.of_kin=40 d"},
                                           {"ties.closeness.of_friends=20 d"},
                                           {"ties.closeness.of_acquaintances=10 d"},
                                           {"ties.closeness.gaps=4"},
                                           {"ties.closeness.headroom=0.1"},
                                           {"ties.closeness.conflict_loss=0.03"},
                                           {"ties.closeness.usual_warmth=0.8"},
                                           {"ties.closeness.looser_below=0"},
                                           {"ties.closeness.floor=0"},
                                           {"ties.ends.by_layer=[0 /a, 0 /a, 0 /a, 0 /a]"},
                                           {"ties.ends.of_silence=0"},
                                           {"ties.beginnings.seeking=0 /d"}};

const std::string with_patients =
    "substance_use: {share: 50 %, odds: {base: 0.01}, detoxification: 1 d, social_cost: {missed_contacts: 0.6, "
    "spoiled_contacts: 0.5}}\n";

}  // namespace

TEST_CASE("a world is hour by hour what the equations say: drugs, symptoms, genotypes, stressors, burn-in") {
  Both both(text, {}, theory, symptoms);
  both.run(-96, 0);
  both.treat(2, "naltrexone", {{1.25, 50.0}, {25.0, 50.0}, {26.5, 25.0}});
  both.treat(5, "morphine", {{2.0, 200.0}, {6.0, 200.0}, {30.0, 120.0}});
  both.treat(9, "naltrexone", {{3.0, 50.0}});
  both.treat(9, "buprenorphine", {{20.0, 16.0}, {44.0, 16.0}});
  both.run(0, 96);
  CHECK(both.met > 500);
  CHECK(both.plain.people[2].density > 1.01);
  CHECK(both.plain.people[5].density < 0.998);
  CHECK(both.plain.people[testing::count - 1].contacts == 0);
}

TEST_CASE("so it is at ticks of a quarter of an hour and of six hours, where a tick holds some of the night") {
  for (const char* tick : {"15 min", "6 h"}) {
    CAPTURE(tick);
    Both both(text, {{std::string("time.tick=") + tick}, {"time.burn_in=2 d"}, {"time.start=Tue 02:00"}}, theory,
              symptoms);
    const Tick day = both.model.clock().ticks_per_day();
    both.run(-2 * day, 0);
    both.treat(4, "naltrexone", {{7.0, 50.0}, {31.0, 50.0}});
    both.run(0, 2 * day);
    CHECK(both.met > 200);
  }
}

TEST_CASE("so it is where dozens of contacts and stressors come to everybody in one tick") {
  Both both(text,
            {{"time.tick=6 h"},
             {"meeting.contacts_per_day=100"},
             {"meeting.at_distance.per_day=60"},
             {"feelings.distress.stressors=24 /d"}},
            theory, symptoms);
  both.run(-16, 0);
  both.treat(4, "naltrexone", {{7.0, 50.0}});
  both.run(0, 4);
  CHECK(both.met > 10 * testing::count * 8);
}

TEST_CASE("so it is under every theory, with the terms that go with any") {
  using Rule = PlainTheory::Rule;
  struct Case {
    const char* theory;
    PlainTheory plain;
  };
  const std::vector<Case> cases{
      {"{name: maintenance, opioid_share: 0.4, approach_gain: 0.6, capacity_gain: 0.4, protection: 0.8, separation: "
       "0.7}",
       {0.4, 0.6, 0.8, 0.7, Rule::maintenance, 0.4}},
      {"{name: state_dependent, opioid_share: 0.4, approach_gain: 0.6, distress_drive: 0.3, distressed_from: 0.25, "
       "protection: 0.8, separation: 0.7}",
       {0.4, 0.6, 0.8, 0.7, Rule::state_dependent, 0.3, 0.25}},
      {"{name: feedback, opioid_share: 0.4, approach_gain: 0.6, learning_rate: 0.3, memory_time: 4 d}",
       {0.4, 0.6, 0.0, 0.0, Rule::feedback, 0.3, 0.0, 96.0}},
      {"{name: homeostasis, opioid_share: 0.4, approach_gain: 1.5, set_point_time: 3 d}",
       {0.4, 1.5, 0.0, 0.0, Rule::homeostasis, 0.0, 0.0, 72.0}},
      {"{name: reward, opioid_share: 0.4, approach_gain: 0.6}",
       {.opioid_share = 0.4, .approach_gain = 0.6, .rule = Rule::reward, .pleasure = 0.4}},
      {"{name: nonspecific, symptoms: 0.3, approach_gain: 0.8}",
       {.approach_gain = 0.8, .rule = Rule::nonspecific, .second_gain = 0.3}},
      {"{name: botsa, opioid_share: 0.4, approach_gain: 0.6, protection: 0.8, separation: 0.7, analgesia: {rejection: "
       "0.9}, warmth: {touch: 0.7, cold: 1}}",
       {.opioid_share = 0.4,
        .approach_gain = 0.6,
        .protection = 0.8,
        .separation = 0.7,
        .analgesia = 0.9,
        .touch = 0.7}},
  };
  for (const Case& one : cases) {
    CAPTURE(one.theory);
    Both both(text, {{std::string("theory=") + one.theory}}, one.plain, symptoms);
    both.run(-96, 0);
    both.treat(2, "naltrexone", {{1.25, 50.0}, {25.0, 50.0}});
    both.treat(5, "morphine", {{2.0, 200.0}, {6.0, 200.0}});
    both.run(0, 48);
    CHECK(both.met > 300);
  }
}

TEST_CASE("without an opioid theory the signal does nothing to anybody, and all else is as it was") {
  Both both(text, {{"theory=none"}, {"symptoms.strength=0"}}, {}, {});
  both.treat(2, "naltrexone", {{1.0, 50.0}});
  both.run(-96, 48);
}

TEST_CASE("a world is what the equations say also where approach and the tone of a day meet their bounds") {
  Both both(text, {{"meeting.approach_least=0.95"}, {"meeting.approach_most=1.1"}, {"people.opioid_tone.day_sd=0.8"}},
            theory, symptoms);
  both.run(-96, 48);
}

TEST_CASE("where opportunity changes, contacts follow it") {
  Both both(text, {}, theory, symptoms);
  both.run(-96, 0);
  const std::size_t before = both.met;
  for (PersonId p = 0; p < testing::count; ++p) {
    both.opportunity.in_person.push_back(p % 2 == 0 ? 0.0F : 0.5F);
    both.opportunity.at_distance.push_back(p % 3 == 0 ? 0.0F : 0.4F);
    both.opportunity.home_from.push_back(p % 5 == 0 ? 2.0F : 0.9F);
  }
  both.model.set_opportunity(both.opportunity);
  both.run(0, 96);
  CHECK(both.met - before > 20);
  CHECK(both.met - before < before / 3);
}

TEST_CASE("ties that live fade by the day, grow by rewards relative to usual warmth, and suffer from conflict") {
  Both both(text, living, theory, symptoms);
  both.run(-96, 0);
  both.treat(3, "naltrexone", {{1.0, 50.0}, {25.0, 50.0}});
  both.run(0, 144);
  CHECK(both.met > 500);
}

TEST_CASE("patients crave, use, feel and neglect company as the equations say, whatever treatment acts on") {
  for (const char* paths : {"both", "attachment", "use", "nothing"}) {
    CAPTURE(paths);
    Both both(text + with_patients, {{std::string("substance_use.treatment_acts_on=") + paths}}, theory, symptoms);
    both.run(-96, 0);
    people::Scales scales = both.scenario.scales;
    both.plain.lonely_above = scales.lonely_above = 0.3F;
    both.model.set_scales(scales);
    for (const patients::Patient& patient : both.model.patients().all()) {
      if (patient.person % 2 == 0) both.treat(patient.person, "naltrexone", {{4.5, 30.0}, {28.5, 30.0}});
    }
    both.run(0, 72);
    CHECK(both.uses() > 20);
  }
}

TEST_CASE("so do those who drink, which releases ligand at once, also where lonely is a share of the population") {
  Both both(text + with_patients, {{"substance_use.substance=alcohol"}, {"scales.lonely={share: 24 %}"}}, theory,
            symptoms);
  both.run(-96, 96);
  CHECK(both.uses() > 20);
}
