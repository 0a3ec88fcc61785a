#include "network/exchange_layout.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

namespace kith::network::detail {
namespace {

// Names under which files keep the two people, best known first.
constexpr std::array<std::pair<std::string_view, std::string_view>, 36> people_names{{
    {"source", "target"},
    {"from", "to"},
    {"node_1", "node_2"},
    {"node1", "node2"},
    {"id1", "id2"},
    {"id_1", "id_2"},
    {"person1", "person2"},
    {"person_1", "person_2"},
    {"person_a", "person_b"},
    {"user1", "user2"},
    {"user_1", "user_2"},
    {"user_a", "user_b"},
    {"src", "dst"},
    {"ego", "alter"},
    {"source_id", "target_id"},
    {"from_id", "to_id"},
    {"ego_id", "alter_id"},
    {"sender", "receiver"},
    {"sender", "recipient"},
    {"giver", "receiver"},
    {"caller", "callee"},
    {"nominator", "nominee"},
    {"chooser", "chosen"},
    {"who", "whom"},
    {"user_id", "friend_id"},
    {"user", "friend"},
    {"person", "friend"},
    {"id", "friend"},
    {"person", "contact"},
    {"follower", "followed"},
    {"node_a", "node_b"},
    {"a", "b"},
    {"i", "j"},
    {"u", "v"},
    {"x", "y"},
    {"v1", "v2"},
}};

/// True when the names are those of a table with a row a person: one is an id, and none a second person's.
bool names_one_person(const std::vector<std::string>& names) {
  constexpr std::array<std::string_view, 14> ids{"id",         "ids",     "node",        "person",  "name",
                                                 "label",      "pupil",   "participant", "subject", "actor",
                                                 "respondent", "student", "member",      "pid"};
  constexpr std::array<std::string_view, 13> others{"target", "dest",  "alter", "friend", "contact", "partner", "peer",
                                                    "neigh",  "nomin", "knows", "tie",    "receiv",  "other"};
  bool has_id = false;
  std::size_t keys = 0;  // person_1_id and person_2_id are two people
  for (const std::string& each : names) {
    const std::string name = lower_case(each);
    if (name.ends_with("_id")) {
      ++keys;
    } else if (std::find(ids.begin(), ids.end(), name) != ids.end()) {
      has_id = true;
    } else if (std::any_of(others.begin(), others.end(),
                           [&](auto part) { return name.find(part) != std::string::npos; })) {
      return false;
    }
  }
  return keys == 1 || (has_id && keys == 0);
}

/// True when a word of the first line turns up as a person in the next lines, so that "a b" over "b c" is a tie, not a
/// header. A line that repeats the first one whole says nothing: files are joined with their headers.
bool named_again(const Source& source, Lines lines, Delimiter delimiter, const std::vector<Field>& first) {
  std::vector<Field> fields;
  constexpr int looked_at = 1000;
  for (int line = 0; line < looked_at && lines.next(); ++line) {
    split(source, lines.line(), delimiter, fields);
    if (texts(fields) == texts(first)) continue;
    for (std::size_t column = 0; column < std::min<std::size_t>(2, fields.size()); ++column) {
      for (const Field& word : first) {
        if (word.text == fields[column].text) return true;
      }
    }
  }
  return false;
}

bool is_ours(const std::vector<std::string>& names) {
  std::vector<std::string> expected{"source", "target"};
  expected.insert(expected.end(), tie_attributes.begin(), tie_attributes.end());
  if (names.size() < expected.size() || !std::equal(expected.begin(), expected.end(), names.begin())) return false;
  // Then columns of people, each for both.
  for (std::size_t at = expected.size(); at < names.size(); at += 2) {
    if (!names[at].starts_with("source_") || at + 1 == names.size()) return false;
    if (names[at + 1] != "target_" + names[at].substr(7)) return false;
  }
  return true;
}

bool is_time(const std::string& name) {
  constexpr std::array<std::string_view, 6> times{"t", "time", "timestamp", "date", "datetime", "day"};
  return std::find(times.begin(), times.end(), lower_case(name)) != times.end();
}

/// The first two columns that could hold people: not the weight or a time, and not without a name (a row number).
void place_people(Layout& layout) {
  if (const auto known = known_people(layout.names)) {
    std::tie(layout.a, layout.b) = *known;
    layout.known = true;
    return;
  }
  std::vector<std::size_t> candidates;
  for (std::size_t column = 0; column < layout.columns; ++column) {
    const bool other = layout.header && (layout.names[column].empty() || is_time(layout.names[column]));
    if (column != layout.weight && column != layout.time && !other) candidates.push_back(column);
  }
  if (candidates.size() < 2) candidates = {0, 1};
  layout.a = candidates[0];
  layout.b = candidates[1];
}

/// Whether the first line names the columns.
bool find_header(const Reading& reading, const Lines& lines, Delimiter delimiter, const std::vector<Field>& first) {
  const ImportOptions& options = reading.options;
  if (options.header != HeaderLine::guess) return options.header == HeaderLine::yes;
  const std::vector<std::string> words = texts(first);
  for (const std::string* wanted : {&options.from, &options.to, &options.weight, &options.time}) {
    if (!wanted->empty() && !plain_number(*wanted) && std::find(words.begin(), words.end(), *wanted) != words.end())
      return true;
  }
  std::vector<Field> second;
  Lines ahead = lines;
  if (ahead.next()) split(reading.source, ahead.line(), delimiter, second);
  if (words_above_numbers(first, second)) return true;
  return (known_people(words) || names_one_person(words)) && !named_again(reading.source, lines, delimiter, first);
}

/// The columns that the user names.
void place_named(const Reading& reading, Layout& layout) {
  const Source& source = reading.source;
  const ImportOptions& options = reading.options;
  const auto place = [&](const std::string& wanted, std::string_view key) -> std::optional<std::size_t> {
    if (wanted.empty()) return std::nullopt;
    return find_column(source, wanted, layout.names, layout.columns, key);
  };
  const bool has_count = std::find(layout.names.begin(), layout.names.end(), options.weight) != layout.names.end();
  layout.count = options.weight == "count" && !has_count;
  if (!layout.count) layout.weight = place(options.weight, "network.weight");
  layout.time = place(options.time, "network.time");
  if (options.from.empty() != options.to.empty()) {
    fail(source.name, {fmt::format("network.{} is missing", options.from.empty() ? "from" : "to"),
                       "the columns of both people are named, or none", ""});
  }
  if (options.from.empty()) {
    place_people(layout);
  } else {
    layout.a = *place(options.from, "network.from");
    layout.b = *place(options.to, "network.to");
    layout.known = true;
  }
}

/// No column can be two things.
void check_columns(const Reading& reading, const Layout& layout) {
  const Source& source = reading.source;
  const ImportOptions& options = reading.options;
  if (layout.a == layout.b)
    fail(source.name, {"network.from and network.to name the same column", "a tie needs two people", ""});
  const auto check = [&](std::optional<std::size_t> column, std::string_view key, const std::string& wanted) {
    if (column != layout.a && column != layout.b) return;
    fail(source.name,
         {fmt::format("network.{}: {} names a column of people", key, wanted),
          fmt::format("columns {} and {} hold the two people", layout.a + 1, layout.b + 1),
          options.from.empty() ? "name another column, or those of the people in network.from and network.to"
                               : "name another column"});
  };
  check(layout.weight, "weight", options.weight);
  check(layout.time, "time", options.time);
}

}  // namespace

std::optional<std::pair<std::size_t, std::size_t>> known_people(const std::vector<std::string>& names) {
  const auto place_of = [&](std::string_view wanted) {
    const auto found =
        std::find_if(names.begin(), names.end(), [&](const std::string& x) { return lower_case(x) == wanted; });
    return static_cast<std::size_t>(found - names.begin());
  };
  for (const auto& [first, second] : people_names) {
    const std::size_t a = place_of(first);
    const std::size_t b = place_of(second);
    if (a < names.size() && b < names.size()) return std::pair{a, b};
  }
  return std::nullopt;
}

Layout find_layout(const Reading& reading) {
  const Source& source = reading.source;
  Lines lines(source);
  if (!lines.next()) {
    fail(source.name, {"holds no ties", "it has only comments and blank lines", "a network needs a line per tie"});
  }
  Layout layout;
  layout.delimiter = guess_delimiter(source, lines.line(), reading.options.format);
  std::vector<Field> first;
  split(source, lines.line(), layout.delimiter, first);
  layout.columns = first.size();
  if (first.size() < 2) {
    fail_at(source, first[0].place,
            {"only one column", "a tie needs two people", "separate them with a blank, a comma, a semicolon or a tab"});
  }
  layout.header = find_header(reading, lines, layout.delimiter, first);
  if (layout.header) layout.names = texts(first);
  place_named(reading, layout);
  check_columns(reading, layout);
  layout.looks_like_table = layout.header && !layout.known && names_one_person(layout.names);
  layout.ours = is_ours(layout.names);
  layout.communities = layout.ours && layout.columns > 2 + tie_attributes.size() &&
                       layout.names[2 + tie_attributes.size()] == "source_community";
  return layout;
}

}  // namespace kith::network::detail
