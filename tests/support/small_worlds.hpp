#pragma once

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/document.hpp"
#include "core/fingerprint.hpp"
#include "models/scenario/scenario.hpp"
#include "models/study/run.hpp"

/// Small scenarios for tests of whole models, and ways to compare worlds bit by bit.
namespace kith::testing {

inline Scenario scenario_from(const std::string& text, const std::vector<config::Override>& overrides = {}) {
  auto document = config::Document::from_text(text, "test.yaml", overrides);
  Scenario scenario = read_scenario(document.root());
  document.check();
  return scenario;
}

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

/// Names of the columns in which two worlds differ in any bit of any person, of those that both have.
inline std::vector<std::string> differing_columns(const people::People& a, const people::People& b) {
  const auto digests = [](const people::People& people) {
    std::map<std::string, std::uint64_t> all;
    people::People::visit(people, [&](const ColumnInfo& info, const auto& column) {
      Fingerprint digest;
      digest.add_values(std::span(column));
      all[std::string(info.name)] = digest.value();
    });
    return all;
  };
  const auto first = digests(a);
  std::vector<std::string> names;
  for (const auto& [name, digest] : digests(b)) {
    const auto same = first.find(name);
    if (same != first.end() && same->second != digest) names.push_back(name);
  }
  return names;
}

/// A course of naltrexone for one person, as a study gives it.
inline pharmacology::Course naltrexone(PersonId person, double tick_hours, std::vector<pharmacology::Dose> doses) {
  for (const pharmacology::Drug& drug : pharmacology::library()) {
    if (drug.name != "naltrexone") continue;
    return {person, std::make_shared<const pharmacology::SteppedChain>(drug, tick_hours), std::move(doses)};
  }
  throw Error(ErrorKind::failed, "the library has no naltrexone");
}

}  // namespace kith::testing
