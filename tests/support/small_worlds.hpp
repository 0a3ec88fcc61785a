#pragma once

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/fingerprint.hpp"
#include "models/scenario/scenario.hpp"
#include "models/study/run.hpp"
#include "tests/support/small_scenarios.hpp"

/// Small studies for tests of whole models.
namespace kith::testing {

/// A scenario that has been run, with what it wrote.
struct Done {
  std::unique_ptr<const Scenario> scenario;
  std::unique_ptr<MemorySink> sink;
  RunResult run;
  const StudyResult& result(std::size_t replicate = 0) const { return run.studies[replicate]; }
};

inline Done run_study(Scenario scenario, std::optional<std::uint32_t> only_replicate = {}) {
  Done done{std::make_unique<const Scenario>(std::move(scenario)), std::make_unique<MemorySink>(), {}};
  done.run = run(*done.scenario, {.only_replicate = only_replicate, .replay = "kith run test.yaml"}, *done.sink);
  return done;
}

inline Done run_text(const std::string& text, const std::vector<config::Override>& overrides = {}) {
  return run_study(scenario_from(text, overrides));
}

/// Whether two tables [occasion][participant] are the same; cells without a value (NaN) are alike.
inline bool same_values(const std::vector<std::vector<double>>& a, const std::vector<std::vector<double>>& b) {
  const auto same_cell = [](double x, double y) { return x == y || (std::isnan(x) && std::isnan(y)); };
  const auto same_row = [&](const std::vector<double>& x, const std::vector<double>& y) {
    return std::equal(x.begin(), x.end(), y.begin(), y.end(), same_cell);
  };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), same_row);
}

}  // namespace kith::testing
