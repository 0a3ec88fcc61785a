#include "models/record/patients.hpp"

#include <cmath>

#include "engine/variables_of.hpp"
#include "models/patients/social_functioning.hpp"
#include "models/record/dimensions.hpp"

namespace kith {
namespace {

/// Sums over the patients of a group, and its curve.
struct GroupNow {
  double craving = 0.0, habit = 0.0, using_now = 0.0, days = 0.0, functioning = 0.0;
  std::int32_t count = 0, at_risk = 0, events = 0;
  double passed = 0.0;  // since the last row [d]
  Survival not_relapsed = {};

  double mean(double total) const { return count > 0 ? total / count : std::nan(""); }
};
using ByGroup = std::vector<GroupNow>;

VariablesOf<ByGroup> variables() {
  VariablesOf<ByGroup> all;
  using Now = const GroupNow&;
  const auto add = [&](const char* name, const char* long_name, auto value) {
    all.add(name, "1", long_name, {"replicate", "time", "group"},
            [value](const ByGroup& groups) { return each(groups, value); });
  };
  const auto number = [](double value) { return static_cast<float>(value); };
  add("count", "patients in the group", [](Now now) { return now.count; });
  add("at_risk", "of these, who had not relapsed before this row", [](Now now) { return now.at_risk; });
  add("events", "of these, who have relapsed since the last row", [](Now now) { return now.events; });
  add("craving", "mean craving, 0 to 1", [=](Now now) { return number(now.mean(now.craving)); });
  add("habit", "mean habit, 0 to 1", [=](Now now) { return number(now.mean(now.habit)); });
  add("using", "share who used within the last 7 days", [=](Now now) { return number(now.mean(now.using_now)); });
  add("days_of_use", "share of days with use since the last row", [=](Now now) {
    const float days = number(now.mean(now.days));
    return now.passed > 0.0 ? number(static_cast<double>(days) / now.passed) : std::nanf("");
  });
  add("social_functioning", "mean social functioning over the last four weeks, 0 to 100",
      [=](Now now) { return number(now.mean(now.functioning)); });
  add("not_relapsed", "share not relapsed so far",
      [=](Now now) { return number(now.count > 0 ? now.not_relapsed.share() : std::nan("")); });
  add("not_relapsed_se", "its standard error (Greenwood)",
      [=](Now now) { return number(now.count > 0 ? now.not_relapsed.standard_error() : std::nan("")); });
  add("not_relapsed_low", "lower limit of its 95 % interval (Rothman 1978)",
      [=](Now now) { return number(now.not_relapsed.limits().low); });
  add("not_relapsed_high", "upper limit of its 95 % interval",
      [=](Now now) { return number(now.not_relapsed.limits().high); });
  return all;
}

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
  ByGroup now_by_group;
  for (std::size_t g = 0; g < groups_.size(); ++g) {
    GroupNow m{.passed = passed};
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
    m.not_relapsed = not_relapsed_[g];
    now_by_group.push_back(m);
  }
  for (std::size_t i = 0; i < all.size(); ++i) days_[i] = all[i].diary.days;
  last_hours_ = hours;
  return variables().row("patients", replicate_, hours, now_by_group);
}

TableSpec PatientsRecorder::table(const Scenario& scenario, const std::vector<std::string>& groups) {
  TableSpec table;
  table.name = "patients";
  table.long_name = "people with a substance use disorder: means over those of each group, and relapse (Kaplan-Meier)";
  table.growing = "time";
  table.dimensions = dimensions_by_group(scenario.replicates, groups);
  return variables().in(std::move(table));
}

}  // namespace kith
