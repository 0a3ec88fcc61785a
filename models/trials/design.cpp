#include "models/trials/design.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/error.hpp"

namespace kith::trials {

using config::Section;
using pharmacology::Drug;

namespace {

/// Arms and sequences that a trial can have: the files number them with int8.
constexpr std::size_t most_named = 100;

std::vector<std::string> names_of(const auto& items) {
  std::vector<std::string> names;
  for (const auto& item : items) names.push_back(item.name);
  return names;
}

/// "did you mean …?" or the list of what there is.
std::string suggest(const std::string& word, const std::vector<std::string>& names) {
  const std::string near = nearest(word, names);
  if (!near.empty()) return fmt::format("did you mean \"{}\"?", near);
  if (names.empty()) return "";
  std::string list;
  for (const auto& name : names) list += (list.empty() ? "" : ", ") + name;
  return "there are: " + list;
}

/// Index of the item called `name`, or the number of items.
std::size_t find(const auto& items, const std::string& name) {
  const auto hit = std::find_if(items.begin(), items.end(), [&](const auto& item) { return item.name == name; });
  return static_cast<std::size_t>(hit - items.begin());
}

/// Doses of an arm, and when they are taken.
void read_doses(Section& s, Arm& arm) {
  constexpr std::size_t most_doses = 1000;
  arm.doses = s.numbers({.key = "doses",
                         .unit = "mg",
                         .fallback = "[]",
                         .min = "0 mg",
                         .max = "5000 mg",
                         .doc = "Doses in the order in which they are taken."});
  if (arm.doses.size() > most_doses) {
    s.fail("doses", fmt::format("{} doses in one period", arm.doses.size()),
           fmt::format("a period has at most {}", most_doses), "write fewer doses");
    arm.doses.resize(1);
  }
  arm.every = s.number({.key = "every",
                        .unit = "h",
                        .fallback = "1 d",
                        .min = "1 h",
                        .max = "28 d",
                        .doc = "Time from one dose to the next."});
  arm.at = s.time_of_day({.key = "at", .fallback = "09:00", .doc = "Local time of the first dose."});
}

/// Repeats the doses of an earlier arm; what the arm itself says about doses is a mistake.
void repeat_doses(Section& s, const Arm& model, Arm& arm) {
  if (!s.describing() && (s.has("doses") || s.has("every") || s.has("at"))) {
    read_doses(s, arm);
    for (const char* key : {"doses", "every", "at"}) {
      if (!s.has(key)) continue;
      s.fail(key, fmt::format("this arm has `{}` of its own besides `like`", key),
             fmt::format("`like: {}` repeats the doses and times of that arm", model.name), "leave one of them out");
    }
  }
  arm.doses = model.doses;
  arm.every = model.every;
  arm.at = model.at;
}

Arm read_arm(const std::string& name, Section& s, const std::vector<Drug>& drugs, const std::vector<Arm>& earlier) {
  Arm arm;
  arm.name = name;
  const std::string drug = s.text({.key = "drug", .doc = "Name of a drug of the library or of `drugs:`."});
  const std::size_t known = find(drugs, drug);
  if (known < drugs.size()) {
    arm.drug = drugs[known];
  } else if (!s.describing() && !drug.empty()) {
    s.fail("drug", fmt::format("unknown drug \"{}\"", drug), "neither in the library nor in `drugs:`",
           suggest(drug, names_of(drugs)));
  }
  const std::string like =
      s.text({.key = "like", .fallback = "", .doc = "Name of an earlier arm whose doses and times this arm repeats."});
  if (!like.empty()) {
    const std::size_t model = find(earlier, like);
    if (model == earlier.size()) {
      s.fail("like", fmt::format("no earlier arm is called \"{}\"", like),
             "`like` repeats the doses of an arm written before this one", suggest(like, names_of(earlier)));
      return arm;
    }
    repeat_doses(s, earlier[model], arm);
    if (!s.describing()) return arm;
  }
  read_doses(s, arm);
  if (arm.doses.empty())
    s.fail("doses", "this arm has no doses", "a period lasts as long as its doses",
           "write e.g. doses: [25 mg, 25 mg, 50 mg, 50 mg], or like: ANOTHER_ARM");
  return arm;
}

Sequence read_sequence(Section& s, const std::vector<Arm>& arms) {
  Sequence sequence;
  const std::vector<std::string> names =
      s.texts({.key = "arms", .doc = "Names of the arms in the order of the periods."});
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::size_t arm = find(arms, names[i]);
    if (arm == arms.size() && !arms.empty())
      s.fail_item("arms", i, fmt::format("no arm is called \"{}\"", names[i]), "", suggest(names[i], names_of(arms)));
    sequence.arms.push_back(arm);  // an unknown arm keeps its period, so that no further mistake follows from it
    sequence.name += (sequence.name.empty() ? "" : ", ") + names[i];
  }
  sequence.count = static_cast<std::uint32_t>(
      s.integer({.key = "count", .min = "1", .max = "1000000", .doc = "Participants who start with this sequence."}));
  sequence.leave = static_cast<std::uint32_t>(
      s.integer({.key = "leave",
                 .fallback = "0",
                 .min = "0",
                 .doc = "How many of them leave during the first period, on a random day."}));
  if (sequence.leave > sequence.count)
    s.fail("leave", fmt::format("{} leave but only {} start", sequence.leave, sequence.count), "",
           "leave at most as many as start");
  return sequence;
}

void check_sequences(Section& section, const Trial& trial, double duration) {
  if (trial.sequences.empty()) {
    section.fail("sequences", "the trial has no sequences", "a crossover needs at least one order of its arms",
                 "write e.g. sequences: [{arms: [drug, placebo], count: 17}, {arms: [placebo, drug], count: 17}]");
    return;
  }
  if (trial.sequences.size() > most_named)
    section.fail("sequences", fmt::format("{} sequences", trial.sequences.size()),
                 fmt::format("at most {} are possible", most_named));
  for (std::size_t i = 0; i < trial.sequences.size(); ++i) {
    if (trial.sequences[i].arms.size() != trial.periods()) {
      section.fail_item("sequences", i,
                        fmt::format("this sequence has {} periods, the first has {}", trial.sequences[i].arms.size(),
                                    trial.periods()),
                        "all participants go through the same periods", "give every sequence the same number of arms");
    }
  }
  for (std::size_t i = 0; i < trial.sequences.size(); ++i) {
    for (std::size_t k = 0; k < i; ++k) {
      if (trial.sequences[k].arms != trial.sequences[i].arms) continue;
      section.fail_item("sequences", i, fmt::format("the sequence \"{}\" is given twice", trial.sequences[i].name), "",
                        "add its participants to the count of the first");
      break;
    }
  }
  const double needed = 24.0 * static_cast<double>(trial.first_day(trial.periods() - 1) + trial.period_days());
  if (needed > duration) {
    section.fail("washout",
                 fmt::format("the trial needs {} but the run ends after {}", print_quantity(needed, Dimension::time),
                             print_quantity(duration, Dimension::time)),
                 "all periods and wash-outs must fit into time.duration",
                 "shorten the wash-out or lengthen time.duration");
  }
}

/// A crossover compares arms within people: somebody must take each arm and the reference.
void check_comparisons(Section& section, const Trial& trial) {
  if (trial.arms.size() > most_named)
    section.fail("arms", fmt::format("{} arms", trial.arms.size()), fmt::format("at most {} are possible", most_named));
  if (trial.arms.size() == 1)
    section.fail("arms", "the trial has one arm only", "a crossover compares arms",
                 "add e.g. placebo: {drug: placebo, like: " + trial.arms.front().name + "}");
  const auto takes = [](const Sequence& sequence, std::size_t arm) {
    return std::find(sequence.arms.begin(), sequence.arms.end(), arm) != sequence.arms.end();
  };
  const auto is_unclear = [&](const Sequence& sequence) { return takes(sequence, trial.arms.size()); };
  if (std::any_of(trial.sequences.begin(), trial.sequences.end(), is_unclear)) return;
  for (std::size_t arm = 0; arm < trial.arms.size(); ++arm) {
    const bool is_compared = std::any_of(trial.sequences.begin(), trial.sequences.end(),
                                         [&](const Sequence& s) { return takes(s, arm) && takes(s, trial.reference); });
    if (is_compared || arm == trial.reference) continue;
    section.fail(
        "sequences",
        fmt::format(R"(no sequence has both "{}" and "{}")", trial.arms[arm].name, trial.arms[trial.reference].name),
        "a crossover compares each arm with the reference in the same people",
        fmt::format("add e.g. {{arms: [{}, {}], count: 10}}", trial.arms[arm].name, trial.arms[trial.reference].name));
  }
}

/// Doses on the first day come after the run has started.
void check_first_doses(Section& section, const Trial& trial, double starts_at) {
  for (const Arm& arm : trial.arms) {
    if (arm.at >= starts_at) continue;
    section.fail(
        "arms",
        fmt::format("the first dose of \"{}\" is at {}, before the run starts", arm.name, print_time_of_day(arm.at)),
        fmt::format("time.start is at {}", print_time_of_day(starts_at)),
        "start the run earlier in the day, or take the dose later");
  }
}

}  // namespace

