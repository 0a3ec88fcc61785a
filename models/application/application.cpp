#include "models/application/application.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "config/flat.hpp"
#include "core/parallel.hpp"
#include "models/application/evidence_forest.hpp"
#include "models/application/figures.hpp"
#include "models/application/occupancy_chart.hpp"
#include "models/application/shipped_experiments.hpp"
#include "models/application/shipped_lessons.hpp"
#include "models/application/shipped_problems.hpp"
#include "models/application/shipped_scenarios.hpp"
#include "models/application/shipped_words.hpp"
#include "models/application/theory_topics.hpp"
#include "models/evidence/evidence_report.hpp"
#include "models/evidence/signs.hpp"
#include "models/pharmacology/explain.hpp"
#include "models/report/in_words.hpp"
#include "models/report/methods.hpp"
#include "models/report/protocol.hpp"
#include "models/report/study_report.hpp"
#include "models/scenario/drugs_given.hpp"
#include "models/scenario/key_change.hpp"
#include "models/study/declare.hpp"
#include "models/study/memory.hpp"
#include "models/study/run.hpp"
#include "models/study/survey.hpp"
#include "models/theories/theory.hpp"
#include "models/trials/analysis/contrast.hpp"

namespace kith {
namespace {

RunOptions options_of(const cli::StudyOptions& options, std::vector<Past> past) {
  return {.only_replicate = options.only_replicate,
          .replay = options.replay,
          .progress = options.progress,
          .goes_on = options.goes_on,
          .backwards = options.backwards,
          .look = options.look,
          .past = std::move(past)};
}

class RunningExperiment final : public cli::RunningStudy {
 public:
  RunningExperiment(const Scenario& scenario, RunOptions options, const cli::BurntIn* burnt_in, Sink& sink)
      : scenario_(&scenario) {
    if (burnt_in != nullptr) {
      start_ = set_up(scenario, *burnt_in);
      run_.emplace(*start_, std::move(options), sink);
    } else {
      run_.emplace(scenario, std::move(options), sink);
    }
  }

  bool advance() override { return run_->advance(); }
  Report finish() override {
    const RunResult result = run_->finish();
    fingerprint_ = result.fingerprint();
    return study_report(*scenario_, result);
  }
  std::string fingerprint() const override { return fingerprint_; }
  void visit(State& state) override { run_->visit(state); }

 private:
  const Scenario* scenario_;
  std::optional<SetUp> start_;
  std::optional<Run> run_;
  std::string fingerprint_;
};

/// A scenario behind the interface of the command line.
class Experiment final : public cli::Study {
 public:
  explicit Experiment(Scenario scenario) : scenario_(std::move(scenario)) {}

  std::string title() const override { return scenario_.title; }
  std::uint64_t seed() const override { return scenario_.seed; }
  std::string summary() const override { return kith::summary(scenario_); }
  std::vector<std::string> in_words() const override { return kith::in_words(scenario_); }
  std::string protocol(const std::string& parameters) const override { return kith::protocol(scenario_, parameters); }
  cli::MethodsText methods(const std::string& version) const override {
    Methods found = kith::methods(scenario_, version);
    return {std::move(found.text), std::move(found.bibtex)};
  }
  std::string theory() const override { return std::string(scenario_.theory.kind); }
  std::string change_to(std::string_view theory) const override { return scenario_.theory.change_to(theory); }
  cli::NetworkAtStart network() const override {
    Society society = make_society(scenario_, {seed(), 0});
    cli::NetworkAtStart result;
    result.graph = std::move(society.graph);
    result.columns = {std::move(society.columns.names), std::move(society.columns.values)};
    if (!scenario_.network.generate) result.notes = society.import.lines_for_people();
    result.notes.insert(result.notes.end(), society.column_notes.begin(), society.column_notes.end());
    result.warnings = std::move(society.warnings);
    return result;
  }
  std::uint64_t memory_needed(std::optional<std::uint32_t> only_replicate) const override {
    return kith::memory_needed(scenario_, only_replicate, threads());
  }
  cli::Survey survey(config::Section root) const override {
    Survey found = kith::survey(scenario_, root);
    return {std::move(found.notes), std::move(found.warnings), std::move(found.doubts)};
  }
  std::vector<cli::StudyTable> tables() const override {
    std::vector<cli::StudyTable> all;
    for (TableOfRuns& table : tables_of_runs(scenario_)) all.push_back({std::move(table.name), std::move(table.needs)});
    return all;
  }
  cli::BurntIn burn_in(const cli::StudyOptions& options) const override {
    return burnt_in(scenario_, options_of(options, {}));
  }
  std::unique_ptr<cli::RunningStudy> begin(const cli::StudyOptions& options, Sink& sink) const override {
    std::vector<Past> past;
    for (const cli::PastStudy& before : options.past)
      past.push_back({&dynamic_cast<const Experiment&>(*before.study).scenario_, before.until});
    return std::make_unique<RunningExperiment>(scenario_, options_of(options, std::move(past)), options.burnt_in.get(),
                                               sink);
  }

