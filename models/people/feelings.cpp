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
  p.connection_gain = read(
      s, {.key = "gain",
          .fallback = "0.05",
          .min = "0",
          .max = "1",
          .doc = "Rise of felt connection after a good contact of quality 1 (kappa_C).",
          .mark = Mark::assumed,
          .source = "range 0.02-0.1; with the spread of wanted connection: loneliness in a lockdown (Ernst 2022)"});
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

void read_separation(FeelingParams& p, Section s) {
  p.company_time = read(s, {.key = "company_time",
                            .unit = "h",
                            .fallback = "6 h",
                            .min = "30 min",
                            .max = "10 d",
                            .doc = "Time constant with which good company wears off, in waking hours (tau_K).",
                            .mark = Mark::assumed,
                            .source = "range 2-12 h"});
  p.company_gain =
      read(s, {.key = "company_gain",
               .fallback = "1.5",
               .min = "0",
               .max = "10",
               .doc = "Rise of company after a good contact of reward 1 on a tie of closeness 1 (kappa_K).",
               .mark = Mark::assumed,
               .source = "range 1-3"});
  p.separation_tolerance = read(s, {.key = "tolerance",
                                    .unit = "h",
                                    .fallback = "4 h",
                                    .min = "0 h",
                                    .max = "2 d",
                                    .doc = "Time after the best company during which nobody is missed.",
                                    .mark = Mark::assumed,
                                    .source = "range 2-6 h"});
  p.distress_of_separation = read(s, {.key = "distress",
                                      .unit = "/h",
                                      .fallback = "0.1 /h",
                                      .min = "0 /h",
                                      .max = "2 /h",
                                      .doc = "Distress that an hour of full separation brings (sigma).",
                                      .mark = Mark::assumed,
                                      .source = "range 0.05-0.2 /h; a day alone is aversive (Tomova 2020)"});
  p.loneliness_of_separation =
      read(s, {.key = "loneliness",
               .fallback = "0.8",
               .min = "0",
               .max = "1",
               .doc = "Loneliness to which lasting separation alone would lead, where it is boundless.",
               .mark = Mark::assumed,
               .source = "range 0.5-0.9"});
  p.bond_strength =
      read(s, {.key = "usual_bond",
               .fallback = "13.1",
               .min = "0.1",
               .max = "1000",
               .doc = "Strength of close ties, the sum of their closeness, of which there is as much to miss as usual.",
               .mark = Mark::fitted,
               .source = "median of the reference population"});
  p.bond_time = read(s, {.key = "bond_time",
                         .unit = "h",
                         .fallback = "60 d",
                         .min = "1 d",
                         .max = "3650 d",
                         .doc = "Time constant with which what there is to miss follows close ties that were lost.",
                         .mark = Mark::assumed,
                         .source = "range 30-180 d"});
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
                                   .fallback = "1",
                                   .min = "0",
                                   .max = "5",
                                   .doc = "How mild loneliness raises approach: slope of ln P at no loneliness.",
                                   .mark = Mark::assumed,
                                   .source = "range 0.3-2; sign and shape Reissmann 2021"});
  p.loneliness_turn = read(s, {.key = "turn",
                               .fallback = "0.35",
                               .min = "0.05",
                               .max = "1",
                               .doc = "Loneliness beyond which approach falls below normal.",
                               .mark = Mark::assumed,
                               .source = "range 0.25-0.5; sign and shape Reissmann 2021"});
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

float company_needed(const FeelingParams& p) { return portable_exp(p.separation_tolerance / p.company_time); }

Decay::Decay(double hours, double time) {
  const double x = hours / time;
  left = static_cast<float>(portable_exp(-x));
  mean = x > 1e-6 ? static_cast<float>((1.0 - portable_exp(-x)) / x) : 1.0F;
}

Relaxation::Relaxation(const FeelingParams& p, double tick_hours, double awake) {
  const double awake_share = awake / tick_hours;
  for (std::size_t part = 0; part < parts.size(); ++part) {
    const double hours = tick_hours * static_cast<double>(part) / parts_of_tick;
    const auto decay = [&](float time, double span) { return Decay(span, static_cast<double>(time)); };
    Span& span = parts[part];
    span.hours = static_cast<float>(hours);
    span.connection = decay(p.connection_time, hours);
    span.affect = decay(p.affect_time, hours);
    span.need = decay(p.need_time, hours);
    span.company = decay(p.company_time, awake_share * hours);
    span.company_half = decay(p.company_time, 0.5 * awake_share * hours).left;
  }
  const auto covered = [&](float time) {
    return static_cast<float>(1.0 - portable_exp(-tick_hours / static_cast<double>(time)));
  };
  connection = covered(p.connection_time);
  affect = covered(p.affect_time);
  loneliness = covered(p.loneliness_time);
  signal_mean = covered(p.signal_mean_time);
  set_point = covered(p.set_point_time);
}

FeelingParams read_feelings(Section& s) {
  FeelingParams p;
  read_connection(p, s.section({.key = "connection", .doc = "Felt connection."}));
  read_distress(p, s.section({.key = "distress", .doc = "Distress."}));
  read_separation(p, s.section({.key = "separation", .doc = "Company with people one is attached to, and its lack."}));
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
