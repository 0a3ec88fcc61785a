#include "models/trials/measures/measures.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <set>
#include <utility>

#include "core/distributions.hpp"
#include "core/units.hpp"
#include "models/trials/design/regimen.hpp"
#include "models/trials/measures/subject.hpp"

namespace kith::trials {

using config::Mark;
using config::Section;

namespace {

constexpr std::array<std::string_view, 6> feeling_names{"connection", "positive_affect", "negative_affect",
                                                        "loneliness", "distress",        "craving"};

void read_compliance(Section& s, Diary& diary) {
  diary.compliance = s.number({.key = "compliance",
                               .unit = "%",
                               .fallback = "100 %",
                               .min = "0 %",
                               .max = "100 %",
                               .doc = "Mean share of entries that a person makes; the others are missing at random.",
                               .mark = Mark::assumed,
                               .source = "range 70-100 %"});
  diary.compliance_sd = s.number({.key = "compliance_sd",
                                  .unit = "%",
                                  .fallback = "0 %",
                                  .min = "0 %",
                                  .max = "50 %",
                                  .doc = "Standard deviation of that share between people, whose shares are beta.",
                                  .mark = Mark::assumed,
                                  .source = "range 0-20 %"});
  const double most = std::sqrt(diary.compliance * (1.0 - diary.compliance));
  if (diary.compliance_sd > 0.0 && diary.compliance_sd >= most) {
    s.fail("compliance_sd",
           fmt::format("shares with a mean of {} cannot spread so far",
                       print_quantity(diary.compliance, Dimension::share)),
           fmt::format("their standard deviation is below {:.1f} %", 100.0 * most), "take a smaller spread");
  }
}

/// Refuses times at which what people felt since waking is of the day before: people wake within a tick, and are asked at the
/// start of one.
void check_time_of_diary(Section& s, const Diary& diary, const Calendar& calendar) {
  const auto tick_of = [&](double hours) {
    return std::floor((hours - calendar.starts_at) / calendar.tick_hours + 1e-9);
  };
  const std::string waking = print_time_of_day(calendar.waking);
  if (tick_of(diary.at) <= tick_of(calendar.waking)) {
    s.fail("at", fmt::format("at {} nobody has been awake on that day", print_time_of_day(diary.at)),
           fmt::format("people wake at {}, and a diary asks about the time since", waking),
           "ask in the evening before, or later");
  } else if (diary.since && (*diary.since < calendar.waking || tick_of(*diary.since) >= tick_of(diary.at))) {
    s.fail("since", fmt::format("{} is not between waking and the entry", print_time_of_day(*diary.since)),
           fmt::format("people wake at {} and are asked at {}", waking, print_time_of_day(diary.at)),
           "choose a time between the two");
  }
}

void read_when(Section& s, Diary& diary, const Calendar& calendar) {
  diary.at = s.time_of_day({.key = "at",
                            .fallback = "21:00",
                            .doc = "Local time of the entry.",
                            .mark = Mark::published,
                            .source = "every evening (Inagaki 2016)"});
  if (s.has("since"))
    diary.since = s.time_of_day({.key = "since",
                                 .doc = "Local time from which on feelings count, such as that of the dose; from "
                                        "waking on if not given."});
  if (s.has("days"))
    diary.days =
        s.whole_range({.key = "days",
                       .min = "1",
                       .max = "3650",
                       .doc = "Days of each period on which it is asked, from 1: 2..4; every day if not given, "
                              "and every day of the run-in and the follow-up."});
  if (s.describing()) return;
  check_time_of_diary(s, diary, calendar);
  if (diary.days && diary.days->second > calendar.period_days)
    s.fail("days", fmt::format("day {} never comes", diary.days->second),
           fmt::format("a period has {} days", calendar.period_days),
           fmt::format("use days 1 to {}", calendar.period_days));
}

Diary read_diary(Section& s, const Calendar& calendar) {
  Diary diary;
  diary.feeling = static_cast<Feeling>(
      s.choice({.key = "diary", .doc = "The feeling that a diary asks about: its mean since waking."},
               {{"connection", "felt connection"},
                {"positive_affect", "positive affect"},
                {"negative_affect", "negative affect"},
                {"loneliness", "loneliness"},
                {"distress", "distress"},
                {"craving", "craving for the substance; 0 for who is no patient"}}));
  read_when(s, diary, calendar);
  diary.scale = read_scale(s, {.scale = {.person_sd = 0.1, .occasion_sd = 0.095},
                               .mark = Mark::fitted,
                               .source = "spread of ratings 0.87 on 1-7 (Inagaki 2019) and ICC of days 0.52 (Knapp)"});
  read_compliance(s, diary);
  return diary;
}

/// "day 4 14:00" → day and hours; false when it reads otherwise.
bool parse_occasion(std::string text, Probe& probe) {
  constexpr std::string_view word = "day ";
  for (const Phase phase : {Phase::run_in, Phase::follow_up}) {
    if (!text.starts_with(prefix(phase))) continue;
    probe.phase = phase;
    text.erase(0, prefix(phase).size());
  }
  if (!text.starts_with(word)) return false;
  const char* const begin = text.data() + word.size();
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(begin, end, probe.day);
  if (error != std::errc{} || rest == end || *rest != ' ' || probe.day < 1) return false;
  const auto at = parse_time_of_day(std::string_view(rest + 1, static_cast<std::size_t>(end - rest - 1)));
  if (!at) return false;
  probe.at = *at;
  return true;
}

/// Finds the drug of a probe of plasma, and makes its value.
void choose_drug(Section& s, Probe& probe, const DrugsKnown& drugs) {
  const bool is_named = !probe.drug.empty();
  if (!is_named && drugs.taken && drugs.taken->size() == 1) probe.drug = drugs.taken->front();
  if (is_named && std::find(drugs.names.begin(), drugs.names.end(), probe.drug) == drugs.names.end())
    s.fail("drug", fmt::format("unknown drug \"{}\"", probe.drug), "neither in the library nor in `drugs:`",
           suggest(probe.drug, drugs.names));
  if (probe.drug.empty() && drugs.taken && !drugs.taken->empty())
    s.fail("probe", "the participants get several drugs", "a blood sample is searched for one of them",
           "add drug: " + drugs.taken->front());
  const std::string drug = probe.drug.empty() ? "" : probe.drug + " ";
  probe.label = fmt::format("plasma {}{}", drug, print_occasion(probe));
  probe.value = [drug = probe.drug](const Subject& subject) { return subject.plasma(drug); };
}

void check_day(Section& s, const Probe& probe, const Calendar& calendar) {
  struct Span {
    std::int64_t days;
    std::string_view has;
  };
  const std::array<Span, 3> spans{{{calendar.run_in_days, "the run-in has"},
                                   {calendar.period_days, "a period has"},
                                   {calendar.follow_up_days, "the follow-up has"}}};
  const auto& [days, has] = spans[static_cast<std::size_t>(probe.phase)];
  if (probe.day <= days) return;
  s.fail("at", fmt::format("{}day {} never comes", prefix(probe.phase), probe.day),
         fmt::format("{} {} days", has, days),
         days == 0 ? "give the trial one, or ask within a period" : fmt::format("use day 1 to {}", days));
}

Probe read_probe(Section& s, const Calendar& calendar, const DrugsKnown& drugs) {
  Probe probe;
  const std::string at = s.text({.key = "at",
                                 .fallback = "day 1 14:00",
                                 .doc = "Day of the period, from 1, and local time: \"day 4 14:00\"; or of the run-in "
                                        "or the follow-up: \"follow-up day 7 14:00\"."});
  if (!parse_occasion(at, probe)) {
    s.fail("at", fmt::format("\"{}\" is no day and time", at), "a probe happens on one day of each period",
           "write e.g. \"day 4 14:00\"");
  } else if (!s.describing()) {
    check_day(s, probe, calendar);
  }
  std::vector<Section::Variant> variants;
  for (const Task& task : all_tasks())
    variants.push_back({task.name, task.doc, [&](Section& keys) { task.read(keys, probe); }});
  s.variant({.key = "probe", .doc = "A laboratory task or a questionnaire; it changes nothing."}, variants);
  if (probe.asks_plasma && !s.describing()) choose_drug(s, probe, drugs);
  return probe;
}

}  // namespace

std::string_view name(Feeling feeling) { return feeling_names[static_cast<std::size_t>(feeling)]; }

std::string name(const Diary& diary) {
  std::string text(name(diary.feeling));
  for (char& c : text) c = c == '_' ? ' ' : c;
  return text + " diary";
}

bool answers(const Diary& diary, PersonId person, std::uint32_t measure, std::int64_t occasion, WorldKey world) {
  double own = diary.compliance;
  if (diary.compliance_sd > 0.0) {
    const double strength = own * (1.0 - own) / (diary.compliance_sd * diary.compliance_sd) - 1.0;
    Stream stream = Draws(world, "compliance of the person").at(person, measure, 0);
    own = beta(stream, own * strength, (1.0 - own) * strength);
  }
  Stream stream = Draws(world, "compliance").at(person, measure, occasion);
  return uniform(stream) < own;
}

namespace {

/// ", alone 4 h": the keys of one of several measures that the others do not give alike.
std::string what_differs(const Keys& keys, const std::vector<const Keys*>& others) {
  std::string text;
  for (const auto& key : keys) {
    const auto has = [&](const Keys* other) { return std::find(other->begin(), other->end(), key) != other->end(); };
    if (!std::all_of(others.begin(), others.end(), has)) text += fmt::format(", {} {}", key.first, key.second);
  }
  return text;
}

}  // namespace

std::vector<std::string> names(const Measures& measures) {
  std::vector<std::string> all;
  std::vector<std::string> times;
  std::vector<const Keys*> keys;
  for (const Diary& diary : measures.diaries) {
    all.push_back(name(diary));
    times.push_back(print_time_of_day(diary.at));
    keys.push_back(&diary.keys);
  }
  for (const Probe& probe : measures.probes) {
    all.push_back(probe.label);
    times.push_back(print_occasion(probe));
    keys.push_back(&probe.keys);
  }
  const std::vector<std::string> short_names = all;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (std::count(short_names.begin(), short_names.end(), short_names[i]) > 1 && !all[i].ends_with(times[i]))
      all[i] += ", " + times[i];
  }
  const std::vector<std::string> timed_names = all;
  for (std::size_t i = 0; i < all.size(); ++i) {
    std::vector<const Keys*> others;
    for (std::size_t k = 0; k < all.size(); ++k) {
      if (k != i && timed_names[k] == timed_names[i]) others.push_back(keys[k]);
    }
    all[i] += what_differs(*keys[i], others);
  }
  return all;
}