 private:
  Scenario scenario_;
};

cli::Topic topic_of(const pharmacology::SharedDrug& drug) {
  cli::Topic topic{drug->name, "drug", drug->label(), pharmacology::explain(*drug)};
  if (drug->action != pharmacology::Action::none)
    topic.draw = [drug](const cli::ChartRequest& request) { return occupancy_chart(*drug, request); };
  return topic;
}

/// The drugs that a scenario describes, or else those of the library that it gives.
std::vector<cli::Topic> drugs_of(const Scenario& scenario) {
  const auto is_of_library = [](const pharmacology::SharedDrug& drug) {
    const auto& library = pharmacology::library();
    return std::any_of(library.begin(), library.end(), [&](const auto& known) { return known.name == drug->name; });
  };
  const std::vector<const pharmacology::Drug*> given = drugs_given(scenario);
  std::vector<cli::Topic> own;
  std::vector<cli::Topic> used;
  for (const pharmacology::SharedDrug& drug : scenario.pharmacy->drugs()) {
    if (!is_of_library(drug)) own.push_back(topic_of(drug));
    if (std::find(given.begin(), given.end(), drug.get()) != given.end()) used.push_back(topic_of(drug));
  }
  return own.empty() ? used : own;
}

}  // namespace

std::vector<cli::ShippedScenario> KithApplication::scenarios() const {
  std::vector<cli::ShippedScenario> list;
  for (const auto& [name, text] : shipped_scenarios) list.push_back({name, text});
  for (const auto& [name, text] : shipped_lessons) list.push_back({name, text});
  for (const auto& [name, text] : shipped_experiments) list.push_back({name, text});
  return list;
}

std::vector<cli::ShippedWords> KithApplication::words() const {
  std::vector<cli::ShippedWords> list;
  for (const auto& [language, text] : shipped_words) list.push_back({language, text});
  return list;
}

std::unique_ptr<cli::Study> KithApplication::read(config::Section root) const {
  return std::make_unique<Experiment>(read_scenario(root));
}

std::vector<cli::Topic> KithApplication::topics() const {
  std::vector<cli::Topic> topics;
  for (const pharmacology::Drug& drug : pharmacology::library())
    topics.push_back(topic_of(std::make_shared<const pharmacology::Drug>(drug)));
  for (cli::Topic& topic : theory_topics()) topics.push_back(std::move(topic));
  return topics;
}

std::vector<cli::Topic> KithApplication::topics_of(config::Document& document) const {
  config::Section root = document.root();
  if (!root.has("action")) {
    const Scenario scenario = read_scenario(root);
    document.check([](config::Section described) { read_scenario(std::move(described)); });
    return drugs_of(scenario);
  }
  const std::string name = std::filesystem::path(document.name()).stem().string();
  auto drug = std::make_shared<const pharmacology::Drug>(pharmacology::read_drug(name, root));
  document.check([&](config::Section described) { pharmacology::read_drug(name, described); });
  return {topic_of(drug)};
}

config::KeyChange KithApplication::change_of(std::string_view key) const { return kith::change_of(key); }

std::vector<std::string> KithApplication::theories() const {
  std::vector<std::string> names;
  for (const theories::TheoryKind* kind : theories::all_theories()) {
    if (!kind->is_written_in_yaml) names.emplace_back(kind->name);
  }
  return names;
}

std::vector<std::string> KithApplication::theories_to_write() const {
  std::vector<std::string> names;
  for (const theories::TheoryKind* kind : theories::all_theories()) {
    if (kind->is_written_in_yaml) names.emplace_back(kind->name);
  }
  return names;
}

cli::OwnTheory KithApplication::own_theory(config::Document& document) const {
  config::Section root = document.root();
  const bool is_scenario = root.has("kith");
  const theories::NamedTheory theory = is_scenario ? read_scenario(root).theory : theories::read_theory(root);
  if (!theory.is_own)
    root.fail("theory", fmt::format("the theory is {}, which ships", theory.kind), "a theory of one's own is wanted",
              "write theory: {name: mine, ...} (kith explain mine)");
  document.check([is_scenario](config::Section described) {
    if (is_scenario)
      read_scenario(std::move(described));
    else
      theories::read_theory(described);
  });
  return {std::string(theory.kind), "theory=" + config::on_one_line(document.resolved(), "theory")};
}

std::vector<figures::Definition> KithApplication::figures() const { return all_figures(); }

Report KithApplication::signs(const cli::SignRequest& request) const {
  return evidence::sign_report(
      evidence::measure_signs({.people = request.people, .theories = request.theories, .progress = request.progress}));
}

std::vector<std::string> KithApplication::experiments() const {
  std::vector<std::string> names;
  for (const auto& [name, text] : shipped_experiments) names.emplace_back(name);
  return names;
}

std::vector<cli::ShippedScenario> KithApplication::problems() const {
  std::vector<cli::ShippedScenario> list;
  for (const auto& [name, text] : shipped_problems) list.push_back({name, text});
  return list;
}

cli::Weighed KithApplication::weigh(const cli::EvidenceRequest& request, Sink& sink) const {
  std::vector<evidence::Source> sources;
  for (const cli::EvidenceFile& file : request.files) sources.push_back({file.name, file.open, file.command});
  const evidence::Matrix matrix =
      evidence::run_experiments(sources, request.theories, request.progress, request.own ? request.own->change : "");
  evidence::write_evidence(matrix, sink);
  return {.report = evidence::evidence_report(matrix, request.does_recover),
          .cells = evidence::cell_table(matrix),
          .forest = evidence_forest(matrix),
          .fingerprint = matrix.fingerprint};
}

cli::Contrast KithApplication::contrast(std::span<const double> a, std::span<const double> b,
                                        cli::Pairing pairing) const {
  const trials::Contrast found =
      pairing == cli::Pairing::paired ? trials::paired_contrast(a, b) : trials::unpaired_contrast(a, b);
  return {found.mean_a, found.mean_b, found.difference, found.low, found.high, found.p, found.variance_reduction};
}

}  // namespace kith
