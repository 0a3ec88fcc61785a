#include <fmt/format.h>

#include <fstream>

#include "bench.hpp"
#include "core/parallel.hpp"
#include "engine/loop.hpp"
#include "models/world/population.hpp"
#include "read_text.hpp"

namespace kith::bench {
namespace {

constexpr Tick day = 24;

/// Wall time of a command of Kith in this process [s].
double wall_of(const std::vector<std::string>& words) {
  const Stopwatch watch;
  invoke(words);
  return watch.wall();
}

}  // namespace

std::vector<Part> people_alone() {
  constexpr std::uint32_t people = 100'000;
  set_threads(1);
  const Scenario scenario = read_text(fmt::format(
      "kith: 1\ntitle: alone\ntime: {{tick: 1 h, burn_in: 0 h, duration: 2 d}}\npeople: {{count: {}}}\n"
      "network: {{generate: layers, sizes: [5]}}\nmeeting: {{contacts_per_day: 0, at_distance: {{per_day: 0}}}}\n",
      people));
  const Population population = make_population(scenario, {scenario.seed, 0}, "", {});
  Model& model = *population.model;
  model.run(0, day, "");
  std::vector<Part> parts;
  for (Phase& phase : model.phases()) {
    const Stopwatch watch;
    for (Tick tick = day; tick < 2 * day; ++tick) phase.run(tick);
    const double nanoseconds = 1e9 * watch.cpu() / (static_cast<double>(people) * day);
    if (phase.name == "live") parts.push_back({"live", nanoseconds, "ns a person-hour", 5.0});
    if (phase.name == "wish") parts.push_back({"wish", nanoseconds, "ns a person-hour"});
  }
  return parts;
}

std::vector<Part> written_people() {
  std::ofstream("million.yaml")
      << "kith: 1\ntitle: a million\ntime: {tick: 1 h, burn_in: 0 h, duration: 5 d}\npeople: {count: 1000000}\n"
         "network: {generate: layers, sizes: [5, 10]}\nrecord: {by: []}\n";
  const double together = wall_of({"run", "million.yaml", "-q", "-o", "together.h5"});
  const double each = wall_of({"run", "million.yaml", "-q", "-o", "each.h5", "--set", "record.people=1000000"});
  const double columns = 20.0;
  return {{"run, everybody together, wall", together, "s"},
          {"run, each of a million written, wall", each, "s"},
          {"more for four of their twenty columns", 100.0 * 4.0 / columns * (each / together - 1.0), "%", 15.0}};
}

std::vector<Part> ensemble() {
  std::ofstream("ensemble.yaml")
      << "kith: 1\ntitle: so many\ntime: {tick: 1 h, burn_in: 2 d, duration: 8 d}\npeople: {count: 500}\n"
         "network: {generate: layers, sizes: [5, 10, 35]}\n";
  const auto wall = [](int replicates, int threads, const std::vector<std::string>& rest) {
    std::vector<std::string> words{
        "run", "ensemble.yaml", "-q", "--replicates", std::to_string(replicates), "--threads", std::to_string(threads)};
    words.insert(words.end(), rest.begin(), rest.end());
    return wall_of(words);
  };
  wall(1, 1, {});  // makes tables
  constexpr int alone = 50;
  double single = 0.0, written = 0.0;
  for (int k = 0; k < alone; ++k) {
    single += wall(1, 1, {}) / alone;
    written += wall(1, 1, {"-o", "one.h5", "--force"}) / alone;
  }
  const double one = wall(1000, 1, {});
  const double two = wall(1000, 2, {});
  return {{"1,000 replicates on one thread, wall", one, "s"},
          {"on two threads over on one", two / one, "1", 1.0 / 1.9},
          {"a replicate of 1,000 over one alone", one / 1000.0 / single, "1", 1.0 / 0.9},
          {"one alone and written over one alone", written / single, "1", 1.15}};
}

std::vector<Part> twin_worlds() {
  std::ofstream("twin.yaml")
      << "kith: 1\ntitle: two weeks\ntime: {tick: 1 h, burn_in: 0 h, duration: 15 d}\npeople: {count: 20000}\n"
         "ties: living\nnetwork: {generate: layers}\ntrial:\n  design: parallel\n  participants: {share: 10 %}\n  "
         "arms:\n"
         "    naltrexone: {drug: naltrexone, doses: 50 mg, every: 1 d, for: 14 d}\n"
         "    placebo: {drug: placebo, like: naltrexone}\nmeasures: [{diary: connection, at: '21:00'}]\n";
  const auto cost = [](const char* twin) {
    largest_memory();
    const Stopwatch watch;
    invoke({"run", "twin.yaml", "-q", "--threads", "1", "--set", std::string("trial.twin=") + twin});
    return std::pair(watch.cpu(), largest_memory());
  };
  const auto [alone, memory_alone] = cost("false");
  const auto [both, memory_both] = cost("true");
  return {{"with the twin over without, CPU", both / alone, "1", 2.0},
          {"the same, memory", memory_both / memory_alone, "1", 2.0}};
}

}  // namespace kith::bench
