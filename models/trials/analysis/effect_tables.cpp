#include "models/trials/analysis/effect_tables.hpp"

#include <fmt/core.h>

#include <functional>
#include <numeric>
#include <string>

namespace kith::trials {
namespace {

/// A variable of a table of effects, and where it comes from.
template <class Source>
struct Column {
  std::string name;
  std::string long_name;
  std::function<double(const Source&)> get;
};

std::vector<Column<Effect>> comparison_columns() {
  using E = const Effect&;
  return {
      {"n", "participants analysed", [](E e) { return static_cast<double>(e.ratings.n()); }},
      {"n_arm", "participants analysed on the arm", [](E e) { return static_cast<double>(e.ratings.n_a); }},
      {"n_reference", "participants analysed on the reference", [](E e) { return static_cast<double>(e.ratings.n_b); }},
      {"clusters_arm", "clusters on the arm", [](E e) { return static_cast<double>(e.ratings.clusters_a); }},
      {"clusters_reference", "clusters on the reference",
       [](E e) { return static_cast<double>(e.ratings.clusters_b); }},
      {"mean_arm", "mean on the arm, on the scale of the measure", [](E e) { return e.ratings.mean_a; }},
      {"mean_reference", "mean on the reference", [](E e) { return e.ratings.mean_b; }},
      {"difference", "mean difference, arm minus reference", [](E e) { return e.ratings.difference; }},
      {"standard_error", "standard error of the difference", [](E e) { return e.ratings.standard_error; }},
      {"degrees", "degrees of freedom of the t-test", [](E e) { return e.ratings.degrees; }},
      {"low", "lower limit of the 95 % confidence interval of the difference", [](E e) { return e.ratings.low; }},
      {"high", "upper limit of the 95 % confidence interval of the difference", [](E e) { return e.ratings.high; }},
      {"p", "two-sided p of the t-test", [](E e) { return e.ratings.p; }},
      {"g", "Hedges g", [](E e) { return e.ratings.g; }},
      {"g_low", "lower limit of the 95 % confidence interval of g", [](E e) { return e.ratings.g_low; }},
      {"g_high", "upper limit of the 95 % confidence interval of g", [](E e) { return e.ratings.g_high; }},
      {"own", "mean difference of the participants from their own twins without drug", [](E e) { return e.own; }},
  };
}

void add_term(std::vector<Column<Effect>>& columns, const std::string& name, const std::string& what,
              Term Adjusted::*term) {
  const auto add = [&](const std::string& suffix, const std::string& long_name, double Term::*member) {
    columns.push_back({name + suffix, long_name, [=](const Effect& e) { return e.adjusted.*term.*member; }});
  };
  add("", what, &Term::estimate);
  add("_standard_error", "standard error of " + what, &Term::standard_error);
  add("_degrees", "degrees of freedom of " + what, &Term::degrees);
  add("_low", "lower limit of the 95 % confidence interval of " + what, &Term::low);
  add("_high", "upper limit of the 95 % confidence interval of " + what, &Term::high);
  add("_p", "two-sided p of " + what, &Term::p);
}

void add_risk(std::vector<Column<Effect>>& columns) {
  using E = const Effect&;
  const std::vector<Column<Effect>> risk{
      {"risk_arm", "share beyond the cut-off at the last occasion on the arm", [](E e) { return e.risk.risk_a; }},
      {"risk_reference", "the same on the reference", [](E e) { return e.risk.risk_b; }},
      {"risk_difference", "difference of the two shares", [](E e) { return e.risk.difference; }},
      {"risk_low", "lower limit of its 95 % confidence interval", [](E e) { return e.risk.low; }},
      {"risk_high", "upper limit of its 95 % confidence interval", [](E e) { return e.risk.high; }},
      {"number_needed", "number needed to harm, 1/risk_difference; to benefit where negative",
       [](E e) { return e.risk.number_needed; }},
      {"number_needed_low", "number_needed at the upper limit of risk_difference",
       [](E e) { return number_needed(e.risk.high); }},
      {"number_needed_high", "number_needed at the lower limit of risk_difference; beyond infinity where negative",
       [](E e) { return number_needed(e.risk.low); }},
  };
  columns.insert(columns.end(), risk.begin(), risk.end());
}

const std::vector<Column<Effect>>& effect_columns() {
  static const std::vector<Column<Effect>> all = [] {
    std::vector<Column<Effect>> columns = comparison_columns();
    add_term(columns, "adjusted", "the difference adjusted for the period", &Adjusted::treatment);
    add_term(columns, "period", "the last period minus the first", &Adjusted::period);
    add_term(columns, "carry_over", "the carry-over of the arm minus that of the reference", &Adjusted::carry_over);
    add_risk(columns);
    return columns;
  }();
  return all;
}

void add_pooled_term(std::vector<Column<Pooled>>& columns, const std::string& name, const std::string& what,
                     Pooled::PooledTerm Pooled::*term) {
  const auto add = [&](const std::string& suffix, const std::string& long_name, Mean Pooled::PooledTerm::*mean,
                       double Mean::*member) {
    columns.push_back({name + suffix, long_name, [=](const Pooled& p) { return p.*term.*mean.*member; }});
  };
  add("", "mean of " + what, &Pooled::PooledTerm::estimate, &Mean::mean);
  add("_significant", "share of studies with p < 0.05 for " + what, &Pooled::PooledTerm::significant, &Mean::mean);
  add("_significant_low", "lower limit of the exact 95 % interval of that share", &Pooled::PooledTerm::significant,
      &Mean::low);
  add("_significant_high", "upper limit of the exact 95 % interval of that share", &Pooled::PooledTerm::significant,
      &Mean::high);
}

const std::vector<Column<Pooled>>& pooled_columns() {
  using P = const Pooled&;
  static const std::vector<Column<Pooled>> all = [] {
    std::vector<Column<Pooled>> columns{
        {"studies", "virtual studies", [](P p) { return static_cast<double>(p.studies); }},
        {"difference", "mean difference", [](P p) { return p.difference.mean; }},
        {"g", "mean Hedges g", [](P p) { return p.g.mean; }},
        {"g_low", "lower limit of the 95 % confidence interval of the mean g", [](P p) { return p.g.low; }},
        {"g_high", "upper limit of the 95 % confidence interval of the mean g", [](P p) { return p.g.high; }},
        {"g_of_study_low", "2.5 % quantile of the studies' g: 95 % of such studies find a g between this and the next",
         [](P p) { return p.g_low; }},
        {"g_of_study_high", "97.5 % quantile of the studies' g", [](P p) { return p.g_high; }},
        {"significant", "share of studies with p < 0.05", [](P p) { return p.significant.mean; }},
        {"significant_low", "lower limit of the exact 95 % interval of that share",
         [](P p) { return p.significant.low; }},
        {"significant_high", "upper limit of the exact 95 % interval of that share",
         [](P p) { return p.significant.high; }},
        {"own", "mean difference from the twins without drug", [](P p) { return p.own.mean; }},
        {"largest_own", "greatest absolute difference of any participant from their twin",
         [](P p) { return p.largest_own; }},
        {"risk_difference", "mean difference of the shares beyond the cut-off",
         [](P p) { return p.risk_difference.mean; }},
        {"number_needed", "number needed to harm, 1/risk_difference; to benefit where negative",
         [](P p) { return number_needed(p.risk_difference.mean); }},
    };
    add_pooled_term(columns, "adjusted", "the difference adjusted for the period", &Pooled::treatment);
    add_pooled_term(columns, "period", "the last period minus the first", &Pooled::period);
    add_pooled_term(columns, "carry_over", "the carry-over of the arm minus that of the reference",
                    &Pooled::carry_over);
    return columns;
  }();
  return all;
}

template <class Source>
void add_variables(TableSpec& table, const std::vector<Column<Source>>& columns) {
  std::vector<std::string> dimensions;
  for (const auto& dimension : table.dimensions) dimensions.push_back(dimension.name);
  for (const auto& column : columns)
    table.variables.push_back({column.name, "1", column.long_name, ValueType::float64, dimensions});
}

std::vector<TableDimension> dimensions(const Trial& trial, const Measures& measures) {
  std::vector<std::string> compared;
  for (const std::size_t arm : contrasts(trial))
    compared.push_back(fmt::format("{} - {}", trial.arms[arm].name, trial.arms[trial.reference].name));
  return {{"measure", "what was measured", "", names(measures)}, {"contrast", "arms compared", "", compared}};
}

}  // namespace

std::vector<std::size_t> contrasts(const Trial& trial) {
  std::vector<std::size_t> arms;
  for (std::size_t arm = 0; arm < trial.arms.size(); ++arm) {
    if (arm != trial.reference) arms.push_back(arm);
  }
  return arms;
}

TableSpec effects_table(const Trial& trial, const Measures& measures, std::uint32_t replicates) {
  TableSpec table;
  table.name = "effects";
  table.long_name = "what each virtual study found: arm against reference in those who completed";
  table.dimensions = dimensions(trial, measures);
  std::vector<std::int32_t> numbers(replicates);
  std::iota(numbers.begin(), numbers.end(), 0);
  table.dimensions.insert(table.dimensions.begin(), {"replicate", "virtual study", "", numbers});
  add_variables(table, effect_columns());
  table.variables.push_back({"method",
                             "1",
                             "how the arm and the reference were compared",
                             ValueType::int8,
                             table.variables.front().dimensions,
                             {{0, "paired"}, {1, "two_sample"}, {2, "cluster_means"}}});
  return table;
}

TableRow effects_row(const Trial& trial, std::uint32_t replicate, const Effects& effects) {
  TableRow row{"effects", replicate, 0.0, {}};
  const std::vector<std::size_t> compared = contrasts(trial);
  for (const Column<Effect>& column : effect_columns()) {
    std::vector<double> values;
    for (const auto& measure : effects) {
      for (const std::size_t arm : compared) values.push_back(column.get(measure[arm]));
    }
    row.values.emplace_back(std::move(values));
  }
  std::vector<std::int8_t> methods;
  for (const auto& measure : effects) {
    for (const std::size_t arm : compared) methods.push_back(static_cast<std::int8_t>(measure[arm].ratings.method));
  }
  row.values.emplace_back(std::move(methods));
  return row;
}

TableSpec pooled_table(const Trial& trial, const Measures& measures) {
  TableSpec table;
  table.name = "effects_pooled";
  table.long_name = "effects over all virtual studies; empty for what is no outcome";
  table.dimensions = dimensions(trial, measures);
  add_variables(table, pooled_columns());
  return table;
}

TableRow pooled_row(const Trial& trial, const std::vector<const Effects*>& studies) {
  std::vector<Pooled> pooled;
  for (std::size_t measure = 0; measure < studies.front()->size(); ++measure) {
    for (const std::size_t arm : contrasts(trial)) pooled.push_back(pool(studies, measure, arm));
  }
  TableRow row{"effects_pooled", 0, 0.0, {}};
  for (const Column<Pooled>& column : pooled_columns()) {
    std::vector<double> values;
    for (const Pooled& each : pooled) values.push_back(column.get(each));
    row.values.emplace_back(std::move(values));
  }
  return row;
}

}  // namespace kith::trials
