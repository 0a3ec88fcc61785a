#include "cli/report_text.hpp"

#include <algorithm>
#include <ostream>
#include <vector>

#include "cli/report_json.hpp"

namespace kith::cli {

namespace {

using Lines = std::vector<std::string>;

constexpr std::size_t gap = 2;  ///< blanks between columns

Lines split_lines(const std::string& text) {
  Lines lines;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

/// One column: its header in lines, its cells, and the width of both.
struct Column {
  Lines header;
  Lines cells;
  std::size_t width = 0;

  std::size_t cell_width() const {
    std::size_t widest = 0;
    for (const std::string& cell : cells) widest = std::max(widest, width_of(cell));
    return widest;
  }
  void set_header(const std::string& text, std::size_t wanted) {
    header = split_lines(wrapped(text, wanted));
    width = cell_width();
    for (const std::string& line : header) width = std::max(width, width_of(line));
  }
};

std::vector<Column> columns_of(const ReportTable& table, std::size_t header_width) {
  std::vector<Column> columns(table.columns.size());
  for (std::size_t c = 0; c < columns.size(); ++c) {
    for (const std::vector<Cell>& row : table.rows) columns[c].cells.push_back(c < row.size() ? row[c].text : "");
    columns[c].set_header(table.columns[c], std::max(header_width, columns[c].cell_width() + 1));
  }
  return columns;
}

std::size_t line_width(const std::vector<Column>& columns) {
  std::size_t total = 0;
  for (const Column& column : columns) total += column.width + gap;
  return total;
}

enum class Side { left, right };

std::string padded(const std::string& text, std::size_t width, Side side) {
  const std::string blanks(width - std::min(width, width_of(text)), ' ');
  return side == Side::left ? text + blanks : blanks + text;
}

void append_line(std::string& text, std::string line) {
  while (!line.empty() && line.back() == ' ') line.pop_back();
  text += line + '\n';
}

/// Prints the first column and the columns [from, to).
void append_block(std::string& text, const std::vector<Column>& columns, std::size_t from, std::size_t to) {
  std::size_t height = columns.front().header.size();
  for (std::size_t c = from; c < to; ++c) height = std::max(height, columns[c].header.size());
  const auto header_line = [&](const Column& column, std::size_t line) {  // headers stand at the bottom
    const std::size_t above = height - column.header.size();
    return line < above ? std::string() : column.header[line - above];
  };
  const std::string margin(gap, ' ');
  for (std::size_t l = 0; l < height; ++l) {
    std::string line = margin + padded(header_line(columns.front(), l), columns.front().width, Side::left);
    for (std::size_t c = from; c < to; ++c)
      line += margin + padded(header_line(columns[c], l), columns[c].width, Side::right);
    append_line(text, std::move(line));
  }
  for (std::size_t r = 0; r < columns.front().cells.size(); ++r) {
    std::string line = margin + padded(columns.front().cells[r], columns.front().width, Side::left);
    for (std::size_t c = from; c < to; ++c) line += margin + padded(columns[c].cells[r], columns[c].width, Side::right);
    append_line(text, std::move(line));
  }
}

}  // namespace

std::string print_table(const ReportTable& table, std::size_t width) {
  std::string text = table.title + '\n';
  if (table.columns.empty()) return text;
  std::vector<Column> columns = columns_of(table, width);
  if (line_width(columns) > width) columns = columns_of(table, 1);
  std::size_t from = std::min<std::size_t>(1, columns.size());
  do {
    std::size_t to = from;
    std::size_t used = gap + columns.front().width;
    while (to < columns.size() && (to == from || used + gap + columns[to].width <= width))
      used += gap + columns[to++].width;
    if (from > 1) text += '\n';
    append_block(text, columns, from, to);
    from = to;
  } while (from < columns.size());
  return text;
}

std::string print_report(const Report& report, const Channel& out) {
  std::string text;
  for (const ReportTable& table : report.tables) {
    ReportTable titled = table;
    titled.title = styled(out, Style::strong, table.title);
    text += '\n' + print_table(titled, out.width);
  }
  if (!report.notes.empty()) text += '\n';
  for (const std::string& note : report.notes) text += "  " + wrapped(note, out.width, 2) + '\n';
  if (!report.warnings.empty()) text += '\n';
  return text + print_warnings(report.warnings, out);
}

std::string print_warnings(const std::vector<std::string>& warnings, const Channel& out) {
  std::string text;
  for (const std::string& warning : warnings)
    text += styled(out, Style::warning, "Warning: ") + wrapped(warning, out.width, 9) + '\n';
  return text;
}

void show(const Report& report, const Channel& out, bool as_json) {
  if (as_json)
    *out.stream << print_json(report) << '\n';
  else
    *out.stream << styled(out, Style::strong, report.title) << '\n' << print_report(report, out);
}

}  // namespace kith::cli
