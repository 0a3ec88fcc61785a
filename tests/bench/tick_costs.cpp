#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "bench.hpp"
#include "core/parallel.hpp"
#include "engine/loop.hpp"
#include "models/record/population.hpp"
#include "models/record/trends.hpp"
#include "models/world/population.hpp"
#include "read_text.hpp"
#include "yardsticks.hpp"

namespace kith::bench {
namespace {

std::string scenario_text(const Size& size) {
  const std::string layers = size.ties == 15 ? "5, 10" : size.ties == 50 ? "5, 10, 35" : "5, 10, 35, 100";
  return fmt::format(
      "kith: 1\ntitle: so many people\ntime: {{tick: 1 h, burn_in: 0 h, duration: 1 d}}\npeople: {{count: {}}}\n"
      "network: {{generate: layers, sizes: [{}]}}\n{}record: {{by: []}}\n",
      size.people, layers, size.is_living ? "ties: living\n" : "");
}

/// Runs a model on, and adds up what each phase takes.
class Watched {
 public:
  explicit Watched(Model& model) : model_(&model), phases_(model.phases()), seconds_(phases_.size()) {
    for (std::size_t k = 0; k < phases_.size(); ++k) {
      phases_[k].run = [inner = std::move(phases_[k].run), &spent = seconds_[k]](Tick tick) {
        const Stopwatch running;
        inner(tick);
        spent += running.wall();
      };
    }
  }

  /// The wall time of a day [s].
  double day() {
    std::fill(seconds_.begin(), seconds_.end(), 0.0);
    const Tick end = next_ + model_->clock().ticks_per_day();
    const Stopwatch watch;
    run_ticks(phases_, model_->clock(), next_, end, "");
    next_ = end;
    return watch.wall();
  }
  double now() const { return model_->clock().hours(next_); }
  std::size_t phases() const { return phases_.size(); }
  std::string_view phase(std::size_t k) const { return phases_[k].name; }
  /// Of the last day [s].
  double seconds(std::size_t k) const { return seconds_[k]; }
  double seconds_of(std::string_view name) const {
    double sum = 0.0;
    for (std::size_t k = 0; k < phases_.size(); ++k) sum += phases_[k].name == name ? seconds_[k] : 0.0;
    return sum;
  }

 private:
  Model* model_;
  std::vector<Phase> phases_;
  std::vector<double> seconds_;
  Tick next_ = 0;
};

double median(std::vector<double> values) {
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2), values.end());
  return values[values.size() / 2];
}

}  // namespace

std::vector<Part> tick_costs(const Size& size) {
  largest_memory();
  const Scenario scenario = read_text(scenario_text(size));
  const Stopwatch setting_up;
  const Population population = make_population(scenario, {scenario.seed, 0}, "", {});
  std::vector<Part> parts{{"set-up, wall", setting_up.wall(), "s"}, {"set-up, CPU", setting_up.cpu(), "s"}};
  Model& model = *population.model;
  const double people = size.people;
  const double hours = 24.0;
  parts.push_back({"ties of a person", 2.0 * model.ties().count() / people, "1"});

  Watched watched(model);
  watched.day();  // the first has no memory of its own yet
  PopulationRecorder recorder(population, make_groups(scenario, population, {}), 0);
  const unsigned all = threads();
  std::vector<double> days, rows;
  TableRow row;
  for (int k = 0; k < 3; ++k) {
    days.push_back(watched.day());
    const Stopwatch recording;
    row = recorder.row(model, watched.now(), Measures::all);
    rows.push_back(recording.wall());
  }
  const double day = median(days);
  Trends trends(population_table(scenario, group_names(scenario, population)));
  trends.add(row);
  const double contacts = trends.of("contacts_per_day", 0).last;
  parts.push_back({"one day, wall", day, "s", size.most_of_a_day});
  parts.push_back({"person-hours", people * hours / day / 1e6, "million/s"});
  parts.push_back({"contacts", 0.5 * contacts * people / day / 1e6, "million/s"});
  for (std::size_t k = 0; k < watched.phases(); ++k)
    parts.push_back(
        {fmt::format("  {}", watched.phase(k)), 1e9 * watched.seconds(k) / (people * hours), "ns a person-hour"});
  parts.push_back({"daily record of all, share", 100.0 * median(rows) / (day + median(rows)), "%", 5.0});
  parts.push_back(
      {"hourly record of all, share", 100.0 * hours * median(rows) / (day + hours * median(rows)), "%", 30.0});

  const double memory = largest_memory();
  parts.push_back({"memory", memory, "MB"});
  parts.push_back({"memory over 200 B a person and 32 B a tie",
                   1e6 * memory / (200.0 * people + 32.0 * model.ties().count()), "1", 1.0});
  const double product = sparse_product(model.ties());
  std::vector<float> readiness(model.people().approach.now.begin(), model.people().approach.now.end());
  const double waking = 16.0 / hours;  // of an hour, mean over the day
  const double by_tie = draw_by_tie(model.ties(), model.contact_rates(), readiness, waking);
  const double tick = day / hours;
  parts.push_back({"sparse product, wall", product, "s"});
  parts.push_back({"tick over sparse product", tick / product, "1", 0.35});
  parts.push_back({"tick that looks at every tie, wall", tick - watched.seconds_of("meet") / hours + by_tie, "s"});
  parts.push_back({"such a tick over ours", (tick - watched.seconds_of("meet") / hours + by_tie) / tick, "1"});
  parts.push_back({"triad", triad() / 1e9, "GB/s"});

  set_threads(1);
  const double alone = watched.day();
  set_threads(all);
  parts.push_back({fmt::format("a day on 1 thread over {}", all), alone / watched.day(), "1"});
  return parts;
}

namespace {

std::uint64_t fingerprint_after_a_day(const Scenario& scenario, unsigned threads) {
  set_threads(threads);
  const Population population = make_population(scenario, {scenario.seed, 0}, "", {});
  population.model->run(0, population.model->clock().ticks_per_day(), "");
  return population.model->fingerprint();
}

}  // namespace

std::vector<Part> ratios() {
  const Size size{20000, 50, true};
  const Scenario scenario = read_text(scenario_text(size));
  if (fingerprint_after_a_day(scenario, 1) != fingerprint_after_a_day(scenario, 2))
    throw std::runtime_error("two threads give other bits than one");
  set_threads(0);
  const std::vector<Part> all = tick_costs(size);
  const auto of = [&](std::string_view name) {
    return std::find_if(all.begin(), all.end(), [&](const Part& part) { return part.name == name; })->value;
  };
  return {{"our tick over one that looks at every tie", 1.0 / of("such a tick over ours"), "1", 0.7},
          {"our tick over a sparse product", of("tick over sparse product"), "1"},
          {"daily record of all, share", of("daily record of all, share"), "%", 10.0}};
}

}  // namespace kith::bench
