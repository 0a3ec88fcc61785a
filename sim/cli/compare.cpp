#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <ostream>

#include "cli/cli.hpp"
#include "cli/comparable.hpp"
#include "cli/figures_of.hpp"
#include "cli/options.hpp"
#include "cli/page_parts.hpp"
#include "cli/provenance.hpp"
#include "cli/report_json.hpp"
#include "cli/report_text.hpp"
#include "config/flat.hpp"
#include "core/shell.hpp"
#include "core/units.hpp"
#include "figures/two_runs.hpp"
#include "io/result_file.hpp"
#include "io/values.hpp"

namespace kith::cli {

namespace {

using Names = std::vector<std::string>;

struct Request {
  std::string a;
  std::string b;
  std::string group = "all";
  std::optional<std::string> day = {};  // "20", or "10..20"
  std::optional<std::string> page = {};
  bool is_paired = false;
  bool wants_json = false;
  bool force = false;
};

/// A result and where it came from.
struct Side {
  std::string path;
  io::ResultFile file;
  Leaves leaves;

  explicit Side(const std::string& name) : path(name), file(name) {
    if (file.state() != io::FileState::complete) {
      throw Error(ErrorKind::usage, fmt::format("{} is not complete: kith info {} tells why; only whole runs compare",
                                                path, shell_quoted(path)));
    }
    for (const std::string& table : file.tables()) {
      if (table == "effects" || table == "population") file.check(table);
    }
    for (const auto& [text_name, text] : file.provenance()) {
      if (text_name == "scenario_resolved") leaves = config::leaves(text);
    }
    if (leaves.empty())
      throw Error(ErrorKind::usage, path + " does not hold its scenario, so nothing says what differs");
  }
};

std::string listed(const Names& keys) {
  constexpr std::size_t most = 12;
  std::string text;
  for (std::size_t i = 0; i < std::min(most, keys.size()); ++i) text += (i == 0 ? "" : ", ") + keys[i];
  return keys.size() > most ? fmt::format("{} and {} more", text, keys.size() - most) : text;
}

ScenarioDifference checked_difference(const Request& request, const Side& a, const Side& b) {
  ScenarioDifference found = difference(a.leaves, b.leaves);
  if (!found.only_a.empty() || !found.only_b.empty()) {
    std::string text = "the runs cannot be compared: their scenarios have different keys";
    if (!found.only_a.empty()) text += fmt::format("\n  only in {}: {}", a.path, listed(found.only_a));
    if (!found.only_b.empty()) text += fmt::format("\n  only in {}: {}", b.path, listed(found.only_b));
    throw Error(ErrorKind::usage, text);
  }
  const Names against = keys_against_pairing(found);
  if (request.is_paired && !against.empty()) {
    throw Error(ErrorKind::usage,
                fmt::format("the runs cannot be paired: they differ in {}\n  pairs are the same people with the same "
                            "chance; leave --paired out, or run both with the same values",
                            listed(against)));
  }
  return found;
}

/// Numbers of a variable along its replicates, at one place of the other dimensions.
class Column {
 public:
  Column(const io::ResultFile& file, const std::string& table, const std::string& variable)
      : values_(io::as_doubles(file.read(table, variable))) {
    for (const io::StoredVariable& stored : file.layout(table).variables()) {
      if (stored.variable.name == variable) sizes_ = file.shape(table).of(stored);
    }
  }
  std::vector<double> along_replicates(const std::vector<std::size_t>& place) const {
    std::vector<double> result;
    for (std::size_t replicate = 0; replicate < sizes_[0]; ++replicate) {
      std::size_t index = replicate;
      for (std::size_t d = 0; d < place.size(); ++d) index = index * sizes_[d + 1] + place[d];
      result.push_back(values_[index]);
    }
    return result;
  }

 private:
  std::vector<double> values_;
  io::Sizes sizes_;
};

Names words(const io::ResultFile& file, const std::string& table, std::size_t dimension) {
  return std::get<Names>(file.shape(table).coordinates[dimension]);
}

std::size_t find(const Names& names, const std::string& name) {
  return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
}

bool has_table(const io::ResultFile& file, const std::string& table) {
  const Names tables = file.tables();
  return find(tables, table) < tables.size();
}

/// "−0.14"; "–" for a missing number.
Cell number(double value) {
  if (!std::isfinite(value)) return {"–", std::nullopt};
  std::string text = fmt::format("{:.4g}", value);
  if (text[0] == '-') text.replace(0, 1, "−");
  return {text, value};
}

class Comparison {
 public:
  Comparison(const Session& session, const Request& request, const Side& a, const Side& b)
      : session_(session), request_(request), a_(a), b_(b) {}

