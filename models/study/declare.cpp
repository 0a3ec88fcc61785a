#include "models/study/declare.hpp"

#include <array>

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
#include "models/scenario/trials.hpp"
#include "models/trials/analysis/tables.hpp"

namespace kith {

namespace {

/// A table that tells of the whole population.
struct OfWorld {
  const char* name;
  const char* needs;
  bool (*is_there)(const Scenario& scenario);
  TableSpec (*spec)(const Population& population, const std::vector<std::string>& groups);
};

const Scenario& scenario_of(const Population& population) { return population.model->scenario(); }

using Groups = std::vector<std::string>;

const std::array<OfWorld, 8> of_world{{
    {"population", "", [](const Scenario&) { return true; },
     [](const Population& p, const Groups& groups) { return population_table(scenario_of(p), groups); }},
    {"against_twin", "a treatment with twins, and record.by: [arm], [ring], [close_ring] or [event]",
     [](const Scenario& s) { return has_twin_contrast(s); },
     [](const Population& p, const Groups& groups) { return TwinContrast::table(scenario_of(p), groups); }},
    {"people", "record.people above 0", [](const Scenario& s) { return s.record.people > 0; },
     [](const Population& p, const Groups&) {
       const Scenario& s = scenario_of(p);
       return people_table(s, p, sample_people(s, p.ties->people(), {s.seed, 0}));
     }},
    {"network", "record.network: true", [](const Scenario& s) { return s.record.network; },
     [](const Population& p, const Groups&) { return network_table(p); }},
    {"isolation_times", "ties: living", [](const Scenario& s) { return s.tie_life.has_value(); },
     [](const Population& p, const Groups& groups) { return IsolationTimes::table(scenario_of(p), groups); }},
    {"patients", "substance_use", [](const Scenario& s) { return s.substance_use.has_value(); },
     [](const Population& p, const Groups& groups) { return PatientsRecorder::table(scenario_of(p), groups); }},
    {"tie_events", "record.tie_events: true", [](const Scenario& s) { return s.record.tie_events; },
     [](const Population& p, const Groups&) { return tie_events_table(scenario_of(p), p); }},
    {"events", "events", [](const Scenario& s) { return !s.events.empty(); },
     [](const Population& p, const Groups&) { return events_table(scenario_of(p)); }},
}};

/// A table of each trial, which `declare_tables` below has from it.
struct OfTrial {
  const char* name;
  const char* needs;  ///< besides a trial
  bool (*is_there)(const Scenario& scenario);
};

bool measures_anything(const Scenario& s) { return !s.measures.diaries.empty() || !s.measures.probes.empty(); }

const std::array<OfTrial, 8> of_trial{{
    {"participants", "", [](const Scenario&) { return true; }},
    {"flow", "", [](const Scenario&) { return true; }},
    {"diary", "a diary among its measures", [](const Scenario& s) { return !s.measures.diaries.empty(); }},
    {"probes", "a probe among its measures", [](const Scenario& s) { return !s.measures.probes.empty(); }},
    {"effects", "measures", measures_anything},
    {"effects_pooled", "measures", measures_anything},
    {"patient_outcomes", "substance_use", [](const Scenario& s) { return s.substance_use.has_value(); }},
    {"path_effects", "substance_use.split_paths: true",
     [](const Scenario& s) { return s.substance_use && s.substance_use->split_paths; }},
}};

}  // namespace

std::vector<TableOfRuns> tables_of_runs(const Scenario& scenario) {
  std::vector<TableOfRuns> all;
  for (const OfWorld& table : of_world) all.push_back({table.name, table.is_there(scenario) ? "" : table.needs});
  const std::vector<const trials::Trial*> trials = trials_of(scenario);
  for (const OfTrial& table : of_trial) {
    const std::string needs = table.is_there(scenario) ? "" : table.needs;
    if (trials.empty()) all.push_back({table.name, "a trial"});
    for (const trials::Trial* trial : trials) all.push_back({table.name + suffix_of(*trial), needs});
  }
  return all;
}

void declare_tables(const Population& population, const Trials& trials, Sink& sink) {
  const Scenario& scenario = scenario_of(population);
  const Groups groups = group_names(scenario, population);
  for (const OfWorld& table : of_world) {
    if (table.is_there(scenario)) sink.declare(table.spec(population, groups));
  }
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
