#include "models/record/record.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/distributions.hpp"
#include "core/parallel.hpp"
#include "models/record/dimensions.hpp"
#include "models/record/group_mean.hpp"
#include "models/record/living.hpp"

namespace kith {
namespace {

/// Columns of state of which the population table gives mean, spread and quantiles.
constexpr std::array<std::string_view, 8> summarised{"signal",          "connection", "distress",   "positive_affect",
                                                     "negative_affect", "need",       "loneliness", "approach"};

bool is_summarised(std::string_view name) {
  return std::find(summarised.begin(), summarised.end(), name) != summarised.end();
}

constexpr std::size_t quantile_count = 3;
constexpr std::array<double, quantile_count> quantiles{0.1, 0.5, 0.9};

std::vector<float> gather(const Group& group, const std::vector<float>& column) {
  if (group.everybody) return column;
  std::vector<float> values(group.members.size());
  std::transform(group.members.begin(), group.members.end(), values.begin(), [&](PersonId p) { return column[p]; });
  return values;
}

/// The quantiles by the nearest rank.
void append_quantiles(std::vector<float> values, std::vector<float>& out) {
  for (const double q : quantiles) {
    if (values.empty()) {
      out.push_back(std::numeric_limits<float>::quiet_NaN());
      continue;
    }
    const auto rank = static_cast<std::ptrdiff_t>(std::llround(q * static_cast<double>(values.size() - 1)));
    std::nth_element(values.begin(), values.begin() + rank, values.end());
    out.push_back(values[static_cast<std::size_t>(rank)]);
  }
}

}  // namespace

TableSpec population_table(const Scenario& scenario, const std::vector<std::string>& groups) {
  TableSpec table;
  table.name = "population";
  table.long_name = "measures of groups of people over time";
  table.growing = "time";
  std::vector<double> shares(quantiles.begin(), quantiles.end());
  table.dimensions = dimensions_by_group(scenario.replicates, groups);
  table.dimensions.push_back({"quantile", "share of people below", "1", shares});
  table.dimensions.push_back({"layer", "Dunbar layer, 1 the closest", "1", std::vector<std::int32_t>{1, 2, 3, 4}});
  const std::vector<std::string> by_group{"replicate", "time", "group"};
  const auto add = [&](std::string name, std::string unit, std::string long_name) {
    table.variables.push_back({std::move(name), std::move(unit), std::move(long_name), ValueType::float32, by_group});
  };
  people::People::visit(people::People{}, [&](const ColumnInfo& info, const auto&) {
    if (!is_summarised(info.name)) return;
    const std::string name(info.name);
    const std::string doc(info.doc);
    add(name, std::string(info.unit), "mean " + doc);
    add(name + "_sd", std::string(info.unit), "standard deviation between people of " + doc);
    table.variables.push_back({name + "_quantiles",
                               std::string(info.unit),
                               "quantiles of " + doc,
                               ValueType::float32,
                               {"replicate", "time", "group", "quantile"}});
  });
  add("occupancy", "%", "mean share of mu-opioid receptors held by drugs");
  add("lonely_share", "1", "share of people above the loneliness that 24 % of the untreated population exceed");
  add("isolated_share", "1", "share of people with a score below 12 of a scale like LSNS-6");
  add("contacts_per_day", "1/day", "mean number of contacts a day since the last row");
  add("hours_since_contact", "hours", "mean time since the last contact");
  add("isolation_score", "1", "mean score of a scale like LSNS-6, 0 to 30");
  table.variables.push_back({"ties_per_layer",
                             "1",
                             "mean number of ties in each Dunbar layer",
                             ValueType::float32,
                             {"replicate", "time", "group", "layer"}});
  if (scenario.tie_life) add_living_variables(table);
  return table;
}

PopulationRecorder::PopulationRecorder(const Population& population, std::vector<Group> groups, std::uint32_t replicate)
    : population_(&population), groups_(std::move(groups)), replicate_(replicate) {
  const auto& contacts = population.model->people().contacts;
  for (const Group& group : groups_) {
    last_contacts_.push_back(mean_over(group, population.model->people().count,
                                       [&](PersonId p) { return static_cast<double>(contacts[p]); }));
  }
}

TableRow PopulationRecorder::row(const Model& model, double hours) {
  const people::People& s = model.people();
  const auto each_group = [&](auto&& value) {
    std::vector<float> values;
    for (const Group& group : groups_) values.push_back(static_cast<float>(mean_over(group, s.count, value)));
    return values;
  };
  TableRow row{"population", replicate_, hours, {}};
  people::People::visit(s, [&](const ColumnInfo& info, const auto& column) {
    if constexpr (std::is_same_v<std::decay_t<decltype(column)>, std::vector<float>>) {
      if (!is_summarised(info.name)) return;
      std::vector<float> means;
      std::vector<float> deviations;
      std::vector<float> shares;
      for (const Group& group : groups_) {
        const double mean = mean_over(group, s.count, [&](PersonId p) { return static_cast<double>(column[p]); });
        const double variance =
            mean_over(group, s.count, [&](PersonId p) { return std::pow(static_cast<double>(column[p]) - mean, 2); });
        means.push_back(static_cast<float>(mean));
        deviations.push_back(static_cast<float>(std::sqrt(variance)));
        append_quantiles(gather(group, column), shares);
      }
      row.values.emplace_back(std::move(means));
      row.values.emplace_back(std::move(deviations));
      row.values.emplace_back(std::move(shares));
    }
  });
  if (can_isolation_change(model)) isolation_ = isolation_of(model);
  const people::Isolation& isolation = this->isolation();
  row.values.emplace_back(each_group([&](PersonId p) {
    const pharmacology::Treated* treated = model.treatment(p);
    return treated == nullptr ? 0.0 : 100.0 * treated->occupancy();
  }));
  row.values.emplace_back(
      each_group([&](PersonId p) { return s.loneliness[p] > population_->lonely_above ? 1.0 : 0.0; }));
  row.values.emplace_back(
      each_group([&](PersonId p) { return isolation.score[p] < people::isolated_below ? 1.0 : 0.0; }));
  std::vector<float> contacts_per_day;
  for (std::size_t g = 0; g < groups_.size(); ++g) {
    const double so_far =
        mean_over(groups_[g], s.count, [&](PersonId p) { return static_cast<double>(s.contacts[p]); });
    contacts_per_day.push_back(hours > last_hours_
                                   ? static_cast<float>((so_far - last_contacts_[g]) * 24.0 / (hours - last_hours_))
                                   : std::numeric_limits<float>::quiet_NaN());
    last_contacts_[g] = so_far;
  }
  last_hours_ = hours;
  row.values.emplace_back(std::move(contacts_per_day));
  row.values.emplace_back(each_group([&](PersonId p) { return hours - static_cast<double>(s.last_contact[p]); }));
  row.values.emplace_back(each_group([&](PersonId p) { return static_cast<double>(isolation.score[p]); }));
  std::vector<float> layers;
  for (const Group& group : groups_) {
    for (std::size_t layer = 0; layer < people::layer_count; ++layer) {
      layers.push_back(static_cast<float>(mean_over(
          group, s.count, [&](PersonId p) { return static_cast<double>(isolation.ties_per_layer[p][layer]); })));
    }
  }
  row.values.emplace_back(std::move(layers));
  if (model.living()) append_living_values(*model.living(), groups_, row);
  return row;
}

std::vector<PersonId> sample_people(const Scenario& scenario, std::uint32_t people, WorldKey world) {
  std::vector<std::pair<std::uint32_t, PersonId>> order(people);
  const Draws draws(world, "people recorded");
  for (PersonId p = 0; p < people; ++p) order[p] = {draws.at(p, 0)(), p};
  const std::size_t count = std::min<std::size_t>(scenario.record.people, people);
  std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(count), order.end());
  std::vector<PersonId> sample(count);
  std::transform(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(count), sample.begin(),
                 [](const auto& entry) { return entry.second; });
  std::sort(sample.begin(), sample.end());
  return sample;
}