  /// Means of people over replicates: at the end, on a day, or over some.
  ReportTable population() const {
    const Window when = window();
    ReportTable table = empty_table("population " + when.text);
    const std::vector<std::size_t> group_a = group_of(a_);
    const std::vector<std::size_t> group_b = group_of(b_);
    if (!group_a.empty()) table.title += ", group " + request_.group;
    Names wanted{"replicate", "time", "group"};
    wanted.resize(group_a.size() + 2);
    for (const Variable& variable : a_.file.spec("population").variables) {
      if (variable.dimensions != wanted || variable.name.ends_with("_sd")) continue;
      add_row(table, variable.name, over_window(a_, variable.name, rows_of(a_, when), group_a),
              over_window(b_, variable.name, rows_of(b_, when), group_b));
    }
    return table;
  }

  /// What the virtual studies found, for the measures and contrasts that both have.
  std::vector<ReportTable> effects() const {
    std::vector<ReportTable> tables;
    const Names measures_b = words(b_.file, "effects", 1);
    const Names contrasts_b = words(b_.file, "effects", 2);
    const Names measures = words(a_.file, "effects", 1);
    const Names contrasts = words(a_.file, "effects", 2);
    for (std::size_t c = 0; c < contrasts.size(); ++c) {
      const std::size_t other_c = find(contrasts_b, contrasts[c]);
      if (other_c == contrasts_b.size()) continue;
      ReportTable table = empty_table(contrasts[c]);
      for (const char* variable : {"difference", "adjusted", "g", "own"}) {
        const Column in_a(a_.file, "effects", variable);
        const Column in_b(b_.file, "effects", variable);
        for (std::size_t m = 0; m < measures.size(); ++m) {
          const std::size_t other_m = find(measures_b, measures[m]);
          if (other_m == measures_b.size()) continue;
          const std::vector<double> found_a = in_a.along_replicates({m, c});
          const std::vector<double> found_b = in_b.along_replicates({other_m, other_c});
          const auto is_there = [](const std::vector<double>& found) {
            return std::any_of(found.begin(), found.end(), [](double value) { return std::isfinite(value); });
          };
          if (is_there(found_a) || is_there(found_b)) add_row(table, measures[m] + ": " + variable, found_a, found_b);
        }
      }
      tables.push_back(std::move(table));
    }
    return tables;
  }

 private:
  /// Which rows are meant; times [h] after the start.
  struct Window {
    std::optional<double> from, to;  // the last row if empty
    std::string text;
  };

  Window window() const {
    if (!request_.day) return {{}, {}, "at the end"};
    const std::string& text = *request_.day;
    const std::size_t dots = std::min(text.find(".."), text.size());
    const std::optional<double> first = parse_number(text.substr(0, dots));
    const std::optional<double> last = dots == text.size() ? first : parse_number(text.substr(dots + 2));
    if (!first || !last || *first < 0.0 || *first > *last) {
      throw Error(ErrorKind::usage,
                  fmt::format("--day {} is no day and no range of days\n  write --day 20 for the state "
                              "20 days after the start, or --day 10..20 for the mean of those days",
                              text));
    }
    return {
        24.0 * *first, 24.0 * *last,
        first == last ? fmt::format("after {:g} d", *first) : fmt::format("mean from {:g} to {:g} d", *first, *last)};
  }

  /// Places of the rows in a window: those within it; of a single time the last one up to it.
  static std::vector<std::size_t> rows_of(const Side& side, const Window& when) {
    const std::vector<double> times = io::as_doubles(side.file.shape("population").coordinates[1]);
    if (!when.from) return {times.size() - 1};
    std::vector<std::size_t> rows;
    for (std::size_t row = 0; row < times.size(); ++row) {
      if (times[row] > *when.to) break;
      if (*when.from == *when.to) rows.clear();
      if (times[row] >= *when.from || *when.from == *when.to) rows.push_back(row);
    }
    const bool is_after_all = !times.empty() && *when.from > times.back();
    if (rows.empty() || is_after_all) {
      throw Error(ErrorKind::usage, fmt::format("{} has no row of its population {}: its rows go from {:g} to {:g} d",
                                                side.path, when.text, times.empty() ? 0.0 : times.front() / 24.0,
                                                times.empty() ? 0.0 : times.back() / 24.0));
    }
    return rows;
  }

