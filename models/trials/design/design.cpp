#include "models/trials/design/design.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>

#include "core/error.hpp"
#include "core/units.hpp"
#include "models/trials/design/design_check.hpp"

namespace kith::trials {

using config::Mark;
using config::Section;

namespace {

constexpr std::array<std::string_view, 7> design_names{"crossover",        "latin square",  "parallel trial",
                                                       "factorial trial",  "cluster trial", "stepped wedge",
                                                       "single-case trial"};

/// What the keys of the designs say, before sequences are made of it.
struct Keys {
  std::vector<Factor> factors;
  std::uint32_t steps = 1, repeats = 1;
};

std::vector<std::string> names_of(const std::vector<Arm>& arms) {
  std::vector<std::string> names;
  for (const Arm& arm : arms) names.push_back(arm.name);
  return names;
}

std::size_t find(const std::vector<Arm>& arms, const std::string& name) {
  const auto hit = std::find_if(arms.begin(), arms.end(), [&](const Arm& arm) { return arm.name == name; });
  return static_cast<std::size_t>(hit - arms.begin());
}

std::uint32_t count_of(Section& s, const config::Spec& spec) { return static_cast<std::uint32_t>(s.integer(spec)); }

Sequence read_sequence(Section& s, const std::vector<Arm>& arms) {
  Sequence sequence;
  const std::vector<std::string> names =
      s.texts({.key = "arms", .doc = "Names of the arms in the order of the periods."});
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::size_t arm = find(arms, names[i]);
    if (arm == arms.size() && !arms.empty())
      s.fail_item("arms", i, fmt::format("no arm is called \"{}\"", names[i]), "", suggest(names[i], names_of(arms)));
    sequence.arms.push_back(arm);  // an unknown arm keeps its period, so that no further mistake follows from it
  }
  sequence.name = sequence_name(sequence.arms, arms);
  if (s.has("count"))
    sequence.count = count_of(
        s, {.key = "count", .min = "1", .max = "1000000", .doc = "Participants who start with this sequence."});
  sequence.leave = count_of(s, {.key = "leave",
                                .fallback = "0",
                                .min = "0",
                                .doc = "How many of them leave during the first period, on a random day."});
  if (s.has("count") && sequence.leave > sequence.count)
    s.fail("leave", fmt::format("{} leave but only {} start", sequence.leave, sequence.count), "",
           "leave at most as many as start");
  return sequence;
}

void read_design(Section& s, const Setting& setting, Trial& trial, Keys& keys) {
  const auto read_sequences = [&](Section& v) {
    v.list({.key = "sequences",
            .doc = "Orders of the arms, and how many participants start with each; all orders of a Latin square "
                   "if not given."},
           [&](Section& item) { trial.sequences.push_back(read_sequence(item, trial.arms)); });
  };
  const auto read_factors = [&](Section& v) {
    v.map({.key = "factors", .doc = "Factors by name; an arm is made of every combination of their levels."},
          [&](const std::string& factor, Section& levels) {
            keys.factors.push_back({factor, {}});
            auto& known = keys.factors.back().levels;
            levels.map({.key = "levels", .doc = "What is taken, by the name of the level.", .same_as = "trial.arms"},
                       [&](const std::string& level, Section& arm) {
                         known.push_back(read_arm(level, arm, setting.pharmacy, known));
                       });
            if (known.size() < 2)
              levels.fail("levels", known.empty() ? "the factor has no levels" : "the factor has one level only",
                          "a factor compares levels", "give at least two");
          });
  };
  const auto read_groups = [&](Section& v) {
    trial.clusters = read_clusters(
        v.section({.key = "clusters", .doc = "Groups of people who are allocated together."}), setting.columns);
  };
  trial.design = static_cast<Design>(s.variant(
      {.key = "design", .fallback = "crossover", .doc = "How participants are spread over the arms."},
      {{"crossover", "everybody goes through all arms of a sequence, with a wash-out between", read_sequences},
       {"latin_square", "a crossover of all arms: each once in every period and equally often after every other", {}},
       {"parallel", "everybody gets one arm", {}},
       {"factorial", "everybody gets one combination of the factors' levels", read_factors},
       {"cluster", "parallel; whole communities, classes or villages are allocated together", read_groups},
       {"stepped_wedge", "clusters change from the reference to the other arm one after the other",
        [&](Section& v) {
          read_groups(v);
          keys.steps = count_of(v, {.key = "steps",
                                    .fallback = "4",
                                    .min = "1",
                                    .max = "100",
                                    .doc = "Times at which clusters change; there is one period more."});
        }},
       {"single_case", "everybody goes through all arms again and again, in the same order (ABAB)", [&](Section& v) {
          keys.repeats = count_of(
              v, {.key = "repeats", .fallback = "2", .min = "1", .max = "50", .doc = "How often all arms come."});
        }}}));
}

void read_reference(Section& s, Trial& trial) {
  const std::string reference =
      s.text({.key = "reference",
              .fallback = "",
              .doc = "Name of the arm against which the others are compared; the last one if not given, and the "
                     "untreated twins where there is one arm only."});
  trial.reference = trial.arms.empty() ? 0 : trial.arms.size() - 1;
  if (reference.empty()) return;
  const std::size_t known = find(trial.arms, reference);
  if (known < trial.arms.size()) {
    trial.reference = known;
  } else if (!trial.arms.empty()) {
    s.fail("reference", fmt::format("no arm is called \"{}\"", reference), "",
           suggest(reference, names_of(trial.arms)));
  }
}

void make_sequences(Section& s, const Keys& keys, Trial& trial) {
  switch (trial.design) {
    case Design::crossover:
      if (trial.sequences.empty()) trial.sequences = latin_square_sequences(trial.arms);
      return;
    case Design::latin_square:
      trial.sequences = latin_square_sequences(trial.arms);
      return;
    case Design::parallel:
    case Design::factorial:
    case Design::cluster:
      trial.sequences = parallel_sequences(trial.arms);
      return;
    case Design::stepped_wedge:
      if (trial.arms.size() > 2)
        s.fail("arms", fmt::format("a stepped wedge with {} arms", trial.arms.size()),
               "clusters change from the reference to one other arm", "leave two arms");
      trial.sequences = stepped_wedge_sequences(trial.arms, trial.reference, keys.steps);
      return;
    case Design::single_case:
      trial.sequences = single_case_sequences(trial.arms, keys.repeats);
      return;
  }
}

void read_adherence(Section s, Trial& trial) {
  trial.adherence = s.number({.key = "mean",
                              .unit = "%",
                              .fallback = "100 %",
                              .min = "0",
                              .max = "1",
                              .doc = "Probability that a dose is taken, mean over people.",
                              .mark = Mark::assumed,
                              .source = "range 90-100 % under supervision"});
  trial.adherence_sd = s.number({.key = "sd",
                                 .unit = "%",
                                 .fallback = "0 %",
                                 .min = "0",
                                 .max = "0.5",
                                 .doc = "Spread of that probability between people, who follow a beta distribution.",
                                 .mark = Mark::assumed,
                                 .source = "range 0-30 %"});
  const double most = trial.adherence * (1.0 - trial.adherence);
  if (trial.adherence_sd * trial.adherence_sd >= most && trial.adherence_sd > 0.0) {
    s.fail("sd",
           fmt::format("shares with a mean of {:g} % cannot spread by {:g} %", 100.0 * trial.adherence,
                       100.0 * trial.adherence_sd),
           fmt::format("at most by less than {:.1f} %", 100.0 * std::sqrt(most)), "lower sd");
    trial.adherence_sd = 0.0;
  }
}

/// Refuses a time that is no whole number of days; `item` of a list.
void check_days(Section& s, std::string_view key, std::size_t item, double hours) {
  const double days = std::floor(hours / 24.0);
  if (hours == 24.0 * days) return;
  s.fail_item(key, item, fmt::format("{:g} d is not a whole number of days", hours / 24.0),
              "periods begin and end at midnight", fmt::format("use {:g} d or {:g} d", days, days + 1.0));
}

double read_days(Section& s, const config::Spec& spec) {
  const double hours = s.number(spec);
  check_days(s, spec.key, 0, hours);
  return hours;
}

void read_washouts(Section& s, Trial& trial) {
  const bool is_wedge = trial.design == Design::stepped_wedge;
  if (trial.periods() == 1 && !s.describing()) {
    trial.washouts = {0.0};
    if (!s.has("washout")) return;
    s.fail("washout", fmt::format("a {} has no wash-out", name(trial.design)), "there is one period only",
           "leave it out");
  }
  trial.washouts = s.numbers({.key = "washout",
                              .unit = "h",
                              .fallback = is_wedge ? "[0 d]" : "[10 d]",
                              .min = "0 h",
                              .max = "3650 d",
                              .doc = "Time without treatment between two periods, in whole days; a list where the "
                                     "times differ: one after each period but the last. None in a stepped wedge if "
                                     "not given.",
                              .mark = Mark::published,
                              .source = "10 days (Inagaki 2016)"});
  for (std::size_t i = 0; i < trial.washouts.size(); ++i) check_days(s, "washout", i, trial.washouts[i]);
  if (trial.washouts.size() == 1 || trial.periods() < 2 || trial.washouts.size() == trial.periods() - 1) return;
  s.fail("washout", fmt::format("{} wash-outs for {} periods", trial.washouts.size(), trial.periods()),
         fmt::format("between {0} periods lie {1}", trial.periods(), trial.periods() - 1),
         trial.periods() == 2 ? "give one" : fmt::format("give {}, or one for all", trial.periods() - 1));
  trial.washouts.resize(1);
}

void read_times(Section& s, Trial& trial) {
  if (s.has("period")) {
    trial.period_length = read_days(s, {.key = "period",
                                        .unit = "h",
                                        .min = "1 d",
                                        .max = "3650 d",
                                        .doc = "Length of a period of treatment, in whole days; as long as the longest "
                                               "arm if not given."});
  }
  read_washouts(s, trial);
  trial.run_in = read_days(s, {.key = "run_in",
                               .unit = "h",
                               .fallback = "0 d",
                               .min = "0 d",
                               .max = "3650 d",
                               .doc = "Time before the first period in which participants are asked but take nothing, "
                                      "in whole days."});
  trial.follow_up = read_days(s, {.key = "follow_up",
                                  .unit = "h",
                                  .fallback = "0 d",
                                  .min = "0 d",
                                  .max = "3650 d",
                                  .doc = "Time after the last period in which participants are still asked, in whole "
                                         "days."});
}

}  // namespace

