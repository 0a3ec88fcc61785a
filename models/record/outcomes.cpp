#include "models/record/outcomes.hpp"

#include "engine/variables_of.hpp"
#include "models/record/dimensions.hpp"

namespace kith {
namespace {

std::vector<std::string> outcome_names(const trials::Measures& measures) {
  std::vector<std::string> names(patient_outcome_names.begin(), patient_outcome_names.end());
  const std::vector<std::string> asked = trials::names(measures);
  for (std::size_t m = 0; m < asked.size(); ++m) {
    const std::size_t diaries = measures.diaries.size();
    if (m < diaries || measures.probes[m - diaries].scale) names.push_back(asked[m]);
  }
  return names;
}

VariablesOf<TrialResult> outcome_variables() {
  VariablesOf<TrialResult> all;
  all.add("value", "1", "value of the outcome (shares in percent); NaN for who is no patient",
          {"replicate", "participant", "outcome"}, [](const TrialResult& result) {
            std::vector<double> values;
            for (std::size_t i = 0; i < result.participants.size(); ++i) {
              for (const Outcome& outcome : result.outcomes[static_cast<std::size_t>(WorldKind::treated)])
                values.push_back(outcome.values[i]);
            }
            return values;
          });
  return all;
}

/// Of each arm, then outcome.
std::vector<PathEffect> path_effects(const trials::Trial& trial, const TrialResult& result) {
  std::vector<PathEffect> effects;
  for (std::size_t arm = 0; arm < trial.arms.size(); ++arm) {
    const std::vector<std::size_t> members = result.members_of(trial, arm);
    for (std::size_t o = 0; o < result.outcomes[static_cast<std::size_t>(WorldKind::treated)].size(); ++o)
      effects.push_back(path_effect(result.outcomes, o, members));
  }
  return effects;
}

VariablesOf<std::vector<PathEffect>> path_variables() {
  VariablesOf<std::vector<PathEffect>> all;
  const auto add = [&](const char* name, const char* long_name, auto get) {
    all.add(name, "1", long_name, {"replicate", "arm", "outcome"}, [get](const std::vector<PathEffect>& effects) {
      return each(effects, [&](const PathEffect& effect) -> double { return get(effect); });
    });
  };
  add("both", "treatment acts on both paths", [](const PathEffect& effect) { return effect.both; });
  add("attachment", "treatment acts on feelings and contacts alone",
      [](const PathEffect& effect) { return effect.attachment; });
  add("use", "treatment acts on the reward of use alone", [](const PathEffect& effect) { return effect.use; });
  add("interaction", "effect of both beyond the sum of the two paths",
      [](const PathEffect& effect) { return effect.interaction(); });
  return all;
}

}  // namespace

void declare_outcomes(const Scenario& scenario, const trials::Trial& trial, Sink& sink) {
  const std::vector<std::string> names = outcome_names(scenario.measures);
  std::vector<std::int32_t> participants(trial.participants());
  std::iota(participants.begin(), participants.end(), 0);
  const TableDimension outcome{"outcome", "what is compared", "", names};
  TableSpec table;
  table.name = "patient_outcomes";
  table.long_name = "what has become of the participants at the end of the run, in the treated world";
  table.dimensions = {
      replicate_dimension(scenario.replicates), {"participant", "participant of a study", "", participants}, outcome};
  sink.declare(outcome_variables().in(std::move(table)));
  if (!scenario.substance_use->split_paths) return;
  TableSpec paths;
  paths.name = "path_effects";
  paths.long_name = "outcomes minus those of the twins without treatment, means over the participants of an arm";
  paths.dimensions = {
      replicate_dimension(scenario.replicates),
      {"arm", "arm of the trial", "", each(trial.arms, [](const trials::Arm& arm) { return arm.name; })},
      outcome};
  sink.declare(path_variables().in(std::move(paths)));
}

void write_outcomes(const Scenario& scenario, const trials::Trial& trial, const TrialResult& result,
                    std::uint32_t replicate, Sink& sink) {
  sink.write(outcome_variables().row("patient_outcomes", replicate, 0.0, result));
  if (!scenario.substance_use->split_paths) return;
  sink.write(path_variables().row("path_effects", replicate, 0.0, path_effects(trial, result)));
}

}  // namespace kith
