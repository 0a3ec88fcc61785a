#include "models/scenario.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>

#include "core/fingerprint.hpp"
#include "core/units.hpp"
#include "network/generate.hpp"

namespace kith {

using config::Mark;
using config::Section;
namespace net = network;

namespace {

bool is_whole_ticks(double hours, const TimeParams& time) {
  const double ticks = hours * 3600.0 / static_cast<double>(time.tick_seconds);
  return std::abs(ticks - std::round(ticks)) < 1e-6;
}

TimeParams read_time(Section s) {
  TimeParams p;
  const double tick = s.number({.key = "tick",
                                .unit = "h",
                                .fallback = "1 h",
                                .min = "1 min",
                                .max = "1 d",
                                .doc = "Length of a tick; divides a day."});
  p.tick_seconds = std::llround(tick * 3600.0);
  const bool is_tick_wrong = p.tick_seconds < 1 || 86400 % p.tick_seconds != 0;
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
                                 .fallback = "0.6",
                                 .min = "0.05",
                                 .max = "1",
                                 .doc = "Mean connection wanted.",
                                 .mark = Mark::assumed,
                                 .source = "range 0.5-0.7"});
  p.wanted_sd = wanted.number({.key = "sd",
                               .fallback = "0.08",
                               .min = "0",
                               .max = "0.5",
                               .doc = "Spread between people.",
                               .mark = Mark::assumed,
                               .source = "range 0.04-0.15"});
  return p;
}

/// A generator whose parameters have been read.
template <class Parameters>
std::function<net::Graph(std::uint32_t, WorldKey)> generator(Parameters parameters) {
  return [parameters](std::uint32_t people, WorldKey world) { return net::generate(parameters, people, world); };
}

/// Refuses more ties than others to be tied to; `people` is 0 when their number is not known.
void check_ties(Section& s, std::string_view key, double ties, std::uint32_t people) {
  if (people == 0 || ties < static_cast<double>(people)) return;
  s.fail(key, fmt::format("{:g} ties a person are impossible among {} people", ties, people),
         "nobody is tied to themselves", fmt::format("use at most {}, or raise people.count", people - 1));
}

