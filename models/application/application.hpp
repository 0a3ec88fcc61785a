#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/application.hpp"

namespace kith {

/// The model behind the command line: scenarios, studies, drugs and theories.
class KithApplication final : public cli::Application {
 public:
  std::vector<cli::ShippedScenario> scenarios() const override;
  std::vector<cli::ShippedWords> words() const override;
  std::unique_ptr<cli::Study> read(config::Section root) const override;
  /// The drugs, the theories, and the terms that go with any theory.
  std::vector<cli::Topic> topics() const override;
  std::vector<cli::Topic> topics_of(config::Document& document) const override;
  config::KeyChange change_of(std::string_view key) const override;
  std::vector<std::string> theories() const override;
  std::vector<std::string> theories_to_write() const override;
  cli::OwnTheory own_theory(config::Document& document) const override;
  std::vector<figures::Definition> figures() const override;
  Report signs(const cli::SignRequest& request) const override;
  std::vector<std::string> experiments() const override;
  std::vector<cli::ShippedScenario> problems() const override;
  cli::Weighed weigh(const cli::EvidenceRequest& request, Sink& sink) const override;
  cli::Contrast contrast(std::span<const double> a, std::span<const double> b, cli::Pairing pairing) const override;
};

}  // namespace kith
