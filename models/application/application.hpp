#pragma once

#include <memory>
#include <span>
#include <vector>

#include "cli/application.hpp"

namespace kith {

/// The model behind the command line: scenarios, studies, drugs and theories.
class KithApplication final : public cli::Application {
 public:
  std::vector<cli::ShippedScenario> scenarios() const override;
  std::unique_ptr<cli::Study> read(config::Section root) const override;
  /// The drugs, then the theories.
  std::vector<cli::Topic> topics() const override;
  std::vector<cli::Topic> topics_of(config::Document& document) const override;
  cli::Contrast contrast(std::span<const double> a, std::span<const double> b, cli::Pairing pairing) const override;
};

}  // namespace kith
