#include "models/application/application.hpp"

#include <string>
#include <utility>

#include "models/application/occupancy_chart.hpp"
#include "models/application/shipped_scenarios.hpp"
#include "models/application/theory_topics.hpp"
#include "models/evidence/signs.hpp"
#include "models/pharmacology/explain.hpp"
#include "models/report/study_report.hpp"
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
  std::string theory() const override { return std::string(scenario_.theory.kind); }
  std::string change_to(std::string_view theory) const override { return scenario_.theory.change_to(theory); }
  network::Graph network(std::vector<std::string>& notes) const override {
    network::ImportReport import;
    network::Graph graph = make_network(scenario_, {seed(), 0}, import);
    if (!scenario_.network.generate) notes = import.lines_for_people();
    return graph;
  }
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
  for (cli::Topic& topic : theory_topics()) topics.push_back(std::move(topic));
  return topics;
}

std::vector<std::string> KithApplication::theories() const {
  std::vector<std::string> names;
  for (const theories::TheoryKind* kind : theories::all_theories()) {
    if (!kind->is_written_in_yaml) names.emplace_back(kind->name);
  }
  return names;
}

Report KithApplication::signs(const cli::SignRequest& request) const {
  return evidence::sign_report(
      evidence::measure_signs({.people = request.people, .theories = request.theories, .progress = request.progress}));
}

cli::Contrast KithApplication::contrast(std::span<const double> a, std::span<const double> b,
                                        cli::Pairing pairing) const {
  const trials::Contrast found =
      pairing == cli::Pairing::paired ? trials::paired_contrast(a, b) : trials::unpaired_contrast(a, b);
  return {found.mean_a, found.mean_b, found.difference, found.low, found.high, found.p, found.variance_reduction};
}

}  // namespace kith
