#include "models/trials/tables.hpp"

#include <fmt/core.h>

#include <limits>
#include <numeric>

#include "models/trials/flow.hpp"

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

/// Arms that are compared with the reference.
std::vector<std::size_t> contrasts(const Trial& trial) {
  std::vector<std::size_t> arms;
  for (std::size_t arm = 0; arm < trial.arms.size(); ++arm) {
    if (arm != trial.reference) arms.push_back(arm);
  }
  return arms;
}

std::vector<TableDimension> effect_dimensions(const Trial& trial, const Measures& measures) {
  std::vector<std::string> compared;
  for (const std::size_t arm : contrasts(trial))
    compared.push_back(fmt::format("{} - {}", trial.arms[arm].name, trial.arms[trial.reference].name));
  return {{"measure", "what was measured", "", names(measures)}, {"contrast", "arms compared", "", compared}};
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

  TableSpec effects;
  effects.name = "effects";
  effects.long_name = "what each virtual study found: arm against reference in those who completed";
  effects.dimensions = effect_dimensions(trial, measures);
  effects.dimensions.insert(effects.dimensions.begin(),
                            {"replicate", "virtual study", "", count_from_zero(replicates)});
  const auto add = [](TableSpec& table, std::string name, std::string long_name) {
    std::vector<std::string> dimensions;
    for (const auto& dimension : table.dimensions) dimensions.push_back(dimension.name);
    table.variables.push_back({std::move(name), "1", std::move(long_name), ValueType::float64, dimensions});
  };
  add(effects, "n", "participants analysed");
  add(effects, "mean_arm", "mean on the arm, on the scale of the measure");
  add(effects, "mean_reference", "mean on the reference");
  add(effects, "difference", "mean paired difference");
  add(effects, "standard_error", "standard error of the difference");
  add(effects, "low", "lower limit of the 95 % confidence interval of the difference");
  add(effects, "high", "upper limit of the 95 % confidence interval of the difference");
  add(effects, "p", "two-sided p of the paired t-test");
  add(effects, "g", "Hedges g");
  add(effects, "g_low", "lower limit of the 95 % confidence interval of g");
  add(effects, "g_high", "upper limit of the 95 % confidence interval of g");
  add(effects, "own", "mean difference of the participants from their own twins without drug");
  sink.declare(effects);

  TableSpec pooled;
  pooled.name = "effects_pooled";
  pooled.long_name = "effects over all virtual studies";
  pooled.dimensions = effect_dimensions(trial, measures);
  add(pooled, "studies", "virtual studies");
  add(pooled, "difference", "mean difference");
  add(pooled, "g", "mean Hedges g");
  add(pooled, "g_low", "lower limit of the 95 % confidence interval of the mean g");
  add(pooled, "g_high", "upper limit of the 95 % confidence interval of the mean g");
  add(pooled, "significant", "share of studies with p < 0.05");
  add(pooled, "own", "mean difference from the twins without drug");
  add(pooled, "largest_own", "greatest absolute difference of any participant from their twin");
  sink.declare(pooled);
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

  TableRow row{"effects", replicate, 0.0, {}};
  const auto add = [&](auto&& get) {
    std::vector<double> values;
    for (const auto& measure : effects) {
      for (const std::size_t arm : contrasts(trial)) values.push_back(get(measure[arm]));
    }
    row.values.emplace_back(std::move(values));
  };
  add([](const Effect& e) { return static_cast<double>(e.ratings.n); });
  add([](const Effect& e) { return e.ratings.mean_a; });
  add([](const Effect& e) { return e.ratings.mean_b; });
  add([](const Effect& e) { return e.ratings.difference; });
  add([](const Effect& e) { return e.ratings.standard_error; });
  add([](const Effect& e) { return e.ratings.low; });
  add([](const Effect& e) { return e.ratings.high; });
  add([](const Effect& e) { return e.ratings.p; });
  add([](const Effect& e) { return e.ratings.g; });
  add([](const Effect& e) { return e.ratings.g_low; });
  add([](const Effect& e) { return e.ratings.g_high; });
  add([](const Effect& e) { return e.own; });
  sink.write(std::move(row));
}

Pooled pool(const std::vector<const Effects*>& studies, std::size_t measure, std::size_t arm) {
  std::vector<Effect> effects;
  for (const Effects* study : studies) effects.push_back((*study)[measure][arm]);
  return pool(effects);
}

void write_pooled(const Trial& trial, const std::vector<const Effects*>& studies, Sink& sink) {
  const std::size_t measures = studies.front()->size();
  if (measures == 0) return;
  TableRow row{"effects_pooled", 0, 0.0, {}};
  const auto add = [&](auto&& get) {
    std::vector<double> values;
    for (std::size_t measure = 0; measure < measures; ++measure) {
      for (const std::size_t arm : contrasts(trial)) values.push_back(get(pool(studies, measure, arm)));
    }
    row.values.emplace_back(std::move(values));
  };
  add([](const Pooled& p) { return static_cast<double>(p.studies); });
  add([](const Pooled& p) { return p.difference.mean; });
  add([](const Pooled& p) { return p.g.mean; });
  add([](const Pooled& p) { return p.g.low; });
  add([](const Pooled& p) { return p.g.high; });
  add([](const Pooled& p) { return p.significant; });
  add([](const Pooled& p) { return p.own.mean; });
  add([](const Pooled& p) { return p.largest_own; });
  sink.write(std::move(row));
}

}  // namespace kith::trials