TableSpec people_table(const Scenario& scenario, const Population& population, const std::vector<PersonId>& sample) {
  std::vector<std::string> ids;
  for (const PersonId p : sample) ids.push_back(network::id_of(population.graph, p));
  TableSpec table;
  table.name = "people";
  table.long_name = "state of single people over time";
  table.growing = "time";
  table.compress = false;
  table.dimensions = {replicate_dimension(scenario.replicates),
                      {"time", "time since the start of the measured time", "hours", std::vector<double>{}},
                      {"person", "id of the person", "", ids}};
  people::People::visit(population.model->people(), [&](const ColumnInfo& info, const auto&) {
    table.variables.push_back({std::string(info.name),
                               std::string(info.unit),
                               std::string(info.doc),
                               ValueType::float32,
                               {"replicate", "time", "person"}});
  });
  return table;
}

TableRow people_row(const Model& model, const std::vector<PersonId>& sample, std::uint32_t replicate, double hours) {
  TableRow row{"people", replicate, hours, {}};
  people::People::visit(model.people(), [&](const ColumnInfo&, const auto& column) {
    std::vector<float> values(sample.size());
    std::transform(sample.begin(), sample.end(), values.begin(),
                   [&](PersonId p) { return static_cast<float>(column[p]); });
    row.values.emplace_back(std::move(values));
  });
  return row;
}

