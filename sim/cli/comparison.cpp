#include "cli/comparison.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "config/flat.hpp"
#include "core/shell.hpp"
#include "core/units.hpp"
#include "io/values.hpp"

namespace kith::cli {

namespace {

using Names = std::vector<std::string>;

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

bool has_number(const std::vector<double>& values) {
  return std::any_of(values.begin(), values.end(), [](double value) { return std::isfinite(value); });
}

/// "−0.14"; "–" for a missing number.
Cell number(double value) {
  if (!std::isfinite(value)) return {"–", std::nullopt};
  std::string text = fmt::format("{:.4g}", value);
  if (text[0] == '-') text.replace(0, 1, "−");
  return {text, value};
}

/// Mean over rows for each replicate; rows without a number are passed over.
std::vector<double> over_rows(const ComparedResult& side, const std::string& variable,
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

}  // namespace

ComparedResult::ComparedResult(const std::string& name) : path(name), file(name) {
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
  if (leaves.empty()) throw Error(ErrorKind::usage, path + " does not hold its scenario, so nothing says what differs");
}

std::string listed(const Names& names) {
  constexpr std::size_t most = 12;
  std::string text;
  for (std::size_t i = 0; i < std::min(most, names.size()); ++i) text += (i == 0 ? "" : ", ") + names[i];
  return names.size() > most ? fmt::format("{} and {} more", text, names.size() - most) : text;
}

ReportTable Comparison::population() const {
  const Window when = window();
  ReportTable table = empty_table("population " + when.text);
  const std::vector<std::size_t> group_a = group_of(a_);
  const std::vector<std::size_t> group_b = group_of(b_);
  if (!group_a.empty()) table.title += ", group " + part_.group;
  Names wanted{"replicate", "time", "group"};
  wanted.resize(group_a.size() + 2);
  for (const Variable& variable : a_.file.spec("population").variables) {
    if (variable.dimensions != wanted || variable.name.ends_with("_sd")) continue;
    add_row(table, variable.name, over_rows(a_, variable.name, rows_of(a_, when), group_a),
            over_rows(b_, variable.name, rows_of(b_, when), group_b));
  }
  return table;
}

std::vector<ReportTable> Comparison::effects() const {
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
        if (has_number(found_a) || has_number(found_b)) add_row(table, measures[m] + ": " + variable, found_a, found_b);
      }
    }
    tables.push_back(std::move(table));
  }
  return tables;
}

Comparison::Window Comparison::window() const {
  if (!part_.day) return {{}, {}, "at the end"};
  const std::string& text = *part_.day;
  const std::size_t dots = std::min(text.find(".."), text.size());
  const std::optional<double> first = parse_number(text.substr(0, dots));
  const std::optional<double> last = dots == text.size() ? first : parse_number(text.substr(dots + 2));
  if (!first || !last || *first < 0.0 || *first > *last) {
    throw Error(ErrorKind::usage, fmt::format("--day {} is no day and no range of days\n  write --day 20 for the state "
                                              "20 days after the start, or --day 10..20 for the mean of those days",
                                              text));
  }
  return {24.0 * *first, 24.0 * *last,
          first == last ? fmt::format("after {:g} d", *first) : fmt::format("mean from {:g} to {:g} d", *first, *last)};
}

/// Places of the rows in a window: those within it; of a single time the last one up to it.
std::vector<std::size_t> Comparison::rows_of(const ComparedResult& side, const Window& when) {
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
    throw Error(ErrorKind::usage,
                fmt::format("{} has no row of its population {}: its rows go from {:g} to {:g} d", side.path, when.text,
                            times.empty() ? 0.0 : times.front() / 24.0, times.empty() ? 0.0 : times.back() / 24.0));
  }
  return rows;
}

/// Place of the group where there are groups.
std::vector<std::size_t> Comparison::group_of(const ComparedResult& side) const {
  const auto& dimensions = side.file.spec("population").dimensions;
  for (std::size_t d = 0; d < dimensions.size(); ++d) {
    if (dimensions[d].name != "group") continue;
    const Names groups = words(side.file, "population", d);
    const std::size_t place = find(groups, part_.group);
    if (place == groups.size()) {
      throw Error(ErrorKind::usage, fmt::format("there is no group \"{}\" in {}\n  there are: {}", part_.group,
                                                side.path, listed(groups)));
    }
    return {place};
  }
  return {};
}

ReportTable Comparison::empty_table(const std::string& title) const {
  ReportTable table{title, {"", "A", "B", "B − A", "95 % CI", "p"}, {}};
  if (part_.is_paired) table.columns.emplace_back("variance reduction");
  return table;
}

void Comparison::add_row(ReportTable& table, const std::string& name, const std::vector<double>& a,
                         const std::vector<double>& b) const {
  const Contrast c = session_.application.contrast(a, b, part_.is_paired ? Pairing::paired : Pairing::unpaired);
  if (!std::isfinite(c.mean_a) && !std::isfinite(c.mean_b)) return;
  const bool has_interval = std::isfinite(c.low);
  table.rows.push_back({{name, std::nullopt},
                        number(c.mean_a),
                        number(c.mean_b),
                        c.low == 0.0 && c.high == 0.0 ? Cell{"0 exactly", 0.0} : number(c.difference),
                        has_interval
                            ? Cell{fmt::format("[{}, {}]", number(c.low).text, number(c.high).text), {}, c.low, c.high}
                            : Cell{"–"},
                        c.p < 0.001 ? Cell{"<0.001", c.p} : number(c.p)});
  if (!part_.is_paired) return;
  Cell reduction = number(c.variance_reduction);
  if (reduction.value) reduction.text = "× " + reduction.text;
  table.rows.back().push_back(reduction);
}

}  // namespace kith::cli
