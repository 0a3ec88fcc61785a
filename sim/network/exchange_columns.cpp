#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unordered_map>

#include "network/exchange_table.hpp"

namespace kith::network {
namespace {

using detail::Delimiter;
using detail::Field;
using detail::Lines;

constexpr std::array<std::string_view, 4> id_names{"id", "person", "node", "name"};  // in lower case

/// The first line's fields are names: the words stand over numbers, or one of them is a usual name of an id.
bool is_header(const std::vector<Field>& first, const std::vector<Field>& second, const ColumnOptions& options) {
  if (detail::words_above_numbers(first, second)) return true;
  return std::any_of(first.begin(), first.end(), [&](const Field& field) {
    return std::find(id_names.begin(), id_names.end(), detail::lower_case(field.text)) != id_names.end() ||
           (!options.id.empty() && field.text == options.id);
  });
}

std::size_t find_id(const detail::Source& source, const ColumnOptions& options, const std::vector<std::string>& names,
                    std::size_t columns) {
  if (!options.id.empty()) return detail::find_column(source, options.id, names, columns, "people.columns.id");
  for (const std::string_view name : id_names) {
    const auto found = std::find_if(names.begin(), names.end(),
                                    [&](const std::string& each) { return detail::lower_case(each) == name; });
    if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  }
  return 0;
}

void refuse_repeated(const detail::Source& source, std::string_view place, const std::string& id, std::size_t before) {
  detail::fail_at(source, place,
                  {fmt::format("\"{}\" has a second row", id), fmt::format("the first is data row {}", before + 1),
                   "keep one of them"});
}

std::string some_of(const std::vector<std::string>& ids) {
  constexpr std::size_t shown = 5;
  const std::vector<std::string> first(ids.begin(),
                                       ids.begin() + static_cast<std::ptrdiff_t>(std::min(shown, ids.size())));
  return fmt::format("{}{}", detail::joined(first, ", "), ids.size() > shown ? ", …" : "");
}

}  // namespace

PersonColumns import_columns(const std::string& path, const ColumnOptions& options) {
  const detail::Source source = detail::load(path);
  Lines lines(source);
  if (!lines.next()) detail::fail(path, {"holds no rows", "it has only comments and blank lines", ""});
  const Delimiter delimiter = detail::guess_delimiter(source, lines.line(), FileFormat::csv);
  std::vector<Field> fields;
  std::vector<Field> second;
  detail::split(source, lines.line(), delimiter, fields);
  const std::size_t columns = fields.size();
  if (columns < 2) {
    detail::fail_at(source, detail::extent(fields),
                    {"only one column", "a table about people has an id and something more",
                     "separate columns with a comma, a semicolon, a tab or blanks"});
  }
  Lines ahead = lines;
  if (ahead.next()) detail::split(source, ahead.line(), delimiter, second);
  const bool header = is_header(fields, second, options);

  std::vector<std::string> names;
  for (std::size_t column = 0; column < columns; ++column) {
    names.push_back(header ? fields[column].unquoted() : fmt::format("{}", column + 1));
  }
  if (!header && !options.names.empty()) {
    if (options.names.size() != columns) {
      detail::fail(path,
                   {fmt::format("{} given", detail::count_of(options.names.size(), "name is", "names are")),
                    fmt::format("the file has {}", detail::count_of(columns, "column", "columns")), "name them all"});
    }
    names = options.names;
  }
  const std::size_t id = find_id(source, options, names, columns);

  PersonColumns table;
  table.file = path;
  for (std::size_t column = 0; column < columns; ++column) {
    if (column != id) table.names.push_back(names[column]);
  }
  table.values.resize(table.names.size());
  std::unordered_map<std::string, std::size_t> seen;
  if (header) lines.go_under_header(delimiter, columns);
  for (bool more = header ? lines.next() : true; more; more = lines.next()) {
    detail::split(source, lines.line(), delimiter, fields);
    if (fields.size() != columns) {
      detail::fail_at(
          source, detail::extent(fields),
          {detail::count_of(fields.size(), "column", "columns"), fmt::format("the first line has {}", columns), ""});
    }
    table.ids.push_back(fields[id].unquoted());
    const auto [entry, fresh] = seen.emplace(table.ids.back(), table.ids.size() - 1);
    if (!fresh) refuse_repeated(source, fields[id].place, table.ids.back(), entry->second);
    std::size_t to = 0;
    for (std::size_t column = 0; column < columns; ++column) {
      if (column != id) table.values[to++].push_back(fields[column].unquoted());
    }
  }
  if (table.ids.empty()) detail::fail(path, {"holds no rows", "only a header", ""});
  if (lines.comments_under_header() > 0) {
    table.warnings.push_back(fmt::format("{}: {} skipped as {} under the header.", path,
                                         detail::count_of(lines.comments_under_header(), "line was", "lines were"),
                                         lines.comments_under_header() == 1 ? "a comment" : "comments"));
  }
  return table;
}

ColumnReport apply_community(Graph& graph, const PersonColumns& columns, const std::string& column) {
  const detail::Source source{columns.file, "", false};
  const auto found = std::find(columns.names.begin(), columns.names.end(), column);
  if (found == columns.names.end()) detail::find_column(source, column, columns.names, 0, "network.community");
  const std::vector<std::string>& values = columns.values[static_cast<std::size_t>(found - columns.names.begin())];

  ColumnReport report;
  std::unordered_map<std::string, PersonId> person_of;
  for (PersonId person = 0; person < graph.people; ++person) {
    person_of.emplace(graph.ids.empty() ? fmt::format("{}", person) : graph.ids[person], person);
  }
  std::vector<const std::string*> value_of(graph.people, nullptr);
  for (std::size_t row = 0; row < columns.ids.size(); ++row) {
    const auto person = person_of.find(columns.ids[row]);
    if (person == person_of.end()) {
      report.without_person.push_back(columns.ids[row]);
      continue;
    }
    value_of[person->second] = &values[row];
    report.names.push_back(values[row]);
    ++report.people;
  }
  if (report.people == 0) {
    detail::fail(columns.file, {"none of its ids is in the network", fmt::format("it has {}", some_of(columns.ids)),
                                "name the id column in people.columns.id"});
  }
  std::sort(report.names.begin(), report.names.end());
  report.names.erase(std::unique(report.names.begin(), report.names.end()), report.names.end());

  graph.community.assign(graph.people, 0);
  auto alone = static_cast<std::uint32_t>(report.names.size());
  for (PersonId person = 0; person < graph.people; ++person) {
    if (value_of[person] == nullptr) {
      report.without_row.push_back(graph.ids.empty() ? fmt::format("{}", person) : graph.ids[person]);
      graph.community[person] = alone++;
      continue;
    }
    const auto at = std::lower_bound(report.names.begin(), report.names.end(), *value_of[person]);
    graph.community[person] = static_cast<std::uint32_t>(at - report.names.begin());
  }
  return report;
}

std::vector<std::string> ColumnReport::lines_for_people() const {
  std::vector<std::string> result;
  result.push_back(fmt::format("{} in {}.", detail::count_of(people, "person is", "people are"),
                               detail::count_of(names.size(), "community", "communities")));
  if (!without_row.empty()) {
    result.push_back(fmt::format("{} no row and {} a community of their own: {}.",
                                 detail::count_of(without_row.size(), "person has", "people have"),
                                 without_row.size() == 1 ? "is" : "are each", some_of(without_row)));
  }
  if (!without_person.empty()) {
    result.push_back(fmt::format("{} nobody in the network: {}.",
                                 detail::count_of(without_person.size(), "row is about", "rows are about"),
                                 some_of(without_person)));
  }
  return result;
}

}  // namespace kith::network
