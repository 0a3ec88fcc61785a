#include "models/scenario/record.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

#include "core/units.hpp"
#include "models/scenario/trials.hpp"

namespace kith {

using config::Section;

bool is_whole_ticks(double hours, const TimeParams& time) {
  const double ticks = hours * 3600.0 / static_cast<double>(time.tick_seconds);
  return std::abs(ticks - std::round(ticks)) < 1e-6;
}

namespace {

/// What `record.by` can say besides the names of columns.
struct Kind {
  std::string_view name;
  bool RecordParams::*on;
};
constexpr std::array<Kind, 7> kinds{{{"sequence", &RecordParams::by_sequence},
                                     {"arm", &RecordParams::by_arm},
                                     {"tone_tercile", &RecordParams::by_tone},
                                     {"patients", &RecordParams::by_patients},
                                     {"ring", &RecordParams::by_ring},
                                     {"close_ring", &RecordParams::by_close_ring},
                                     {"event", &RecordParams::by_event}}};

/// Groups do not change in a run. `item`: of `by`.
void check_arms(Section& s, std::size_t item, const Scenario& scenario) {
  const auto all = trials_of(scenario);
  const bool do_events_dose =
      std::any_of(scenario.events.begin(), scenario.events.end(), std::mem_fn(&events::Event::gives_drug));
  if (all.empty() && !do_events_dose) {
    s.fail_item("by", item, "there are no arms", "the scenario has no trial, and no event gives a drug",
                "leave it out");
  } else if (std::any_of(all.begin(), all.end(), [](const trials::Trial* trial) { return trial->periods() > 1; })) {
    s.fail_item("by", item, "participants go through several arms", "people stay in their groups", "use sequence");
  }
}

void read_groups(Section& s, const Scenario& scenario, RecordParams& p) {
  p.by_sequence = p.by_tone = false;
  const auto groups = s.texts(
      {.key = "by",
       .fallback = "[sequence, tone_tercile]",
       .doc =
           "Groups besides everybody: sequence (of the trial), arm (of a trial in which nobody has two, and "
           "those to whom each event has given a drug so far), tone_tercile "
           "(low, middle, high opioid tone), patients (with a substance use disorder, and others), ring (the treated, "
           "by a trial or an event, their partners, partners of those, all others; by the ties at the start), "
           "close_ring (the same by close ties), event (those whom each event has reached so far), community (of the "
           "network), or a column of people.columns."});
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const auto kind = std::find_if(kinds.begin(), kinds.end(), [&](const Kind& k) { return k.name == groups[i]; });
    if (kind != kinds.end()) {
      p.*kind->on = true;
      if (kind->on == &RecordParams::by_arm) check_arms(s, i, scenario);
      if (kind->on == &RecordParams::by_patients && !scenario.substance_use)
        s.fail_item("by", i, "there are no patients", "nobody has a substance use disorder here",
                    "add `substance_use:`");
      if (kind->on == &RecordParams::by_event && scenario.events.empty())
        s.fail_item("by", i, "there are no events", "nothing reaches anybody", "add `events:`");
    } else if (groups[i] == "community" || scenario.column_names.admit(groups[i])) {
      p.by_category.push_back(groups[i]);
    } else {
      s.fail_item("by", i, "unknown group \"" + groups[i] + "\"", "",
                  "use sequence, arm, tone_tercile, patients, ring, close_ring, event, community or a column of "
                  "people.columns");
    }
  }
  p.largest = static_cast<std::uint32_t>(
      s.integer({.key = "largest",
                 .fallback = "20",
                 .min = "1",
                 .max = "1000",
                 .doc = "Of the communities, and of the values of a column, the largest so many are groups."}));
}

}  // namespace

RecordParams read_record(Section s, const Scenario& scenario) {
  RecordParams p;
  p.every = s.number({.key = "every",
                      .unit = "h",
                      .fallback = "1 d",
                      .min = "1 min",
                      .max = "365 d",
                      .doc = "How often the population table gets a row; a whole number of ticks."});
  if (!is_whole_ticks(p.every, scenario.time))
    s.fail("every", fmt::format("{} is not a whole number of ticks", print_quantity(p.every, Dimension::time)),
           "the state is known at the end of ticks only", "use a multiple of time.tick");
  read_groups(s, scenario, p);
  p.people =
      static_cast<std::uint32_t>(s.integer({.key = "people",
                                            .fallback = "0",
                                            .min = "0",
                                            .max = "100000000",
                                            .doc = "How many people, sampled at random, are written one by one."}));
  p.network = s.flag({.key = "network", .fallback = "false", .doc = "Also write the network."});
  p.tie_events = s.flag({.key = "tie_events",
                         .fallback = "false",
                         .doc = "Also write what happens to every tie, from which `kith export --network` makes the "
                                "network of any day."});
  if (p.tie_events && !scenario.tie_life)
    s.fail("tie_events", "nothing happens to ties that are fixed", "ties.are is fixed", "add `ties: living`");
  p.keyframes = s.number({.key = "keyframes",
                          .unit = "h",
                          .fallback = "90 d",
                          .min = "1 h",
                          .max = "36500 d",
                          .doc = "How often the log of ties lists all of them, at the next row of the population."});
  return p;
}

}  // namespace kith