namespace {

/// Checks the measure that was read last, after so many mistakes; one that is there already is left out again.
void check_measure(Section& s, const Calendar& calendar, Measures& measures, bool is_diary, std::size_t mistakes) {
  constexpr std::size_t most_measures = 100;
  const std::vector<std::string> known = names(measures);
  if (std::set<std::string>(known.begin(), known.end()).size() < known.size()) {
    s.fail("at", "the same is asked twice at the same time", "", "remove one of the two");
    is_diary ? measures.diaries.pop_back() : measures.probes.pop_back();
    return;
  }
  const double at = is_diary ? measures.diaries.back().at : measures.probes.back().at;
  const Phase first_phase = calendar.run_in_days > 0 ? Phase::run_in : Phase::treatment;
  const bool is_first_day =
      is_diary || (measures.probes.back().day == 1 && measures.probes.back().phase == first_phase);
  if (is_first_day && at < calendar.starts_at && s.mistakes() == mistakes) {
    s.fail("at", fmt::format("on the first day {} comes before the run starts", print_time_of_day(at)),
           fmt::format("time.start is at {}", print_time_of_day(calendar.starts_at)),
           "start the run earlier in the day, or ask later");
  }
  if (known.size() == most_measures + 1)
    s.fail("at", fmt::format("more than {} measures", most_measures), "", "ask for fewer");
}

}  // namespace

Measures read_measures(Section& scenario, const Calendar& calendar, const DrugsKnown& drugs) {
  Measures measures;
  std::size_t items = 0;
  scenario.list({.key = "measures", .doc = "What the participants of the trial are asked."}, [&](Section& item) {
    ++items;
    item.alternative({{"diary", "a diary entry every day of every period",
                       [&](Section& s) {
                         const std::size_t mistakes = s.mistakes();
                         measures.diaries.push_back(read_diary(s, calendar));
                         measures.diaries.back().keys = s.values();
                         check_measure(s, calendar, measures, true, mistakes);
                       }},
                      {"probe", "a laboratory task on one day of every period", [&](Section& s) {
                         const std::size_t mistakes = s.mistakes();
                         measures.probes.push_back(read_probe(s, calendar, drugs));
                         measures.probes.back().keys = s.values();
                         check_measure(s, calendar, measures, false, mistakes);
                       }}});
  });
  if (items == 0 && scenario.has("measures"))
    scenario.fail("measures", "nothing is measured", "a trial compares what its participants are asked",
                  "add e.g. {diary: connection, at: \"21:00\"}, or leave `measures:` out");
  return measures;
}

}  // namespace kith::trials
