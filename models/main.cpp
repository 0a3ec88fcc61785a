#include <algorithm>
#include <cmath>
#include <iterator>
#include <span>
#include <vector>

#include "cli/application.hpp"
#include "models/pharmacology/course.hpp"
#include "models/pharmacology/explain.hpp"
#include "models/report/study_report.hpp"
#include "models/shipped_scenarios.hpp"
#include "models/theories/theory.hpp"
#include "models/trials/analysis/statistics.hpp"

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
    study_.run({options.only_replicate, options.replay, options.progress}, sink);
    return kith::study_report(study_);
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

/// The finite numbers of a list, or of both lists where both are finite.
struct Finite {
  std::vector<double> a, b;

  Finite(std::span<const double> all_a, std::span<const double> all_b, kith::cli::Pairing pairing) {
    if (pairing == kith::cli::Pairing::paired) {
      for (std::size_t i = 0; i < all_a.size(); ++i) {
        if (!std::isfinite(all_a[i]) || !std::isfinite(all_b[i])) continue;
        a.push_back(all_a[i]);
        b.push_back(all_b[i]);
      }
      return;
    }
    const auto is_number = [](double value) { return std::isfinite(value); };
    std::copy_if(all_a.begin(), all_a.end(), std::back_inserter(a), is_number);
    std::copy_if(all_b.begin(), all_b.end(), std::back_inserter(b), is_number);
  }
};

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

  kith::cli::Contrast contrast(std::span<const double> a, std::span<const double> b,
                               kith::cli::Pairing pairing) const override {
    const Finite x(a, b, pairing);
    const kith::trials::Comparison apart = kith::trials::two_sample(x.b, x.a);
    const kith::trials::Comparison used =
        pairing == kith::cli::Pairing::paired ? kith::trials::paired(x.b, x.a) : apart;
    const double mean_a = kith::trials::mean_with_interval(x.a).mean;
    const double mean_b = kith::trials::mean_with_interval(x.b).mean;
    const double reduction =
        used.standard_error > 0.0 ? std::pow(apart.standard_error / used.standard_error, 2) : std::nan("");
    return {mean_a, mean_b, mean_b - mean_a, used.low, used.high, used.p, reduction};
  }
};

}  // namespace

int main(int argc, char** argv) { return kith::cli::run_command_line(KithApplication{}, argc, argv); }
