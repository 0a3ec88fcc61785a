#include "models/trials/analysis/tables.hpp"

#include <fmt/core.h>

#include <limits>
#include <numeric>

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
std::vector<std::pair<std::int8_t, std::string>> flags_of(const Items& items) {
  std::vector<std::pair<std::int8_t, std::string>> flags;
  for (const auto& item : items) flags.emplace_back(static_cast<std::int8_t>(flags.size()), item.name);
  return flags;
}

struct Named {
  std::string name;
};

TableSpec participants_table(const Trial& trial, std::uint32_t replicates) {
  TableSpec table;
  table.name = "participants";
  table.long_name = fmt::format("who took part ({}, {})", name(trial.design),
                                trial.blinding == "open" ? "open" : trial.blinding + "-blind");
  table.dimensions = {{"replicate", "virtual study", "", count_from_zero(replicates)},
                      {"participant", "participant of a study", "", count_from_zero(trial.participants())}};
  const std::vector<std::string> both{"replicate", "participant"};
  table.variables = {
      {"id", "", "id of the person", ValueType::text, both},
      {"sequence", "1", "order of the arms", ValueType::int8, both, flags_of(trial.sequences)},
      {"arm", "1", "arm of the first period", ValueType::int8, both, flags_of(trial.arms)},
      {"cluster", "1", "number of the cluster; -1 where people are allocated one by one", ValueType::int32, both},
      {"stratum", "1", "number of the combination of the strata's values", ValueType::int32, both},
      {"status", "1", "flow through the study", ValueType::int8, both, status_flags()},
      {"left_on_day", "1", "day of the run on which the participant left, from 1", ValueType::float32, both},
      {"stopped_at", "hours", "when the participant stopped treatment", ValueType::float32, both},
      {"switched_at", "hours", "when the participant changed the arm", ValueType::float32, both}};
  return table;
}

/// `diary` and `probes` have the same shape: participants by occasions.
TableSpec occasions_table(std::string name, std::string long_name, const Trial& trial,
                          const std::vector<std::string>& measures, const std::vector<Occasion>& occasions,
                          std::uint32_t replicates) {
  TableSpec table;
  table.name = std::move(name);
  table.long_name = std::move(long_name);
  std::vector<Named> names;
  for (const std::string& measure : measures) names.push_back({measure});
  table.dimensions = {{"replicate", "virtual study", "", count_from_zero(replicates)},
                      {"participant", "participant of a study", "", count_from_zero(trial.participants())},
                      {"occasion", "occasion of measurement", "", count_from_zero(occasions.size())}};
  const std::vector<std::string> all{"replicate", "participant", "occasion"};
  const std::vector<std::string> when{"occasion"};
  table.variables = {
      {"rating", "1", "what the participant put down, on the scale of the measure (percent for occupancy)",
       ValueType::float64, all},
      {"value", "1", "the state behind the rating, without noise (percent for occupancy)", ValueType::float64, all},
      {"own_difference", "1", "rating without noise minus that of the twin who took no drug", ValueType::float64, all},
      {"arm", "1", "arm in which the participant was", ValueType::int8, all, flags_of(trial.arms)},
      {"measure", "1", "what was measured", ValueType::int8, when, flags_of(names)},
      {"period", "1", "period of the trial, from 1", ValueType::int32, when},
      {"day", "1", "day of the period, from 1", ValueType::int32, when},
      {"time", "hours", "time since the start of the measured time", ValueType::float64, when}};
  return table;
}

void write_occasions(const std::string& table, const Trial& trial, std::uint32_t replicate,
                     const std::vector<Participant>& participants, std::span<const MeasureData> measures, Sink& sink) {
  std::vector<double> ratings;
  std::vector<double> values;
  std::vector<double> own;
  std::vector<std::int8_t> arms;
  for (std::size_t i = 0; i < participants.size(); ++i) {
    for (const MeasureData& data : measures) {
      for (std::size_t o = 0; o < data.occasions.size(); ++o) {
        ratings.push_back(data.ratings[o][i]);
        values.push_back(data.values[o][i]);
        own.push_back(data.own.empty() ? std::numeric_limits<double>::quiet_NaN() : data.own[o][i]);
        arms.push_back(
            static_cast<std::int8_t>(trial.sequences[participants[i].sequence].arms[data.occasions[o].period]));
      }
    }
  }
  std::vector<std::int8_t> measure;
  std::vector<std::int32_t> period;
  std::vector<std::int32_t> day;
  std::vector<double> time;
  for (std::size_t m = 0; m < measures.size(); ++m) {
    for (const Occasion& occasion : measures[m].occasions) {
      measure.push_back(static_cast<std::int8_t>(m));
      period.push_back(static_cast<std::int32_t>(occasion.period) + 1);
      day.push_back(static_cast<std::int32_t>(occasion.day) + 1);
      time.push_back(occasion.hours);
    }
  }
  sink.write({table, replicate, 0.0, {ratings, values, own, arms, measure, period, day, time}});
}

}  // namespace

void declare_tables(const Trial& trial, const Measures& measures, const Clock& clock, std::uint32_t replicates,
                    Sink& sink) {
  sink.declare(participants_table(trial, replicates));
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

namespace {

void write_participants(const Trial& trial, std::uint32_t replicate, const std::vector<Participant>& participants,
                        const std::vector<std::string>& ids, Sink& sink) {
  const auto column = [&]<class T>(T, auto&& get) {
    std::vector<T> values;
    for (const Participant& participant : participants) values.push_back(static_cast<T>(get(participant)));
    return values;
  };
  const auto hours = [](const std::optional<double>& time) {
    return time.value_or(std::numeric_limits<double>::quiet_NaN());
  };
  sink.write({"participants",
              replicate,
              0.0,
              {ids, column(std::int8_t{}, [](const Participant& p) { return p.sequence; }),
               column(std::int8_t{}, [&](const Participant& p) { return trial.sequences[p.sequence].arms.front(); }),
               column(std::int32_t{}, [](const Participant& p) { return p.cluster ? std::int64_t{*p.cluster} : -1; }),
               column(std::int32_t{}, [](const Participant& p) { return p.stratum; }),
               column(std::int8_t{}, [](const Participant& p) { return status(p); }),
               column(float{},
                      [](const Participant& p) {
                        return p.leaves ? static_cast<double>(*p.leaves + 1) : std::numeric_limits<double>::quiet_NaN();
                      }),
               column(float{}, [&](const Participant& p) { return hours(p.stopped); }),
               column(float{}, [&](const Participant& p) { return hours(p.switched); })}});
}

}  // namespace

void write_study(const Trial& trial, std::uint32_t replicate, const std::vector<Participant>& participants,
                 const std::vector<MeasureData>& measures, std::size_t diaries, const Effects& effects,
                 const std::vector<std::string>& ids, Sink& sink) {
  write_participants(trial, replicate, participants, ids, sink);
  const std::span<const MeasureData> all(measures);
  if (diaries > 0) write_occasions("diary", trial, replicate, participants, all.first(diaries), sink);
  if (diaries < measures.size()) write_occasions("probes", trial, replicate, participants, all.subspan(diaries), sink);
  if (measures.empty()) return;

  sink.write(effects_row(trial, replicate, effects));
}

void write_pooled(const Trial& trial, const std::vector<const Effects*>& studies, Sink& sink) {
  if (!studies.front()->empty()) sink.write(pooled_row(trial, studies));
}

}  // namespace kith::trials
