#include "support/fake_application.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <numeric>
#include <random>
#include <thread>
#include <utility>

#include "core/error.hpp"
#include "core/fingerprint.hpp"

namespace kith::testing {

namespace {

constexpr std::string_view first_steps = R"(# The smallest scenario.
kith: 1
title: First steps
people:
  count: 200   # choice
arms:
  naltrexone: {doses: [50 mg, 50 mg]}
)";

constexpr std::string_view crossover = R"(kith: 1
title: Naltrexone crossover
people: {count: 1000}
replicates: 2
)";

/// The gain of a theory is what connection is more than without.
constexpr std::string_view small_problem = R"(fit: 1
title: A small problem
when: [theory.name=botsa]
parameters:
  theory.gain: {bounds: 0..1}
experiments:
  all: {scenario: first-steps, control: ["theory={name: none}"]}
observables:
  more: {experiment: all, table: population, column: connection, less_control: true}
measurements:
  - {observable: more, value: 0.3, noise: 0.05}
method: {name: abc, particles: 20, simulations: 200}
)";

struct Scenario {
  std::string title;
  std::int64_t people = 0;
  std::string theory;
  double gain = 0.0;  // of connection
  std::int64_t days = 0;
  std::int64_t fails_on = 0;
  double pause = 0.0;          // [h] of real time a day takes
  std::int64_t gigabytes = 0;  // of memory that it claims to need
  std::int64_t replicates = 1;
  bool shares_chance = false;  // the planted fault: each day draws from one generator of the process
  std::string seed;
};

class RunningFake : public cli::RunningStudy {
 public:
  RunningFake(const Scenario& scenario, std::uint64_t seed, cli::StudyOptions options, Sink& sink)
      : scenario_(&scenario), seed_(seed), options_(std::move(options)), sink_(&sink) {
    replicate_ = options_.only_replicate.value_or(0);
  }

  bool advance() override {
    declare();
    const auto count = static_cast<std::uint32_t>(scenario_->replicates);
    const std::uint32_t end = options_.only_replicate ? *options_.only_replicate + 1 : count;
    for (; replicate_ < end; ++replicate_, day_ = 0) {
      while (day_ < scenario_->days) {
        run_day(++day_);
        if (options_.goes_on && !options_.goes_on()) return false;
      }
    }
    return true;
  }

  Report finish() override {
    Report report;
    report.title = scenario_->title;
    report.tables.push_back({"Connection",
                             {"", "naltrexone", "placebo"},
                             {{{"diary (1–7)", {}}, {"4.20", 4.2}, {"4.34", 4.34}},
                              {{"difference", {}}, {"−0.14", -0.14}, {"–", std::nan("")}}}});
    report.notes.emplace_back("The diary was fitted to nothing.");
    report.warnings.emplace_back("this model has no science");
    return report;
  }

  std::string fingerprint() const override {
    Fingerprint all;
    for (const float value : values_) all.add(static_cast<std::uint64_t>(value * 1e6F));
    return all.text();
  }

  void visit(State& state) override {
    state("replicate", replicate_);
    state("day", day_);
    state("values", values_);
    if (state.is_reading()) declare();
  }

 private:
  void declare() {
    if (std::exchange(has_declared_, true)) return;
    ++FakeApplication::runs;
    sink_->declare(
        {.name = "population",
         .long_name = "means over people",
         .dimensions = {{"replicate", "virtual study", "", Values{}}, {"time", "time since the start", "h", Values{}}},
         .growing = "time",
         .variables = {{"connection", "", "felt connection", ValueType::float32, {"replicate", "time"}}}});
  }

