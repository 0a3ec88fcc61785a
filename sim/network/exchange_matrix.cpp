#include "network/exchange_matrix.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "network/exchange_formats.hpp"

namespace kith::network::detail {
namespace {

/// A cell that is not 0.
struct Entry {
  std::uint32_t row;
  std::uint32_t column;
  float value;
  bool operator==(const Entry&) const = default;
  auto place() const { return std::pair(row, column); }
};

/// The lines of a square of columns, split one at a time: a matrix can be large.
class Square {
 public:
  /// False as soon as the lines form none: O(columns) lines are looked at.
  bool find(const Source& source, const ImportOptions& options) {
    source_ = &source;
    Lines lines(source);
    if (!lines.next()) return false;
    delimiter_ = guess_delimiter(source, lines.line(), options.format);
    do {
      lines_.push_back(lines.line());
      const std::size_t columns = row(lines_.size() - 1).size();
      if (lines_.size() == 1) first_ = columns;
      if (lines_.size() == 2) columns_ = columns;
      // Only the header may lack the corner.
      if (lines_.size() >= 2 && (columns != columns_ || columns_ < first_ || columns_ > first_ + 1)) return false;
      if (lines_.size() > columns + 1) return false;
    } while (lines.next());
    return lines_.size() > 2;
  }
  const std::vector<Field>& row(std::size_t number) {
    split(*source_, lines_[number], delimiter_, fields_);
    return fields_;
  }
  std::size_t rows() const { return lines_.size(); }
  std::size_t columns() const { return columns_; }
  bool has_corner() const { return first_ == columns_; }
  Delimiter delimiter() const { return delimiter_; }

 private:
  const Source* source_ = nullptr;
  Delimiter delimiter_ = Delimiter::blanks;
  std::vector<std::string_view> lines_;
  std::vector<Field> fields_;
  std::size_t first_ = 0;    // columns of the first line
  std::size_t columns_ = 0;  // of the others
};

/// With the names of the same people above and before it.
bool is_named(Square& square, MatrixLayout& layout) {
  if (square.columns() != square.rows()) return false;
  std::vector<std::string> names;
  for (const Field& field : square.row(0)) names.push_back(field.unquoted());
  if (square.has_corner()) names.erase(names.begin());
  for (std::size_t row = 1; row < square.rows(); ++row) {
    const std::vector<Field>& fields = square.row(row);
    if (names[row - 1].empty() || fields[0].unquoted() != names[row - 1]) return false;
    const auto is_number = [](const Field& field) { return field.text.empty() || number_in(field.text).has_value(); };
    if (!std::all_of(fields.begin() + 1, fields.end(), is_number)) return false;
  }
  if (std::set<std::string>(names.begin(), names.end()).size() < names.size())
    return false;  // numbers that happen to agree
  layout.header = layout.row_names = true;
  layout.people = names.size();
  layout.names = std::move(names);
  return true;
}

/// Numbers of ties: nobody is tied to themselves, and they are 0 and 1 only or the same on both sides.
bool look_like_ties(const std::vector<std::vector<double>>& rows) {
  bool is_binary = true;
  bool is_symmetric = true;
  bool has_diagonal = false;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    for (std::size_t column = 0; column < rows.size(); ++column) {
      const double value = rows[row][column];
      is_binary = is_binary && (value == 0.0 || value == 1.0);
      is_symmetric = is_symmetric && value == rows[column][row];
      has_diagonal = has_diagonal || (row == column && value != 0.0);
    }
  }
  return !has_diagonal && (is_binary || is_symmetric);
}

/// Without names, or with those of the rows.
bool is_nameless(Square& square, MatrixLayout& layout) {
  const std::size_t n = square.rows();
  const bool has_names = square.columns() == n + 1;
  if (!square.has_corner() || (square.columns() != n && !has_names)) return false;
  constexpr std::size_t certainly = 10;  // an edge list has no ten columns
  std::vector<std::vector<double>> few;
  for (std::size_t row = 0; row < n; ++row) {
    const std::vector<Field>& fields = square.row(row);
    if (has_names && (fields[0].text.empty() || number_in(fields[0].text))) return false;
    if (has_names) layout.names.push_back(fields[0].unquoted());
    std::vector<double> values;
    for (std::size_t column = has_names ? 1 : 0; column < fields.size(); ++column) {
      const std::optional<double> value = number_in(fields[column].text);
      if (!value) return false;
      values.push_back(*value);
    }
    if (n < certainly) few.push_back(std::move(values));
  }
  layout.row_names = has_names;
  layout.people = n;
  return n >= certainly || look_like_ties(few);
}

std::vector<Entry> read_entries(const Reading& reading, const MatrixLayout& layout) {
  std::vector<Entry> entries;
  Lines lines(reading.source);
  if (layout.header) lines.next();
  std::vector<Field> fields;
  for (std::uint32_t row = 0; row < layout.people && lines.next(); ++row) {
    split(reading.source, lines.line(), layout.delimiter, fields);
    for (std::uint32_t column = 0; column < layout.people; ++column) {
      const Field& field = fields[column + (layout.row_names ? 1 : 0)];
      if (field.text.empty()) continue;
      const float value = read_weight(reading.source, field.text, field.place);
      if (value > 0.0F) entries.push_back({row, column, value});
    }
  }
  lines.next();
  reading.report.lines = lines.read();
  reading.report.comments = lines.comments();
  reading.report.blank_lines = lines.blank();
  return entries;
}

/// Whether every cell equals its mirror.
bool is_symmetric(const std::vector<Entry>& entries) {
  std::vector<Entry> mirrored;
  mirrored.reserve(entries.size());
  for (const Entry& entry : entries) mirrored.push_back({entry.column, entry.row, entry.value});
  std::sort(mirrored.begin(), mirrored.end(), [](const Entry& x, const Entry& y) { return x.place() < y.place(); });
  return mirrored == entries;
}

}  // namespace

