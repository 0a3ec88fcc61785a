#include "models/patients/substance_use.hpp"

namespace kith::patients {

using config::Mark;
using config::Section;
using config::Spec;

namespace {

float read(Section& section, const Spec& spec) { return static_cast<float>(section.number(spec)); }

void read_craving(SubstanceUseParams& p, Section s) {
  p.craving_rest = read(s, {.key = "rest",
                            .fallback = "0.1",
                            .min = "0",
                            .max = "1",
                            .doc = "Craving without negative affect, loneliness and withdrawal.",
                            .mark = Mark::assumed,
                            .source = "range 0-0.3"});
  p.craving_of_affect = read(s, {.key = "of_negative_affect",
                                 .fallback = "0.4",
                                 .min = "0",
                                 .max = "2",
                                 .doc = "Craving that full negative affect adds.",
                                 .mark = Mark::assumed,
                                 .source = "range 0.2-0.8"});
  p.craving_of_habit = read(s, {.key = "of_habit",
                                .fallback = "0.3",
                                .min = "0",
                                .max = "2",
                                .doc = "Craving that full habit adds: what reminds of use.",
                                .mark = Mark::assumed,
                                .source = "range 0-0.5"});
  p.craving_of_withdrawal = read(s, {.key = "of_withdrawal",
                                     .fallback = "0.1",
                                     .min = "0",
                                     .max = "2",
                                     .doc = "Craving that a mu-signal of 0 adds; in between as the share by which the "
                                            "signal lies below the set point.",
                                     .mark = Mark::assumed,
                                     .source = "range 0-0.4"});
  p.craving_time = read(s, {.key = "time",
                            .unit = "h",
                            .fallback = "12 h",
                            .min = "1 h",
                            .max = "30 d",
                            .doc = "Time constant of craving.",
                            .mark = Mark::assumed,
                            .source = "range 4-48 h"});
  p.company_relief = read(s, {.key = "relief_by_company",
                              .fallback = "0.05",
                              .min = "0",
                              .max = "1",
                              .doc = "Share of craving that a good contact of quality 1 takes away.",
                              .mark = Mark::assumed,
                              .source = "range 0-0.2; sign: less craving on days with good exchanges (Knapp)"});
  p.use_relief = read(s, {.key = "relief_by_use",
                          .fallback = "0.7",
                          .min = "0",
                          .max = "1",
                          .doc = "Share of craving that a use of reward 1 takes away.",
                          .mark = Mark::assumed,
                          .source = "range 0.3-1"});
}

void read_odds(SubstanceUseParams& p, Section s) {
  p.base_odds =
      s.number({.key = "base",
                .fallback = "0.0005",
                .min = "0",
                .max = "10",
                .doc = "Odds of use in a waking hour without craving, habit and loneliness.",
                .mark = Mark::fitted,
                .source = "relapse within 24 weeks in `recovery`: 65 % on extended-release naltrexone and 57 % "
                          "on buprenorphine, all who were allocated (X:BOT, Lee 2018)"});
  p.craving_slope = s.number({.key = "craving",
                              .fallback = "4",
                              .min = "0.01",
                              .max = "20",
                              .doc = "Rise of the logarithm of the odds from no to full craving.",
                              .mark = Mark::assumed,
                              .source = "range 2-6"});
  p.habit_slope = s.number({.key = "habit",
                            .fallback = "5",
                            .min = "0",
                            .max = "20",
                            .doc = "Rise of the logarithm of the odds from no to full habit.",
                            .mark = Mark::assumed,
                            .source = "range 2-7"});
  p.odds_per_ucla_point =
      s.number({.key = "per_ucla_point",
                .fallback = "1.16",
                .min = "1",
                .max = "10",
                .doc = "Factor on the odds for each point of loneliness on a scale from 3 to 9, through craving.",
                .mark = Mark::assumed,
                .source = "range 1.06-4.4: 1.16 (CI 1.06-1.27) for any positive test, for a point of the 20-item scale "
                          "of 20-80 (McDonagh 2020); ten such points are one here"});
  p.person_sd = s.number({.key = "sd",
                          .fallback = "1",
                          .min = "0",
                          .max = "5",
                          .doc = "Spread of the logarithm of the odds between patients.",
                          .mark = Mark::assumed,
                          .source = "range 0.5-2"});
}

void read_habit(SubstanceUseParams& p, Section s) {
  p.habit_start = read(s, {.key = "start",
                           .fallback = "0.8",
                           .min = "0",
                           .max = "1",
                           .doc = "Habit of a patient before the burn-in.",
                           .mark = Mark::assumed,
                           .source = "range 0.5-1"});
  p.learning = read(s, {.key = "learning",
                        .fallback = "0.15",
                        .min = "0",
                        .max = "1",
                        .doc = "Share of the way from habit to the reward that one use covers.",
                        .mark = Mark::assumed,
                        .source = "range 0.05-0.3"});
}

void read_reward(SubstanceUseParams& p, Section s) {
  p.least_reward = read(s, {.key = "not_felt",
                            .fallback = "0.3",
                            .min = "0",
                            .max = "0.9",
                            .doc = "Rise of the mu-signal that is not felt, as a share of that of a median person "
                                   "without drugs.",
                            .mark = Mark::assumed,
                            .source = "range 0.1-0.4; at the default a depot of naltrexone blocks a usual dose for "
                                      "four weeks, as observed"});
  p.distress_relief = read(s, {.key = "soothes",
                               .fallback = "0.5",
                               .min = "0",
                               .max = "1",
                               .doc = "Share of distress that a use of reward 1 takes away.",
                               .mark = Mark::assumed,
                               .source = "range 0.2-0.8"});
  p.positive_affect_gain = read(s, {.key = "lifts",
                                    .fallback = "0.2",
                                    .min = "0",
                                    .max = "1",
                                    .doc = "Share of the way to full positive affect that a use of reward 1 covers.",
                                    .mark = Mark::assumed,
                                    .source = "range 0.1-0.5"});
}

void read_cost(SubstanceUseParams& p, Section s) {
  p.missed_contacts = read(s, {.key = "missed_contacts",
                               .fallback = "0.5",
                               .min = "0",
                               .max = "1",
                               .doc = "Share of approach that is lost right after use.",
                               .mark = Mark::assumed,
                               .source = "range 0.2-0.8"});
  p.spoiled_contacts = read(s, {.key = "spoiled_contacts",
                                .fallback = "0.3",
                                .min = "0",
                                .max = "1",
                                .doc = "Share of good contacts that turn bad right after use, for both people.",
                                .mark = Mark::assumed,
                                .source = "range 0.1-0.5"});
  p.cost_time = read(s, {.key = "time",
                         .unit = "h",
                         .fallback = "8 h",
                         .min = "1 h",
                         .max = "7 d",
                         .doc = "Time constant with which both pass.",
                         .mark = Mark::assumed,
                         .source = "range 4-24 h"});
}

}  // namespace

SubstanceUseParams read_substance_use_params(Section& s) {
  SubstanceUseParams p;
  read_craving(p, s.section({.key = "craving", .doc = "What makes a patient crave."}));
  read_odds(p, s.section({.key = "odds", .doc = "Odds of use in a waking hour: a base, and factors on it."}));
  read_habit(p, s.section({.key = "habit", .doc = "Habit, which learns from the reward of use."}));
  read_reward(p, s.section({.key = "reward", .doc = "What use is worth, in the moment."}));
  read_cost(p, s.section({.key = "social_cost", .doc = "What use does to contacts for some hours."}));
  return p;
}

}  // namespace kith::patients