  /// Mean over rows for each replicate; rows without a number are passed over.
  static std::vector<double> over_window(const Side& side, const std::string& variable,
                                         const std::vector<std::size_t>& rows, const std::vector<std::size_t>& group) {
    const Column column(side.file, "population", variable);
    std::vector<double> totals;
    std::vector<double> counts;
    for (const std::size_t row : rows) {
      std::vector<std::size_t> place{row};
      place.insert(place.end(), group.begin(), group.end());
      const std::vector<double> values = column.along_replicates(place);
      totals.resize(values.size());
      counts.resize(values.size());
      for (std::size_t r = 0; r < values.size(); ++r) {
        if (std::isnan(values[r])) continue;
        totals[r] += values[r];
        counts[r] += 1.0;
      }
    }
    for (std::size_t r = 0; r < totals.size(); ++r) totals[r] /= counts[r];  // 0/0: no number
    return totals;
  }

  /// Place of the group where there are groups.
  std::vector<std::size_t> group_of(const Side& side) const {
    const auto& dimensions = side.file.spec("population").dimensions;
    for (std::size_t d = 0; d < dimensions.size(); ++d) {
      if (dimensions[d].name != "group") continue;
      const Names groups = words(side.file, "population", d);
      const std::size_t place = find(groups, request_.group);
      if (place == groups.size()) {
        throw Error(ErrorKind::usage, fmt::format("there is no group \"{}\" in {}\n  there are: {}", request_.group,
                                                  side.path, listed(groups)));
      }
      return {place};
    }
    return {};
  }

  ReportTable empty_table(const std::string& title) const {
    ReportTable table{title, {"", "A", "B", "B − A", "95 % CI", "p"}, {}};
    if (request_.is_paired) table.columns.emplace_back("variance reduction");
    return table;
  }

  void add_row(ReportTable& table, const std::string& name, const std::vector<double>& a,
               const std::vector<double>& b) const {
    const Contrast c = session_.application.contrast(a, b, request_.is_paired ? Pairing::paired : Pairing::unpaired);
    if (!std::isfinite(c.mean_a) && !std::isfinite(c.mean_b)) return;
    const bool has_interval = std::isfinite(c.low);
    table.rows.push_back(
        {{name, std::nullopt},
         number(c.mean_a),
         number(c.mean_b),
         c.low == 0.0 && c.high == 0.0 ? Cell{"0 exactly", 0.0} : number(c.difference),
         has_interval ? Cell{fmt::format("[{}, {}]", number(c.low).text, number(c.high).text), {}, c.low, c.high}
                      : Cell{"–"},
         c.p < 0.001 ? Cell{"<0.001", c.p} : number(c.p)});
    if (!request_.is_paired) return;
    Cell reduction = number(c.variance_reduction);
    if (reduction.value) reduction.text = "× " + reduction.text;
    table.rows.back().push_back(reduction);
  }