TableSpec network_table(const Population& population) {
  const std::uint32_t people = population.graph.people;
  const auto count_from_zero = [](std::size_t n) {
    std::vector<std::int64_t> values(n);
    std::iota(values.begin(), values.end(), std::int64_t{0});
    return values;
  };
  TableSpec table;
  table.name = "network";
  table.long_name =
      "the network at the start (of replicate 0 where each has its own) as compressed rows: the ties of person p are "
      "offsets[p] to offsets[p + 1] - 1";
  table.dimensions = {person_dimension(population),
                      {"bound", "person index, one more than people", "", count_from_zero(people + 1UL)},
                      {"end", "index of a tie as seen from one of its two ends", "",
                       count_from_zero(2UL * population.model->ties().count())}};
  table.variables = {
      {"offsets", "1", "first tie end of each person", ValueType::int64, {"bound"}},
      {"targets", "1", "index of the person at the other end", ValueType::int32, {"end"}},
      {"closeness", "1", "closeness of the tie, 0 to 1", ValueType::float32, {"end"}},
      {"kind", "1", "kind of the tie", ValueType::int8, {"end"}, {{0, "kin"}, {1, "friendship"}, {2, "acquaintance"}}},
      {"community", "1", "community of the person; -1 where none is known", ValueType::int32, {"person"}},
      {"isolation_score", "1", "score of a scale like LSNS-6, 0 to 30", ValueType::int32, {"person"}}};
  return table;
}

TableRow network_row(const Population& population) {
  const network::Ties& ties = population.model->ties();
  std::vector<std::int64_t> offsets{0};
  std::vector<std::int32_t> targets;
  std::vector<float> closeness;
  std::vector<std::int8_t> kind;
  std::vector<std::int32_t> community;
  std::vector<std::int32_t> score;
  for (PersonId p = 0; p < ties.people(); ++p) {
    std::vector<std::pair<PersonId, TieId>> row;
    ties.for_each(p, [&](PersonId other, TieId tie) { row.emplace_back(other, tie); });
    std::sort(row.begin(), row.end());
    for (const auto& [other, tie] : row) {
      targets.push_back(static_cast<std::int32_t>(other));
      closeness.push_back(ties.closeness(tie));
      kind.push_back(static_cast<std::int8_t>(ties.kind(tie)));
    }
    offsets.push_back(static_cast<std::int64_t>(targets.size()));
    community.push_back(population.graph.community.empty() ? -1
                                                           : static_cast<std::int32_t>(population.graph.community[p]));
    score.push_back(population.isolation.score[p]);
  }
  return {"network", 0, 0.0, {offsets, targets, closeness, kind, community, score}};
}

}  // namespace kith
