#include "models/evidence/signs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

#include "models/evidence/sign_worlds.hpp"
#include "models/theories/theory.hpp"
#include "models/trials/analysis/statistics.hpp"

namespace kith::evidence {
namespace {

constexpr std::size_t antagonist = 1;
constexpr std::size_t agonist = 2;

using Values = std::vector<double>;

Values minus(const Values& a, const Values& b) {
  Values difference(a.size());
  std::transform(a.begin(), a.end(), b.begin(), difference.begin(), std::minus<>());
  return difference;
}

/// A row of the table: the question, what is expected of each theory, and the effect of each person in the worlds of one theory.
struct Row {
  SignProbe probe;
  /// One character a theory, in the order of `column_order`: "+", "-", "0", "." (silent).
  const char* expected;
  std::function<Values(const SignWorlds&)> effect;
};

constexpr std::array<std::string_view, 8> column_order{"botsa",       "maintenance", "state_dependent", "feedback",
                                                       "homeostasis", "reward",      "nonspecific",     "none"};

using Worlds = std::array<Readings, 3> SignWorlds::*;

/// Effect of a drug on something that is read, in one pair of worlds.
std::function<Values(const SignWorlds&)> of_drug(Worlds worlds, std::size_t drug, Values Readings::*what) {
  return [=](const SignWorlds& all) { return minus((all.*worlds)[drug].*what, (all.*worlds)[0].*what); };
}

std::function<Values(const SignWorlds&)> of_isolation(Readings SignWorlds::*apart, Readings SignWorlds::*together) {
  return [=](const SignWorlds& all) { return minus((all.*apart).approach, (all.*together).approach); };
}

const std::vector<Row>& rows() {
  using R = Readings;
  using W = SignWorlds;
  static const std::vector<Row> all{
      {{"antagonist, in comfort: approach",
        "naltrexone 50 mg, 5 h later, among others where no contact goes badly; ln P"},
       "++-0+--0",
       of_drug(&W::calm_first, antagonist, &R::approach)},
      {{"antagonist, in comfort, after encounters: approach", "naltrexone 50 mg a day for a week there; ln P"},
       "++--+--0",
       of_drug(&W::calm_week, antagonist, &R::approach)},
      {{"antagonist, in distress: approach", "naltrexone 50 mg, then 24 h without anybody; ln P"},
       "+++0+--0",
       of_drug(&W::apart_day, antagonist, &R::approach)},
      {{"agonist, in comfort: approach", "morphine 30 mg every 4 h, 5 h after the first, there; ln P"},
       "--+0-+00",
       of_drug(&W::calm_first, agonist, &R::approach)},
      {{"agonist, in comfort, after encounters: approach", "morphine 30 mg every 4 h for a week there; ln P"},
       "--++-+00",
       of_drug(&W::calm_week, agonist, &R::approach)},
      {{"agonist, in distress: approach", "morphine 30 mg every 4 h and 24 h without anybody; ln P"},
       "---0-+00",
       of_drug(&W::apart_day, agonist, &R::approach)},
      {{"antagonist, in ordinary company, after encounters: approach",
        "naltrexone 50 mg a day for a week, with quarrels; ln P"},
       "++--+--0",
       of_drug(&W::company_week, antagonist, &R::approach)},
      {{"agonist, in ordinary company, after encounters: approach",
        "morphine 30 mg every 4 h for a week, with quarrels; ln P"},
       "--++-+00",
       of_drug(&W::company_week, agonist, &R::approach)},
      {{"antagonist: connection per contact",
        "naltrexone 50 mg, 5 h later; ln of the rating of a message from the closest person"},
       "-------0",
       of_drug(&W::company_first, antagonist, &R::connection)},
      {{"antagonist: separation distress", "naltrexone 50 mg, then 10 h without anybody; D"},
       "+++00000",
       of_drug(&W::apart_evening, antagonist, &R::distress)},
      {{"agonist: separation distress", "morphine 30 mg every 4 h and 10 h without anybody; D"},
       "---00000",
       of_drug(&W::apart_evening, agonist, &R::distress)},
      {{"antagonist: closeness per contact with a stranger",
        "naltrexone 50 mg, 5 h later; ln of the reward by which closeness grows"},
       "------00",
       of_drug(&W::company_first, antagonist, &R::stranger_reward)},
      {{"antagonist: reward that is not social", "naltrexone 50 mg, 5 h later; ln of its rating"},
       "00.00--0",
       of_drug(&W::company_first, antagonist, &R::other_reward)},
      {{"a week without anybody: approach", "against a week in company; ln P"},
       "+++0+-00",
       of_isolation(&W::isolated_week, &W::company_week_later)},
      {{"4 weeks without anybody: approach", "against four weeks in company; ln P"},
       "+++0+-00",
       of_isolation(&W::isolated_month, &W::company_month)},
      {{"reunion after 4 weeks: approach", "a day after everybody meets again, against company; ln P"},
       "....-..0",
       of_isolation(&W::reunited, &W::company_after)},
      {{"antagonist: learning from rejection",
        "naltrexone 50 mg, 5 h later; fall of ln P that five rejections teach, feelings being as before"},
       "000-0000",
       of_drug(&W::company_first, antagonist, &R::avoidance)},
  };
  return all;
}

std::string arrow(Sign sign) {
  switch (sign) {
    case Sign::up:
      return "↑";
    case Sign::down:
      return "↓";
    case Sign::zero:
      return "0";
    case Sign::silent:
      break;
  }
  return "?";
}

std::string number(const Measured& cell) {
  std::string text = fmt::format("{:+.4f} ±{:.4f}", cell.mean, cell.half_width);
  if (const std::size_t minus = text.find('-'); minus != std::string::npos) text.replace(minus, 1, "−");
  return text;
}

Measured measured(const Values& of_theory, const Values& of_none) {
  const Values zeros(of_theory.size());
  const Values effects = minus(of_theory, of_none);
  const trials::Comparison comparison = trials::paired(effects, zeros);
  return {comparison.difference, 0.5 * (comparison.high - comparison.low)};
}

}  // namespace

const std::vector<SignProbe>& sign_probes() {
  static const std::vector<SignProbe> probes = [] {
    std::vector<SignProbe> list;
    for (const Row& row : rows()) list.push_back(row.probe);
    return list;
  }();
  return probes;
}

std::vector<Sign> expected_signs(const std::string& theory) {
  const auto column = std::find(column_order.begin(), column_order.end(), theory);
  std::vector<Sign> signs(rows().size(), Sign::silent);
  if (column == column_order.end()) return signs;
  for (std::size_t row = 0; row < signs.size(); ++row) {
    const char c = rows()[row].expected[column - column_order.begin()];
    signs[row] = c == '+' ? Sign::up : c == '-' ? Sign::down : c == '0' ? Sign::zero : Sign::silent;
  }
  return signs;
}

Sign Measured::sign() const {
  const double low = mean - half_width;
  const double high = mean + half_width;
  if (low > -equivalence_bound && high < equivalence_bound) return Sign::zero;
  return low > 0.0 ? Sign::up : high < 0.0 ? Sign::down : Sign::silent;
}

SignTable measure_signs(const SignOptions& options) {
  SignTable table;
  table.theories = options.theories;
  if (table.theories.empty()) table.theories.assign(column_order.begin(), column_order.end());
  table.cells.resize(rows().size());
  const auto report = [&](std::size_t done, const std::string& what) {
    if (options.progress)
      options.progress(static_cast<double>(done) / static_cast<double>(table.theories.size() + 1), what);
  };
  report(0, "none");
  const SignWorlds none = sign_worlds("none", options.people);
  for (std::size_t k = 0; k < table.theories.size(); ++k) {
    report(k + 1, table.theories[k]);
    const SignWorlds worlds = sign_worlds(table.theories[k], options.people);
    for (std::size_t row = 0; row < rows().size(); ++row)
      table.cells[row].push_back(measured(rows()[row].effect(worlds), rows()[row].effect(none)));
  }
  return table;
}

Report sign_report(const SignTable& table) {
  Report report;
  report.title = "Signs";
  ReportTable signs{.title = "What moves which way", .columns = {""}, .rows = {}};
  ReportTable agree{.title = "Cells as expected", .columns = {"theory", "as expected", "of", "too noisy"}, .rows = {}};
  signs.columns.insert(signs.columns.end(), table.theories.begin(), table.theories.end());
  for (const Row& row : rows()) signs.rows.push_back({{row.probe.name, std::nullopt}});
  for (std::size_t k = 0; k < table.theories.size(); ++k) {
    const std::vector<Sign> expected = expected_signs(table.theories[k]);
    int as_expected = 0;
    int of = 0;
    int noisy = 0;
    for (std::size_t row = 0; row < rows().size(); ++row) {
      const Measured& cell = table.cells[row][k];
      const bool is_scored = expected[row] != Sign::silent;
      const bool is_as_expected = cell.sign() == expected[row];
      of += is_scored ? 1 : 0;
      as_expected += is_scored && is_as_expected ? 1 : 0;
      noisy += is_scored && cell.sign() == Sign::silent ? 1 : 0;
      const std::string remark = !is_scored       ? " (silent)"
                                 : is_as_expected ? ""
                                                  : fmt::format(" (expected {})", arrow(expected[row]));
      signs.rows[row].push_back({arrow(cell.sign()) + " " + number(cell) + remark, cell.mean});
    }
    agree.rows.push_back({{table.theories[k], std::nullopt},
                          {fmt::format("{}", as_expected), static_cast<double>(as_expected)},
                          {fmt::format("{}", of), static_cast<double>(of)},
                          {fmt::format("{}", noisy), static_cast<double>(noisy)}});
  }
  report.tables = {std::move(signs), std::move(agree)};
  report.notes.push_back(fmt::format(
      "Each cell: what the drug, or isolation, does under the theory minus what it does under none, in the "
      "same people with the same draws; mean over people with its 95 % interval. 0: the interval lies inside "
      "±{}; ?: it neither does so nor leaves 0 out.",
      equivalence_bound));
  for (const Row& row : rows()) report.notes.push_back(row.probe.name + ": " + row.probe.procedure + ".");
  return report;
}

}  // namespace kith::evidence
