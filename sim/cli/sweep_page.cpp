#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "cli/page_parts.hpp"
#include "cli/sweep_cells.hpp"
#include "cli/sweep_extent.hpp"
#include "cli/sweep_outcomes.hpp"
#include "core/shell.hpp"
#include "figures/grid.hpp"
#include "io/values.hpp"
#include "plot/bars.hpp"
#include "plot/heat_map.hpp"

namespace kith::cli {

namespace {

using figures::Figure;
using figures::PagePart;

constexpr std::size_t most_outcomes = 6;     ///< of a page
constexpr std::size_t most_pairs = 3;        ///< of factors, for each outcome
constexpr std::size_t parts_of_pair = 6;     ///< of a factor's values, where it has more
constexpr std::size_t least_runs_apart = 2;  ///< values that a factor must have to be one axis of a map

/// Outcomes that a page shows where none is named: what the virtual studies found, or else how everybody fared.
std::vector<std::string> usual_outcomes(const io::ResultFile& result) {
  std::vector<std::string> found;
  const auto add = [&](const char* table, std::initializer_list<const char*> variables) {
    if (!figures::has_table(result, table)) return;
    for (const char* variable : variables) {
      if (figures::read_grid(result, table, variable)) found.push_back(fmt::format("{}.{}", table, variable));
    }
  };
  add("effects", {"own", "g"});
  if (found.empty()) add("population", {"connection", "loneliness", "isolated_share"});
  return found;
}

std::vector<Outcome> outcomes_for(const io::ResultFile& result, const std::vector<std::string>& wanted) {
  if (!wanted.empty()) return varying_outcomes(result, wanted);
  std::vector<Outcome> found = varying_outcomes(result, usual_outcomes(result));
  std::erase_if(found, [](const Outcome& outcome) {  // of groups only everybody
    return outcome.name.starts_with("population.") && !outcome.name.ends_with(": all");
  });
  return found;
}

std::string values_text(const sweep::Factor& factor) {
  const std::vector<std::string>& names = factor.names.empty() ? factor.values : factor.names;
  if (!names.empty()) {
    std::string text;
    for (std::size_t k = 0; k < std::min<std::size_t>(names.size(), 8); ++k) text += (k == 0 ? "" : ", ") + names[k];
    return names.size() > 8 ? fmt::format("{} and {} more", text, names.size() - 8) : text;
  }
  if (!factor.column.empty()) return "column " + factor.column;
  const std::string unit = factor.unit.empty() ? "" : " " + factor.unit;
  const char* const how = factor.shape == sweep::Factor::Shape::normal        ? ", normal"
                          : factor.shape == sweep::Factor::Shape::log_normal  ? ", log-normal"
                          : factor.scale == sweep::Factor::Scale::logarithmic ? ", logarithmic"
                                                                              : "";
  return fmt::format("{:g} to {:g}{}{}", factor.from, factor.to, unit, how);
}

PagePart asked_part(const sweep::Design& design, std::uint64_t runs) {
  PagePart part{.id = "asked", .title = "What was asked"};
  part.paragraphs.push_back(fmt::format("{} runs of the scenario {}, by a design of the kind {}. What varies:", runs,
                                        design.scenario, design.kind));
  ReportTable table{"What varies", {"key", "values"}, {}};
  for (const sweep::Factor& factor : design.factors)
    table.rows.push_back({{factor.key, std::nullopt}, {values_text(factor), std::nullopt}});
  part.tables.push_back(std::move(table));
  if (!design.set.empty()) {
    ReportTable same{"The same in all runs", {"change of the scenario"}, {}};
    for (const std::string& change : design.set) same.rows.push_back({{change, std::nullopt}});
    part.tables.push_back(std::move(same));
  }
  return part;
}

/// How many runs there are, and which failed, with the command that shows each.
PagePart runs_part(const io::ResultFile& result, const SweepExtent& extent) {
  PagePart part{.id = "runs", .title = "What became of the runs"};
  const std::vector<double> numbers = io::as_doubles(result.shape("runs").coordinates.front());
  const std::vector<double> states = io::as_doubles(result.read("runs", "state"));
  const auto messages = std::get<std::vector<std::string>>(result.read("runs", "message"));
  const auto commands = std::get<std::vector<std::string>>(result.read("runs", "command"));
  ReportTable failed{"Runs that failed", {"run", "why", "the command that does it alone"}, {}};
  for (std::size_t row = 0; row < numbers.size(); ++row) {
    if (states[row] == 0.0) continue;
    failed.rows.push_back({{fmt::format("{:g}", numbers[row]), numbers[row]}, {messages[row]}, {commands[row]}});
  }
  part.paragraphs.push_back(
      fmt::format("{} of {} runs are done, {} failed{}.", extent.done, extent.runs, extent.failed.size(),
                  extent.missing.empty() ? "" : fmt::format(", and {} are missing", extent.missing.size())));
  if (!commands.empty() && !commands.front().empty())
    part.texts.emplace_back("The first of them alone:", commands.front());
  if (!failed.rows.empty()) part.tables.push_back(std::move(failed));
  return part;
}

Figure dependence_figure(const DependenceOf& dependence, std::size_t number) {
  Figure figure{.name = fmt::format("dependence-{}", number),
                .title = dependence.outcome,
                .reading = dependence_note,
                .drawings = {dependence_drawing(dependence, fmt::format("dependence-{}-0", number))},
                .table = {dependence.outcome, {"factor", "value", "mean [95 %]", "runs"}, {}},
                .notes = {}};
  for (const ReportTable& table : dependence_tables(dependence)) {
    for (const std::vector<Cell>& row : table.rows)
      figure.table.rows.push_back({{table.columns.front(), std::nullopt}, row[0], row[1], row[2]});
  }
  return figure;
}

/// Bars of what `kith sensitivity` tells.
Figure indices_figure(const sweep::Design& design, const ReportTable& table, std::size_t number) {
  const bool is_sobol = design.kind == "sobol";
  plot::Bars bars{.title = table.title.substr(0, table.title.find(';')),
                  .label = is_sobol ? "share of the variance" : "change over the whole range of the factor",
                  .kinds = is_sobol ? std::vector<std::string>{"first order", "total"}
                                    : std::vector<std::string>{"µ*, mean size", "σ, how much it differs"},
                  .rows = {},
                  .id = fmt::format("indices-{}-0", number)};
  for (const std::vector<Cell>& row : table.rows) {
    std::vector<plot::Bar> values;
    for (const std::size_t column : {std::size_t{1}, is_sobol ? std::size_t{2} : std::size_t{3}}) {
      const double value = row[column].value.value_or(std::nan(""));
      values.push_back({value, row[column].low.value_or(std::nan("")), row[column].high.value_or(std::nan(""))});
    }
    bars.rows.emplace_back(row[0].text, std::move(values));
  }
  return {.name = fmt::format("indices-{}", number),
          .title = "Sensitivity: " + table.title,
          .reading = indices_note(design),
          .drawings = {drawing_of(bars)},
          .table = table,
          .notes = {}};
}

std::size_t parts_of(const FactorValues& values) {
  return values.words.empty() ? parts_of_pair : std::max(parts_of_pair, values.words.size());
}

/// Maps of the outcome by two factors, for the first pairs of factors.
std::optional<Figure> pairs_figure(const io::ResultFile& result, const sweep::Design& design, const Outcome& outcome,
                                   std::size_t place_of_outcome) {
  Figure figure{.name = fmt::format("pairs-{}", place_of_outcome),
                .title = "Two factors at once: " + outcome.name,
                .reading =
                    "Mean outcome over the runs where two factors have these values, or lie in these parts of "
                    "their ranges, whatever the other factors are there. An empty place has no run.",
                .drawings = {},
                .table = {"Two factors at once: " + outcome.name, {"factors", "first", "second", "mean", "runs"}, {}},
                .notes = {}};
  for (std::size_t a = 0; a < design.factors.size(); ++a) {
    for (std::size_t b = a + 1; b < design.factors.size() && figure.drawings.size() < most_pairs; ++b) {
      const FactorValues first = values_of(result, design.factors[a], outcome.of_run.size());
      const FactorValues second = values_of(result, design.factors[b], outcome.of_run.size());
      const sweep::JointDependence joint = sweep::joint_dependence(outcome.of_run, first.of_run, second.of_run,
                                                                   std::max(parts_of(first), parts_of(second)));
      if (joint.across.size() < least_runs_apart || joint.up.size() < least_runs_apart) continue;
      plot::HeatMap map{.title = outcome.name,
                        .x_label = design.factors[a].key,
                        .y_label = design.factors[b].key,
                        .x_names = {},
                        .y_names = {},
                        .values = joint.means,
                        .value_label = "mean outcome",
                        .id = fmt::format("pairs-{}-{}", place_of_outcome, figure.drawings.size())};
      for (const double place : joint.across) map.x_names.push_back(first.label(place));
      for (const double place : joint.up) map.y_names.push_back(second.label(place));
      for (std::size_t x = 0; x < joint.across.size(); ++x) {
        for (std::size_t y = 0; y < joint.up.size(); ++y) {
          if (joint.counts[x][y] == 0) continue;
          figure.table.rows.push_back({{fmt::format("{}, {}", map.x_label, map.y_label), std::nullopt},
                                       {map.x_names[x], std::nullopt},
                                       {map.y_names[y], std::nullopt},
                                       number_cell(joint.means[x][y]),
                                       {fmt::format("{}", joint.counts[x][y]), std::nullopt}});
        }
      }
      figure.drawings.push_back(drawing_of(map));
    }
  }
  const std::size_t pairs = design.factors.size() * (design.factors.size() - 1) / 2;
  if (pairs > figure.drawings.size() && !figure.drawings.empty())
    figure.notes.push_back(fmt::format("Drawn: {} of {} pairs of factors.", figure.drawings.size(), pairs));
  if (figure.drawings.empty()) return std::nullopt;
  return figure;
}

}  // namespace

figures::Page sweep_page(const io::ResultFile& result, const std::string& path,
                         const std::vector<std::string>& wanted) {
  const std::optional<sweep::Design> design = design_in(result, path);
  if (!design) throw Error(ErrorKind::usage, path + " is no merged sweep");
  result.check("runs");
  figures::Page page;
  page.title = design->title.empty() ? result.attribute("title") : design->title;
  const SweepExtent extent = extent_of(result).value();
  page.subtitle =
      fmt::format("A sweep of {}{} runs over {} factor{}", extent.is_whole() ? "" : fmt::format("{} of ", extent.done),
                  extent.runs, design->factors.size(), design->factors.size() == 1 ? "" : "s");
  page.alerts = alerts_of(result);
  page.export_command = "kith export " + shell_quoted(path);
  page.parts.push_back(asked_part(*design, extent.runs));
  page.parts.push_back(runs_part(result, extent));
  PagePart drawn{.id = "figures", .title = "What it depends on"};
  const std::vector<Outcome> outcomes = outcomes_for(result, wanted);
  for (std::size_t k = 0; k < std::min(most_outcomes, outcomes.size()); ++k) {
    if (const auto indices = indices_table(*design, outcomes[k]))
      drawn.figures.push_back(indices_figure(*design, *indices, k));
    drawn.figures.push_back(dependence_figure(dependence_of(result, *design, outcomes[k]), k));
    if (auto pairs = pairs_figure(result, *design, outcomes[k], k)) drawn.figures.push_back(std::move(*pairs));
  }
  if (outcomes.empty())
    drawn.paragraphs.emplace_back(
        "No outcome varies between the runs. kith info tells what the file holds, and kith report --of TABLE.VARIABLE "
        "shows another.");
  if (outcomes.size() > most_outcomes)
    drawn.paragraphs.push_back(fmt::format("Shown: {} of {} outcomes; kith report --of TABLE.VARIABLE shows others.",
                                           most_outcomes, outcomes.size()));
  page.parts.push_back(std::move(drawn));
  page.parts.push_back(cautions_part(result));
  PagePart origin = origin_part(result, path);
  origin.texts.emplace_back("The design, and the scenario under it:", kept_text(result, "scenario"));
  page.parts.push_back(std::move(origin));
  return page;
}

}  // namespace kith::cli
