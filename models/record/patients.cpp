#include "models/record/patients.hpp"

#include <array>
#include <cmath>
#include <limits>

#include "models/patients/social_functioning.hpp"
#include "models/record/dimensions.hpp"

namespace kith {
namespace {

/// Means over patients, in the order of the columns of the table.
struct Means {
  double craving = 0.0, habit = 0.0, using_now = 0.0, days = 0.0, functioning = 0.0;
  std::int32_t count = 0, at_risk = 0, events = 0;
};

constexpr float week = 168.0F;

}  // namespace

PatientsRecorder::PatientsRecorder(std::vector<Group> groups, const Population& population, std::uint32_t replicate)
    : groups_(std::move(groups)),
      not_relapsed_(groups_.size()),
      days_(population.model->patients().all().size()),
      replicate_(replicate) {}

TableRow PatientsRecorder::row(const Model& model, const people::Isolation& isolation, double hours) {
  const auto all = model.patients().all();
  const auto now = static_cast<float>(hours);
  const double passed = (hours - last_hours_) / 24.0;
  std::array<std::vector<std::int32_t>, 3> counts;
  std::array<std::vector<float>, 7> values;
  for (std::size_t g = 0; g < groups_.size(); ++g) {
    Means m;
    const auto add = [&](std::size_t i) {
      const patients::Patient& patient = all[i];
      ++m.count;
      m.craving += static_cast<double>(patient.craving);
      m.habit += static_cast<double>(patient.habit);
      m.using_now += now - patient.diary.last_use < week ? 1.0 : 0.0;
      m.days += patient.diary.days - days_[i];
      const float points =
          people::ucla3_points(model.people().loneliness[patient.person], model.patients().lonely_above());
      m.functioning += patients::social_functioning(patient, model.scenario().meeting, isolation.score[patient.person],
                                                    static_cast<double>(points));
      const bool was_free = !(patient.diary.relapsed_at < static_cast<float>(last_hours_));
      m.at_risk += was_free ? 1 : 0;
      m.events += was_free && patient.diary.relapsed_at < now ? 1 : 0;
    };
    if (groups_[g].everybody) {
      for (std::size_t i = 0; i < all.size(); ++i) add(i);
    } else {
      for (const PersonId person : groups_[g].members) {
        if (const patients::Patient* patient = model.patients().find(person))
          add(static_cast<std::size_t>(patient - all.data()));
      }
    }
    not_relapsed_[g].step(m.at_risk, m.events);
    const auto mean = [&](double total) { return static_cast<float>(m.count > 0 ? total / m.count : std::nan("")); };
    counts[0].push_back(m.count);
    counts[1].push_back(m.at_risk);
    counts[2].push_back(m.events);
    const std::array<double, 7> columns{static_cast<double>(mean(m.craving)),
                                        static_cast<double>(mean(m.habit)),
                                        static_cast<double>(mean(m.using_now)),
                                        passed > 0.0 ? static_cast<double>(mean(m.days)) / passed : std::nan(""),
                                        static_cast<double>(mean(m.functioning)),
                                        m.count > 0 ? not_relapsed_[g].share() : std::nan(""),
                                        m.count > 0 ? not_relapsed_[g].standard_error() : std::nan("")};
    for (std::size_t c = 0; c < columns.size(); ++c) values[c].push_back(static_cast<float>(columns[c]));
  }
  for (std::size_t i = 0; i < all.size(); ++i) days_[i] = all[i].diary.days;
  last_hours_ = hours;
  TableRow row{"patients", replicate_, hours, {}};
  for (auto& column : counts) row.values.emplace_back(std::move(column));
  for (auto& column : values) row.values.emplace_back(std::move(column));
  return row;
}

TableSpec PatientsRecorder::table(const Scenario& scenario, const std::vector<std::string>& groups) {
  TableSpec table;
  table.name = "patients";
  table.long_name = "people with a substance use disorder: means over those of each group, and relapse (Kaplan-Meier)";
  table.growing = "time";
  table.dimensions = dimensions_by_group(scenario.replicates, groups);
  const std::vector<std::string> by_group{"replicate", "time", "group"};
  const auto add = [&](const char* name, const char* unit, const char* doc, ValueType type) {
    table.variables.push_back({name, unit, doc, type, by_group});
  };
  add("count", "1", "patients in the group", ValueType::int32);
  add("at_risk", "1", "of these, who had not relapsed before this row", ValueType::int32);
  add("events", "1", "of these, who have relapsed since the last row", ValueType::int32);
  add("craving", "1", "mean craving, 0 to 1", ValueType::float32);
  add("habit", "1", "mean habit, 0 to 1", ValueType::float32);
  add("using", "1", "share who used within the last 7 days", ValueType::float32);
  add("days_of_use", "1", "share of days with use since the last row", ValueType::float32);
  add("social_functioning", "1", "mean social functioning over the last four weeks, 0 to 100", ValueType::float32);
  add("not_relapsed", "1", "share not relapsed so far", ValueType::float32);
  add("not_relapsed_se", "1", "its standard error (Greenwood)", ValueType::float32);
  return table;
}

}  // namespace kith
