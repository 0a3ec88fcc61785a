#pragma once

#include <string>

#include "config/document.hpp"
#include "models/scenario/scenario.hpp"

namespace kith::bench {

/// Reads and checks a scenario.
inline Scenario read_text(std::string text) {
  auto document = config::Document::from_text(std::move(text), "bench.yaml");
  Scenario scenario = read_scenario(document.root());
  document.check();
  return scenario;
}

}  // namespace kith::bench
