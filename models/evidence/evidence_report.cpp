#include "models/evidence/evidence_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "models/theories/theory.hpp"

namespace kith::evidence {
namespace {

/// "−0.26", "+0.03"
std::string signed_number(double value, int digits = 2) {
  std::string text = fmt::format("{:+.{}f}", value, digits);
  if (text.find_first_not_of("+-0.") == std::string::npos) text.erase(0, 1);
  if (text.front() == '-') text.replace(0, 1, "−");
  return text;
}

Cell text_cell(std::string text) { return {std::move(text), std::nullopt}; }
Cell count_cell(std::size_t count) { return {fmt::format("{}", count), static_cast<double>(count)}; }
Cell number_cell(double value, int digits = 2) {
  if (!std::isfinite(value)) return {"–", std::nullopt};
  return {signed_number(value, digits), value};
}
/// Of what is never negative.
Cell size_cell(double value, int digits = 2) {
  if (!std::isfinite(value)) return {"–", std::nullopt};
  return {fmt::format("{:.{}f}", value, digits), value};
}

Cell total_cell(const Total& total) {
  if (total.people == 0) return {"–", std::nullopt};
  Cell cell{signed_number(total.sum), total.sum};
  if (!std::isfinite(total.low)) return cell;
  cell.text += fmt::format(" [{}, {}]", signed_number(total.low), signed_number(total.high));
  cell.low = total.low;
  cell.high = total.high;
  return cell;
}

Cell verdict_cell(const Judged& cell) {
  switch (cell.verdict) {
    case Verdict::inexpressible:
      return {"cannot", std::nullopt};
    case Verdict::failed:
      return {"FAILED", std::nullopt};
    case Verdict::hit:
    case Verdict::miss:
    case Verdict::noisy:
      break;
  }
  const std::string word = cell.verdict == Verdict::noisy ? "?" : std::string(name(cell.verdict));
  return {fmt::format("{} {} ± {:.2f}", word, signed_number(cell.predicted.mean), cell.predicted.error),
          cell.predicted.mean, cell.predicted.low, cell.predicted.high};
}

/// Outcomes of a role, as they were published and as each theory has them; without rows where there are none.
ReportTable verdict_table(const Matrix& matrix, Role role, std::string title) {
  ReportTable table{.title = std::move(title), .columns = {"", "published"}, .rows = {}};
  table.columns.insert(table.columns.end(), matrix.theories.begin(), matrix.theories.end());
  for (const Experiment& experiment : matrix.experiments) {
    if (experiment.expected.role != role) continue;
    for (std::size_t o = 0; o < experiment.cells.size(); ++o) {
      const ExpectedOutcome& outcome = experiment.expected.outcomes[o];
      std::vector<Cell> row{text_cell(label(experiment, outcome)), text_cell(published(outcome))};
      for (const Judged& cell : experiment.cells[o]) row.push_back(verdict_cell(cell));
      table.rows.push_back(std::move(row));
    }
  }
  return table;
}

std::size_t count_of(const Matrix& matrix, Role role, std::size_t theory, Verdict verdict) {
  std::size_t count = 0;
  for (const Experiment& experiment : matrix.experiments) {
    if (experiment.expected.role != role) continue;
    for (const std::vector<Judged>& cells : experiment.cells) count += cells[theory].verdict == verdict ? 1U : 0U;
  }
  return count;
}

/// The numbers of a theory that is written in a scenario are its author's: how many of them were free, no file says.
Cell parameters_cell(const Matrix& matrix, std::size_t theory) {
  const std::string& name = matrix.theories[theory];
  if (theories::is_written_in_yaml(name)) return text_cell("as written");
  const auto [fitted, assumed] =
      parameters_of(name, matrix.fitted.empty() ? std::set<std::string>{} : matrix.fitted[theory]);
  return {fmt::format("{} fitted, {} assumed", fitted, assumed), static_cast<double>(fitted + assumed)};
}

ReportTable score_table(const Matrix& matrix, Role role, std::string title) {
  const std::vector<PeopleScores> scores = scores_by_people(matrix, role);
  ReportTable table{
      .title = std::move(title),
      .columns = {"", "log score", "SE", "samples", "CRPS", "hit", "miss", "too noisy", "failed", "parameters"},
      .rows = {}};
  for (std::size_t k = 0; k < matrix.theories.size(); ++k) {
    const Total total = total_of(scores, k);
    double crps = 0.0;
    for (const PeopleScores& people : scores) {
      if (people.by_theory[k]) crps += people.by_theory[k]->crps;
    }
    table.rows.push_back(
        {text_cell(matrix.theories[k]), number_cell(total.sum), size_cell(total.standard_error),
         count_cell(total.people), size_cell(crps), count_cell(count_of(matrix, role, k, Verdict::hit)),
         count_cell(count_of(matrix, role, k, Verdict::miss)), count_cell(count_of(matrix, role, k, Verdict::noisy)),
         count_cell(count_of(matrix, role, k, Verdict::failed)), parameters_cell(matrix, k)});
  }
  return table;
}

ReportTable difference_table(const Matrix& matrix, Role role, std::string title) {
  const std::vector<PeopleScores> scores = scores_by_people(matrix, role);
  ReportTable table{.title = std::move(title), .columns = {"less that of:"}, .rows = {}};
  table.columns.insert(table.columns.end(), matrix.theories.begin(), matrix.theories.end());
  for (std::size_t k = 0; k < matrix.theories.size(); ++k) {
    table.rows.push_back({text_cell(matrix.theories[k])});
    for (std::size_t other = 0; other < matrix.theories.size(); ++other)
      table.rows.back().push_back(other == k ? text_cell("") : total_cell(difference_of(scores, k, other)));
  }
  return table;
}

ReportTable recovery_table(const Matrix& matrix, std::optional<Role> only, std::string title) {
  ReportTable table{.title = std::move(title), .columns = {"data made by"}, .rows = {}};
  table.columns.insert(table.columns.end(), matrix.theories.begin(), matrix.theories.end());
  const std::vector<std::vector<double>> confusion = recovery(matrix, only);
  for (std::size_t maker = 0; maker < confusion.size(); ++maker) {
    table.rows.push_back({text_cell(matrix.theories[maker])});
    for (const double share : confusion[maker])
      table.rows.back().push_back({fmt::format("{:.0f} %", 100.0 * share), share});
  }
  return table;
}

/// The row of summaries of the forest plot; without rows where nothing is pooled.
ReportTable pooled_table(const Matrix& matrix) {
  ReportTable table{.title = "Pooled: felt connection on an antagonist (published: -0.20 [-0.32, -0.07], Loseth 2024)",
                    .columns = {"", "Hedges g [95 % CI]", "SE", "variance between"},
                    .rows = {}};
  for (std::size_t k = 0; k < matrix.theories.size(); ++k) {
    const std::optional<PooledEffect> pooled = pooled_of(matrix, k);
    if (!pooled) continue;
    table.rows.push_back({text_cell(matrix.theories[k]),
                          {fmt::format("{} [{}, {}]", signed_number(pooled->estimate), signed_number(pooled->low),
                                       signed_number(pooled->high)),
                           pooled->estimate, pooled->low, pooled->high},
                          size_cell(pooled->standard_error),
                          size_cell(pooled->tau_squared)});
  }
  return table;
}

void add_notes(const Matrix& matrix, Report& report) {
  report.notes.emplace_back(
      "Effects: Hedges g, mean over virtual studies of the experiment's own size, ± its standard error. Published: "
      "an effect ± its standard error; a direction or none with the bound below which effects count as none. hit: the "
      "whole 95 % interval of the mean agrees with what was published; miss: nothing of it; ?: too noisy to tell; more "
      "replicates may, unless what was published is itself too uncertain to tell the prediction from no effect.");
  report.notes.emplace_back(
      "Log score: ln of the probability (of a number: of the density) that the theory gave to what was published, in a "
      "study of "
      "that size; greater is better. Outcomes of the same people (a sample) are averaged and count once. CRPS: smaller "
      "is "
      "better.");
  report.notes.emplace_back(
      "In the meta-analysis: every theory's opioid share is fitted to these outcomes, so they are evidence for none, "
      "and no "
      "score has them.");
  for (const Experiment& experiment : matrix.experiments) {
    const Expectation& expected = experiment.expected;
    std::string text = fmt::format("{}: {}", experiment.name, expected.source);
    if (!expected.analogue.empty()) text += fmt::format("; a small-group analogue of {}", expected.analogue);
    std::vector<std::string> remarks;
    const auto remark = [&](std::string words) {
      if (std::find(remarks.begin(), remarks.end(), words) == remarks.end()) remarks.push_back(std::move(words));
    };
    for (const ExpectedOutcome& outcome : expected.outcomes) {
      if (!outcome.cannot_express.empty())
        remark(fmt::format("{} cannot be expressed: {}", outcome.name, outcome.cannot_express));
      if (!outcome.stand_in.empty()) remark(fmt::format("\"{}\" stands for {}", outcome.measure, outcome.stand_in));
    }
    for (const std::string& words : remarks) text += "; " + words;
    report.notes.push_back(text + ".");
  }
}

void add_failures(const Matrix& matrix, Report& report) {
  for (const Experiment& experiment : matrix.experiments) {
    for (std::size_t o = 0; o < experiment.cells.size(); ++o) {
      for (std::size_t k = 0; k < matrix.theories.size(); ++k) {
        const Judged& cell = experiment.cells[o][k];
        if (cell.verdict != Verdict::failed) continue;
        report.warnings.push_back(fmt::format("{} under {} failed: {}; again: {}",
                                              label(experiment, experiment.expected.outcomes[o]), matrix.theories[k],
                                              cell.why, cell.command));
      }
    }
  }
}

}  // namespace

std::string label(const Experiment& experiment, const ExpectedOutcome& outcome) {
  return experiment.name + " " + outcome.name;
}

std::string published(const ExpectedOutcome& outcome) {
  switch (outcome.finding) {
    case Finding::lower:
      return fmt::format("lower (< −{:g})", outcome.bound);
    case Finding::higher:
      return fmt::format("higher (> +{:g})", outcome.bound);
    case Finding::none:
      return fmt::format("none (±{:g})", outcome.bound);
    case Finding::effect:
      break;
  }
  return fmt::format("{} ± {:.2f}", signed_number(outcome.effect), outcome.standard_error);
}

Report evidence_report(const Matrix& matrix, bool does_recover) {
  struct Part {
    Role role;
    const char* called;
  };
  constexpr std::array<Part, 2> scored{{{Role::held_out, "held out"}, {Role::calibration, "calibration"}}};
  Report report;
  report.title = "Evidence";
  const auto add = [&](ReportTable table) {
    if (!table.rows.empty()) report.tables.push_back(std::move(table));
  };
  add(verdict_table(matrix, Role::in_meta_analysis,
                    "In the meta-analysis, to which all theories are fitted: not scored"));
  add(pooled_table(matrix));
  for (const Part& part : scored) {
    add(verdict_table(matrix, part.role, fmt::format("Experiments, {}", part.called)));
    if (scores_by_people(matrix, part.role).empty()) continue;
    add(score_table(matrix, part.role, fmt::format("Scores, {}", part.called)));
    add(difference_table(matrix, part.role, fmt::format("Difference of the log scores, {} [95 % CI]", part.called)));
  }
  if (does_recover) {
    add(recovery_table(matrix, Role::held_out,
                       "Data of each theory, by which theory scores best: experiments held out"));
    add(recovery_table(matrix, std::nullopt, "Data of each theory, by which theory scores best: all experiments"));
  }
  add_notes(matrix, report);
  report.warnings = matrix.warnings;
  add_failures(matrix, report);
  return report;
}

ReportTable cell_table(const Matrix& matrix) {
  constexpr std::array<const char*, 3> roles{"held_out", "calibration", "in_meta_analysis"};
  ReportTable table{.title = "cells",
                    .columns = {"outcome", "theory", "verdict", "published", "predicted", "SD of a study", "log score",
                                "CRPS", "studies", "why", "command", "SE of predicted", "published g", "published SE",
                                "bound", "role", "people"},
                    .rows = {}};
  for (const Experiment& experiment : matrix.experiments) {
    for (std::size_t o = 0; o < experiment.cells.size(); ++o) {
      const ExpectedOutcome& outcome = experiment.expected.outcomes[o];
      const bool is_effect = outcome.finding == Finding::effect;
      for (std::size_t k = 0; k < matrix.theories.size(); ++k) {
        const Judged& cell = experiment.cells[o][k];
        const bool is_run = cell.predicted.studies > 0;
        const auto number = [&](double value) { return is_run ? number_cell(value, 4) : number_cell(NAN); };
        Cell predicted = number(cell.predicted.mean);
        if (is_run) {
          predicted.low = cell.predicted.low;
          predicted.high = cell.predicted.high;
        }
        table.rows.push_back({text_cell(label(experiment, outcome)), text_cell(matrix.theories[k]),
                              text_cell(std::string(name(cell.verdict))), text_cell(published(outcome)), predicted,
                              number(cell.predicted.between), number(cell.score.log), number(cell.score.crps),
                              count_cell(cell.predicted.studies), text_cell(cell.why), text_cell(cell.command),
                              number(cell.predicted.error), number_cell(is_effect ? outcome.effect : NAN, 4),
                              number_cell(is_effect ? outcome.standard_error : NAN, 4),
                              number_cell(is_effect ? NAN : outcome.bound, 4),
                              text_cell(roles[static_cast<std::size_t>(experiment.expected.role)]),
                              text_cell(experiment.expected.people)});
      }
    }
  }
  return table;
}

}  // namespace kith::evidence