std::string_view name(Design design) { return design_names[static_cast<std::size_t>(design)]; }

std::uint32_t Trial::participants() const {
  return std::accumulate(sequences.begin(), sequences.end(), 0U,
                         [](std::uint32_t n, const Sequence& s) { return n + s.count; });
}

std::int64_t Trial::period_days() const {
  double longest = period_length;
  for (const Arm& arm : arms) longest = std::max(longest, period_length > 0.0 ? 0.0 : arm.length());
  return std::max<std::int64_t>(1, static_cast<std::int64_t>(std::ceil(longest / 24.0)));
}

std::int64_t Trial::washout_days(std::size_t period) const {
  return std::llround((washouts.size() == 1 ? washouts.front() : washouts.at(period)) / 24.0);
}

std::int64_t Trial::run_in_days() const { return std::llround(run_in / 24.0); }

std::int64_t Trial::follow_up_days() const { return std::llround(follow_up / 24.0); }

std::int64_t Trial::first_day(std::size_t period) const {
  std::int64_t day = run_in_days() + static_cast<std::int64_t>(period) * period_days();
  for (std::size_t earlier = 0; earlier < std::min(period, periods() - 1); ++earlier) day += washout_days(earlier);
  return day;
}

std::int64_t Trial::days() const { return first_day(periods()) + follow_up_days(); }