  void run_day(std::int64_t day) {
    std::this_thread::sleep_for(std::chrono::duration<double>(scenario_->pause * 3600.0));
    if (day == scenario_->fails_on) {
      throw Error(ErrorKind::failed,
                  fmt::format("person 7 fell over\n  to see it: {} --replicate {}", options_.replay, replicate_));
    }
    auto value = static_cast<float>(0.5 + 0.001 * static_cast<double>(seed_ % 100 + replicate_));
    value += static_cast<float>(scenario_->gain);
    static std::minstd_rand shared;
    if (scenario_->shares_chance && day > 2) value += 0.001F * static_cast<float>(shared() % 100);
    values_.push_back(value);
    sink_->write({"population", replicate_, 24.0 * static_cast<double>(day), {std::vector<float>{value}}});
    if (options_.look)
      options_.look({.replicate = replicate_,
                     .world = "treated",
                     .hours = 24.0 * static_cast<double>(day),
                     .next = day,
                     .visit =
                         [&](State& state) {
                           state("day", day_);
                           state("connection", value);
                         },
                     .person =
                         [&](PersonId person) {
                           std::vector<StateValue> known;
                           if (person < 200) known.push_back({"connection", "1", "felt", fmt::format("{}", value)});
                           return known;
                         }});
    if (options_.progress) options_.progress(static_cast<double>(day) / static_cast<double>(scenario_->days), "run");
  }

  const Scenario* scenario_;
  std::uint64_t seed_;
  cli::StudyOptions options_;
  Sink* sink_;
  bool has_declared_ = false;
  std::uint32_t replicate_ = 0;
  std::int64_t day_ = 0;
  std::vector<float> values_;
};

class FakeStudy : public cli::Study {
  static constexpr const char* doubt = "seventeen people bring bad luck";
  bool is_doubtful() const { return scenario_.people == 17; }

 public:
  explicit FakeStudy(Scenario scenario) : scenario_(std::move(scenario)) {}

  std::string title() const override { return scenario_.title; }
  std::uint64_t seed() const override {
    const bool is_number = scenario_.seed.find_first_not_of("0123456789") == std::string::npos;
    return is_number ? std::stoull(scenario_.seed) : 77;
  }
  std::string summary() const override {
    return fmt::format("{} people · {} d · theory {}", scenario_.people, scenario_.days, scenario_.theory);
  }

  std::vector<std::string> in_words() const override { return {"What happens to " + scenario_.title + "?"}; }
  std::string protocol(const std::string& parameters) const override { return "# Protocol\n\n" + parameters; }
  cli::MethodsText methods(const std::string& version) const override { return {"Kith " + version, "@misc{kith}\n"}; }
  std::string theory() const override { return scenario_.theory; }
  std::string change_to(std::string_view theory) const override {
    return theory == scenario_.theory ? "" : "theory=" + std::string(theory);
  }

  /// A ring.
  cli::NetworkAtStart network() const override {
    cli::NetworkAtStart made;
    made.graph.people = static_cast<std::uint32_t>(scenario_.people);
    network::Graph& ring = made.graph;
    for (PersonId p = 0; p < ring.people; ++p)
      ring.edges.push_back({.a = p, .b = (p + 1) % ring.people, .closeness = 0.5F});
    network::make_simple(ring);
    made.notes.emplace_back("The ring was closed.");
    made.columns = {{"age"}, {std::vector<std::string>(ring.people, "40")}};
    if (is_doubtful()) made.warnings.emplace_back(doubt);
    return made;
  }
  std::uint64_t memory_needed(std::optional<std::uint32_t> /*only_replicate*/) const override {
    return static_cast<std::uint64_t>(scenario_.gigabytes) * 1'000'000'000;
  }

  cli::Survey survey(config::Section root) const override {
    if (scenario_.people == 13) root.fail("people", "nobody can take part", "13 people are too few", "take 14");
    cli::Survey found{{"Everybody can take part."}, {"this model has no science"}, {}};
    if (is_doubtful()) {
      found.warnings.emplace_back(doubt);
      found.doubts.emplace_back(doubt);
    }
    return found;
  }

