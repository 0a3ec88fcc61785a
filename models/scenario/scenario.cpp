#include "models/scenario/scenario.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/fingerprint.hpp"
#include "core/units.hpp"
#include "models/scenario/mechanisms.hpp"
#include "models/scenario/record.hpp"
#include "models/scenario/substance_use.hpp"
#include "models/scenario/trials.hpp"

namespace kith {

using config::Mark;
using config::Section;

namespace {

TimeParams read_time(Section s) {
  TimeParams p;
  const double tick = s.number({.key = "tick",
                                .unit = "h",
                                .fallback = "1 h",
                                .min = "1 min",
                                .max = "6 h",
                                .doc = "Length of a tick; divides a day."});
  p.tick_seconds = std::llround(tick * 3600.0);
  const bool is_whole = std::abs(tick * 3600.0 - static_cast<double>(p.tick_seconds)) < 1e-6;
  const bool is_tick_wrong = !is_whole || p.tick_seconds < 1 || 86400 % p.tick_seconds != 0;
  if (is_tick_wrong) {
    s.fail("tick", "a tick of this length does not divide a day", "a day is a whole number of ticks",
           "use e.g. 15 min, 1 h or 6 h");
    p.tick_seconds = 3600;
  }
  const auto check_ticks = [&](std::string_view key, double hours) {
    if (is_tick_wrong || is_whole_ticks(hours, p)) return;
    s.fail(key, fmt::format("{} is not a whole number of ticks", print_quantity(hours, Dimension::time)),
           fmt::format("time.tick is {}", print_quantity(tick, Dimension::time)), "use a multiple of time.tick");
  };
  p.burn_in = s.number({.key = "burn_in",
                        .unit = "h",
                        .fallback = "28 d",
                        .min = "0 h",
                        .max = "3650 d",
                        .doc = "Time that runs first and is not recorded, so that feelings settle.",
                        .mark = Mark::assumed,
                        .source = "range 14-60 d"});
  p.duration = s.number({.key = "duration",
                         .unit = "h",
                         .fallback = "22 d",
                         .min = "1 h",
                         .max = "36500 d",
                         .doc = "Length of the run after the burn-in."});
  check_ticks("burn_in", p.burn_in);
  check_ticks("duration", p.duration);
  p.start = s.week_time({.key = "start",
                         .fallback = "Mon 00:00",
                         .doc = "Day of the week and local time at which the measured time starts."});
  return p;
}

TraitParams read_people(Section s) {
  TraitParams p;
  p.count = static_cast<std::uint32_t>(s.integer({.key = "count",
                                                  .fallback = "10000",
                                                  .min = "1",
                                                  .max = "100000000",
                                                  .doc = "Number of people; a network file sets it itself."}));
  Section tone = s.section({.key = "opioid_tone", .doc = "Opioid tone (lambda0), lognormal over people."});
  p.tone_median = tone.number({.key = "median",
                               .fallback = "0.15",
                               .min = "0.001",
                               .max = "10",
                               .doc = "Median opioid tone, in units of the ligand's own constant.",
                               .mark = Mark::assumed,
                               .source = "range 0.05-0.3"});
  p.tone_cv = tone.number({.key = "cv",
                           .fallback = "0.25",
                           .min = "0",
                           .max = "2",
                           .doc = "Coefficient of variation between people.",
                           .mark = Mark::assumed,
                           .source = "range 0.1-0.5"});
  p.tone_day_sd = tone.number({.key = "day_sd",
                               .fallback = "0.1",
                               .min = "0",
                               .max = "1",
                               .doc = "Spread of a person's tone from day to day, relative to the tone.",
                               .mark = Mark::assumed,
                               .source = "range 0-0.2"});
  Section wanted =
      s.section({.key = "wanted_connection", .doc = "Connection that a person wants, normal over people."});
  p.wanted_mean = wanted.number({.key = "mean",
                                 .fallback = "0.55",
                                 .min = "0.05",
                                 .max = "1",
                                 .doc = "Mean connection wanted.",
                                 .mark = Mark::assumed,
                                 .source = "range 0.45-0.65"});
  p.wanted_sd =
      wanted.number({.key = "sd",
                     .fallback = "0.2",
                     .min = "0",
                     .max = "0.5",
                     .doc = "Spread between people.",
                     .mark = Mark::assumed,
                     .source = "range 0.1-0.25; with the gain of connection: loneliness in a lockdown (Ernst 2022)"});
  p.wanted_drift =
      wanted.number({.key = "drift",
                     .unit = "%",
                     .fallback = "40 %",
                     .min = "0",
                     .max = "1",
                     .doc = "Share of its variance that comes and goes within each person; the rest lasts.",
                     .mark = Mark::assumed,
                     .source = "range 20-60 %"});
  p.wanted_time = wanted.number({.key = "drift_time",
                                 .unit = "h",
                                 .fallback = "60 d",
                                 .min = "1 d",
                                 .max = "3650 d",
                                 .doc = "Time constant with which it does.",
                                 .mark = Mark::assumed,
                                 .source = "range 30-180 d"});
  p.do_bodies_differ =
      s.choice(
          {.key = "drug_kinetics",
           .fallback = "individual",
           .doc =
               "Whether people differ in what their bodies do with a drug, as its between_people and covariates say."},
          {{"individual", "each person has a clearance, a bioavailability and an effect-site half-life of their own"},
           {"typical", "everybody is the typical person of each drug"}}) == 0;
  p.genotype = people::read_genotype(s.section(
      {.key = "oprm1", .doc = "The A118G variant of the mu-receptor's gene (rs1799971); does nothing by default."}));
  return p;
}

pharmacology::ReceptorParams read_receptor(Section s) {
  pharmacology::ReceptorParams p;
  const auto read = [&](const config::Spec& spec) { return static_cast<float>(s.number(spec)); };
  p.reserve = read({.key = "reserve",
                    .fallback = "5",
                    .min = "0.01",
                    .max = "1000",
                    .doc = "Receptor reserve (tau).",
                    .mark = Mark::assumed,
                    .source = "range 1-20"});
  p.phasic_half_life = read({.key = "phasic_half_life",
                             .unit = "h",
                             .fallback = "1.5 h",
                             .min = "1 min",
                             .max = "10 d",
                             .doc = "Half-life of released ligand.",
                             .mark = Mark::assumed,
                             .source = "range 0.5-3 h"});
  p.release = read({.key = "release",
                    .fallback = "0.08",
                    .min = "0",
                    .max = "1",
                    .doc = "Ligand that a good contact of quality 1 releases.",
                    .mark = Mark::assumed,
                    .source = "range 0.05-0.10 (3-8 % PET displacement)"});
  p.up_regulation =
      read({.key = "up_regulation",
            .fallback = "0.5",
            .min = "0",
            .max = "5",
            .doc = "Rise of the receptor density under lasting full blockade (g_up); treated people only.",
            .mark = Mark::assumed,
            .source = "range 0-0.8; 0.55-0.8 in mice, unknown in humans"});
  p.down_regulation = read({.key = "down_regulation",
                            .fallback = "0.4",
                            .min = "0",
                            .max = "0.95",
                            .doc = "Fall of the receptor density under a strong agonist (g_dn); treated people only.",
                            .mark = Mark::assumed,
                            .source = "range 0-0.6"});
  p.regulation_time = read({.key = "regulation_time",
                            .unit = "h",
                            .fallback = "4 d",
                            .min = "1 h",
                            .max = "365 d",
                            .doc = "Time constant of the receptor density (tau_B).",
                            .mark = Mark::assumed,
                            .source = "range 2-8 d"});
  return p;
}

}  // namespace

std::uint64_t seed_from_text(const std::string& text) {
  std::uint64_t seed = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seed);
  if (error == std::errc{} && end == text.data() + text.size()) return seed;
  Fingerprint fingerprint;
  fingerprint.add(std::string_view(text));
  return fingerprint.value();
}

