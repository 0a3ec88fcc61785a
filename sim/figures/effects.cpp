#include "figures/effects.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "figures/contrast_name.hpp"
#include "figures/grid.hpp"
#include "figures/numbers.hpp"
#include "figures/study_effects.hpp"

namespace kith::figures {
namespace {

Cell share(double value, double low, double high) {
  if (!std::isfinite(value)) return {"–", std::nullopt};
  return {fmt::format("{:.0f} % [{:.0f}, {:.0f}]", 100.0 * value, 100.0 * low, 100.0 * high), value, low, high};
}

Cell probability(double p) { return p < 0.001 ? Cell{"<0.001", p} : number(p, 3); }

Cell own(const StudyEffects& effects, std::size_t m, std::size_t c) {
  const double mean = effects.mean("own", m, c);
  if (mean == 0.0 && effects.pooled("largest_own", m, c) == 0.0) return {"0 exactly", 0.0};
  return number(mean, 3);
}

std::vector<Cell> row_of(const StudyEffects& effects, std::size_t m, std::size_t c) {
  const auto mean = [&](const char* variable) { return effects.mean(variable, m, c); };
  const auto pooled = [&](const char* variable) { return effects.pooled(variable, m, c); };
  const bool many = effects.studies() > 1;
  return {{effects.measures()[m], std::nullopt},
          number(mean("mean_arm"), 2),
          number(mean("mean_reference"), 2),
          with_interval(mean("difference"), mean("low"), mean("high"), 2),
          many ? with_interval(pooled("g"), pooled("g_low"), pooled("g_high"), 2)
               : with_interval(mean("g"), mean("g_low"), mean("g_high"), 2),
          many ? share(pooled("significant"), pooled("significant_low"), pooled("significant_high"))
               : probability(mean("p")),
          own(effects, m, c)};
}

/// Mean over the studies of a count by sequence.
double mean_count(const io::ResultFile& result, const std::string& table, const std::string& variable,
                  std::size_t sequence) {
  const std::optional<Grid> grid = read_grid(result, table, variable);
  if (!grid || grid->sizes.size() != 2) return std::nan("");
  double total = 0.0;
  for (std::size_t study = 0; study < grid->sizes[0]; ++study) {
    for (std::size_t s = 0; s < grid->sizes[1]; ++s) {
      if (sequence == grid->sizes[1] || s == sequence) total += grid->at({study, s});
    }
  }
  return total / static_cast<double>(grid->sizes[0]);
}

}  // namespace

std::vector<bool> outcomes(const io::ResultFile& result, const std::string& suffix) {
  const StudyEffects effects(result, suffix);
  if (!effects.is_there()) return {};
  std::vector<bool> all;
  for (std::size_t m = 0; m < effects.measures().size(); ++m) {
    bool has = false;
    for (std::size_t c = 0; c < effects.contrasts().size(); ++c)
      has |= std::isfinite(effects.mean("low", m, c)) || std::isfinite(effects.mean("adjusted_low", m, c));
    all.push_back(has);
  }
  return all;
}

std::vector<ReportTable> effect_tables(const io::ResultFile& result) {
  const StudyEffects effects(result);
  if (!effects.is_there()) return {};
  const std::vector<bool> is_outcome = outcomes(result);
  std::vector<ReportTable> tables;
  for (std::size_t c = 0; c < effects.contrasts().size(); ++c) {
    const auto [arm, reference] = arms_of(effects.contrasts()[c]);
    ReportTable table{reference.empty() ? arm : fmt::format("{} against {}", arm, reference),
                      {"", arm, reference.empty() ? "reference" : reference, "difference [95 % CI]",
                       "Hedges g [95 % CI]", effects.studies() > 1 ? "significant" : "p", "own effect"},
                      {}};
    for (std::size_t m = 0; m < is_outcome.size(); ++m) {
      if (is_outcome[m]) table.rows.push_back(row_of(effects, m, c));
    }
    if (!table.rows.empty()) tables.push_back(std::move(table));
  }
  return tables;
}

ReportTable flow_table(const io::ResultFile& result, const std::string& suffix) {
  const std::string of = "flow" + suffix;
  const std::optional<Grid> allocated = read_grid(result, of, "allocated");
  ReportTable table;
  if (!allocated || allocated->sizes.size() != 2 || allocated->names[1].empty()) return table;
  const std::size_t all = allocated->sizes[1];
  std::vector<std::pair<std::string, std::string>> columns{{"allocated", "started"}};
  for (const auto& [variable, title] : {std::pair{"never_started", "never took the arm"},
                                        std::pair{"stopped", "stopped"}, std::pair{"switched", "switched"}}) {
    if (mean_count(result, of, variable, all) > 0.0) columns.emplace_back(variable, title);
  }
  columns.insert(columns.end(), {{"left", "left"}, {"analysed", "analysed"}});
  table.title = allocated->sizes[0] > 1 ? "flow of participants, mean of a study" : "flow of participants";
  table.columns = {""};
  for (const auto& [variable, title] : columns) table.columns.push_back(title);
  for (std::size_t row = 0; row <= all; ++row) {
    std::vector<Cell> cells{{row < all ? allocated->names[1][row] : "all", std::nullopt}};
    for (const auto& [variable, title] : columns) {
      const double value = mean_count(result, of, variable, row);
      cells.push_back(number(value, std::abs(value - std::round(value)) < 1e-9 ? 0 : 1));
    }
    table.rows.push_back(std::move(cells));
  }
  return table;
}

}  // namespace kith::figures