void Trial::share_out(std::uint32_t count) {
  const std::vector<std::uint32_t> counts = apportion(count, allocation.ratio);
  for (std::size_t i = 0; i < sequences.size(); ++i) sequences[i].count = counts[i];
}

Trial read_trial(Section& s, const Setting& setting) {
  Trial trial;
  Keys keys;
  const std::size_t mistakes = s.mistakes();
  trial.recruitment =
      read_recruitment(s.section({.key = "participants", .doc = "Who can take part."}), setting.columns);
  s.map({.key = "arms", .doc = "What participants take, by name; a factorial trial makes them of its factors."},
        [&](const std::string& arm_name, Section& arm) {
          trial.arms.push_back(read_arm(arm_name, arm, setting.pharmacy, trial.arms));
        });
  const std::size_t before_design = s.mistakes();
  read_design(s, setting, trial, keys);
  const bool is_clear = s.mistakes() == before_design;
  if (trial.design == Design::factorial && !keys.factors.empty()) trial.arms = combine(keys.factors);
  if (trial.arms.empty())
    s.fail("arms", "the trial has no arms", "",
           "write e.g. arms: {naltrexone: {drug: naltrexone, doses: [50 mg]}, placebo: {drug: placebo, like: "
           "naltrexone}}");
  read_reference(s, trial);
  trial.allocation = read_allocation(s.section({.key = "allocation", .doc = "How participants come to their arms."}));
  if (!s.describing() && !trial.arms.empty() && is_clear) {
    make_sequences(s, keys, trial);
    detail::count_participants(s, trial);
  }
  read_times(s, trial);
  read_adherence(
      s.section({.key = "adherence", .doc = "Whether doses are taken; a share alone stands for the mean."}, "mean"),
      trial);
  trial.blinding = std::array<std::string_view, 3>{"double", "single", "open"}[s.choice(
      {.key = "blinding", .fallback = "double", .doc = "Label for the result; it changes nothing."},
      {{"double", "neither participants nor staff know the arm"},
       {"single", "participants do not know the arm"},
       {"open", "everybody knows the arm"}})];
  trial.twin = s.flag({.key = "twin",
                       .fallback = "true",
                       .doc = "Also run each virtual study with no drug at all: the counterfactual twin that gives "
                              "everybody's own effect."});
  const bool can_be_alone = trial.design == Design::parallel || trial.design == Design::cluster;
  if (trial.arms.size() == 1 && can_be_alone && trial.twin) trial.reference = 1;
  if (s.describing() || trial.arms.empty()) return trial;
  detail::check_allocation(s, trial, setting);
  detail::check_sequences(s, trial);
  if (s.mistakes() > mistakes) return trial;  // what follows holds for a trial that is otherwise right
  detail::check_comparisons(s, trial);
  detail::check_times(s, trial, setting);
  return trial;
}

}  // namespace kith::trials
