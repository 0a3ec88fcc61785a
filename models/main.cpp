#include <algorithm>

#include "cli/application.hpp"
#include "models/pharmacology/course.hpp"
#include "models/pharmacology/explain.hpp"
#include "models/shipped_scenarios.hpp"
#include "models/study.hpp"
#include "models/theories/theory.hpp"

namespace {

/// A scenario behind the interface of the command line.
class TrialStudy final : public kith::cli::Study {
 public:
  explicit TrialStudy(kith::Scenario scenario) : study_(std::move(scenario)) {}

  std::string title() const override { return study_.scenario().title; }
  std::uint64_t seed() const override { return study_.scenario().seed; }
  std::string summary() const override { return study_.summary(); }
  kith::network::Graph network(std::vector<std::string>& notes) const override {
    kith::network::ImportReport import;
    kith::network::Graph graph = kith::make_network(study_.scenario(), {seed(), 0}, import);
    if (!study_.scenario().network.generate) notes = import.lines_for_people();
    return graph;
  }
  kith::Report run(const kith::cli::StudyOptions& options, kith::Sink& sink) override {
    return study_.run({options.only_replicate, options.replay, options.progress}, sink);
  }
  std::string fingerprint() const override { return study_.fingerprint(); }

 private:
  kith::Study study_;
};

/// Occupancy over time after one dose or several.
kith::cli::Chart occupancy_chart(const kith::pharmacology::Drug& drug, const kith::cli::ChartRequest& request) {
  using namespace kith::pharmacology;
  const OccupancyCurves curves = occupancy_curves(drug, request.doses, request.every, request.count);
  kith::cli::Chart chart;
  chart.title = drug.label();
  chart.y_label = "mu-receptors held, %";
  chart.y_most = 100.0;
  chart.x_label = curves.in_days ? "days" : "hours";
  chart.x_most = curves.longest;
  for (const OccupancyCurve& curve : curves.curves) chart.curves.push_back({curve.name, curve.points});
  for (const OccupancyPoint& point : curves.observed)
    chart.marks.push_back({point.curve, point.at, point.occupancy, point.spread});
  chart.mark_name = "observed";
  return chart;
}

class KithApplication final : public kith::cli::Application {
 public:
  std::vector<kith::cli::ShippedScenario> scenarios() const override {
    std::vector<kith::cli::ShippedScenario> list;
    for (const auto& [name, text] : kith::shipped_scenarios) list.push_back({name, text});
    return list;
  }

  std::unique_ptr<kith::cli::Study> read(kith::config::Section root) const override {
    return std::make_unique<TrialStudy>(kith::read_scenario(root));
  }

  std::vector<kith::cli::Topic> topics() const override {
    std::vector<kith::cli::Topic> topics;
    for (const auto& drug : kith::pharmacology::library()) {
      topics.push_back({drug.name, "drug", drug.label(), kith::pharmacology::explain(drug)});
      if (drug.action == kith::pharmacology::Action::none) continue;
      topics.back().draw = [&drug](const kith::cli::ChartRequest& request) { return occupancy_chart(drug, request); };
    }
    for (const kith::theories::TheoryKind* theory : kith::theories::all_theories()) {
      topics.push_back({std::string(theory->name), "theory", std::string(theory->claim),
                        std::string(theory->claim) +
                            ".\nSource: " + std::string(theory->source.empty() ? "none needed" : theory->source) +
                            "\n" + std::string(theory->fitted)});
    }
    return topics;
  }
};

}  // namespace

int main(int argc, char** argv) { return kith::cli::run_command_line(KithApplication{}, argc, argv); }
