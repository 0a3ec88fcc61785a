#include "cli/fit_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace kith::cli {

namespace {

/// Numbers with a minus that is one.
std::string with_minus(std::string text) {
  for (std::size_t at = text.find('-'); at != std::string::npos; at = text.find('-', at + 3)) text.replace(at, 1, "−");
  return text;
}

Cell words(std::string text) { return {std::move(text), {}}; }
Cell number(double value, int digits = 3) {
  std::string text = fmt::format("{:.{}f}", value, digits);
  if (text.find_first_not_of("-0.") == std::string::npos) text.erase(0, text.front() == '-' ? 1 : 0);
  return {with_minus(text), value};
}
Cell parameter_number(double value) { return {with_minus(fmt::format("{:.4g}", value)), value}; }

Cell with_interval(double value, double low, double high) {
  return {with_minus(fmt::format("{:.4g} [{:.4g}, {:.4g}]", value, low, high)), value, low, high};
}

/// "people.opioid_tone.cv", "time.burn_in [d]"
std::string name_of(const fit::Parameter& p) { return p.key + (p.unit.empty() ? "" : fmt::format(" [{}]", p.unit)); }

ReportTable parameter_table(const fit::Problem& problem, const fit::Solution& solution) {
  ReportTable table{.title = "Parameters",
                    .columns = {"", "estimate [95 %]", "mark", "before", "width of before", "found"},
                    .rows = {}};
  std::size_t next = 0;
  for (const fit::Parameter& p : problem.parameters) {
    const std::string name = name_of(p);
    if (!p.is_estimated) {
      table.rows.push_back(
          {words(name), parameter_number(p.nominal), words(p.mark), words("fixed"), words(""), words("")});
      continue;
    }
    const fit::Solved& s = solution.parameters[next++];
    table.rows.push_back({words(name),
                          with_interval(s.value, s.low, s.high),
                          words("fitted"),
                          words(p.prior.text()),
                          {fmt::format("{:.0f} %", 100.0 * s.share_of_prior), s.share_of_prior},
                          words(s.found)});
  }
  return table;
}

ReportTable observable_table(const fit::Problem& problem, const fit::Solution& solution) {
  ReportTable table{.title = "What was measured, and what is simulated at the estimate",
                    .columns = {"", "measured", "standard error", "simulated", "off by [SE]"},
                    .rows = {}};
  for (std::size_t o = 0; o < problem.observables.size(); ++o) {
    const fit::Expected& e = solution.observables[o];
    const Cell simulated =
        std::isnan(e.low)
            ? number(e.value)
            : Cell{with_minus(fmt::format("{:.3f} [{:.3f}, {:.3f}]", e.value, e.low, e.high)), e.value, e.low, e.high};
    bool is_measured = false;
    for (const fit::Measurement& m : problem.measurements) {
      if (m.observable != o) continue;
      is_measured = true;
      table.rows.push_back({words(problem.observables[o].name), number(m.value), number(m.noise), simulated,
                            number((e.value - m.value) / m.noise, 2)});
    }
    if (!is_measured)
      table.rows.push_back({words(problem.observables[o].name), words(""), words(""), simulated, words("")});
  }
  return table;
}

ReportTable correlation_table(const fit::Solution& solution) {
  ReportTable table{.title = "Correlations in the posterior", .columns = {""}, .rows = {}};
  for (const fit::Solved& s : solution.parameters) table.columns.push_back(s.parameter->key);
  for (std::size_t a = 0; a < solution.parameters.size(); ++a) {
    table.rows.push_back({words(solution.parameters[a].parameter->key)});
    for (std::size_t b = 0; b < solution.parameters.size(); ++b)
      table.rows.back().push_back(number(solution.correlations[a][b], 2));
  }
  return table;
}

/// In words, which parameters the measurements tell only together.
std::vector<std::string> told_together(const fit::Solution& solution) {
  constexpr double strong = 0.8;
  std::vector<std::string> notes;
  for (std::size_t a = 0; a < solution.correlations.size(); ++a) {
    for (std::size_t b = a + 1; b < solution.correlations.size(); ++b) {
      const double r = solution.correlations[a][b];
      if (std::abs(r) < strong) continue;
      notes.push_back(with_minus(
          fmt::format("{} and {} correlate at {:.2f}: what was measured tells a combination of the two better "
                      "than each by itself.",
                      solution.parameters[a].parameter->key, solution.parameters[b].parameter->key, r)));
    }
  }
  return notes;
}

}  // namespace