  /// There are effects where there is a theory.
  std::vector<cli::StudyTable> tables() const override {
    return {{"population", ""}, {"effects", scenario_.theory == "none" ? "a theory" : ""}, {"flow", "a trial"}};
  }
  cli::BurntIn burn_in(const cli::StudyOptions& /*options*/) const override { return {}; }
  std::unique_ptr<cli::RunningStudy> begin(const cli::StudyOptions& options, Sink& sink) const override {
    return std::make_unique<RunningFake>(scenario_, seed(), options, sink);
  }

 private:
  Scenario scenario_;
};

}  // namespace

std::vector<cli::ShippedScenario> FakeApplication::scenarios() const {
  return {{"first-steps", first_steps}, {"naltrexone-crossover", crossover}, {"evidence/tomova_2020", first_steps}};
}

std::vector<cli::ShippedScenario> FakeApplication::problems() const { return {{"fits/small", small_problem}}; }

std::vector<cli::Topic> FakeApplication::topics_of(config::Document& document) const {
  return {{"mine", "drug", "A drug of one's own", "Described in " + document.name() + "."}};
}

std::unique_ptr<cli::Study> FakeApplication::read(config::Section root) const {
  Scenario scenario;
  root.integer({.key = "kith", .min = "1", .max = "1", .doc = "Version of the format."});
  scenario.title = root.text({.key = "title", .doc = "What the scenario is."});
  config::Section people = root.section({.key = "people", .doc = "The population."});
  scenario.people =
      people.integer({.key = "count", .fallback = "10", .min = "1", .max = "100000", .doc = "Number of people."});
  scenario.gigabytes = people.integer(
      {.key = "gigabytes", .fallback = "0", .min = "0", .max = "1000000000", .doc = "Memory that they need."});
  config::Section theory = root.section({.key = "theory", .doc = "The theory."}, "name");
  scenario.theory = theory.choice({.key = "name", .fallback = "botsa", .doc = "Name of the theory."},
                                  {{"botsa", "opioids"}, {"none", "nothing"}}) == 0
                        ? "botsa"
                        : "none";
  if (scenario.theory == "botsa")
    scenario.gain = theory.number({.key = "gain", .fallback = "0", .min = "-10", .max = "10", .doc = "Of connection."});
  config::Section meeting = root.section({.key = "meeting", .doc = "Who meets whom."});
  meeting.number({.key = "contacts_per_day", .fallback = "6", .min = "0", .max = "100", .doc = "Does nothing here."});
  config::Section time = root.section({.key = "time", .doc = "Length of the run."});
  scenario.days =
      time.integer({.key = "days", .fallback = "3", .min = "1", .max = "100000", .doc = "Days of the run."});
  scenario.fails_on =
      time.integer({.key = "fails_on", .fallback = "0", .min = "0", .max = "100000", .doc = "Day of failure."});
  scenario.pause = time.number(
      {.key = "pause", .unit = "h", .fallback = "0 s", .min = "0 s", .max = "1 h", .doc = "Real time of a day."});
  scenario.shares_chance =
      time.flag({.key = "shares_chance", .fallback = "false", .doc = "A fault: chance that is shared."});
  root.map({.key = "arms", .doc = "What people get."}, [](const std::string& /*name*/, config::Section& arm) {
    arm.numbers(
        {.key = "doses", .unit = "mg", .fallback = "[0 mg]", .min = "0 mg", .max = "1 g", .doc = "Doses in order."});
  });
  config::Section replicates = root.section({.key = "replicates", .doc = "Virtual studies."}, "count");
  scenario.replicates =
      replicates.integer({.key = "count", .fallback = "1", .min = "1", .max = "1000", .doc = "How many times."});
  scenario.seed = root.text({.key = "seed", .fallback = "1", .doc = "All chance follows from it."});
  return std::make_unique<FakeStudy>(std::move(scenario));
}

