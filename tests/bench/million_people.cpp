#include "bench.hpp"
#include "engine/loop.hpp"
#include "models/record/population.hpp"
#include "models/record/trends.hpp"
#include "models/world/population.hpp"
#include "read_text.hpp"

namespace kith::bench {
namespace {

constexpr const char* scenario_text = R"(
kith: 1
title: a million people
time: {tick: 1 h, burn_in: 0 h, duration: 1 d}
people: {count: 1000000}
network: {generate: layers, sizes: [5, 10, 35]}
record: {by: []}
)";

}  // namespace

std::vector<Part> million_people() {
  const Scenario scenario = read_text(scenario_text);
  const Stopwatch setting_up;
  const Population population = make_population(scenario, {scenario.seed, 0}, "", {});
  const double ties_each = 2.0 * population.ties->count() / population.ties->people();
  PopulationRecorder recorder(population, make_groups(scenario, population, {}), 0);
  std::vector<Part> parts{{"set-up, wall", setting_up.wall(), "s"},
                          {"set-up, CPU", setting_up.cpu(), "s"},
                          {"ties of a person", ties_each, "1"},
                          {"contacts of a person", 0.0, "1"}};
  Model& model = *population.model;
  std::vector<double> seconds;
  std::vector<Phase> phases = model.phases();
  seconds.resize(phases.size());
  for (std::size_t k = 0; k < phases.size(); ++k) {
    phases[k].run = [inner = std::move(phases[k].run), &spent = seconds[k]](Tick tick) {
      const Stopwatch running;
      inner(tick);
      spent += running.wall();
    };
  }
  const Clock& clock = model.clock();
  const Stopwatch day;
  run_ticks(phases, clock, 0, clock.ticks_per_day(), "");
  const TableRow row = recorder.row(model, clock.hours(clock.ticks_per_day()), Measures::all);
  parts.push_back({"one day, wall", day.wall(), "s", 5.0});
  parts.push_back({"one day, CPU", day.cpu(), "s"});
  for (std::size_t k = 0; k < phases.size(); ++k)
    parts.push_back({"  of it in " + std::string(phases[k].name), seconds[k], "s"});
  Trends trends(population_table(scenario, group_names(scenario, population)));
  trends.add(row);
  parts[3].value = trends.of("contacts_per_day", 0).last;
  return parts;
}

}  // namespace kith::bench