void read_generator(Section& s, NetworkSource& source, std::uint32_t people) {
  const auto layers = [&](Section& v) {
    net::Layers p;
    p.sizes = v.numbers({.key = "sizes",
                         .fallback = "[5, 10, 35, 100]",
                         .min = "0.1",
                         .max = "10000",
                         .doc = "Mean number of ties in each layer, closest first (at most four).",
                         .mark = Mark::published,
                         .source = "Dunbar 2020; Tamarit 2018"});
    if (p.sizes.empty() || p.sizes.size() > 4) {
      v.fail("sizes", "one to four layers are needed", "closeness is known for four layers",
             "write e.g. [5, 10, 35, 100]");
      p.sizes = {5, 10, 35, 100};
    }
    p.size_cv = v.number({.key = "size_cv",
                          .fallback = "0.4",
                          .min = "0",
                          .max = "1",
                          .doc = "Spread of the sizes between people.",
                          .mark = Mark::published,
                          .source = "+-40 % between people (Dunbar 2020; Tamarit 2018)"});
    p.community = v.number({.key = "community",
                            .fallback = "200",
                            .min = "2",
                            .max = "1000000",
                            .doc = "Mean number of people in a community.",
                            .mark = Mark::assumed,
                            .source = "range 100-500"});
    source.generate = generator(p);
  };
  const auto erdos_renyi = [&](Section& v) {
    const double mean_ties = v.number(
        {.key = "mean_ties", .fallback = "10", .min = "0", .max = "100000", .doc = "Mean number of ties of a person."});
    check_ties(v, "mean_ties", mean_ties, people);
    source.generate = generator(net::ErdosRenyi{.mean_ties = mean_ties});
  };
  const auto small_world = [&](Section& v) {
    net::SmallWorld p;
    p.ties = static_cast<std::uint32_t>(v.integer(
        {.key = "ties", .fallback = "10", .min = "2", .max = "100000", .doc = "Ties of a person in the ring, even."}));
    if (p.ties % 2 != 0)
      v.fail("ties", "an odd number of ties", "half of them lie on each side of the ring", "use an even number");
    check_ties(v, "ties", p.ties, people);
    p.rewire = v.number({.key = "rewire",
                         .unit = "%",
                         .fallback = "10 %",
                         .min = "0",
                         .max = "1",
                         .doc = "Share of ties that lead elsewhere."});
    source.generate = generator(p);
  };
  const auto preferential = [&](Section& v) {
    const auto ties = static_cast<std::uint32_t>(v.integer(
        {.key = "ties", .fallback = "5", .min = "1", .max = "100000", .doc = "Ties that each new person makes."}));
    check_ties(v, "ties", ties, people);
    source.generate = generator(net::PreferentialAttachment{.ties = ties});
  };
  const auto blocks = [&](Section& v) {
    net::StochasticBlock p;
    p.sizes = v.numbers({.key = "sizes",
                         .unit = "%",
                         .fallback = "[50 %, 50 %]",
                         .min = "0",
                         .max = "1",
                         .above_min = true,
                         .doc = "Shares of the people in the blocks; they add up to 100 %."});
    double total = 0.0;
    for (const double size : p.sizes) total += size;
    if (std::abs(total - 1.0) > 1e-9)
      v.fail("sizes", fmt::format("the shares add up to {:.6g} %, not 100 %", 100.0 * total),
             "everybody belongs to one block");
    p.within = v.number({.key = "within",
                         .fallback = "8",
                         .min = "0",
                         .max = "100000",
                         .doc = "Mean number of a person's ties within the own block."});
    p.between = v.number({.key = "between",
                          .fallback = "2",
                          .min = "0",
                          .max = "100000",
                          .doc = "Mean number of a person's ties to other blocks."});
    source.generate = generator(p);
  };
  const auto configuration = [&](Section& v) {
    net::Configuration p;
    p.mean = v.number(
        {.key = "mean_ties", .fallback = "10", .min = "0", .max = "100000", .doc = "Mean number of ties of a person."});
    check_ties(v, "mean_ties", p.mean, people);
    p.cv = v.number({.key = "cv",
                     .fallback = "1",
                     .min = "0",
                     .max = "10",
                     .doc = "Coefficient of variation of the lognormal number of ties."});
    source.generate = generator(p);
  };
  const auto rmat = [&](Section& v) {
    net::Rmat p;
    p.mean_ties = v.number(
        {.key = "mean_ties", .fallback = "16", .min = "0", .max = "100000", .doc = "Mean number of ties of a person."});
    check_ties(v, "mean_ties", p.mean_ties, people);
    p.a =
        v.number({.key = "a", .fallback = "0.57", .min = "0", .max = "1", .doc = "Probability of the first quadrant."});
    p.b = v.number(
        {.key = "b", .fallback = "0.19", .min = "0", .max = "1", .doc = "Probability of the second quadrant."});
    p.c =
        v.number({.key = "c", .fallback = "0.19", .min = "0", .max = "1", .doc = "Probability of the third quadrant."});
    const double rest = 1.0 - p.a - p.b - p.c;
    p.d = std::max(0.0, rest);
    if (rest < -1e-9) v.fail("a", "a, b and c add up to more than 1", "the fourth quadrant gets the rest");
    source.generate = generator(p);
  };
  s.variant({.key = "generate", .fallback = "layers", .doc = "How the network is made."},
            {{"layers", "support layers of 5, 10, 35 and 100 ties in communities (Dunbar)", layers},
             {"erdos_renyi", "every tie is equally likely (Erdos & Renyi 1959)", erdos_renyi},
             {"small_world", "a ring with some ties rewired (Watts & Strogatz 1998)", small_world},
             {"preferential_attachment", "newcomers prefer the popular (Barabasi & Albert 1999)", preferential},
             {"stochastic_block", "more ties within blocks than between (Holland 1983)", blocks},
             {"configuration", "a lognormal number of ties, otherwise at random", configuration},
             {"rmat", "recursive matrix, heavy-tailed (Chakrabarti 2004)", rmat}});
}

void read_network_file(Section& s, NetworkSource& source) {
  source.name =
      s.file({.key = "file", .doc = "A network file; plain or gzip. The path starts at the scenario's folder."});
  std::error_code ignored;
  const std::filesystem::file_status status = std::filesystem::status(source.name, ignored);
  if (!s.describing() && !std::filesystem::exists(status))
    s.fail("file", fmt::format("there is no file {}", source.name), "",
           "check the path, or name your own file with --set network.file=…");
  else if (!s.describing() && std::filesystem::is_directory(status))
    s.fail("file", fmt::format("{} is a folder", source.name), "", "name a file in it");
  source.import.format =
      static_cast<net::FileFormat>(s.choice({.key = "format", .fallback = "guess", .doc = "Format of the file."},
                                            {{"guess", "by name and first lines"},
                                             {"edge_list", "two ids a line"},
                                             {"csv", "columns with a delimiter, with or without header"},
                                             {"graphml", "GraphML"},
                                             {"metis", "METIS adjacency"}}));
  source.import.weight = s.text({.key = "weight",
                                 .fallback = "",
                                 .doc = "Name or number of the column that gives a tie's weight; closeness follows it. "
                                        "Without one, closeness follows the overlap of acquaintances."});
}

NetworkSource read_network(Section s, std::uint32_t people) {
  NetworkSource source;
  const bool is_file = s.has("file");
  const bool is_generated = s.has("generate");
  if (is_file) read_network_file(s, source);
  if (is_file && is_generated)
    s.fail("generate", "a network is either generated or read from a file", "both `generate` and `file` are given",
           "leave one of them out");
  if (is_generated || !is_file) read_generator(s, source, people);
  return source;
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
  return p;
}

