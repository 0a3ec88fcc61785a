#include "models/people/feelings.hpp"

namespace kith::people {

using config::Mark;
using config::Section;
using config::Spec;

namespace {

float read(Section& section, const Spec& spec) { return static_cast<float>(section.number(spec)); }

void read_connection(FeelingParams& p, Section s) {
  p.connection_rest = read(s, {.key = "rest",
                               .fallback = "0.45",
                               .min = "0",
                               .max = "1",
                               .doc = "Felt connection without contacts (C0).",
                               .mark = Mark::assumed,
                               .source = "range 0.3-0.6"});
  p.connection_time = read(s, {.key = "time",
                               .unit = "h",
                               .fallback = "1 d",
                               .min = "1 h",
                               .max = "30 d",
                               .doc = "Time constant of felt connection.",
                               .mark = Mark::assumed,
                               .source = "range 12-72 h"});
  p.connection_gain = read(s, {.key = "gain",
                               .fallback = "0.1",
                               .min = "0",
                               .max = "1",
                               .doc = "Rise of felt connection after a good contact of quality 1 (kappa_C).",
                               .mark = Mark::assumed,
                               .source = "range 0.05-0.2"});
}

void read_distress(FeelingParams& p, Section s) {
  p.distress_time = read(s, {.key = "time",
                             .unit = "h",
                             .fallback = "6 h",
                             .min = "10 min",
                             .max = "30 d",
                             .doc = "Time constant of distress.",
                             .mark = Mark::assumed,
                             .source = "range 2-24 h"});
  p.distress_of_conflict = read(s, {.key = "of_conflict",
                                    .fallback = "0.2",
                                    .min = "0",
                                    .max = "1",
                                    .doc = "Distress that a bad contact brings (a).",
                                    .mark = Mark::assumed,
                                    .source = "range 0.1-0.4"});
  p.stressors = read(s, {.key = "stressors",
                         .unit = "/h",
                         .fallback = "0 /d",
                         .min = "0 /d",
                         .max = "24 /d",
                         .doc = "Stressors other than people: how many in a day.",
                         .mark = Mark::assumed,
                         .source = "range 0-1 /d; 0.4 /d is one on every third day (Almeida 2005)"});
  p.distress_of_stressor = read(s, {.key = "of_stressor",
                                    .fallback = "0.2",
                                    .min = "0",
                                    .max = "1",
                                    .doc = "Distress that a stressor brings.",
                                    .mark = Mark::assumed,
                                    .source = "range 0.1-0.4"});
  p.distress_of_separation = read(s, {.key = "of_separation",
                                      .unit = "/h",
                                      .fallback = "0.01 /h",
                                      .min = "0 /h",
                                      .max = "1 /h",
                                      .doc = "Distress for each hour alone beyond the tolerance.",
                                      .mark = Mark::assumed,
                                      .source = "range 0.003-0.03 /h"});
  p.separation_tolerance = read(s, {.key = "tolerance",
                                    .unit = "h",
                                    .fallback = "2 d",
                                    .min = "1 h",
                                    .max = "60 d",
                                    .doc = "Time without any contact that brings no distress.",
                                    .mark = Mark::assumed,
                                    .source = "range 1-4 d"});
  p.opioid_protection = read(s, {.key = "opioid_protection",
                                 .fallback = "0.5",
                                 .min = "0",
                                 .max = "5",
                                 .doc = "How much the mu-signal damps new distress: factor exp(-s (S - 1)).",
                                 .mark = Mark::assumed,
                                 .source = "range 0-1"});
  p.soothing = read(s, {.key = "soothing",
                        .fallback = "0.2",
                        .min = "0",
                        .max = "1",
                        .doc = "Share of distress that a good contact of reward 1 takes away (b).",
                        .mark = Mark::assumed,
                        .source = "range 0.1-0.5"});
}

void read_affect(FeelingParams& p, Section s) {
  p.positive_rest = read(s, {.key = "positive_rest",
                             .fallback = "0.45",
                             .min = "0",
                             .max = "1",
                             .doc = "Positive affect without contacts.",
                             .mark = Mark::assumed,
                             .source = "range 0.3-0.6"});
  p.positive_gain = read(
      s, {.key = "positive_gain",
          .fallback = "0.1",
          .min = "0",
          .max = "1",
          .doc = "Rise of positive affect after a good contact of quality 1; not opioid (the published dissociation).",
          .mark = Mark::assumed,
          .source = "range 0.05-0.2"});
  p.negative_rest = read(s, {.key = "negative_rest",
                             .fallback = "0.1",
                             .min = "0",
                             .max = "1",
                             .doc = "Negative affect without distress.",
                             .mark = Mark::assumed,
                             .source = "range 0.05-0.3"});
  p.negative_of_distress = read(s, {.key = "negative_of_distress",
                                    .fallback = "0.5",
                                    .min = "0",
                                    .max = "1",
                                    .doc = "Negative affect that full distress adds.",
                                    .mark = Mark::assumed,
                                    .source = "range 0.2-0.8"});
  p.affect_time = read(s, {.key = "time",
                           .unit = "h",
                           .fallback = "1 d",
                           .min = "1 h",
                           .max = "30 d",
                           .doc = "Time constant of affect.",
                           .mark = Mark::assumed,
                           .source = "range 6-72 h"});
}

void read_loneliness(FeelingParams& p, Section s) {
  p.loneliness_time = read(s, {.key = "time",
                               .unit = "h",
                               .fallback = "14 d",
                               .min = "1 d",
                               .max = "365 d",
                               .doc = "Time constant of loneliness.",
                               .mark = Mark::assumed,
                               .source = "range 7-28 d"});
  p.loneliness_approach = read(s, {.key = "approach",
                                   .fallback = "0.5",
                                   .min = "0",
                                   .max = "5",
                                   .doc = "How mild loneliness raises approach: slope of ln P at no loneliness.",
                                   .mark = Mark::assumed,
                                   .source = "range 0-1; sign and shape Reissmann 2021"});
  p.loneliness_turn = read(s, {.key = "turn",
                               .fallback = "0.5",
                               .min = "0.05",
                               .max = "1",
                               .doc = "Loneliness beyond which approach falls below normal.",
                               .mark = Mark::assumed,
                               .source = "range 0.3-0.8; sign and shape Reissmann 2021"});
  p.lonely_coldness = read(s, {.key = "coldness",
                               .fallback = "0.5",
                               .min = "0",
                               .max = "1",
                               .doc = "Fall of the warmth offered with loneliness.",
                               .mark = Mark::assumed,
                               .source = "range 0-0.8"});
  p.distressed_coldness = read(s, {.key = "coldness_of_distress",
                                   .fallback = "0.3",
                                   .min = "0",
                                   .max = "1",
                                   .doc = "Fall of the warmth offered with distress.",
                                   .mark = Mark::assumed,
                                   .source = "range 0-0.6"});
}

}  // namespace

Relaxation::Relaxation(const FeelingParams& p, double tick_hours) : hours(static_cast<float>(tick_hours)) {
  const auto covered = [&](float time) {
    return static_cast<float>(1.0 - portable_exp(-tick_hours / static_cast<double>(time)));
  };
  connection = covered(p.connection_time);
  distress = covered(p.distress_time);
  affect = covered(p.affect_time);
  need = covered(p.need_time);
  loneliness = covered(p.loneliness_time);
  signal_mean = covered(p.signal_mean_time);
  set_point = covered(p.set_point_time);
}

FeelingParams read_feelings(Section& s) {
  FeelingParams p;
  read_connection(p, s.section({.key = "connection", .doc = "Felt connection."}));
  read_distress(p, s.section({.key = "distress", .doc = "Distress."}));
  read_affect(p, s.section({.key = "affect", .doc = "Positive and negative affect."}));
  read_loneliness(
      p, s.section({.key = "loneliness", .doc = "Loneliness: the lasting gap between the connection wanted and had."}));
  p.need_time = read(s, {.key = "need_time",
                         .unit = "h",
                         .fallback = "10 h",
                         .min = "1 h",
                         .max = "10 d",
                         .doc = "Time constant with which social need builds up.",
                         .mark = Mark::assumed,
                         .source = "range 4-24 h"});
  p.need_relief = read(s, {.key = "need_relief",
                           .fallback = "0.5",
                           .min = "0",
                           .max = "1",
                           .doc = "Share of social need that a good contact of quality 1 takes away.",
                           .mark = Mark::assumed,
                           .source = "range 0.2-0.8"});
  p.signal_mean_time = read(s, {.key = "signal_mean_time",
                                .unit = "h",
                                .fallback = "1 d",
                                .min = "1 h",
                                .max = "30 d",
                                .doc = "Time constant of the running mean of the mu-signal.",
                                .mark = Mark::assumed,
                                .source = "range 6-72 h"});
  p.set_point_time = read(s, {.key = "set_point_time",
                              .unit = "h",
                              .fallback = "21 d",
                              .min = "1 d",
                              .max = "3650 d",
                              .doc = "Time constant with which the set point follows the mu-signal (tolerance).",
                              .mark = Mark::assumed,
                              .source = "range 7-60 d"});
  return p;
}

}  // namespace kith::people
