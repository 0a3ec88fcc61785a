#pragma once

#include <string>
#include <vector>

#include "config/document.hpp"
#include "models/scenario/scenario.hpp"

/// Small scenarios for tests.
namespace kith::testing {

inline Scenario scenario_from(const std::string& text, const std::vector<config::Override>& overrides = {}) {
  auto document = config::Document::from_text(text, "test.yaml", overrides);
  Scenario scenario = read_scenario(document.root());
  document.check();
  return scenario;
}

}  // namespace kith::testing