std::vector<cli::Topic> FakeApplication::topics() const {
  const auto draw = [](const cli::ChartRequest& request) {
    const double dose = request.doses.empty() ? 50.0 : request.doses.front();
    plot::Chart chart;
    chart.title = "naltrexone <oral>";
    chart.x_label = "hours";
    chart.y_label = "held, %";
    chart.x_most = 24.0 * request.count.value_or(1);
    chart.y_most = 100.0;
    chart.curves = {{"one curve", {{0.0, 0.0}, {0.5 * chart.x_most, dose}, {chart.x_most, 0.0}}}};
    chart.marks = {{0, 4.0, 40.0, 5.0}};
    chart.mark_name = "observed";
    return chart;
  };
  return {{"naltrexone", "drug", "an opioid antagonist", "an opioid antagonist.\nHalf-life 4 h.", draw},
          {"botsa", "theory", "low opioid tone makes people seek others", "low opioid tone makes people seek others."}};
}

config::KeyChange FakeApplication::change_of(std::string_view key) const {
  using When = config::KeyChange::When;
  if (key == "seed" || key.starts_with("people")) return {When::never, true, "it is settled at the start"};
  return {When::from_then, true, {}};
}

std::vector<figures::Definition> FakeApplication::figures() const {
  return {{.name = "connection",
           .title = "How many",
           .reading = "A curve a group.",
           .kind = figures::Kind::over_time,
           .table = "population",
           .variables = {"connection"}}};
}

std::vector<std::string> FakeApplication::theories() const { return {"botsa", "none"}; }

Report FakeApplication::signs(const cli::SignRequest& request) const {
  Report report;
  report.title = "Signs";
  report.tables.push_back(
      {"What moves which way",
       {"", "people"},
       {{{"a row", {}},
         {request.theories.empty() ? "all" : request.theories.front(), static_cast<double>(request.people)}}}});
  return report;
}

cli::OwnTheory FakeApplication::own_theory(config::Document& document) const {
  throw Error(ErrorKind::usage, document.name() + " has no theory");
}

cli::Weighed FakeApplication::weigh(const cli::EvidenceRequest& request, Sink& sink) const {
  cli::Weighed weighed;
  weighed.report.title = "Evidence";
  weighed.cells = {"cells", {"file", "theory", "command"}, {}};
  for (const cli::EvidenceFile& file : request.files) {
    for (const std::string& theory : request.theories) {
      config::Document document = file.open("theory=" + theory);
      read(document.root());
      document.check();
      if (request.progress) request.progress(0.5, file.name);
      weighed.cells.rows.push_back({{file.name, {}}, {theory, {}}, {file.command("theory=" + theory), {}}});
    }
  }
  if (request.does_recover) weighed.report.notes.emplace_back("recovered");
  weighed.forest.title = "A forest <of fakes>";
  weighed.fingerprint = "0123456789abcdef";
  sink.declare({.name = "evidence",
                .long_name = "cells",
                .dimensions = {{"theory", "theory", "", request.theories}},
                .growing = "",
                .variables = {{.name = "score",
                               .unit = "1",
                               .long_name = "score",
                               .type = ValueType::float64,
                               .dimensions = {"theory"}}}});
  sink.write({.table = "evidence",
              .replicate = 0,
              .coordinate = 0.0,
              .values = {std::vector<double>(request.theories.size(), 0.5)}});
  return weighed;
}

cli::Contrast FakeApplication::contrast(std::span<const double> a, std::span<const double> b,
                                        cli::Pairing pairing) const {
  const auto mean = [](std::span<const double> values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
  };
  const double difference = mean(b) - mean(a);
  const double reach = difference == 0.0 ? 0.0 : 1.0;
  return {mean(a),
          mean(b),
          difference,
          difference - reach,
          difference + reach,
          0.5,
          pairing == cli::Pairing::paired ? 4.0 : std::nan("")};
}

}  // namespace kith::testing