Report fit_report(const fit::Problem& problem, const fit::Solution& solution) {
  Report report;
  report.title = problem.title;
  report.tables.push_back(parameter_table(problem, solution));
  report.tables.push_back(observable_table(problem, solution));
  if (solution.correlations.size() > 1) report.tables.push_back(correlation_table(solution));
  report.notes = solution.notes;
  for (std::string& note : told_together(solution)) report.notes.push_back(std::move(note));
  report.notes.push_back(fmt::format("{} simulations, {} of which failed.", solution.simulations, solution.failed));
  report.notes.emplace_back(
      "Width of before: that of the interval over that of the prior's. From 80 % a parameter is not identified: what "
      "was "
      "measured does not tell its value. That a fit meets what it was fitted to is no evidence for it.");
  return report;
}

namespace {

/// The width of an interval tells nothing where the fit is not settled.
std::string words_above(const fit::Solved& s) {
  if (s.found.starts_with(config::unsettled)) return s.found;
  return fmt::format("{}; {:.0f} % of the width before", s.found, 100.0 * s.share_of_prior);
}

}  // namespace

plot::Pairs pairs_of(const fit::Problem& problem, const fit::Solution& solution) {
  constexpr std::size_t places = 101;
  plot::Pairs pairs{.title = problem.title, .variables = {}, .correlations = solution.correlations};
  for (const fit::Solved& s : solution.parameters) {
    const fit::Prior& prior = s.parameter->prior;
    const double tail = prior.kind == fit::Prior::Kind::uniform ? 0.0 : 0.005;
    const auto [least, most] = std::minmax_element(s.draws.begin(), s.draws.end());
    plot::PairsVariable v{.name = name_of(*s.parameter),
                          .low = std::min(prior.quantile(tail), *least),
                          .high = std::max(prior.quantile(1.0 - tail), *most),
                          .draws = s.draws,
                          .words = words_above(s),
                          .estimate = s.value,
                          .interval = {s.low, s.high}};
    for (std::size_t k = 0; k < places; ++k)
      v.before.push_back(prior.density(v.low + (v.high - v.low) * static_cast<double>(k) / (places - 1)));
    pairs.variables.push_back(std::move(v));
  }
  return pairs;
}

Report calibration_report(const fit::Problem& problem, const fit::Calibration& calibration) {
  Report report;
  report.title = problem.title;
  ReportTable table{.title = "Ranks of the truth among 99 draws of its posterior, in ten bins",
                    .columns = {"", "draws", "chi-squared", "p", "counts", "verdict"},
                    .rows = {}};
  const auto add = [&](const std::string& name, const std::string& draws, const fit::Ranks& ranks) {
    std::string counts;
    for (const std::uint32_t count : ranks.counts) counts += (counts.empty() ? "" : " ") + std::to_string(count);
    table.rows.push_back({words(name),
                          words(draws),
                          number(ranks.chi_squared, 1),
                          {fmt::format("{:.2g}", ranks.p), ranks.p},
                          words(counts),
                          words(ranks.p > 0.01 ? "spread evenly" : "not spread evenly")});
  };
  const std::vector<const fit::Parameter*> estimated = problem.estimated();
  for (std::size_t p = 0; p < estimated.size(); ++p) {
    add(estimated[p]->key, "as sampled", calibration.as_sampled[p]);
    add(estimated[p]->key, "narrowed by half", calibration.narrowed[p]);
  }
  report.tables.push_back(std::move(table));
  report.notes.push_back(fmt::format(
      "{} data sets, each simulated at a value drawn from the prior; {} have no posterior. {} simulations, {} of which "
      "failed.",
      calibration.data_sets + calibration.lost, calibration.lost, calibration.simulations, calibration.failed));
  report.notes.emplace_back(
      "Where posteriors hold what they claim, the ranks are spread evenly (Talts 2018): p is that of the chi-squared "
      "test, "
      "and 0.01 its limit. Narrowed draws are half as far from their mean: a test that is worth something finds these "
      "wrong.");
  return report;
}

config::Estimates estimates_of(const fit::Problem& problem, const fit::Solution& solution,
                               std::vector<std::string> made) {
  config::Estimates all;
  all.title = problem.title;
  all.when = problem.when;
  all.made = std::move(made);
  for (const fit::Solved& s : solution.parameters) {
    config::Estimate one;
    one.key = s.parameter->key;
    one.unit = s.parameter->unit;
    one.value = one.unit.empty() ? fmt::format("{}", s.value) : fmt::format("{} {}", s.value, one.unit);
    one.interval = {s.low, s.high};
    one.prior = s.parameter->prior.text();
    one.found = s.found;
    one.draws = s.draws;
    all.values.push_back(std::move(one));
  }
  return all;
}

}  // namespace kith::cli
