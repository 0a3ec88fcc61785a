#include "cli/sweep_outcomes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <numeric>
#include <set>
#include <utility>

#include "cli/sweep_cells.hpp"
#include "config/document.hpp"
#include "core/error.hpp"
#include "io/values.hpp"
#include "sweep/points.hpp"
#include "sweep/sensitivity.hpp"

namespace kith::cli {

namespace {

/// Most places at which the dependence on a factor is shown.
constexpr std::size_t most_parts = 10;

/// The entry of a coordinate in words.
std::string entry(const Values& coordinate, std::size_t index) {
  if (const auto* names = std::get_if<std::vector<std::string>>(&coordinate)) return (*names)[index];
  return fmt::format("{:g}", io::as_doubles(coordinate)[index]);
}

class Outcomes {
 public:
  Outcomes(const io::ResultFile& file, const std::string& table, const std::string& variable, std::size_t runs)
      : shape_(file.shape(table)), runs_(runs) {
    for (const io::StoredVariable& each : file.layout(table).variables()) {
      if (each.variable.name == variable) stored_ = each;
    }
    sizes_ = shape_.of(stored_);
    values_ = io::as_doubles(file.read(table, variable));
    is_by_replicate_ = sizes_.size() > 1 && stored_.variable.dimensions[1] == "replicate";
    name_ = table + "." + variable;
  }

  std::vector<Outcome> all() const {
    const std::size_t first = is_by_replicate_ ? 2 : 1;
    std::size_t places = 1;
    for (std::size_t d = first; d < sizes_.size(); ++d) places *= sizes_[d];
    std::vector<Outcome> outcomes;
    for (std::size_t place = 0; place < places; ++place) {
      Outcome outcome = at(place, places);
      outcome.name = name_;
      std::size_t below = places;
      for (std::size_t d = first; d < sizes_.size(); ++d) {
        below /= sizes_[d];
        outcome.name +=
            (d == first ? ": " : " · ") + entry(shape_.coordinates[stored_.axes[d]], place / below % sizes_[d]);
      }
      outcomes.push_back(std::move(outcome));
    }
    return outcomes;
  }

 private:
  Outcome at(std::size_t place, std::size_t places) const {
    Outcome outcome;
    outcome.of_run.assign(runs_, std::numeric_limits<double>::quiet_NaN());
    const std::vector<double> numbers = io::as_doubles(shape_.coordinates.front());
    const std::size_t replicates = is_by_replicate_ ? sizes_[1] : 1;
    std::vector<std::vector<double>> whole;  // runs with an outcome in each replicate
    for (std::size_t row = 0; row < numbers.size(); ++row) {
      std::vector<double> found;
      for (std::size_t replicate = 0; replicate < replicates; ++replicate) {
        const double value = values_[(row * replicates + replicate) * places + place];
        if (std::isfinite(value)) found.push_back(value);
      }
      if (found.empty()) continue;
      outcome.of_run[static_cast<std::size_t>(numbers[row])] = mean_of(found);
      if (found.size() == replicates) whole.push_back(std::move(found));
    }
    outcome.by_chance = chance_between(whole);
    return outcome;
  }

  static double mean_of(const std::vector<double>& values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
  }

  /// Variance between runs' means that chance alone makes: of what is left of run and virtual study in a two-way analysis. What a study
  /// has in common over all runs, whose chance is the same, moves no run against another.
  static double chance_between(const std::vector<std::vector<double>>& runs) {
    if (runs.size() < 2 || runs.front().size() < 2) return 0.0;
    const std::size_t replicates = runs.front().size();
    std::vector<double> of_replicate(replicates, 0.0);
    double all = 0.0;
    for (const std::vector<double>& run : runs) {
      for (std::size_t r = 0; r < replicates; ++r) of_replicate[r] += run[r] / static_cast<double>(runs.size());
      all += mean_of(run) / static_cast<double>(runs.size());
    }
    double squares = 0.0;
    for (const std::vector<double>& run : runs) {
      const double mean = mean_of(run);
      for (std::size_t r = 0; r < replicates; ++r) squares += std::pow(run[r] - mean - of_replicate[r] + all, 2);
    }
    const auto freedom = static_cast<double>((runs.size() - 1) * (replicates - 1));
    return squares / freedom / static_cast<double>(replicates);
  }

