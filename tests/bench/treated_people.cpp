#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "bench.hpp"
#include "models/world/population.hpp"
#include "read_text.hpp"

namespace kith::bench {
namespace {

constexpr const char* scenario_text = R"(
kith: 1
title: ten thousand people
time: {tick: 1 h, burn_in: 1 d, duration: 56 d}
people: {count: 10000}
network: {generate: layers}
)";

constexpr Tick days = 56;

/// Everybody takes the drug's usual dose every so many days, between two ticks, each with a body of their own.
std::vector<pharmacology::Course> courses_for(const Model& model, const pharmacology::SharedDrug& drug, Tick every) {
  std::vector<pharmacology::Dose> doses;
  for (Tick day = 0; day < days; day += every)
    doses.push_back({24.0 * static_cast<double>(day) + 9.25, drug->usual_dose});
  std::vector<pharmacology::Course> courses;
  for (PersonId person = 0; person < model.people().count; ++person)
    courses.emplace_back(person, model.chain(drug, person), doses);
  return courses;
}

/// CPU time of a run from this state [s].
double seconds(const Model& start, const std::vector<pharmacology::Course>& courses) {
  Model model = start;
  model.treat(courses);
  const Stopwatch running;
  model.run(0, days * model.clock().ticks_per_day(), "");
  return running.cpu();
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

}  // namespace

std::vector<Part> treated_people() {
  constexpr int rounds = 5;  // in turn, since the speed of a machine changes from minute to minute
  const Scenario scenario = read_text(scenario_text);
  const Population population = make_population(scenario, {scenario.seed, 0}, "", {});
  const Model& start = *population.model;
  std::vector<Part> parts;
  const std::vector<std::pair<std::string, Tick>> treatments{
      {"naltrexone", 1}, {"naltrexone_xr", 28}, {"buprenorphine", 1}};
  for (const auto& [name, every] : treatments) {
    const Stopwatch making;
    const auto courses = courses_for(start, scenario.pharmacy->find(name), every);
    parts.push_back({"chains of all who take " + name + ", CPU", making.cpu(), "s"});
    std::vector<double> nobody;
    std::vector<double> all;
    std::vector<double> ratios;
    for (int round = 0; round < rounds; ++round) {
      nobody.push_back(seconds(start, {}));
      all.push_back(seconds(start, courses));
      ratios.push_back(all.back() / nobody.back());
    }
    parts.push_back({"56 days, nobody treated, CPU", median(nobody), "s"});
    parts.push_back({"56 days, all take " + name + ", CPU", median(all), "s"});
    parts.push_back({"  of the untreated", median(ratios), "1", 2.0});
  }
  return parts;
}

}  // namespace kith::bench
