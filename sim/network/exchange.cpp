#include "network/exchange.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <initializer_list>

#include "network/exchange_formats.hpp"
#include "network/exchange_table.hpp"

namespace kith::network {

namespace {

using detail::count_of;

bool ends_with_any(std::string_view name, std::initializer_list<std::string_view> endings) {
  for (const std::string_view ending : endings) {
    if (name.ends_with(ending)) return true;
  }
  return false;
}

std::string_view name_of(FileFormat format) {
  constexpr std::array<std::string_view, 10> names{"unknown",        "edge list",    "CSV", "GraphML",
                                                   "METIS",          "Pajek",        "GML", "Matrix Market",
                                                   "adjacency list", "square matrix"};
  return names[static_cast<std::size_t>(format)];
}

/// By the first words, then by the name (METIS cannot be told from an edge list by its text), then by the shape.
FileFormat guess_format(const detail::Source& source, const ImportOptions& options) {
  const FileFormat by_words = detail::format_by_first_words(source);
  if (by_words != FileFormat::guess) return by_words;
  std::string name = detail::lower_case(std::filesystem::path(source.name).filename().string());
  if (name.ends_with(".gz")) name.resize(name.size() - 3);
  if (ends_with_any(name, {".graphml", ".xml"})) return FileFormat::graphml;
  if (ends_with_any(name, {".metis", ".graph"})) return FileFormat::metis;
  if (name.ends_with(".adjlist")) return FileFormat::adjacency_list;
  const bool are_columns_named = !options.from.empty() || !options.to.empty() || !options.time.empty();
  if (!are_columns_named) {
    const FileFormat by_shape = detail::format_by_shape(source, options);
    if (by_shape != FileFormat::guess) return by_shape;
  }
  return ends_with_any(name, {".csv", ".tsv"}) ? FileFormat::csv : FileFormat::edge_list;
}

/// A format that the user names must not be contradicted by the first words.
void check_format(const detail::Source& source, FileFormat told) {
  const bool is_table = told == FileFormat::edge_list || told == FileFormat::csv ||
                        told == FileFormat::adjacency_list || told == FileFormat::matrix;
  const FileFormat by_words = detail::format_by_first_words(source);
  if (by_words == told || by_words == FileFormat::guess) {
    const bool has_first_words =
        told == FileFormat::pajek || told == FileFormat::gml || told == FileFormat::matrix_market;
    if (by_words == FileFormat::guess && has_first_words)
      detail::fail(source.name, {fmt::format("is no {} file", name_of(told)), "it does not begin like one",
                                 "leave network.format out"});
    return;
  }
  if (!is_table && told == FileFormat::graphml) return;  // its reader says what is wrong
  detail::fail(source.name, {fmt::format("is a {} file", name_of(by_words)),
                             fmt::format("network.format says {}", name_of(told)), "leave network.format out"});
}

/// Only tables have columns that can be named.
void check_columns_named(const detail::Source& source, const ImportOptions& options, FileFormat format) {
  if (format == FileFormat::edge_list || format == FileFormat::csv) return;
  const bool has_header = format == FileFormat::adjacency_list;
  const std::string_view key = !options.from.empty()                                ? "from"
                               : !options.to.empty()                                ? "to"
                               : !options.time.empty()                              ? "time"
                               : options.header != HeaderLine::guess && !has_header ? "header"
                                                                                    : "";
  if (key.empty()) return;
  detail::fail(source.name, {fmt::format("network.{} says where a table has what", key),
                             fmt::format("the file is {}", name_of(format)), "leave it out"});
}

void read(const detail::Reading& reading) {
  switch (reading.options.format) {
    case FileFormat::graphml:
      return detail::read_graphml(reading);
    case FileFormat::metis:
      return detail::read_metis(reading);
    case FileFormat::pajek:
      return detail::read_pajek(reading);
    case FileFormat::gml:
      return detail::read_gml(reading);
    case FileFormat::matrix_market:
      return detail::read_matrix_market(reading);
    case FileFormat::adjacency_list:
      return detail::read_adjacency(reading);
    case FileFormat::matrix:
      return detail::read_matrix(reading);
    case FileFormat::guess:
    case FileFormat::edge_list:
    case FileFormat::csv:
      return detail::read_table(reading);
  }
}

/// Adds those of a table about people whom the network does not name, if it names any of them.
void add_people(detail::IdTable& ids, std::vector<std::uint32_t>& communities, const std::vector<std::string>& people,
                ImportReport& report) {
  const std::size_t before = ids.size();
  std::vector<const std::string*> unknown;
  for (const std::string& id : people)
    if (!ids.contains(id)) unknown.push_back(&id);
  if (unknown.size() == people.size()) return;
  for (const std::string* id : unknown) ids.of_copy(*id);
  report.from_table = ids.size() - before;
  if (communities.empty()) return;
  std::uint32_t next = *std::max_element(communities.begin(), communities.end());
  while (communities.size() < ids.size()) communities.push_back(++next);  // each one of their own
}

}  // namespace

Graph import_file(const std::string& path, const ImportOptions& options, ImportReport& report) {
  report = {};
  report.file = path;
  detail::Source source = detail::load(path);
  report.gzip = source.gzip;
  ImportOptions settled = options;
  const bool is_told = options.format != FileFormat::guess;
  if (is_told) check_format(source, options.format);
  if (!is_told) settled.format = guess_format(source, options);
  check_columns_named(source, options, settled.format);
  report.format = settled.format;
  const bool is_table = settled.format == FileFormat::edge_list || settled.format == FileFormat::csv;
  // In a table and in GraphML something may be called "count".
  report.counted = options.weight == "count" && !is_table && settled.format != FileFormat::graphml;

  Graph graph;
  detail::IdTable ids;
  const detail::Reading reading{source, settled, graph, ids, report, is_told};
  read(reading);
  if (report.counted && !is_table)
    for (Edge& edge : graph.edges) edge.weight = 1.0F;
  detail::judge_ties(reading);
  add_people(ids, graph.community, options.people, report);
  detail::finish(graph, ids, report);
  if (graph.edges.empty()) {
    detail::fail(path, {"holds no ties between two different people",
                        fmt::format("{} read, {} of them from a person to themselves",
                                    count_of(report.ties_read, "tie", "ties"), report.self_loops),
                        "is it the right file?"});
  }
  if (options.format == FileFormat::csv && report.format == FileFormat::edge_list) {
    report.notes.emplace_back("Read as an edge list: its columns are separated by blanks.");
  }
  return graph;
}

std::vector<std::string> ImportReport::lines_for_people() const {
  std::vector<std::string> result;
  const auto say = [&](std::string sentence) { result.push_back(std::move(sentence)); };
  say(fmt::format("Read {} between {} from {} ({}{}).", count_of(ties, "tie", "ties"),
                  count_of(people, "person", "people"), file, name_of(format), gzip ? ", gzip" : ""));
  say(fmt::format("{} in the file: {} with a tie.", count_of(lines, "line", "lines"), ties_read));
  if (format != FileFormat::edge_list && format != FileFormat::csv) {
    result.back() =
        fmt::format("{} in the file, {} named.", count_of(lines, "line", "lines"), count_of(ties_read, "tie", "ties"));
  }
  if (header) say("The first line is a header.");
  if (comments > 0) say(fmt::format("{} skipped.", count_of(comments, "comment", "comments")));
  if (blank_lines > 0) say(fmt::format("{} skipped.", count_of(blank_lines, "blank line", "blank lines")));
  if (self_loops > 0) {
    say(fmt::format("{} dropped: nobody is tied to themselves.", count_of(self_loops, "self-loop", "self-loops")));
  }
  if (repeats > 0) {
    say(fmt::format("{} merged: the same pair again, in either direction{}.", count_of(repeats, "repeat", "repeats"),
                    counted          ? "; they count"
                    : weight.empty() ? ""
                                     : "; weights are added"));
  }
  if (isolated > 0) say(fmt::format("{} no tie.", count_of(isolated, "person has", "people have")));
  if (from_table > 0) {
    say(fmt::format("{} only in the table about people: nobody is tied to them.",
                    count_of(from_table, "person stands", "people stand")));
  }
  if (counted) say("The weight of a tie is the number of its contacts.");
  if (!weight.empty()) say(fmt::format("Weights come from \"{}\".", weight));
  if (zero_weights > 0) say(fmt::format("{} weight 0; kept.", count_of(zero_weights, "tie has", "ties have")));
  if (ids_renumbered) {
    say(fmt::format("The ids are not 0 to {}; people are numbered in their order, and the ids are kept for output.",
                    people - 1));
  }
  result.insert(result.end(), notes.begin(), notes.end());
  return result;
}

}  // namespace kith::network
