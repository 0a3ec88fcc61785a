#pragma once

#include <atomic>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/application.hpp"

namespace kith::testing {

/// A model without science: each "day" writes one row. Its scenarios bear the names that help texts use.
class FakeApplication : public cli::Application {
 public:
  std::vector<cli::ShippedScenario> scenarios() const override;
  std::unique_ptr<cli::Study> read(config::Section root) const override;
  std::vector<cli::ShippedScenario> problems() const override;
  std::vector<cli::Topic> topics() const override;
  /// A drug called mine, whatever the file.
  std::vector<cli::Topic> topics_of(config::Document& document) const override;
  /// The seed and `people` stay; all else can change.
  config::KeyChange change_of(std::string_view key) const override;
  std::vector<std::string> theories() const override;
  std::vector<figures::Definition> figures() const override;
  /// Throws: here nobody writes a theory.
  cli::OwnTheory own_theory(config::Document& document) const override;
  Report signs(const cli::SignRequest& request) const override;
  std::vector<std::string> experiments() const override { return {"evidence/tomova_2020"}; }
  /// Opens every file under every theory, and tells the commands.
  cli::Weighed weigh(const cli::EvidenceRequest& request, Sink& sink) const override;
  /// Means and their difference, without statistics.
  cli::Contrast contrast(std::span<const double> a, std::span<const double> b, cli::Pairing pairing) const override;

  /// Studies that were run so far, in this process.
  static inline std::atomic<int> runs{0};
};

}  // namespace kith::testing
