#include <algorithm>
#include <memory>

#include "bench.hpp"
#include "models/population.hpp"
#include "read_text.hpp"

namespace kith::bench {
namespace {

constexpr const char* scenario_text = R"(
kith: 1
title: ten thousand people
time: {tick: 1 h, burn_in: 1 d, duration: 14 d}
people: {count: 10000}
network: {generate: layers}
)";

constexpr Tick days = 14;

/// Everybody takes the drug once a day, between two ticks.
std::vector<pharmacology::Course> courses_for(const Model& model, const pharmacology::Drug& drug, double amount) {
  const auto chain = std::make_shared<const pharmacology::SteppedChain>(drug, model.clock().tick_hours());
  std::vector<pharmacology::Dose> doses;
  for (Tick day = 0; day < days; ++day) doses.push_back({24.0 * static_cast<double>(day) + 9.25, amount});
  std::vector<pharmacology::Course> courses;
  for (PersonId person = 0; person < model.people().count; ++person) courses.emplace_back(person, chain, doses);
  return courses;
}

/// The least CPU time of three runs from the same state [s].
double seconds(const Model& start, const std::vector<pharmacology::Course>& courses) {
  double least = 1e9;
  for (int run = 0; run < 3; ++run) {
    Model model = start;
    model.treat(courses);
    const Stopwatch running;
    model.run(0, days * model.clock().ticks_per_day(), "");
    least = std::min(least, running.cpu());
  }
  return least;
}

}  // namespace

std::vector<Part> treated_people() {
  const Scenario scenario = read_text(scenario_text);
  const Population population = make_population(scenario, {scenario.seed, 0}, "", {});
  const Model& start = *population.model;
  const double untreated = seconds(start, {});
  std::vector<Part> parts{{"14 days, nobody treated, CPU", untreated, "s"}};
  for (const char* name : {"naltrexone", "naltrexone_xr", "buprenorphine"}) {
    const auto& library = pharmacology::library();
    const auto drug = std::find_if(library.begin(), library.end(), [&](const auto& each) { return each.name == name; });
    const double treated = seconds(start, courses_for(start, *drug, drug->usual_dose));
    parts.push_back({std::string("14 days, all take ") + name + ", CPU", treated, "s"});
    parts.push_back({"  of the untreated", treated / untreated, "1", 2.0});
  }
  return parts;
}

}  // namespace kith::bench
