#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <unordered_map>
#include <utility>

#include "network/exchange_formats.hpp"
#include "network/exchange_table.hpp"

/// What makes it doubtful that a file holds ties between people, once it has been read.
namespace kith::network::detail {
namespace {

/// How the two columns of people hang together.
struct Overlap {
  std::size_t rows = 0;
  std::size_t left = 0;                              // people in the first column
  std::size_t right = 0;                             // … in the second
  std::size_t both = 0;                              // … in both
  bool is_left_new() const { return left == rows; }  // no person twice
  bool is_right_new() const { return right == rows; }
};

Overlap overlap_of(const Graph& graph, std::size_t people) {
  std::vector<bool> left(people, false);
  std::vector<bool> right(people, false);
  for (const Edge& edge : graph.edges) {
    left[edge.a] = true;
    right[edge.b] = true;
  }
  Overlap overlap;
  overlap.rows = graph.edges.size();
  for (std::size_t place = 0; place < people; ++place) {
    overlap.left += left[place] ? 1U : 0U;
    overlap.right += right[place] ? 1U : 0U;
    overlap.both += left[place] && right[place] ? 1U : 0U;
  }
  return overlap;
}

constexpr const char* insist = "If they are ties all the same: network.format: csv (or edge_list).";

/// What the rows are if not ties, and what to do; empty problem: nothing.
Complaint not_ties(const Overlap& overlap, const ColumnsOfPeople& columns) {
  constexpr std::size_t a_few = 5;
  const std::string table = fmt::format("name it in people.columns.file, and the ties in network.file. {}", insist);
  if (columns.looks_like_table && overlap.is_left_new()) {
    return {"this is a table about people, not ties", "its header names an id and no second person", table};
  }
  if (overlap.rows < a_few) return {};
  if (overlap.is_left_new() && 2 * overlap.both < overlap.right && overlap.right > 1 && !overlap.is_right_new()) {
    return {"this looks like a table about people, not ties",
            fmt::format("each row has a new first id, and of {} in the second column {} in the first",
                        count_of(overlap.right, "value", "values"),
                        overlap.both == 0 ? "none stands" : fmt::format("{} stand", overlap.both)),
            table};
  }
  if (overlap.both == 0 && overlap.left > 1 && !overlap.is_left_new() &&
      (overlap.is_right_new() || columns.counts_anew)) {
    return {"this looks like a contact diary, not ties",
            overlap.is_right_new() ? "the ids in the second column are new every time, so no two people know the same"
                                   : "the second column counts 1, 2, 3, … anew for each person of the first",
            fmt::format("Kith needs ties among people who are named in the same way. {}", insist)};
  }
  return {};
}

/// Values that stand for "nobody" or "not known" in many tables.
bool is_missing_word(std::string_view id) {
  constexpr std::array<std::string_view, 14> words{"na",   "n/a",  "nan",     "null",   "none", "missing", "unknown",
                                                   "#n/a", "<na>", "refused", "nobody", "?",    ".",       "-"};
  return std::find(words.begin(), words.end(), lower_case(id)) != words.end();
}

/// 77, 888, 9999 and the like.
bool is_missing_code(std::string_view id) {
  return id.size() > 1 && (id[0] == '7' || id[0] == '8' || id[0] == '9') &&
         std::all_of(id.begin(), id.end(), [&](char c) { return c == id[0]; });
}

/// Ids that look like codes for nobody: words, numbers below 0, and 99 or 8888 far above all other ids.
std::vector<std::uint32_t> missing_in(const IdTable& ids) {
  std::vector<std::uint32_t> found;
  std::vector<std::uint32_t> codes;
  double highest = -1.0;
  for (std::uint32_t place = 0; place < ids.size(); ++place) {
    const std::string_view id = ids.name(place);
    if (is_missing_word(id)) {
      found.push_back(place);
    } else if (is_missing_code(id)) {
      codes.push_back(place);
    } else if (const std::optional<double> number = number_in(id)) {
      if (*number < 0.0) found.push_back(place);
      highest = std::max(highest, *number);
    }
  }
  constexpr double far = 1.5;
  for (const std::uint32_t place : codes)
    if (highest >= 0.0 && *number_in(ids.name(place)) > far * highest) found.push_back(place);
  return found;
}

/// Two ids that are the same number in other words: 7 and 07, 1 and 1.0; empty: none.
std::pair<std::string_view, std::string_view> same_number(const IdTable& ids) {
  const auto is_plain = [](std::string_view id) {
    return id.find_first_not_of("0123456789") == std::string_view::npos && (id.size() == 1 || id[0] != '0');
  };
  std::uint32_t first = 0;
  while (first < ids.size() && (is_plain(ids.name(first)) || !number_in(ids.name(first)))) ++first;
  if (first == ids.size()) return {};  // as in nearly every file
  std::unordered_map<double, std::string_view> known;
  for (std::uint32_t place = 0; place < ids.size(); ++place) {
    const std::optional<double> number = number_in(ids.name(place));
    if (!number) continue;
    const auto [found, is_new] = known.emplace(*number, ids.name(place));
    if (!is_new) return {found->second, ids.name(place)};
  }
  return {};
}

}  // namespace

void judge_columns(const Reading& reading, const ColumnsOfPeople& columns) {
  const Overlap overlap = overlap_of(reading.graph, reading.ids.size());
  std::vector<std::string>& warnings = reading.report.warnings;
  const Complaint complaint = not_ties(overlap, columns);
  if (!complaint.problem.empty()) {
    if (!columns.told) fail(reading.source.name, complaint);
    warnings.push_back(fmt::format("Read as ties as you say, but {} ({}).", complaint.problem, complaint.why));
    return;
  }
  constexpr std::size_t a_few = 5;
  const bool is_star = overlap.left == 1 || overlap.right == 1;
  if (columns.only_grows && !is_star && overlap.rows >= a_few && 10 * overlap.both < overlap.left && overlap.left > 2) {
    warnings.emplace_back(
        "The first column only grows, and hardly any of its values stands in the second: are they times or row "
        "numbers? network.from and network.to name the columns of people.");
  } else if (overlap.rows >= a_few && overlap.both == 0 && !is_star) {
    warnings.emplace_back(overlap.is_left_new() && overlap.is_right_new()
                              ? "Everybody has exactly one tie, and nobody stands in both columns: is it a table about "
                                "people?"
                              : "Nobody stands in both columns: are these people and what they belong to?");
  }
  if (!columns.first_words.empty()) {
    warnings.push_back(
        fmt::format("The first line ({}) was taken as a tie, and neither name stands anywhere else. If it is a header: "
                    "network.header: yes.",
                    columns.first_words));
  }
}

void judge_ties(const Reading& reading) {
  ImportReport& report = reading.report;
  const std::vector<Edge>& edges = reading.graph.edges;
  std::vector<std::uint32_t> missing = missing_in(reading.ids);
  constexpr std::size_t shown = 5;
  missing.resize(std::min(missing.size(), shown));
  for (const std::uint32_t place : missing) {
    const auto ties =
        std::count_if(edges.begin(), edges.end(), [&](const Edge& edge) { return edge.a == place || edge.b == place; });
    report.warnings.push_back(fmt::format("\"{}\" is taken for a person, with {}: does it stand for nobody?",
                                          reading.ids.name(place),
                                          count_of(static_cast<std::size_t>(ties), "tie", "ties")));
  }
  if (const auto [one, other] = same_number(reading.ids); !one.empty()) {
    report.warnings.push_back(
        fmt::format(R"("{}" and "{}" are taken for two people: are they one, written in two ways?)", one, other));
  }
  const auto loops = static_cast<std::size_t>(
      std::count_if(edges.begin(), edges.end(), [](const Edge& edge) { return edge.a == edge.b; }));
  if (edges.size() >= 3 && 2 * loops > edges.size()) {
    report.warnings.push_back(
        fmt::format("{} of {} ties are of a person to themselves: are the right columns read?", loops, edges.size()));
  }
  constexpr std::size_t large_bytes = 1000;
  constexpr std::size_t large_lines = 20;
  const bool is_one = !edges.empty() && std::all_of(edges.begin(), edges.end(), [&](const Edge& edge) {
    return (edge.a == edges[0].a && edge.b == edges[0].b) || (edge.a == edges[0].b && edge.b == edges[0].a);
  });
  if (is_one && (reading.source.text.size() > large_bytes || report.lines > large_lines)) {
    report.warnings.push_back(fmt::format("Only one tie was found in {} and {}: was the file read rightly?",
                                          count_of(report.lines, "line", "lines"),
                                          count_of(reading.source.text.size(), "byte", "bytes")));
  }
}

}  // namespace kith::network::detail
