#include "models/record/outcomes.hpp"

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
  table.variables = {{"value",
                      "1",
                      "value of the outcome (shares in percent); NaN for who is no patient",
                      ValueType::float64,
                      {"replicate", "participant", "outcome"}}};
  sink.declare(table);
  if (!scenario.substance_use->split_paths) return;
  std::vector<std::string> arms;
  for (const trials::Arm& arm : trial.arms) arms.push_back(arm.name);
  TableSpec paths;
  paths.name = "path_effects";
  paths.long_name = "outcomes minus those of the twins without treatment, means over the participants of an arm";
  paths.dimensions = {replicate_dimension(scenario.replicates), {"arm", "arm of the trial", "", arms}, outcome};
  const std::vector<std::string> all{"replicate", "arm", "outcome"};
  paths.variables = {{"own", "1", "treatment acts on both paths", ValueType::float64, all},
                     {"attachment", "1", "treatment acts on feelings and contacts alone", ValueType::float64, all},
                     {"use", "1", "treatment acts on the reward of use alone", ValueType::float64, all},
                     {"interaction", "1", "own effect beyond the sum of the two paths", ValueType::float64, all}};
  sink.declare(paths);
}

void write_outcomes(const Scenario& scenario, const trials::Trial& trial, const TrialResult& result,
                    std::uint32_t replicate, Sink& sink) {
  const auto& treated = result.outcomes[static_cast<std::size_t>(WorldKind::treated)];
  std::vector<double> values;
  for (std::size_t i = 0; i < result.participants.size(); ++i) {
    for (const Outcome& outcome : treated) values.push_back(outcome.values[i]);
  }
  sink.write({"patient_outcomes", replicate, 0.0, {std::move(values)}});
  if (!scenario.substance_use->split_paths) return;
  std::array<std::vector<double>, 4> columns;
  for (std::size_t arm = 0; arm < trial.arms.size(); ++arm) {
    const std::vector<std::size_t> members = result.members_of(trial, arm);
    for (std::size_t o = 0; o < treated.size(); ++o) {
      const PathEffect effect = path_effect(result.outcomes, o, members);
      columns[0].push_back(effect.own);
      columns[1].push_back(effect.attachment);
      columns[2].push_back(effect.use);
      columns[3].push_back(effect.interaction());
    }
  }
  TableRow row{"path_effects", replicate, 0.0, {}};
  for (auto& column : columns) row.values.emplace_back(std::move(column));
  sink.write(std::move(row));
}

}  // namespace kith
