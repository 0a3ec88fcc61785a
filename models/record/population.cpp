#include "models/record/population.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/parallel.hpp"
#include "core/ranks.hpp"
#include "models/record/dimensions.hpp"
#include "models/record/group_mean.hpp"
#include "models/record/groups.hpp"
#include "models/record/living.hpp"
#include "models/record/population_now.hpp"
#include "models/record/state_column.hpp"
#include "models/record/trends.hpp"
#include "models/scenario/drugs_given.hpp"

namespace kith {
namespace {

/// Columns of state of which the table gives mean, spread and quantiles.
constexpr std::array<std::string_view, 8> summarised{"signal",          "connection", "distress",   "positive_affect",
                                                     "negative_affect", "need",       "loneliness", "approach"};

bool is_summarised(std::string_view name) {
  return std::find(summarised.begin(), summarised.end(), name) != summarised.end();
}

constexpr std::array<double, 3> quantiles{0.1, 0.5, 0.9};

/// The quantiles of a column in a group by the nearest rank.
template <class T>
void append_quantiles(const Group& group, const std::vector<T>& column, std::vector<float>& out) {
  std::vector<float> values(group.everybody ? column.size() : group.members.size());
  for_each_block(values.size(), [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i)
      values[i] = static_cast<float>(column[group.everybody ? i : group.members[i]]);
  });
  if (values.empty()) {
    out.insert(out.end(), quantiles.size(), std::numeric_limits<float>::quiet_NaN());
    return;
  }
  const auto last = static_cast<double>(values.size() - 1);
  const auto found =
      at_ranks(values, each(quantiles, [&](double q) { return static_cast<std::size_t>(std::llround(q * last)); }));
  out.insert(out.end(), found.begin(), found.end());
}

template <class T>
double mean_of(const Group& group, const std::vector<T>& column) {
  return mean_over(group, static_cast<std::uint32_t>(column.size()),
                   [&](PersonId p) { return static_cast<double>(column[p]); });
}

template <class T>
double deviation_of(const Group& group, const std::vector<T>& column) {
  const double mean = mean_of(group, column);
  return std::sqrt(mean_over(group, static_cast<std::uint32_t>(column.size()),
                             [&](PersonId p) { return std::pow(static_cast<double>(column[p]) - mean, 2); }));
}

const std::vector<std::string> by_group{"replicate", "time", "group"};

/// Mean, spread and quantiles of a column of state.
void add_summary(VariablesOf<PopulationNow>& all, const ColumnInfo& info) {
  const std::string name(info.name);
  const std::string unit(info.unit);
  const std::string doc(info.doc);
  // A value of each group, appended by `append(group, column, values)`.
  const auto by = [name](auto append) {
    return [name, append](const PopulationNow& now) {
      std::vector<float> values;
      with_column(now.people(), name, [&](const auto& column) {
        for (const Group& group : now.groups) append(group, column, values);
      });
      return values;
    };
  };
  all.add(name, unit, "mean " + doc, by_group, by([](const Group& group, const auto& column, std::vector<float>& out) {
            out.push_back(static_cast<float>(mean_of(group, column)));
          }));
  all.add(name + "_sd", unit, "standard deviation between people of " + doc, by_group,
          by([](const Group& group, const auto& column, std::vector<float>& out) {
            out.push_back(static_cast<float>(deviation_of(group, column)));
          }));
  all.add(name + "_quantiles", unit, "quantiles of " + doc, {"replicate", "time", "group", "quantile"},
          by([](const Group& group, const auto& column, std::vector<float>& out) {
            append_quantiles(group, column, out);
          }));
}

/// What is a mean over the people of each group.
void add_means(VariablesOf<PopulationNow>& all) {
  using Now = const PopulationNow&;
  const auto add = [&](const char* name, const char* unit, const char* long_name, auto of_person) {
    all.add(name, unit, long_name, by_group, [of_person](Now now) {
      return means_over(now.groups, now.people().count, [&](PersonId p) { return of_person(now, p); });
    });
  };
  add("occupancy", "%", "mean share of mu-opioid receptors held by drugs", [](Now now, PersonId p) {
    const pharmacology::Treated* treated = now.model.treatment(p);
    return treated == nullptr ? 0.0 : 100.0 * treated->occupancy();
  });
  add("lonely_share", "1", "share of people above the loneliness from which on people count as lonely",
      [](Now now, PersonId p) { return now.people().loneliness[p] > now.lonely_above ? 1.0 : 0.0; });
  add("isolated_share", "1", "share of people with a score below 12 of a scale like LSNS-6",
      [](Now now, PersonId p) { return now.isolation.score[p] < people::isolated_below ? 1.0 : 0.0; });
  all.add("contacts_per_day", "1/day", "mean number of contacts in person a day since the last row", by_group,
          [](Now now) { return now.contacts_per_day; });
  all.add("calls_per_day", "1/day", "mean number of contacts at a distance a day since the last row", by_group,
          [](Now now) { return now.calls_per_day; });
  add("hours_since_contact", "hours", "mean time since the last contact in person",
      [](Now now, PersonId p) { return now.hours - static_cast<double>(now.people().last_contact[p]); });
  add("isolation_score", "1", "mean score of a scale like LSNS-6, 0 to 30",
      [](Now now, PersonId p) { return static_cast<double>(now.isolation.score[p]); });
}

/// How many people each group has, where that changes or depends on who is tied to whom.
void add_sizes(VariablesOf<PopulationNow>& all) {
  all.add("people", "1", "people in the group", by_group, [](const PopulationNow& now) {
    return each(now.groups, [&](const Group& group) {
      return static_cast<std::int32_t>(group.everybody ? now.people().count : group.members.size());
    });
  });
}

/// Names of the drugs that the table follows in plasma.
std::vector<std::string> drugs_followed(const Scenario& scenario) {
  return each(drugs_given(scenario), [](const pharmacology::Drug* drug) { return drug->name; });
}

/// The concentration in plasma, by group and drug.
void add_plasma(VariablesOf<PopulationNow>& all, const std::vector<std::string>& drugs) {
  all.add("plasma", "ng/mL", "mean concentration in plasma of the parent of each drug",
          {"replicate", "time", "group", "drug"}, [drugs](const PopulationNow& now) {
            std::vector<float> means;
            for (const Group& group : now.groups) {
              for (const std::string& drug : drugs) {
                means.push_back(static_cast<float>(mean_over(group, now.people().count, [&](PersonId p) {
                  const pharmacology::Treated* treated = now.model.treatment(p);
                  return treated == nullptr ? 0.0 : treated->plasma(drug);
                })));
              }
            }
            return means;
          });
}

VariablesOf<PopulationNow> variables(const Scenario& scenario) {
  VariablesOf<PopulationNow> all;
  people::People::visit(people::People{}, [&](const ColumnInfo& info, const auto&) {
    if (is_summarised(info.name)) add_summary(all, info);
  });
  add_means(all);
  const RecordParams& record = scenario.record;
  if (record.by_ring || record.by_close_ring || do_groups_change(scenario)) add_sizes(all);
  all.add("ties_per_layer", "1", "mean number of ties in each Dunbar layer", {"replicate", "time", "group", "layer"},
          [](const PopulationNow& now) {
            return layer_means_over(now.groups, now.people().count, [&](PersonId p, std::size_t layer) {
              return now.isolation.ties_per_layer[p][layer];
            });
          });
  if (const auto drugs = drugs_followed(scenario); !drugs.empty()) add_plasma(all, drugs);
  if (scenario.tie_life) add_living_variables(all);
  return all;
}

}  // namespace