  const Session& session_;
  const Request& request_;
  const Side& a_;
  const Side& b_;
};

std::string or_nothing(const std::optional<std::string>& value) { return value ? *value : "(not there)"; }

Report report_of(const Session& session, const Request& request, const Side& a, const Side& b,
                 const ScenarioDifference& found) {
  Report report;
  report.title = fmt::format("{} (A) and {} (B)", a.path, b.path);
  ReportTable changed{"what differs", {"", "A", "B"}, {}};
  for (const ChangedKey& key : found.changed)
    changed.rows.push_back({{key.key, {}}, {or_nothing(key.a), {}}, {or_nothing(key.b), {}}});
  if (changed.rows.empty()) report.notes.emplace_back("The scenarios do not differ.");
  if (!changed.rows.empty()) report.tables.push_back(std::move(changed));
  const Comparison comparison(session, request, a, b);
  const auto both_have = [&](const char* table) { return has_table(a.file, table) && has_table(b.file, table); };
  if (both_have("effects")) {
    for (ReportTable& table : comparison.effects()) report.tables.push_back(std::move(table));
  }
  if (both_have("population")) report.tables.push_back(comparison.population());
  if (request.is_paired) {
    report.notes.emplace_back(
        "Over replicates, each with itself: paired t-test. Variance reduction: variance of the unpaired difference "
        "over "
        "that of the paired one; so many times the replicates would be needed without pairs.");
  } else {
    report.notes.emplace_back("Over replicates, unpaired: Welch's t-test.");
    if (keys_against_pairing(found).empty())
      report.notes.emplace_back(
          "Both runs share seed, people and network: --paired compares replicate with replicate.");
  }
  return report;
}

/// The same as a page, with the curves of both.
figures::Page page_of(const Session& session, const Request& request, const Side& a, const Side& b,
                      const Report& report) {
  figures::Page page;
  page.title = report.title;
  page.subtitle = fmt::format("A: {} · B: {}", a.file.attribute("title"), b.file.attribute("title"));
  page.export_command = "kith export " + shell_quoted(a.path);
  figures::PagePart found{.id = "found", .title = "What differs"};
  found.tables = report.tables;
  found.notes = report.notes;
  figures::PagePart drawn{.id = "figures", .title = "Both over time"};
  for (const figures::Definition& definition : session.application.figures()) {
    if (definition.kind != figures::Kind::over_time) continue;
    figures::Drawn figure = figures::draw_two_runs(a.file, b.file, definition, request.group, mean_of(session));
    if (figure.figure) drawn.figures.push_back(std::move(*figure.figure));
  }
  if (drawn.figures.empty()) drawn.paragraphs.emplace_back("There is nothing that both results have over time.");
  figures::PagePart origin{.id = "origin", .title = "How to see it again"};
  origin.facts = {{"A", fmt::format("{}, fingerprint {}", a.path, a.file.attribute("fingerprint"))},
                  {"B", fmt::format("{}, fingerprint {}", b.path, b.file.attribute("fingerprint"))}};
  for (const Side* side : {&a, &b})
    origin.texts.emplace_back(fmt::format("The command that made {}:", side == &a ? "A" : "B"),
                              kept_text(side->file, "command_line"));
  origin.texts.emplace_back("The command that made this page:", shell_command(session.arguments));
  page.parts = {std::move(found), std::move(drawn), std::move(origin)};
  return page;
}

bool parse(Request& request, const Session& session, const Words& words) {
  Options options(
      {.command = "compare",
       .summary = "Compares two runs whose scenarios have the same keys: B minus A, over replicates.",
       .examples = {{"kith run first-steps -o a.h5 --force && kith run first-steps --theory none -o b.h5 --force "
                     "&& kith compare a.h5 b.h5 --paired",
                     "the same people and chance under two theories"},
                    {"kith run first-steps -o a.h5 --force && kith run first-steps --seed 2 -o b.h5 --force "
                     "&& kith compare a.h5 b.h5 --report ab.html --force",
                     "the same as a page, with the curves of both"}}});
  std::optional<std::string> group;
  options.argument(request.a, "A.h5", "A result.", Options::Need::required);
  options.argument(request.b, "B.h5", "Another result.", Options::Need::required);
  options.flag(request.is_paired, "--paired", "Replicate against replicate; needs the same seed, people and network.");
  options.option(group, "--group", "GROUP", "Which group of people to compare; \"all\" is the default.");
  options.option(request.day, "--day", "D",
                 "Compare the population after D days, or over a range of them (10..20), not at the end.");
  options.option(request.page, "--report", "FILE", "Also write a page with the tables and the curves of both.");
  options.flag(request.force, "--force", "Replace the file of --report when it exists.");
  options.flag(request.wants_json, "--json", "Print one JSON object instead of tables.");
  if (!options.parse(words, session.console.out)) return false;
  if (group) request.group = *group;
  return true;
}

}  // namespace

ExitCode compare_runs(const Session& session, const Words& words) {
  Request request;
  if (!parse(request, session, words)) return ExitCode::done;
  const Side a(request.a);
  const Side b(request.b);
  const Report report = report_of(session, request, a, b, checked_difference(request, a, b));
  if (request.page) {
    std::vector<std::string> inputs = a.file.files();
    inputs.insert(inputs.end(), b.file.files().begin(), b.file.files().end());
    write_page(session, page_of(session, request, a, b, report), *request.page,
               request.force ? Existing::replace : Existing::keep, inputs);
  }
  std::ostream& out = *session.console.out.stream;
  if (request.wants_json) {
    out << print_json(report) << '\n';
  } else {
    out << styled(session.console.out, Style::strong, report.title) << '\n'
        << print_report(report, session.console.out);
  }
  return ExitCode::done;
}

}  // namespace kith::cli
