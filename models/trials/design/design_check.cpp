#include "models/trials/design/design_check.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <numeric>
#include <set>

#include "core/error.hpp"
#include "core/units.hpp"

namespace kith::trials::detail {

using config::Section;

namespace {

bool takes(const Sequence& sequence, std::size_t arm) {
  return std::find(sequence.arms.begin(), sequence.arms.end(), arm) != sequence.arms.end();
}

bool is_within_people(Design design) {
  return design == Design::crossover || design == Design::latin_square || design == Design::single_case;
}

void check_first_doses(Section& section, const Trial& trial, double starts_at) {
  std::set<double> told;
  for (const Arm& arm : trial.arms) {
    double first = 24.0;
    for (const Regimen& regimen : arm.regimens) {
      for (const Intake& intake : regimen.intakes) {
        if (intake.after < 24.0) first = std::min(first, intake.at);
      }
    }
    if (first >= starts_at || !told.insert(first).second) continue;  // an arm like another one is not told again
    section.fail(
        "arms",
        fmt::format("the first dose of \"{}\" is at {}, before the run starts", arm.name, print_time_of_day(first)),
        fmt::format("time.start is at {}", print_time_of_day(starts_at)),
        "start the run earlier in the day, or take the dose later");
  }
}

void check_period(Section& section, const Trial& trial) {
  if (trial.period_length == 0.0) return;
  const std::string period = print_quantity(trial.period_length, Dimension::time);
  for (const Arm& arm : trial.arms) {
    for (const Regimen& regimen : arm.regimens) {
      if (regimen.gap > trial.period_length && regimen.intakes.size() > 1) {
        section.fail("period",
                     fmt::format("a period of {} is shorter than the {} from dose to dose of \"{}\"", period,
                                 print_quantity(regimen.gap, Dimension::time), arm.name),
                     "the second dose would never come", "lengthen the period, or give one dose");
        return;
      }
    }
    if (arm.length() > trial.period_length &&
        std::any_of(arm.regimens.begin(), arm.regimens.end(), [&](const Regimen& r) {
          return !r.intakes.empty() && r.intakes.back().after >= trial.period_length;
        })) {
      section.fail("period",
                   fmt::format("the doses of \"{}\" last {} but a period has {}", arm.name,
                               print_quantity(arm.length(), Dimension::time), period),
                   "later doses would never be taken", "lengthen the period or give fewer doses");
      return;
    }
  }
}

}  // namespace

void check_sequences(Section& section, const Trial& trial) {
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
    for (std::size_t k = 0; k < i; ++k) {
      if (trial.sequences[k].arms != trial.sequences[i].arms) continue;
      section.fail_item("sequences", i, fmt::format("the sequence \"{}\" is given twice", trial.sequences[i].name), "",
                        "add its participants to the count of the first");
      break;
    }
  }
}

void check_times(Section& section, const Trial& trial, const Setting& setting) {
  if (trial.run_in == 0.0) check_first_doses(section, trial, setting.starts_at);
  check_period(section, trial);
  if (trial.sequences.empty() || !setting.duration) return;
  const double needed = 24.0 * static_cast<double>(trial.days());
  if (needed <= *setting.duration) return;
  const std::string problem =
      fmt::format("the trial needs {} but the run ends after {}", print_quantity(needed, Dimension::time),
                  print_quantity(*setting.duration, Dimension::time));
  const bool has_washout = std::any_of(trial.washouts.begin(), trial.washouts.end(), [](double w) { return w > 0.0; });
  if (trial.periods() > 1 && has_washout) {
    section.fail("washout", problem, "all periods and wash-outs must fit into time.duration",
                 "shorten the wash-out or lengthen time.duration");
  } else {
    section.fail(section.has("period") ? "period" : "arms", problem, "all periods must fit into time.duration",
                 "shorten the treatment or lengthen time.duration");
  }
}

void check_comparisons(Section& section, const Trial& trial) {
  if (trial.arms.size() > most_named)
    section.fail("arms", fmt::format("{} arms", trial.arms.size()), fmt::format("at most {} are possible", most_named));
  if (trial.arms.size() == 1 && !trial.is_single_arm())
    section.fail("arms", "the trial has one arm only", fmt::format("a {} compares arms", name(trial.design)),
                 "add e.g. placebo: {drug: placebo, like: " + trial.arms.front().name +
                     "}, or write design: parallel and twin: true, which compares it with the untreated twins");
  if (trial.sequences.empty() || !is_within_people(trial.design)) return;
  for (std::size_t arm = 0; arm < trial.arms.size(); ++arm) {
    const bool is_compared = std::any_of(trial.sequences.begin(), trial.sequences.end(),
                                         [&](const Sequence& s) { return takes(s, arm) && takes(s, trial.reference); });
    const bool is_rescue = std::any_of(trial.arms.begin(), trial.arms.end(),
                                       [&](const Arm& other) { return other.change && other.change->to == arm; });
    if (is_compared || is_rescue || arm == trial.reference) continue;
    section.fail(
        "sequences",
        fmt::format(R"(no sequence has both "{}" and "{}")", trial.arms[arm].name, trial.arms[trial.reference].name),
        "a crossover compares each arm with the reference in the same people",
        fmt::format("add e.g. {{arms: [{}, {}], count: 10}}", trial.arms[arm].name, trial.arms[trial.reference].name));
  }
}

void check_allocation(Section& section, const Trial& trial, const Setting& setting) {
  Section allocation = section.section({.key = "allocation", .doc = "How participants come to their arms."});
  const Allocation& how = trial.allocation;
  const auto total = std::accumulate(how.ratio.begin(), how.ratio.end(), 0U);
  if (how.block > 0 && total > 0 && how.block % total != 0) {
    std::string ratio;
    for (const std::uint32_t part : how.ratio) ratio += (ratio.empty() ? "" : ":") + std::to_string(part);
    allocation.fail("blocks", fmt::format("a block of {} cannot hold the ratio {}", how.block, ratio),
                    "every block holds the ratio a whole number of times", fmt::format("use a multiple of {}", total));
  }
  const auto check = [&](std::string_view key, const std::vector<std::string>& categories) {
    for (std::size_t i = 0; i < categories.size(); ++i) {
      if (conditions::is_category(categories[i], setting.columns)) continue;
      std::vector<std::string> names = setting.columns.listed();
      names.insert(names.end(), {"tone_tercile", "loneliness_tercile", "degree_tercile", "community"});
      allocation.fail_item(key, i, fmt::format("unknown category \"{}\"", categories[i]),
                           "people are grouped by community, by a column of people.columns, or by terciles",
                           suggest(categories[i], names));
    }
  };
  check("strata", how.strata);
  check("minimise", how.minimise);
  if (!how.minimise.empty() && (how.block > 0 || !how.strata.empty()))
    allocation.fail("minimise", "minimisation goes without blocks and strata", "it balances the categories by itself",
                    "leave `blocks` and `strata` out");
  if (trial.clusters && (!how.minimise.empty() || !how.strata.empty()))
    allocation.fail(how.strata.empty() ? "minimise" : "strata", "whole clusters are allocated, not people",
                    "a category of people cannot balance them", "leave it out");
}

}  // namespace kith::trials::detail