RecordParams read_record(Section s, const TimeParams& time) {
  RecordParams p;
  p.every = s.number({.key = "every",
                      .unit = "h",
                      .fallback = "1 d",
                      .min = "1 min",
                      .max = "365 d",
                      .doc = "How often the population table gets a row; a whole number of ticks."});
  if (!is_whole_ticks(p.every, time))
    s.fail("every", fmt::format("{} is not a whole number of ticks", print_quantity(p.every, Dimension::time)),
           "the state is known at the end of ticks only", "use a multiple of time.tick");
  p.by_sequence = p.by_tone = false;
  const auto groups = s.texts(
      {.key = "by",
       .fallback = "[sequence, tone_tercile]",
       .doc = "Groups besides everybody: sequence (of the trial), tone_tercile (low, middle, high opioid tone)."});
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (groups[i] == "sequence")
      p.by_sequence = true;
    else if (groups[i] == "tone_tercile")
      p.by_tone = true;
    else
      s.fail_item("by", i, "unknown group \"" + groups[i] + "\"", "", "use sequence or tone_tercile");
  }
  p.people =
      static_cast<std::uint32_t>(s.integer({.key = "people",
                                            .fallback = "0",
                                            .min = "0",
                                            .max = "100000000",
                                            .doc = "How many people, sampled at random, are written one by one."}));
  p.network = s.flag({.key = "network", .fallback = "false", .doc = "Also write the network."});
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

Scenario read_scenario(Section root) {
  Scenario scenario;
  root.integer({.key = "kith", .min = "1", .max = "1", .doc = "Version of the scenario format."});
  scenario.title = root.text({.key = "title", .doc = "What the scenario is, in a few words."});
  scenario.theory = theories::read_theory(root);
  scenario.time = read_time(root.section({.key = "time", .doc = "Ticks, burn-in and length of the run."}));
  scenario.traits = read_people(root.section({.key = "people", .doc = "The population."}));
  scenario.network =
      read_network(root.section({.key = "network", .doc = "The social network: generated, or read from a file."}),
                   scenario.traits.count);
  Section meeting = root.section({.key = "meeting", .doc = "Who meets whom, and how it goes."});
  scenario.meeting = people::read_meeting(meeting);
  Section feelings = root.section({.key = "feelings", .doc = "What people feel."});
  scenario.feelings = people::read_feelings(feelings);
  if (scenario.theory.theory) {
    scenario.feelings.opioid_share = scenario.theory.theory->opioid_share();
    if (!scenario.theory.theory->damps_distress()) scenario.feelings.opioid_protection = 0.0F;
  }
  scenario.receptor = read_receptor(root.section({.key = "receptor", .doc = "The mu-opioid receptor."}));
  scenario.receptor.median_tone = static_cast<float>(scenario.traits.tone_median);
  root.map({.key = "drugs", .doc = "Drugs of your own, besides the library."},
           [&](const std::string& name, Section& s) {
             const auto& library = pharmacology::library();
             const auto same = [&](const pharmacology::Drug& drug) { return drug.name == name; };
             if (std::any_of(library.begin(), library.end(), same))
               s.fail("", fmt::format("the library has a drug \"{}\" already", name), "one name, one drug",
                      fmt::format("call yours e.g. my_{}", name));
             scenario.drugs.push_back(pharmacology::read_drug(name, s));
           });
  scenario.drugs.insert(scenario.drugs.end(), pharmacology::library().begin(), pharmacology::library().end());
  const double starts_at = std::fmod(scenario.time.start, 24.0);
  if (root.has("trial")) {
    Section trial = root.section({.key = "trial", .doc = "A trial on participants drawn from the population."});
    scenario.trial = trials::read_crossover(trial, scenario.drugs, scenario.time.duration, starts_at);
  }
  const bool has_trial = scenario.trial.has_value();
  if (root.has("measures"))
    scenario.measures = trials::read_measures(root, has_trial ? scenario.trial->period_days() : 1, starts_at);
  if (!has_trial && root.has("measures"))
    root.fail("measures", "there are measures but no trial", "diaries and probes ask the participants of a trial",
              "add `trial:` or leave `measures:` out");
  scenario.record = read_record(root.section({.key = "record", .doc = "What the result file keeps."}), scenario.time);
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
  scenario.seed = seed_from_text(
      root.text({.key = "seed", .fallback = "1", .doc = "A number or any text: all chance follows from it."}));
  if (has_trial && scenario.trial->participants() > scenario.traits.count && scenario.network.generate) {
    root.fail("trial",
              fmt::format("the trial wants {} participants among {} people", scenario.trial->participants(),
                          scenario.traits.count),
              "nobody takes part twice", "raise people.count or lower the counts of trial.sequences");
  }
  return scenario;
}

}  // namespace kith