std::uint32_t Trial::participants() const {
  return std::accumulate(sequences.begin(), sequences.end(), 0U,
                         [](std::uint32_t n, const Sequence& s) { return n + s.count; });
}

std::int64_t Trial::period_days() const {
  std::int64_t days = 1;
  for (const Arm& arm : arms) {
    days =
        std::max(days, static_cast<std::int64_t>(std::ceil(static_cast<double>(arm.doses.size()) * arm.every / 24.0)));
  }
  return days;
}

std::int64_t Trial::washout_days() const { return static_cast<std::int64_t>(std::ceil(washout / 24.0)); }

Trial read_trial(Section& s, const std::vector<Drug>& drugs, double duration, double starts_at) {
  Trial trial;
  s.choice({.key = "design", .fallback = "crossover", .doc = "How participants are spread over the arms."},
           {{"crossover", "everybody goes through all arms of a sequence, with a wash-out between"}});
  Section participants = s.section({.key = "participants", .doc = "Who can take part."});
  trial.close_ties = static_cast<std::uint32_t>(
      participants.integer({.key = "close_ties",
                            .fallback = "0",
                            .min = "0",
                            .max = "1000",
                            .doc = "Least number of close ties (the two inner layers) of a participant."}));
  s.map({.key = "arms", .doc = "What participants take, by name."},
        [&](const std::string& name, Section& arm) { trial.arms.push_back(read_arm(name, arm, drugs, trial.arms)); });
  if (trial.arms.empty())
    s.fail("arms", "the trial has no arms", "",
           "write e.g. arms: {naltrexone: {drug: naltrexone, doses: [50 mg]}, placebo: {drug: placebo, like: "
           "naltrexone}}");
  const std::string reference =
      s.text({.key = "reference",
              .fallback = "",
              .doc = "Name of the arm against which the others are compared; the last one if not given."});
  trial.reference = trial.arms.empty() ? 0 : trial.arms.size() - 1;
  if (!reference.empty()) {
    trial.reference = find(trial.arms, reference);
    if (trial.reference == trial.arms.size()) {
      s.fail("reference", fmt::format("no arm is called \"{}\"", reference), "",
             suggest(reference, names_of(trial.arms)));
      trial.reference = 0;
    }
  }
  s.list({.key = "sequences", .doc = "Orders of the arms, and how many participants start with each."},
         [&](Section& item) { trial.sequences.push_back(read_sequence(item, trial.arms)); });
  trial.washout = s.number({.key = "washout",
                            .unit = "h",
                            .fallback = "10 d",
                            .min = "0 h",
                            .max = "3650 d",
                            .doc = "Time without treatment between two periods; counted in whole days.",
                            .mark = config::Mark::published,
                            .source = "10 days (Inagaki 2016)"});
  trial.adherence = s.number({.key = "adherence",
                              .unit = "%",
                              .fallback = "100 %",
                              .min = "0",
                              .max = "1",
                              .doc = "Probability that a dose is taken.",
                              .mark = config::Mark::assumed,
                              .source = "range 90-100 % under supervision"});
  trial.twin = s.flag({.key = "twin",
                       .fallback = "true",
                       .doc = "Also run each virtual study with no drug at all: the counterfactual twin that gives "
                              "everybody's own effect."});
  if (s.describing() || trial.arms.empty()) return trial;
  check_sequences(s, trial, duration);
  if (!trial.sequences.empty()) check_comparisons(s, trial);
  check_first_doses(s, trial, starts_at);
  return trial;
}

}  // namespace kith::trials
