#include "models/events/trigger.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "core/units.hpp"

namespace kith::events {

using config::Section;

namespace {

constexpr double most_times = 100000;

std::string time_text(double hours) { return print_quantity(hours, Dimension::time); }

void read_until(Section& s, const Facts& facts, double start, Trigger& trigger) {
  trigger.until = facts.duration;
  if (!s.has("until")) return;
  trigger.until = s.number({.key = "until",
                            .unit = "h",
                            .min = "0 h",
                            .max = "36500 d",
                            .doc = "It does not happen at or after this time since the start; the end of the run if "
                                   "not given."});
  if (trigger.until > start || s.describing()) return;
  s.fail("until", fmt::format("it ends at {} and starts at {}", time_text(trigger.until), time_text(start)),
         "it would never happen", "let it end later");
  trigger.until = facts.duration;
}

void read_window(Section& s, const Facts& facts, Trigger& trigger) {
  trigger.from = s.number({.key = "from",
                           .unit = "h",
                           .fallback = "0 d",
                           .min = "0 h",
                           .max = "36500 d",
                           .doc = "It does not happen before this time since the start."});
  if (trigger.from >= facts.duration && !s.describing())
    s.fail("from", fmt::format("{} is not within the run", time_text(trigger.from)),
           fmt::format("time.duration is {}", time_text(facts.duration)), "let it start earlier");
  read_until(s, facts, trigger.from, trigger);
}

void repeat(Section& s, const Facts& facts, Trigger& trigger) {
  if (!s.has("every")) {
    if (!s.has("until") || s.describing()) return;
    read_until(s, facts, 0.0, trigger);
    s.fail("until", "nothing is repeated", "`until` ends what happens `every` so often",
           "add `every`, or leave it out");
    return;
  }
  const double every = s.number({.key = "every",
                                 .unit = "h",
                                 .min = "1 min",
                                 .max = "36500 d",
                                 .doc = "It happens again and again, so long after the time before."});
  const double first = trigger.times.empty() ? 0.0 : trigger.times.front();
  read_until(s, facts, first, trigger);
  if (s.describing()) return;
  if (trigger.times.size() > 1) {
    s.fail("every", fmt::format("{} times and an interval", trigger.times.size()), "one time is repeated",
           "give one time, or all of them");
    return;
  }
  if ((trigger.until - first) / every > most_times) {
    s.fail("every", fmt::format("it would happen more than {:g} times", most_times), "", "use a longer interval");
    return;
  }
  trigger.times.clear();
  for (double k = 0.0; first + k * every < trigger.until; k += 1.0) trigger.times.push_back(first + k * every);
}

/// Moves times to a local time of day on their days.
void set_clock(Section& s, const Facts& facts, std::vector<double>& times) {
  if (!s.has("clock")) return;
  const double clock =
      s.time_of_day({.key = "clock",
                     .doc = "Local time of day: it happens then, on the day of `at`; the time since the "
                            "start counts if not given."});
  for (double& time : times) {
    const double day = std::floor((time + facts.starts_at) / 24.0);
    time = 24.0 * day + clock - facts.starts_at;
    if (time >= 0.0 || s.describing()) continue;
    s.fail("clock", fmt::format("on the first day {} comes before the run starts", print_time_of_day(clock)),
           fmt::format("time.start is at {}", print_time_of_day(facts.starts_at)), "use a later day");
    time = 0.0;
  }
}

void read_times(Section& s, const Facts& facts, Trigger& trigger) {
  trigger.when = When::at;
  trigger.times =
      s.numbers({.key = "at",
                 .unit = "h",
                 .min = "0 h",
                 .max = "36500 d",
                 .doc = "Time since the start, or several: it happens before the next tick that begins then "
                        "or later."});
  set_clock(s, facts, trigger.times);
  if (trigger.times.empty()) s.fail("at", "no time is given", "", "write e.g. at: 60 d");
  for (std::size_t i = 0; i < trigger.times.size(); ++i) {
    if (trigger.times[i] < facts.duration || s.describing()) continue;
    s.fail_item("at", i, fmt::format("{} is not within the run", time_text(trigger.times[i])),
                fmt::format("time.duration is {}", time_text(facts.duration)), "use an earlier time, or a longer run");
  }
  std::sort(trigger.times.begin(), trigger.times.end());
  repeat(s, facts, trigger);
}

void read_again(Section& s, std::string_view doc, Trigger& trigger) {
  if (!s.has("again_after")) return;
  trigger.again_after = s.number({.key = "again_after", .unit = "h", .min = "1 min", .max = "36500 d", .doc = doc});
}

void read_share(Section& s, Trigger& trigger) {
  Section share =
      s.section({.key = "share", .doc = "It happens when more than a share of all people meet a condition."});
  trigger.condition = conditions::read_condition(
      share, {.key = "of", .doc = "A condition on a person's own state, e.g. \"loneliness > 0.5\"."});
  trigger.above = share.number(
      {.key = "above", .unit = "%", .min = "0", .max = "1", .doc = "The share of people that must be exceeded."});
}

}  // namespace

std::optional<Trigger> read_trigger(Section& section, const Facts& facts) {
  Trigger trigger;
  const auto which = section.alternative(
      {{"at", "at a time, or several", [&](Section& s) { read_times(s, facts, trigger); }},
       {"rate", "to each person at random",
        [&](Section& s) {
          trigger.when = When::rate;
          trigger.rate = s.number({.key = "rate",
                                   .unit = "/h",
                                   .min = "0 /a",
                                   .max = "60 /h",
                                   .above_min = true,
                                   .doc = "How often it happens to each person of the target, by a Poisson process of "
                                          "their own."});
          read_window(s, facts, trigger);
        }},
       {"when", "to a person in a certain state",
        [&](Section& s) {
          trigger.when = When::state;
          trigger.condition = conditions::read_condition(
              s, {.key = "when",
                  .doc = "It happens to each person of the target for whom this holds, e.g. \"loneliness > 0.7\"."});
          read_again(s, "It can happen to the same person again after this time; once to each if not given.", trigger);
          read_window(s, facts, trigger);
        }},
       {"share", "when many people are in a certain state", [&](Section& s) {
          trigger.when = When::share;
          read_share(s, trigger);
          read_again(s, "It can happen again after this time; once if not given.", trigger);
          read_window(s, facts, trigger);
        }}});
  if (!which) return std::nullopt;
  return trigger;
}

}  // namespace kith::events