  io::Shape shape_;
  io::StoredVariable stored_;
  io::Sizes sizes_;
  std::vector<double> values_;
  std::size_t runs_;
  bool is_by_replicate_ = false;
  std::string name_;
};

/// All numbers of the runs, TABLE.VARIABLE each; what became of the runs and their factors are none.
std::vector<std::string> outcomes_in(const io::ResultFile& file) {
  std::set<std::pair<std::string, std::string>> of_runs;
  for (const Variable& variable : file.spec("runs").variables) of_runs.emplace(variable.name, variable.long_name);
  std::vector<std::string> all;
  for (const std::string& table : file.tables()) {
    for (const Variable& variable : file.spec(table).variables) {
      const bool is_number = variable.type != ValueType::text && !variable.dimensions.empty();
      if (is_number && variable.dimensions.front() == "run" && of_runs.count({variable.name, variable.long_name}) == 0)
        all.push_back(table + "." + variable.name);
    }
  }
  return all;
}

/// Variance of the outcomes that there are.
double variance_of(const std::vector<double>& values) {
  double count = 0.0;
  double mean = 0.0;
  double squares = 0.0;
  for (const double value : values) {  // Welford 1962
    if (!std::isfinite(value)) continue;
    count += 1.0;
    const double off = value - mean;
    mean += off / count;
    squares += off * (value - mean);
  }
  return count > 1.0 ? squares / (count - 1.0) : 0.0;
}

/// "12 of 16 samples; chance makes 3 % of the variance between runs"
std::string heading(const Outcome& outcome, std::size_t used, std::size_t left_out, std::string_view of_what) {
  const double variance = variance_of(outcome.of_run);
  std::string text = fmt::format("{}; {} {}", outcome.name, used, of_what);
  if (left_out > 0) text += fmt::format(", {} left out for want of a run", left_out);
  if (outcome.by_chance > 0.0 && variance > 0.0)
    text += fmt::format("; chance makes {:.1f} % of the variance between runs",
                        100.0 * std::min(1.0, outcome.by_chance / variance));
  return text;
}

ReportTable sobol_table(const sweep::Design& design, const Outcome& outcome) {
  const auto found = sweep::sobol_indices(outcome.of_run, design.factors.size(), design.seed);
  ReportTable table{
      heading(outcome, found.used, found.left_out, "samples"), {"", "first order [95 %]", "total [95 %]"}, {}};
  for (std::size_t f = 0; f < design.factors.size(); ++f)
    table.rows.push_back(
        {{design.factors[f].key, {}}, index_cell(found.factors[f].first), index_cell(found.factors[f].total)});
  return table;
}

ReportTable morris_table(const sweep::Design& design, const Outcome& outcome) {
  const sweep::Points points =
      sweep::morris(design.rows.size() / (design.factors.size() + 1), design.factors.size(), design.seed);
  const auto found = sweep::elementary_effects(outcome.of_run, points.values, design.factors.size());
  ReportTable table{heading(outcome, found.used, found.left_out, "trajectories"), {"", "µ*", "µ", "σ"}, {}};
  for (std::size_t f = 0; f < design.factors.size(); ++f) {
    const sweep::Effects& e = found.factors[f];
    table.rows.push_back(
        {{design.factors[f].key, {}}, number_cell(e.mean_size), number_cell(e.mean), number_cell(e.deviation)});
  }
  return table;
}

}  // namespace

const char* const dependence_note =
    "Mean outcome over the runs at a value of the factor, or in a part of its range, whatever the other factors are "
    "there; the interval is that of the mean, from the spread of these runs (Student's t).";

std::optional<sweep::Design> design_in(const io::ResultFile& file, const std::string& path) {
  for (const auto& [name, text] : file.provenance()) {
    const std::size_t begin = text.find("\nDESIGN\n");
    const std::size_t end = text.find("\nSCENARIO\n");
    if (begin == std::string::npos || end == std::string::npos) continue;
    auto document = config::Document::from_text(text.substr(begin + 8, end - begin - 8), path);
    sweep::Design design = sweep::read_design(document.root(), sweep::PointsTable::is_left);
    document.check();
    return design;
  }
  return std::nullopt;
}

std::string outcome_advice(const std::string& wanted, const std::vector<std::string>& there) {
  constexpr std::size_t most = 60;
  const std::string table = wanted.substr(0, wanted.find('.')) + ".";
  std::vector<std::string> alike;  // of the table that was named, where there is one
  std::copy_if(there.begin(), there.end(), std::back_inserter(alike),
               [&](const std::string& name) { return name.starts_with(table); });
  const std::string not_kept =
      alike.empty() ? "\n  what the design's keep: {tables: […]} does not name is not kept of a run" : "";
  if (alike.empty()) alike = there;
  if (alike.empty()) return "there are none to choose from" + not_kept;
  const std::string near = nearest(wanted, there);
  std::string text = near.empty() ? "" : fmt::format("did you mean {}? ", near);
  const std::size_t shown = std::min(most, alike.size());
  for (std::size_t k = 0; k < shown; ++k) text += (k == 0 ? "write --of with one of " : ", ") + alike[k];
  if (alike.size() > shown) text += fmt::format(" and {} more (kith info)", alike.size() - shown);
  return text + not_kept;
}

std::vector<Outcome> varying_outcomes(const io::ResultFile& file, const std::vector<std::string>& wanted) {
  const std::vector<double> numbers = io::as_doubles(file.shape("runs").coordinates.front());
  const std::size_t runs = numbers.empty() ? 0 : static_cast<std::size_t>(numbers.back()) + 1;
  const std::vector<std::string> there = outcomes_in(file);
  std::vector<Outcome> found;
  for (const std::string& of : wanted) {
    if (std::find(there.begin(), there.end(), of) == there.end()) {
      throw Error(ErrorKind::usage,
                  fmt::format("--of {}: the runs have no such numbers\n  {}", of, outcome_advice(of, there)));
    }
    const std::size_t dot = of.find('.');
    const std::string name = of.substr(0, dot);
    for (Outcome& outcome : Outcomes(file, name, of.substr(dot + 1), runs).all()) {
      if (variance_of(outcome.of_run) > 0.0) found.push_back(std::move(outcome));
    }
  }
  return found;
}

std::optional<ReportTable> indices_table(const sweep::Design& design, const Outcome& outcome) {
  if (design.kind != "sobol" && design.kind != "morris") return std::nullopt;
  Outcome whole = outcome;
  whole.of_run.resize(design.rows.size(), std::numeric_limits<double>::quiet_NaN());
  return design.kind == "sobol" ? sobol_table(design, whole) : morris_table(design, whole);
}

std::string indices_note(const sweep::Design& design) {
  if (design.kind == "sobol")
    return "Shares of the variance of the outcome over the ranges of the design: first order, of a factor alone; "
           "total, with all that it does together with others. Intervals: bootstrap over the samples. ≈ 0: the "
           "interval holds 0 and ends below 0.1. One that holds 0 and reaches further leaves open whether the factor "
           "does anything: more samples narrow it.";
  if (design.kind == "morris")
    return "Change of the outcome over the whole range of a factor: µ* its mean size, µ its mean, σ how much it "
           "differs from place to place.";
  return "";
}

std::string FactorValues::label(double place) const {
  return words.empty() ? fmt::format("{:.4g}", place) : words[static_cast<std::size_t>(place)];
}

FactorValues values_of(const io::ResultFile& file, const sweep::Factor& factor, std::size_t runs) {
  const Values stored = file.read("runs", factor.key);
  const std::vector<double> numbers = io::as_doubles(file.shape("runs").coordinates.front());
  FactorValues values{std::vector<double>(runs, std::numeric_limits<double>::quiet_NaN())};
  const auto* texts = std::get_if<std::vector<std::string>>(&stored);
  const std::vector<double> as_numbers = texts != nullptr ? std::vector<double>{} : io::as_doubles(stored);
  for (std::size_t row = 0; row < numbers.size(); ++row) {
    const auto run = static_cast<std::size_t>(numbers[row]);
    if (texts == nullptr) {
      values.of_run[run] = as_numbers[row];
      continue;
    }
    const auto known = std::find(values.words.begin(), values.words.end(), (*texts)[row]);
    values.of_run[run] = static_cast<double>(known - values.words.begin());
    if (known == values.words.end()) values.words.push_back((*texts)[row]);
  }
  return values;
}

DependenceOf dependence_of(const io::ResultFile& file, const sweep::Design& design, const Outcome& outcome) {
  DependenceOf all{outcome.name, {}};
  for (const sweep::Factor& factor : design.factors) {
    const FactorValues values = values_of(file, factor, outcome.of_run.size());
    DependenceOnFactor one;
    one.factor = factor.key;
    one.are_words = !values.words.empty();
    one.found = sweep::partial_dependence(outcome.of_run, values.of_run,
                                          values.words.empty() ? most_parts : values.words.size());
    for (const double place : one.found.places) one.labels.push_back(values.label(place));
    all.factors.push_back(std::move(one));
  }
  return all;
}

}  // namespace kith::cli
