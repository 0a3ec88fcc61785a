#include "network/exchange.hpp"

#include <fmt/format.h>

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

/// By the name, then by the first bytes. METIS cannot be told from an edge list by its text, so only by its name.
FileFormat guess_format(const detail::Source& source) {
  std::string name = std::filesystem::path(source.name).filename().string();
  for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  if (name.ends_with(".gz")) name.resize(name.size() - 3);
  if (ends_with_any(name, {".graphml", ".xml"})) return FileFormat::graphml;
  if (ends_with_any(name, {".metis", ".graph"})) return FileFormat::metis;
  if (ends_with_any(name, {".csv", ".tsv"})) return FileFormat::csv;
  const std::size_t first = source.text.find_first_not_of(" \t\r\n");
  if (first != std::string::npos && source.text[first] == '<') return FileFormat::graphml;
  return FileFormat::edge_list;
}

std::string_view name_of(FileFormat format) {
  constexpr std::array<std::string_view, 5> names{"unknown", "edge list", "CSV", "GraphML", "METIS"};
  return names[static_cast<std::size_t>(format)];
}

}  // namespace

Graph import_file(const std::string& path, const ImportOptions& options, ImportReport& report) {
  report = {};
  report.file = path;
  detail::Source source = detail::load(path);
  report.gzip = source.gzip;
  ImportOptions settled = options;
  if (settled.format == FileFormat::guess) settled.format = guess_format(source);
  report.format = settled.format;

  Graph graph;
  detail::IdTable ids;
  const detail::Reading reading{source, settled, graph, ids, report};
  if (settled.format == FileFormat::graphml) {
    detail::read_graphml(reading);
  } else if (settled.format == FileFormat::metis) {
    detail::read_metis(reading);
  } else {
    detail::read_table(reading);
  }
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
  if (format == FileFormat::graphml || format == FileFormat::metis) {
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
                    weight.empty() ? "" : "; weights are added"));
  }
  if (isolated > 0) say(fmt::format("{} no tie.", count_of(isolated, "person has", "people have")));
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
