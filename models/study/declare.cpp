#include "models/study/declare.hpp"

#include "models/record/events.hpp"
#include "models/record/groups.hpp"
#include "models/record/isolation_times.hpp"
#include "models/record/network.hpp"
#include "models/record/outcomes.hpp"
#include "models/record/patients.hpp"
#include "models/record/people.hpp"
#include "models/record/population.hpp"
#include "models/record/tie_events.hpp"
#include "models/record/twin_contrast.hpp"
#include "models/trials/analysis/tables.hpp"

namespace kith {

void declare_tables(const Population& population, const Trials& trials, Sink& sink) {
  const Scenario& scenario = population.model->scenario();
  const std::vector<std::string> groups = group_names(scenario, population);
  sink.declare(population_table(scenario, groups));
  if (has_twin_contrast(scenario)) sink.declare(TwinContrast::table(scenario, groups));
  if (scenario.record.people > 0) {
    const auto sample = sample_people(scenario, population.ties->people(), {scenario.seed, 0});
    sink.declare(people_table(scenario, population, sample));
  }
  if (scenario.record.network) sink.declare(network_table(population));
  if (scenario.tie_life) sink.declare(IsolationTimes::table(scenario, groups));
  if (scenario.substance_use) sink.declare(PatientsRecorder::table(scenario, groups));
  if (scenario.record.tie_events) sink.declare(tie_events_table(scenario, population));
  if (!scenario.events.empty()) sink.declare(events_table(scenario));
  for (const trials::Trial& trial : trials.all) {
    WithSuffix tables = tables_of(trial, sink);
    trials::declare_tables(trial, scenario.measures, population.model->clock(), scenario.replicates,
                           population.columns.names, tables);
    if (scenario.substance_use) declare_outcomes(scenario, trial, tables);
  }
}

void write_first_rows(const Population& population, Sink& sink) {
  if (population.model->scenario().record.network) sink.write(network_row(population));
}

}  // namespace kith
