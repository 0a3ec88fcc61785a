#include "sweep/points_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <optional>
#include <utility>

#include "core/error.hpp"
#include "core/units.hpp"
#include "core/utf8.hpp"
#include "sweep/design.hpp"

namespace kith::sweep {

namespace {

struct Cell {
  std::string text;
  std::size_t offset = 0;  ///< where it begins in its line [bytes]
  std::size_t width = 1;   ///< [bytes]
};

/// The cells of a line. A quoted one may hold separators, and "" for a quote.
std::vector<Cell> cells_of(const std::string& line, char separator) {
  std::vector<Cell> cells;
  for (std::size_t at = 0; at <= line.size();) {
    Cell cell;
    cell.offset = at;
    bool is_quoted = false;
    for (; at < line.size() && (is_quoted || line[at] != separator); ++at) {
      if (line[at] != '"') {
        cell.text += line[at];
      } else if (is_quoted && at + 1 < line.size() && line[at + 1] == '"') {
        cell.text += line[++at];
      } else {
        is_quoted = !is_quoted;
      }
    }
    cell.width = std::max<std::size_t>(1, at - cell.offset);
    const std::size_t begin = std::min(cell.text.find_first_not_of(' '), cell.text.size());
    cell.text = cell.text.substr(begin, cell.text.find_last_not_of(' ') + 1 - begin);
    cells.push_back(std::move(cell));
    ++at;
  }
  return cells;
}

/// "a, b, c", at most a dozen.
std::string listed(const std::vector<std::string>& names) {
  constexpr std::size_t most = 12;
  std::string text;
  for (std::size_t k = 0; k < std::min(most, names.size()); ++k) text += (k == 0 ? "" : ", ") + names[k];
  return names.size() > most ? text + ", …" : text;
}

char separator_of(const std::string& header) {
  for (const char c : {',', ';', '\t'}) {
    if (header.find(c) != std::string::npos) return c;
  }
  return ',';
}

class Table {
 public:
  Table(std::string path, const std::vector<Factor>& factors, PointsFile& points)
      : path_(std::move(path)), factors_(&factors), points_(&points) {}

  /// False where there is no header.
  bool read_header(std::ifstream& file) {
    if (!next(file)) return false;
    if (line_.starts_with("\xEF\xBB\xBF")) line_.erase(0, 3);
    separator_ = separator_of(line_);
    for (Cell& cell : cells_of(line_, separator_)) names_.push_back(std::move(cell.text));
    return true;
  }

  void find_columns(std::vector<config::Section>& sections) {
    for (std::size_t f = 0; f < factors_->size(); ++f) {
      const std::string& name = (*factors_)[f].column;
      const auto found = std::find(names_.begin(), names_.end(), name);
      places_.push_back(static_cast<std::size_t>(found - names_.begin()));
      if (found != names_.end()) continue;
      const std::string near = nearest(name, names_);
      sections[f].fail(sections[f].has("column") ? "column" : "key",
                       fmt::format("{} has no column \"{}\"", path_, name), "it has " + listed(names_),
                       near.empty() ? "name one of them with column:" : fmt::format("did you mean column: {}?", near));
    }
  }

  void read_rows(std::ifstream& file) {
    while (next(file) && points_->rows.size() <= most_runs) {
      if (line_.find_first_not_of(" \t") != std::string::npos) read_row();
    }
  }

 private:
  bool next(std::ifstream& file) {
    if (!std::getline(file, line_)) return false;
    if (!line_.empty() && line_.back() == '\r') line_.pop_back();
    ++number_;
    return true;
  }

  void read_row() {
    const std::vector<Cell> cells = cells_of(line_, separator_);
    if (cells.size() != names_.size()) {
      note({.text = line_, .offset = 0, .width = line_.size()},
           fmt::format("{} value{} under {} columns", cells.size(), cells.size() == 1 ? "" : "s", names_.size()),
           "each line is a run", "write a value for each column of the first line");
      return;
    }
    std::vector<std::string> row;
    for (std::size_t f = 0; f < factors_->size(); ++f) {
      if (places_[f] == names_.size()) continue;
      row.push_back(value((*factors_)[f], cells[places_[f]]));
    }
    points_->rows.push_back(std::move(row));
  }

  std::string value(const Factor& factor, const Cell& cell) {
    if (cell.text.empty()) {
      note(cell, fmt::format("there is no {}", factor.column), "a run needs a value of every factor",
           "write one, or remove the line");
      return cell.text;
    }
    if (factor.are_words) return cell.text;
    const std::optional<double> number = parse_number(cell.text);
    if (!number) {
      const std::optional<Measured> with_unit = measured(cell.text);
      if (with_unit && (factor.unit.empty() || factor.unit == with_unit->unit)) return cell.text;
      note(cell, fmt::format("\"{}\" is no number", printable(cell.text)),
           with_unit ? fmt::format("the factor is in {}", factor.unit)
                     : "a column holds numbers unless its factor says words: true",
           with_unit ? fmt::format("write it in {}", factor.unit) : "write a number, or words: true in the factor");
      return cell.text;
    }
    const std::string text = factor.is_whole ? fmt::format("{}", std::round(*number)) : cell.text;
    return factor.unit.empty() ? text : text + " " + factor.unit;
  }

  void note(const Cell& cell, const std::string& problem, const std::string& why, const std::string& suggestion) {
    constexpr std::size_t most = 100;
    if (points_->mistakes.size() >= most) return;
    config::Mistake mistake = config::mistake_in(path_, number_, line_, cell.offset, cell.width);
    mistake.problem = problem;
    mistake.why = why;
    mistake.suggestion = suggestion;
    points_->mistakes.push_back(std::move(mistake));
  }

  std::string path_;
  const std::vector<Factor>* factors_;
  PointsFile* points_;
  std::string line_;
  int number_ = 0;
  char separator_ = ',';
  std::vector<std::string> names_;
  std::vector<std::size_t> places_;  ///< column of each factor
};

}  // namespace

PointsFile read_points(const std::string& path, const std::vector<Factor>& factors,
                       std::vector<config::Section>& sections) {
  PointsFile points;
  std::ifstream file(path, std::ios::binary);
  Table table(path, factors, points);
  if (!file || !table.read_header(file)) {
    points.mistakes.push_back({.file = path,
                               .problem = file.is_open() ? path + " is empty" : path + " cannot be opened",
                               .why = "the first line names the columns, each further line is a run",
                               .suggestion = file.is_open() ? "write them into it" : "name a table that is there"});
    return points;
  }
  table.find_columns(sections);
  table.read_rows(file);
  if (points.rows.empty() && points.mistakes.empty())
    points.mistakes.push_back({.file = path,
                               .problem = path + " holds no run",
                               .why = "each line below the first is one",
                               .suggestion = "add some"});
  return points;
}

}  // namespace kith::sweep
