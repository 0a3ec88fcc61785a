#include "models/application/application.hpp"

#include <string>
#include <utility>

#include "core/parallel.hpp"
#include "models/application/occupancy_chart.hpp"
#include "models/application/shipped_scenarios.hpp"
#include "models/pharmacology/explain.hpp"
#include "models/report/study_report.hpp"
#include "models/study/memory.hpp"
#include "models/theories/theory.hpp"
#include "models/trials/analysis/contrast.hpp"

namespace kith {
namespace {

/// A scenario behind the interface of the command line.
class Experiment final : public cli::Study {
 public:
  explicit Experiment(Scenario scenario) : scenario_(std::move(scenario)) {}

  std::string title() const override { return scenario_.title; }
  std::uint64_t seed() const override { return scenario_.seed; }
  std::string summary() const override { return kith::summary(scenario_); }
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
  std::vector<std::string> doubts() const override { return doubts_of(scenario_); }
  Report run(const cli::StudyOptions& options, Sink& sink) override {
    const RunResult result = kith::run(scenario_, {options.only_replicate, options.replay, options.progress}, sink);
    fingerprint_ = result.fingerprint();
    return study_report(scenario_, result);
  }
  std::string fingerprint() const override { return fingerprint_; }

 private:
  Scenario scenario_;
  std::string fingerprint_;
};

cli::Topic topic_of(const pharmacology::Drug& drug) {
  cli::Topic topic{drug.name, "drug", drug.label(), pharmacology::explain(drug)};
  if (drug.action != pharmacology::Action::none)
    topic.draw = [&drug](const cli::ChartRequest& request) { return occupancy_chart(drug, request); };
  return topic;
}

cli::Topic topic_of(const theories::TheoryKind& theory) {
  const std::string source(theory.source.empty() ? "none needed" : theory.source);
  const std::string claim(theory.claim);
  return {std::string(theory.name), "theory", claim,
          claim + ".\nSource: " + source + "\n" + std::string(theory.fitted)};
}

}  // namespace

std::vector<cli::ShippedScenario> KithApplication::scenarios() const {
  std::vector<cli::ShippedScenario> list;
  for (const auto& [name, text] : shipped_scenarios) list.push_back({name, text});
  return list;
}

std::unique_ptr<cli::Study> KithApplication::read(config::Section root) const {
  return std::make_unique<Experiment>(read_scenario(root));
}

std::vector<cli::Topic> KithApplication::topics() const {
  std::vector<cli::Topic> topics;
  for (const pharmacology::Drug& drug : pharmacology::library()) topics.push_back(topic_of(drug));
  for (const theories::TheoryKind* theory : theories::all_theories()) topics.push_back(topic_of(*theory));
  return topics;
}

cli::Contrast KithApplication::contrast(std::span<const double> a, std::span<const double> b,
                                        cli::Pairing pairing) const {
  const trials::Contrast found =
      pairing == cli::Pairing::paired ? trials::paired_contrast(a, b) : trials::unpaired_contrast(a, b);
  return {found.mean_a, found.mean_b, found.difference, found.low, found.high, found.p, found.variance_reduction};
}

}  // namespace kith