std::string fitted_text(const Scenario& scenario) {
  const std::vector<std::string> shipped = theories::keys_of(scenario.theory.kind, Mark::fitted);
  bool is_shipped = true;
  std::string text;
  for (const config::TakenEstimates& file : scenario.fitted) {
    std::string values;
    for (const auto& [key, value] : file.values) {
      is_shipped = is_shipped && std::find(shipped.begin(), shipped.end(), key) == shipped.end();
      values += fmt::format("{}{} = {}", values.empty() ? "" : ", ", key, value);
    }
    if (!values.empty())
      text += fmt::format("{}{} (fitted: {}): {}.", text.empty() ? "" : " ", file.title, file.file, values);
  }
  if (text.empty()) return std::string(scenario.theory.fitted);
  return is_shipped ? fmt::format("{} {}", scenario.theory.fitted, text) : text;
}

Scenario read_scenario(Section root) {
  constexpr double unknown_duration = 24.0 * 36500.0;  // no event comes too late
  Scenario scenario;
  root.integer({.key = "kith", .min = "1", .max = "1", .doc = "Version of the scenario format."});
  scenario.title = root.text({.key = "title", .doc = "What the scenario is, in a few words."});
  root.texts(
      {.key = "fitted",
       .fallback = "[]",
       .doc = "Files that kith fit wrote. What they estimate is taken where this scenario, or --set, gives no value of "
              "its own; a file for another theory is left out."});
  scenario.fitted = config::taken_estimates(root);
  scenario.theory = theories::read_theory(root);
  const std::size_t before_time = root.mistakes();
  scenario.time = read_time(root.section({.key = "time", .doc = "Ticks, burn-in and length of the run."}));
  scenario.time.is_right = root.mistakes() == before_time;
  Section people_section = root.section({.key = "people", .doc = "The population."});
  scenario.traits = read_people(people_section);
  auto columns =
      read_columns(people_section.section({.key = "columns", .doc = "A table about people, joined by their ids."}));
  scenario.column_names = columns ? config::KnownNames(columns->names) : config::KnownNames::unknown();
  scenario.columns = std::move(columns).value_or(network::PersonColumns{});
  scenario.network =
      read_network(root.section({.key = "network", .doc = "The social network: generated, or read from a file."}),
                   scenario.traits.count);
  Section meeting = root.section({.key = "meeting", .doc = "Who meets whom, and how it goes."});
  scenario.meeting = people::read_meeting(meeting);
  Section ties = root.section({.key = "ties", .doc = "Whether ties change."}, "are");
  ties.variant({.key = "are", .fallback = "fixed", .doc = "Whether ties change during the run."},
               {{"fixed", "ties stay as they are at the start", {}},
                {"living", "closeness grows and fades, ties end and begin",
                 [&](Section& s) { scenario.tie_life = bonds::read_tie_life(s, scenario.column_names); }}});
  Section feelings = root.section({.key = "feelings", .doc = "What people feel."});
  scenario.feelings = people::read_feelings(feelings);
  scenario.receptor = read_receptor(root.section({.key = "receptor", .doc = "The mu-opioid receptor."}));
  scenario.pharmacy =
      std::make_shared<const pharmacology::Pharmacy>(pharmacology::read_drugs(root, scenario.column_names));
  scenario.scales = people::read_scales(root);
  for (const MechanismKind& kind : all_mechanisms()) {
    if (auto mechanism = kind.read(root, scenario)) scenario.mechanisms.push_back(std::move(mechanism));
  }
  read_trials(root, scenario);
  scenario.events =
      events::read_events(root, {.pharmacy = *scenario.pharmacy,
                                 .duration = scenario.time.is_right ? scenario.time.duration : unknown_duration,
                                 .starts_at = std::fmod(scenario.time.start, 24.0),
                                 .columns = scenario.column_names,
                                 .arms = arm_names(scenario),
                                 .do_ties_live = scenario.tie_life.has_value()});
  scenario.record = read_record(root.section({.key = "record", .doc = "What the result file keeps."}), scenario);
  Section replicates = root.section({.key = "replicates", .doc = "Virtual studies."}, "count");
  scenario.replicates = static_cast<std::uint32_t>(
      replicates.integer({.key = "count",
                          .fallback = "1",
                          .min = "1",
                          .max = "1000000",
                          .doc = "How many times the study is done, each with draws of its own."}));
  scenario.same_population =
      replicates.choice({.key = "population", .fallback = "same", .doc = "Where the participants come from."},
                        {{"same", "all studies draw from one population after its burn-in"},
                         {"new", "every study has a population and a burn-in of its own"}}) == 0;
  if (!scenario.same_population && !scenario.record.by_category.empty())
    root.fail("replicates",
              fmt::format("the groups of {} differ between populations", scenario.record.by_category.front()),
              "record.by has them", "leave them out there, or use one population");
  scenario.seed = seed_from_text(
      root.text({.key = "seed", .fallback = "1", .doc = "A number or any text: all chance follows from it."}));
  check_participants(root, scenario);
  check_patients(root, scenario);
  scenario.expected = read_expectation(root, scenario);
  return scenario;
}

}  // namespace kith
