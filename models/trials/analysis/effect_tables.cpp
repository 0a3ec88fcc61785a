#include "models/trials/analysis/effect_tables.hpp"

#include <fmt/core.h>

#include <numeric>
#include <string>

#include "engine/variables_of.hpp"
#include "models/trials/design/flow.hpp"

namespace kith::trials {
namespace {

/// The effects of one study: every measure and contrast, in the order of the dimensions.
using InStudy = std::vector<const Effect*>;
/// What was found over all studies, in those who stayed and in all who were allocated.
struct OfBoth {
  Pooled stayed, allocated;
};
using OverStudies = std::vector<OfBoth>;

const std::vector<std::string> by_study{"replicate", "measure", "contrast"};

/// What tells the variables of all who were allocated from those of who stayed.
std::string named(const std::string& name, Whom whom) { return whom == Whom::allocated ? "itt_" + name : name; }
std::string meaning(const std::string& long_name, Whom whom) {
  return whom == Whom::allocated ? long_name + ", in all who were allocated (intention to treat)" : long_name;
}

/// Gives a function that adds a variable which is a number of each effect.
auto adding(VariablesOf<InStudy>& all, Whom whom) {
  return [&all, whom](const std::string& name, const std::string& long_name, auto get) {
    all.add(named(name, whom), "1", meaning(long_name, whom), by_study, [get, whom](const InStudy& found) {
      return each(found, [&](const Effect* effect) -> double {
        return get(whom == Whom::allocated ? effect->intention_to_treat : *effect);
      });
    });
  };
}

auto adding(VariablesOf<OverStudies>& all, Whom whom) {
  return [&all, whom](const std::string& name, const std::string& long_name, auto get) {
    all.add(named(name, whom), "1", meaning(long_name, whom), {"measure", "contrast"},
            [get, whom](const OverStudies& pooled) {
              return each(pooled, [&](const OfBoth& effect) -> double {
                return get(whom == Whom::allocated ? effect.allocated : effect.stayed);
              });
            });
  };
}

void add_comparison(VariablesOf<InStudy>& all, Whom whom) {
  using E = const Found&;
  const auto add = adding(all, whom);
  add("n", "participants analysed", [](E e) { return static_cast<double>(e.ratings.n()); });
  add("n_arm", "participants analysed on the arm", [](E e) { return static_cast<double>(e.ratings.n_a); });
  add("n_reference", "participants analysed on the reference", [](E e) { return static_cast<double>(e.ratings.n_b); });
  add("clusters_arm", "clusters on the arm", [](E e) { return static_cast<double>(e.ratings.clusters_a); });
  add("clusters_reference", "clusters on the reference", [](E e) { return static_cast<double>(e.ratings.clusters_b); });
  add("mean_arm", "mean on the arm, on the scale of the measure", [](E e) { return e.ratings.mean_a; });
  add("mean_reference", "mean on the reference", [](E e) { return e.ratings.mean_b; });
  add("difference", "mean difference, arm minus reference", [](E e) { return e.ratings.difference; });
  add("standard_error", "standard error of the difference", [](E e) { return e.ratings.standard_error; });
  add("degrees", "degrees of freedom of the t-test", [](E e) { return e.ratings.degrees; });
  add("low", "lower limit of the 95 % confidence interval of the difference", [](E e) { return e.ratings.low; });
  add("high", "upper limit of the 95 % confidence interval of the difference", [](E e) { return e.ratings.high; });
  add("p", "two-sided p of the t-test", [](E e) { return e.ratings.p; });
  add("g", "Hedges g", [](E e) { return e.ratings.g; });
  add("g_low", "lower limit of the 95 % confidence interval of g", [](E e) { return e.ratings.g_low; });
  add("g_high", "upper limit of the 95 % confidence interval of g", [](E e) { return e.ratings.g_high; });
  add("own", "the difference without noise and chance: from the twins without drug, on the arm minus on the reference",
      [](E e) { return e.own; });
}

void add_term(VariablesOf<InStudy>& all, Whom whom, const std::string& name, const std::string& what,
              Term Adjusted::*term) {
  const auto add = [&, add_one = adding(all, whom)](const std::string& suffix, const std::string& long_name,
                                                    double Term::*member) {
    add_one(name + suffix, long_name, [=](const Found& e) { return e.adjusted.*term.*member; });
  };
  add("", what, &Term::estimate);
  add("_standard_error", "standard error of " + what, &Term::standard_error);
  add("_degrees", "degrees of freedom of " + what, &Term::degrees);
  add("_low", "lower limit of the 95 % confidence interval of " + what, &Term::low);
  add("_high", "upper limit of the 95 % confidence interval of " + what, &Term::high);
  add("_p", "two-sided p of " + what, &Term::p);
}

void add_risk(VariablesOf<InStudy>& all, Whom whom) {
  using E = const Found&;
  const auto add = adding(all, whom);
  add("risk_arm", "share beyond the cut-off at the last occasion on the arm", [](E e) { return e.risk.risk_a; });
  add("risk_reference", "the same on the reference", [](E e) { return e.risk.risk_b; });
  add("risk_difference", "difference of the two shares", [](E e) { return e.risk.difference; });
  add("risk_low", "lower limit of its 95 % confidence interval", [](E e) { return e.risk.low; });
  add("risk_high", "upper limit of its 95 % confidence interval", [](E e) { return e.risk.high; });
  add("number_needed", "number needed to harm, 1/risk_difference; to benefit where negative",
      [](E e) { return e.risk.number_needed; });
  add("number_needed_low", "number_needed at the upper limit of risk_difference",
      [](E e) { return number_needed(e.risk.high); });
  add("number_needed_high", "number_needed at the lower limit of risk_difference; beyond infinity where negative",
      [](E e) { return number_needed(e.risk.low); });
}

/// Of whom the tables tell: of all who were allocated only where somebody may leave.
std::vector<Whom> told_of(const Trial& trial) {
  return can_be_left(trial) ? std::vector<Whom>{Whom::stayed, Whom::allocated} : std::vector<Whom>{Whom::stayed};
}

VariablesOf<InStudy> effect_variables(const Trial& trial) {
  VariablesOf<InStudy> all;
  for (const Whom whom : told_of(trial)) {
    add_comparison(all, whom);
    add_term(all, whom, "adjusted", "the difference adjusted for the period", &Adjusted::treatment);
    add_term(all, whom, "period", "the last period minus the first", &Adjusted::period);
    add_term(all, whom, "carry_over", "the carry-over of the arm minus that of the reference", &Adjusted::carry_over);
    add_risk(all, whom);
  }
  all.add("method", "1", "how the arm and the reference were compared", by_study,
          [](const InStudy& found) {
            return each(found, [](const Effect* effect) { return static_cast<std::int8_t>(effect->ratings.method); });
          },
          {{0, "paired"}, {1, "two_sample"}, {2, "cluster_means"}, {3, "adjusted"}});
  return all;
}

void add_pooled_term(VariablesOf<OverStudies>& all, Whom whom, const std::string& name, const std::string& what,
                     Pooled::PooledTerm Pooled::*term) {
  const auto add = [&, add_one = adding(all, whom)](const std::string& suffix, const std::string& long_name,
                                                    Mean Pooled::PooledTerm::*mean, double Mean::*member) {
    add_one(name + suffix, long_name, [=](const Pooled& p) { return p.*term.*mean.*member; });
  };
  add("", "mean of " + what, &Pooled::PooledTerm::estimate, &Mean::mean);
  add("_significant", "share of studies with p < 0.05 for " + what, &Pooled::PooledTerm::significant, &Mean::mean);
  add("_significant_low", "lower limit of the exact 95 % interval of that share", &Pooled::PooledTerm::significant,
      &Mean::low);
  add("_significant_high", "upper limit of the exact 95 % interval of that share", &Pooled::PooledTerm::significant,
      &Mean::high);
}

void add_pooled(VariablesOf<OverStudies>& all, Whom whom) {
  using P = const Pooled&;
  const auto add = adding(all, whom);
  add("studies", "virtual studies", [](P p) { return static_cast<double>(p.studies); });
  add("difference", "mean difference", [](P p) { return p.difference.mean; });
  add("g", "mean Hedges g", [](P p) { return p.g.mean; });
  add("g_low", "lower limit of the 95 % confidence interval of the mean g", [](P p) { return p.g.low; });
  add("g_high", "upper limit of the 95 % confidence interval of the mean g", [](P p) { return p.g.high; });
  add("g_of_study_low", "2.5 % quantile of the studies' g: 95 % of such studies find a g between this and the next",
      [](P p) { return p.g_low; });
  add("g_of_study_high", "97.5 % quantile of the studies' g", [](P p) { return p.g_high; });
  add("significant", "share of studies with p < 0.05", [](P p) { return p.significant.mean; });
  add("significant_low", "lower limit of the exact 95 % interval of that share", [](P p) { return p.significant.low; });
  add("significant_high", "upper limit of the exact 95 % interval of that share",
      [](P p) { return p.significant.high; });
  add("own", "mean difference without noise and chance, from the twins without drug", [](P p) { return p.own.mean; });
  add("largest_own", "greatest absolute difference of any participant from their twin, on either arm",
      [](P p) { return p.largest_own; });
  add("risk_difference", "mean difference of the shares beyond the cut-off",
      [](P p) { return p.risk_difference.mean; });
  add("number_needed", "number needed to harm, 1/risk_difference; to benefit where negative",
      [](P p) { return number_needed(p.risk_difference.mean); });
  add_pooled_term(all, whom, "adjusted", "the difference adjusted for the period", &Pooled::treatment);
  add_pooled_term(all, whom, "period", "the last period minus the first", &Pooled::period);
  add_pooled_term(all, whom, "carry_over", "the carry-over of the arm minus that of the reference",
                  &Pooled::carry_over);
}

VariablesOf<OverStudies> pooled_variables(const Trial& trial) {
  VariablesOf<OverStudies> all;
  for (const Whom whom : told_of(trial)) add_pooled(all, whom);
  return all;
}

std::vector<TableDimension> dimensions(const Trial& trial, const Measures& measures) {
  std::vector<std::string> compared;
  for (const std::size_t arm : contrasts(trial))
    compared.push_back(fmt::format("{} - {}", trial.arms[arm].name, trial.reference_name()));
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
  return effect_variables(trial).in(std::move(table));
}

TableRow effects_row(const Trial& trial, std::uint32_t replicate, const Effects& effects) {
  InStudy found;
  for (const auto& measure : effects) {
    for (const std::size_t arm : contrasts(trial)) found.push_back(&measure[arm]);
  }
  return effect_variables(trial).row("effects", replicate, 0.0, found);
}

TableSpec pooled_table(const Trial& trial, const Measures& measures) {
  TableSpec table;
  table.name = "effects_pooled";
  table.long_name = "effects over all virtual studies; empty for what is no outcome";
  table.dimensions = dimensions(trial, measures);
  return pooled_variables(trial).in(std::move(table));
}

TableRow pooled_row(const Trial& trial, const std::vector<const Effects*>& studies) {
  OverStudies pooled;
  for (std::size_t measure = 0; measure < studies.front()->size(); ++measure) {
    for (const std::size_t arm : contrasts(trial))
      pooled.push_back({pool(studies, measure, arm), pool(studies, measure, arm, Whom::allocated)});
  }
  return pooled_variables(trial).row("effects_pooled", 0, 0.0, pooled);
}

}  // namespace kith::trials
