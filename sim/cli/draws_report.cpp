#include "cli/draws_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/error.hpp"

namespace kith::cli {

namespace {

std::string with_minus(std::string text) {
  for (std::size_t at = text.find('-'); at != std::string::npos; at = text.find('-', at + 3)) text.replace(at, 1, "−");
  return text;
}

/// Linear between neighbours (Hyndman & Fan 1996, type 7).
double quantile(std::vector<double> values, double share) {
  if (values.empty()) return std::nan("");
  std::sort(values.begin(), values.end());
  const double place = share * static_cast<double>(values.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, values.size() - 1);
  return values[below] + (place - static_cast<double>(below)) * (values[above] - values[below]);
}

struct Moments {
  double mean = 0.0;
  double variance = 0.0;
};
Moments moments(const std::vector<double>& values) {
  const auto n = static_cast<double>(values.size());
  Moments m;
  for (const double value : values) m.mean += value / n;
  for (const double value : values) m.variance += (value - m.mean) * (value - m.mean) / (n - 1.0);
  return m;
}

Cell range_cell(double low, double high) {
  return {with_minus(fmt::format("{:.2f} to {:.2f}", low, high)), {}, low, high};
}
Cell size_cell(double value) { return {with_minus(fmt::format("{:.3f}", value)), value}; }

bool has_numbers(const std::vector<double>& values) {
  return std::any_of(values.begin(), values.end(), [](double value) { return !std::isnan(value); });
}

}  // namespace

EffectsAtDraw effects_at_draw(const MemorySink& run) {
  const auto spec = std::find_if(run.specs().begin(), run.specs().end(),
                                 [](const TableSpec& table) { return table.name == "effects"; });
  if (spec == run.specs().end())
    throw Error(ErrorKind::usage,
                "--draws shows effects, and this scenario has no trial\n  kith sweep varies keys of any scenario");
  const auto g = static_cast<std::size_t>(
      std::find_if(spec->variables.begin(), spec->variables.end(), [](const Variable& v) { return v.name == "g"; }) -
      spec->variables.begin());
  EffectsAtDraw found;
  for (const TableDimension& dimension : spec->dimensions) {
    if (dimension.name == "measure") found.measures = std::get<std::vector<std::string>>(dimension.coordinate);
    if (dimension.name == "contrast") found.contrasts = std::get<std::vector<std::string>>(dimension.coordinate);
  }
  found.g.resize(found.measures.size() * found.contrasts.size());
  std::vector<const TableRow*> rows;
  for (const TableRow& row : run.rows()) {
    if (row.table == "effects") rows.push_back(&row);
  }
  // Studies end in any order.
  std::sort(rows.begin(), rows.end(), [](const TableRow* a, const TableRow* b) { return a->replicate < b->replicate; });
  for (const TableRow* row : rows) {
    const auto* values = std::get_if<std::vector<double>>(&row->values[g]);
    for (std::size_t k = 0; k < found.g.size(); ++k)
      found.g[k].push_back(values != nullptr ? (*values)[k]
                                             : static_cast<double>(std::get<std::vector<float>>(row->values[g])[k]));
  }
  return found;
}

Spread spread_of(const std::vector<std::vector<double>>& at_draws) {
  std::vector<double> means;
  std::vector<double> all;
  double within = 0.0;
  for (const std::vector<double>& studies : at_draws) {
    const Moments m = moments(studies);
    means.push_back(m.mean);
    within += m.variance / static_cast<double>(at_draws.size());
    all.insert(all.end(), studies.begin(), studies.end());
  }
  constexpr double limit_95 = 1.959964;
  const Moments between = moments(means);
  const double shared_error = std::sqrt(within / static_cast<double>(at_draws.front().size()));
  const auto reach = [&](double share) {
    return std::hypot(between.mean - quantile(means, share), limit_95 * shared_error);
  };
  return {.mean = between.mean,
          .chance = std::sqrt(within),
          .parameters = std::sqrt(between.variance),
          .shared_error = shared_error,
          .mean_low = between.mean - reach(0.025),
          .mean_high = between.mean + reach(0.975),
          .study_low = quantile(all, 0.025),
          .study_high = quantile(all, 0.975)};
}

Report draws_report(const std::string& title, const std::vector<std::string>& keys, const std::string& from,
                    const std::vector<EffectsAtDraw>& draws) {
  Report report;
  report.title = title;
  ReportTable table{.title = "Hedges g, chance and parameters apart",
                    .columns = {"", "mean", "chance (SD)", "parameters (SD)", "95 % of the effect", "95 % of studies"},
                    .rows = {}};
  const EffectsAtDraw& first = draws.front();
  double most_shared = 0.0;
  for (std::size_t k = 0; k < first.g.size(); ++k) {
    std::vector<std::vector<double>> at_draws;
    for (const EffectsAtDraw& draw : draws) at_draws.push_back(draw.g[k]);
    if (!has_numbers(at_draws.front())) continue;  // a measure that is no outcome
    const Spread spread = spread_of(at_draws);
    most_shared = std::max(most_shared, spread.shared_error);
    const std::string contrast =
        first.contrasts.size() > 1 ? fmt::format(", {}", first.contrasts[k % first.contrasts.size()]) : "";
    table.rows.push_back({{first.measures[k / first.contrasts.size()] + contrast, {}},
                          {with_minus(fmt::format("{:.2f}", spread.mean)), spread.mean},
                          size_cell(spread.chance),
                          size_cell(spread.parameters),
                          range_cell(spread.mean_low, spread.mean_high),
                          range_cell(spread.study_low, spread.study_high)});
  }
  report.tables.push_back(std::move(table));
  report.notes.push_back(fmt::format("Parameters: {}.", from));
  if (keys.size() <= 12) {
    std::string all;
    for (const std::string& key : keys) all += (all.empty() ? "" : ", ") + key;
    report.notes.push_back(fmt::format("They are {}.", all));
  }
  report.notes.push_back(
      fmt::format("{} draws, {} virtual studies at each, with the same chance. Chance: how much one study differs from "
                  "another where "
                  "the parameters are known. Parameters: how much the mean over studies differs from draw to draw. Of "
                  "the effect: what it may be, by the parameters and by the chance that all draws share, which shifts "
                  "their means together (standard error up to {:.3f}; more replicates make it less). Of studies: what "
                  "one study may find.",
                  draws.size(), first.g.empty() ? 0 : first.g.front().size(), most_shared));
  return report;
}

void write_draws(const std::vector<std::string>& keys, const std::vector<EffectsAtDraw>& draws, Sink& sink) {
  std::vector<std::int32_t> numbers(draws.size());
  std::iota(numbers.begin(), numbers.end(), 0);
  const EffectsAtDraw& first = draws.front();
  std::vector<std::int32_t> studies(first.g.front().size());
  std::iota(studies.begin(), studies.end(), 0);
  const TableDimension of_draws{"draw", "draw of the parameters", "", numbers};
  sink.declare({.name = "draws",
                .long_name = "parameters of each draw",
                .dimensions = {of_draws, {"key", "key of the scenario", "", keys}},
                .growing = "",
                .variables = {{"value", "", "value, as the scenario has it", ValueType::text, {"draw", "key"}}}});
  sink.declare({.name = "effects_at_draws",
                .long_name = "effects found by each virtual study at each draw",
                .dimensions = {of_draws,
                               {"measure", "measure", "", first.measures},
                               {"contrast", "contrast", "", first.contrasts},
                               {"study", "virtual study", "", studies}},
                .growing = "",
                .variables = {{"g", "1", "Hedges g", ValueType::float64, {"draw", "measure", "contrast", "study"}}}});
  std::vector<std::string> values;
  std::vector<double> g;
  for (const EffectsAtDraw& draw : draws) {
    for (const std::string& assignment : draw.assignments)
      values.push_back(assignment.substr(assignment.find('=') + 1));
    for (const std::vector<double>& found : draw.g) g.insert(g.end(), found.begin(), found.end());
  }
  sink.write({.table = "draws", .replicate = 0, .coordinate = 0.0, .values = {std::move(values)}});
  sink.write({.table = "effects_at_draws", .replicate = 0, .coordinate = 0.0, .values = {std::move(g)}});
}

}  // namespace kith::cli