std::optional<MatrixLayout> find_matrix(const Source& source, const ImportOptions& options) {
  Square square;
  MatrixLayout layout;
  if (!square.find(source, options)) return std::nullopt;
  layout.delimiter = square.delimiter();
  if (is_named(square, layout) || is_nameless(square, layout)) return layout;
  return std::nullopt;
}

void read_matrix(const Reading& reading) {
  const std::optional<MatrixLayout> layout = find_matrix(reading.source, reading.options);
  if (!layout) {
    fail(reading.source.name,
         {"is no square matrix of ties", "as many rows as columns of numbers, 0 where there is no tie",
          "names may stand above and before it, the same in both"});
  }
  const bool weighted = wants_weight(reading);
  for (std::size_t person = 0; person < layout->people; ++person)
    reading.ids.of_copy(layout->names.empty() ? fmt::format("{}", person + 1) : layout->names[person]);
  if (reading.ids.size() < layout->people)
    fail(reading.source.name, {"two rows have the same name", "a row is a person", "name them apart"});
  const std::vector<Entry> entries = read_entries(reading, *layout);
  ImportReport& report = reading.report;
  const bool symmetric = is_symmetric(entries);
  for (const Entry& entry : entries) {
    if (symmetric && entry.row > entry.column) continue;
    Edge edge;
    edge.a = entry.row;
    edge.b = entry.column;
    if (weighted) edge.weight = entry.value;
    reading.graph.edges.push_back(edge);
  }
  report.header = layout->header;
  report.ties_read = reading.graph.edges.size();
  report.notes.emplace_back(symmetric
                                ? "The matrix is the same on both sides of its diagonal: each pair is a tie."
                                : "The matrix is not symmetric: a pair is tied if one of the two names the other.");
  if (layout->names.empty()) report.notes.emplace_back("The rows have no names: people are called 1, 2, 3, ….");
  const bool has_values = std::any_of(entries.begin(), entries.end(), [](const Entry& e) { return e.value != 1.0F; });
  if (has_values && !weighted && !report.counted)
    report.notes.emplace_back("Not used: the numbers in the matrix; network.weight: weight would use them.");
  constexpr std::size_t a_few = 5;
  const std::size_t loops = static_cast<std::size_t>(
      std::count_if(entries.begin(), entries.end(), [](const Entry& e) { return e.row == e.column; }));
  if (layout->people >= a_few && entries.size() - loops == layout->people * (layout->people - 1)) {
    report.warnings.emplace_back(
        "Everybody is tied to everybody else: is it a matrix of distances or correlations, not of ties?");
  }
}

}  // namespace kith::network::detail
