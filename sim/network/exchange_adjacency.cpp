#include <fmt/format.h>

#include <algorithm>

#include "network/exchange_formats.hpp"
#include "network/exchange_table.hpp"

/// Adjacency lists: a line a person, with all whom they are tied to, as networkx writes them.
namespace kith::network::detail {

bool do_colons_follow_people(const Source& source) {
  Lines lines(source);
  std::vector<Field> fields;
  while (lines.next()) {
    split(source, lines.line(), Delimiter::blanks, fields);
    if (fields[0].text.size() < 2 || fields[0].text.back() != ':') return false;
  }
  return !fields.empty();
}

void read_adjacency(const Reading& reading) {
  const Source& source = reading.source;
  ImportReport& report = reading.report;
  if (!reading.options.weight.empty() && !report.counted) {
    fail(source.name, {fmt::format("there is no column \"{}\"", reading.options.weight),
                       "an adjacency list has people only", "leave network.weight out"});
  }
  Lines lines(source);
  if (!lines.next()) fail(source.name, {"holds no ties", "it has only comments and blank lines", ""});
  const Delimiter delimiter = guess_delimiter(source, lines.line(), reading.options.format);
  report.header = reading.options.header == HeaderLine::yes;
  const bool has_colons = do_colons_follow_people(source);
  std::vector<Field> fields;
  for (bool more = report.header ? lines.next() : true; more; more = lines.next()) {
    split(source, lines.line(), delimiter, fields);
    if (fields[0].text.empty())
      fail_at(source, fields[0].place, {"a person without a name", "the line begins with none", ""});
    if (has_colons) fields[0].text.remove_suffix(1);
    const std::uint32_t person = reading.ids.of_copy(fields[0].unquoted());
    for (std::size_t column = 1; column < fields.size(); ++column) {
      if (fields[column].text.empty()) continue;
      Edge edge;
      edge.a = person;
      edge.b = reading.ids.of_copy(fields[column].unquoted());
      reading.graph.edges.push_back(edge);
    }
  }
  report.lines = lines.read();
  report.comments = lines.comments();
  report.blank_lines = lines.blank();
  report.ties_read = reading.graph.edges.size();
  report.notes.emplace_back("Each line is a person, followed by all whom they are tied to.");
}

}  // namespace kith::network::detail