TableSpec population_table(const Scenario& scenario, const std::vector<std::string>& groups) {
  TableSpec table;
  table.name = "population";
  table.long_name = "measures of groups of people over time";
  table.growing = "time";
  table.dimensions = dimensions_by_group(scenario.replicates, groups);
  table.dimensions.push_back(
      {"quantile", "share of people below", "1", std::vector<double>(quantiles.begin(), quantiles.end())});
  table.dimensions.push_back({"layer", "Dunbar layer, 1 the closest", "1", std::vector<std::int32_t>{1, 2, 3, 4}});
  if (auto drugs = drugs_followed(scenario); !drugs.empty())
    table.dimensions.push_back({"drug", "drug that somebody takes", "", std::move(drugs)});
  return variables(scenario).in(std::move(table));
}

PopulationRecorder::PopulationRecorder(const Population& population, std::vector<Group> groups, std::uint32_t replicate)
    : population_(&population),
      groups_(std::move(groups)),
      replicate_(replicate),
      variables_(variables(population.model->scenario())),
      last_contacts_(population.model->people().contacts),
      last_calls_(population.model->people().calls) {}

TableRow PopulationRecorder::row(const Model& model, double hours, Measures measures) {
  if (can_isolation_change(model)) isolation_ = isolation_of(model);
  PopulationNow now{.model = model,
                    .groups = groups_,
                    .isolation = isolation(),
                    .lonely_above = population_->scales.lonely_above,
                    .hours = hours,
                    .contacts_per_day = per_day(model.people().contacts, hours, last_contacts_),
                    .calls_per_day = per_day(model.people().calls, hours, last_calls_),
                    .living = {}};
  last_hours_ = hours;
  if (measures == Measures::of_trends)
    return variables_.row_with(Trends::variables, "population", replicate_, hours, now);
  if (model.living()) now.living = living_now(*model.living());
  return variables_.row("population", replicate_, hours, now);
}

std::vector<float> PopulationRecorder::per_day(const std::vector<std::uint32_t>& counts, double hours,
                                               std::vector<std::uint32_t>& last) const {
  std::vector<float> rates;
  for (const Group& group : groups_) {
    const double since = mean_of(group, counts) - mean_of(group, last);
    rates.push_back(hours > last_hours_ ? static_cast<float>(since * 24.0 / (hours - last_hours_))
                                        : std::numeric_limits<float>::quiet_NaN());
  }
  last = counts;
  return rates;
}

}  // namespace kith
