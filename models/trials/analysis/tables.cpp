#include "models/trials/analysis/tables.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cctype>
#include <limits>
#include <numeric>
#include <optional>
#include <span>

#include "engine/variables_of.hpp"
#include "models/trials/analysis/effect_tables.hpp"
#include "models/trials/design/flow.hpp"

namespace kith::trials {
namespace {

std::vector<std::int32_t> count_from_zero(std::size_t n) {
  std::vector<std::int32_t> values(n);
  std::iota(values.begin(), values.end(), 0);
  return values;
}

template <class Items>
Flags names_of(const Items& items) {
  return flags_of(each(items, [](const auto& item) { return item.name; }));
}

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

std::vector<TableDimension> by_participant(const Trial& trial, std::uint32_t replicates) {
  return {{"replicate", "virtual study", "", count_from_zero(replicates)},
          {"participant", "participant of a study", "", count_from_zero(trial.participants())}};
}

struct TookPart {
  const std::vector<Participant>& participants;
  const Identities& who;
};

/// Adds the columns of the people's table. A name that files or the table cannot hold is changed; the text keeps it.
void add_columns(VariablesOf<TookPart>& all, const std::vector<std::string>& columns) {
  std::vector<std::string> taken{"replicate", "participant"};
  for (const Variable& variable : all.in({}).variables) taken.push_back(variable.name);
  for (std::size_t c = 0; c < columns.size(); ++c) {
    std::string name = columns[c];
    for (char& letter : name) {
      if (std::isalnum(static_cast<unsigned char>(letter)) == 0) letter = '_';
    }
    while (name.empty() || std::find(taken.begin(), taken.end(), name) != taken.end()) name += '_';
    taken.push_back(name);
    all.add(name, "", fmt::format("column {} of the people's table", columns[c]), {"replicate", "participant"},
            [c](const TookPart& took_part) { return took_part.who.columns[c]; });
  }
}

VariablesOf<TookPart> participant_variables(const Trial& trial, const std::vector<std::string>& columns) {
  using P = const Participant&;
  VariablesOf<TookPart> all;
  const std::vector<std::string> both{"replicate", "participant"};
  const auto add = [&](const char* name, const char* unit, const char* long_name, auto value, Flags flags = {}) {
    all.add(
        name, unit, long_name, both, [value](const TookPart& took_part) { return each(took_part.participants, value); },
        std::move(flags));
  };
  const auto hours = [](const std::optional<double>& time) { return static_cast<float>(time.value_or(nan)); };
  all.add("id", "", "id of the person", both, [](const TookPart& took_part) { return took_part.who.ids; });
  add(
      "sequence", "1", "order of the arms", [](P p) { return static_cast<std::int8_t>(p.sequence); },
      names_of(trial.sequences));
  add(
      "arm", "1", "arm of the first period",
      [&trial](P p) { return static_cast<std::int8_t>(trial.sequences[p.sequence].arms.front()); },
      names_of(trial.arms));
  add("cluster", "1", "number of the cluster; -1 where people are allocated one by one",
      [](P p) { return p.cluster ? static_cast<std::int32_t>(*p.cluster) : -1; });
  add("stratum", "1", "number of the combination of the strata's values",
      [](P p) { return static_cast<std::int32_t>(p.stratum); });
  add(
      "status", "1", "flow through the study", [](P p) { return static_cast<std::int8_t>(status(p)); }, status_flags());
  add("left_on_day", "1", "day of the run on which the participant left, from 1",
      [](P p) { return static_cast<float>(p.leaves ? static_cast<double>(*p.leaves + 1) : nan); });
  add("stopped_at", "hours", "when the participant stopped treatment", [=](P p) { return hours(p.stopped); });
  add("switched_at", "hours", "when the participant changed the arm", [=](P p) { return hours(p.switched); });
  add_columns(all, columns);
  return all;
}

TableSpec participants_table(const Trial& trial, std::uint32_t replicates, const std::vector<std::string>& columns) {
  TableSpec table;
  table.name = "participants";
  table.long_name = fmt::format("who took part ({}, {})", name(trial.design),
                                trial.blinding == "open" ? "open" : trial.blinding + "-blind");
  table.dimensions = by_participant(trial, replicates);
  return participant_variables(trial, columns).in(std::move(table));
}

/// What the participants of a study put down: the diaries, or the probes.
struct PutDown {
  const std::vector<Participant>& participants;
  const Identities& who;
  std::span<const MeasureData> measures;
};

/// One participant at one occasion.
struct Answer {
  const Participant& participant;
  const MeasureData& data;
  std::size_t i, o;  // places of participant and occasion
};

/// A value of each participant at each occasion.
template <class F>
auto each_answer(const PutDown& put_down, F&& value) {
  std::vector<std::decay_t<std::invoke_result_t<F&, const Answer&>>> values;
  for (std::size_t i = 0; i < put_down.participants.size(); ++i) {
    for (const MeasureData& data : put_down.measures) {
      for (std::size_t o = 0; o < data.occasions.size(); ++o)
        values.push_back(value(Answer{put_down.participants[i], data, i, o}));
    }
  }
  return values;
}

/// A value of each occasion; `value` takes the place of its measure, too.
template <class F>
auto each_occasion(const PutDown& put_down, F&& value) {
  std::vector<std::decay_t<std::invoke_result_t<F&, const Occasion&, std::size_t>>> values;
  for (std::size_t m = 0; m < put_down.measures.size(); ++m) {
    for (const Occasion& occasion : put_down.measures[m].occasions) values.push_back(value(occasion, m));
  }
  return values;
}

/// `diary` and `probes` have the same shape: participants by occasions.
VariablesOf<PutDown> occasion_variables(const Trial& trial, const std::vector<std::string>& measures) {
  VariablesOf<PutDown> all;
  const auto add = [&](const char* name, const char* long_name, auto value, Flags flags = {}) {
    all.add(
        name, "1", long_name, {"replicate", "participant", "occasion"},
        [value](const PutDown& put_down) { return each_answer(put_down, value); }, std::move(flags));
  };
  const auto add_when = [&](const char* name, const char* unit, const char* long_name, auto value, Flags flags = {}) {
    all.add(
        name, unit, long_name, {"occasion"},
        [value](const PutDown& put_down) { return each_occasion(put_down, value); }, std::move(flags));
  };
  all.add("id", "", "id of the person", {"replicate", "participant"},
          [](const PutDown& put_down) { return put_down.who.ids; });
  add("rating", "what the participant put down, on the scale of the measure (percent for occupancy)",
      [](const Answer& a) { return a.data.ratings[a.o][a.i]; });
  add("value", "the state behind the rating, without noise (percent for occupancy)",
      [](const Answer& a) { return a.data.values[a.o][a.i]; });
  add("own_difference", "mean rating over noise, minus that of the twin who took no drug",
      [](const Answer& a) { return a.data.own.empty() ? nan : a.data.own[a.o][a.i]; });
  if (can_be_left(trial)) {
    add("itt_rating", "rating, after leaving what the participant would have put down (intention to treat)",
        [](const Answer& a) { return (a.data.itt_ratings.empty() ? a.data.ratings : a.data.itt_ratings)[a.o][a.i]; });
    add("itt_own_difference", "own_difference, after leaving too", [](const Answer& a) {
      return a.data.own.empty() ? nan : (a.data.itt_own.empty() ? a.data.own : a.data.itt_own)[a.o][a.i];
    });
  }
  const auto arm_of = [&trial](const Answer& a) {
    return static_cast<std::int8_t>(trial.sequences[a.participant.sequence].arms[a.data.occasions[a.o].period]);
  };
  add("arm", "arm in which the participant was", arm_of, names_of(trial.arms));
  add_when(
      "measure", "1", "what was measured",
      [](const Occasion&, std::size_t measure) { return static_cast<std::int8_t>(measure); }, flags_of(measures));
  add_when("period", "1", "period of the trial, from 1",
           [](const Occasion& o, std::size_t) { return static_cast<std::int32_t>(o.period) + 1; });
  if (trial.run_in_days() > 0 || trial.follow_up_days() > 0) {
    add_when(
        "phase", "1", "part of the trial; the period of the run-in is the first, that of the follow-up the last",
        [](const Occasion& o, std::size_t) { return static_cast<std::int8_t>(o.phase); },
        flags_of(std::vector<std::string>{"run-in", "treatment", "follow-up"}));
  }
  add_when("day", "1", "day of the period, from 1",
           [](const Occasion& o, std::size_t) { return static_cast<std::int32_t>(o.day) + 1; });
  add_when("time", "hours", "time since the start of the measured time",
           [](const Occasion& o, std::size_t) { return o.hours; });
  return all;
}

TableSpec occasions_table(std::string name, std::string long_name, const Trial& trial,
                          const std::vector<std::string>& measures, const std::vector<Occasion>& occasions,
                          std::uint32_t replicates) {
  TableSpec table;
  table.name = std::move(name);
  table.long_name = std::move(long_name);
  table.dimensions = by_participant(trial, replicates);
  table.dimensions.push_back({"occasion", "occasion of measurement", "", count_from_zero(occasions.size())});
  return occasion_variables(trial, measures).in(std::move(table));
}

}  // namespace

void declare_tables(const Trial& trial, const Measures& measures, const Clock& clock, std::uint32_t replicates,
                    const std::vector<std::string>& columns, Sink& sink) {
  sink.declare(participants_table(trial, replicates, columns));
  sink.declare(flow_table(trial, replicates));
  const std::vector<std::string> names = trials::names(measures);
  const auto probes_begin = names.begin() + static_cast<std::ptrdiff_t>(measures.diaries.size());
  if (!measures.diaries.empty()) {
    sink.declare(occasions_table("diary", "evening diaries", trial, {names.begin(), probes_begin},
                                 diary_occasions(trial, measures, clock), replicates));
  }
  if (!measures.probes.empty()) {
    sink.declare(occasions_table("probes", "laboratory tasks", trial, {probes_begin, names.end()},
                                 probe_occasions(trial, measures, clock), replicates));
  }
  if (names.empty()) return;
  sink.declare(effects_table(trial, measures, replicates));
  sink.declare(pooled_table(trial, measures));
}

void write_study(const Trial& trial, std::uint32_t replicate, const std::vector<Participant>& participants,
                 const std::vector<MeasureData>& measures, std::size_t diaries, const Effects& effects,
                 const Identities& who, Sink& sink) {
  const std::vector<std::string> unnamed(who.columns.size());  // names matter to the declaration alone
  sink.write(participant_variables(trial, unnamed).row("participants", replicate, 0.0, {participants, who}));
  const std::span<const MeasureData> all(measures);
  const auto write = [&](const char* table, std::span<const MeasureData> some) {
    if (!some.empty()) sink.write(occasion_variables(trial, {}).row(table, replicate, 0.0, {participants, who, some}));
  };
  write("diary", all.first(diaries));
  write("probes", all.subspan(diaries));
  if (measures.empty()) return;

  sink.write(effects_row(trial, replicate, effects));
}

void write_pooled(const Trial& trial, const std::vector<const Effects*>& studies, Sink& sink) {
  if (!studies.front()->empty()) sink.write(pooled_row(trial, studies));
}

}  // namespace kith::trials
