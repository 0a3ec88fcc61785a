#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "network/exchange_formats.hpp"
#include "network/exchange_table.hpp"

/// Edge lists and CSV.
namespace kith::network::detail {
namespace {

/// Where a file keeps what.
struct Layout {
  Delimiter delimiter = Delimiter::blanks;
  bool header = false;
  std::vector<std::string> names;  // of the columns; empty without a header
  std::size_t columns = 0;         // of the first line
  std::size_t a = 0;
  std::size_t b = 1;
  std::optional<std::size_t> weight;
  std::optional<std::size_t> time;
  bool known = false;             // the header's names say which columns hold the people
  bool looks_like_table = false;  // … or that they hold one person a row
  bool count = false;             // the weight is the number of contacts
  bool ours = false;              // written by export_csv
  bool communities = false;       // … with communities
};

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
/// header.
bool named_again(const Source& source, Lines lines, Delimiter delimiter, const std::vector<Field>& first) {
  std::vector<Field> fields;
  constexpr int looked_at = 1000;
  for (int line = 0; line < looked_at && lines.next(); ++line) {
    split(source, lines.line(), delimiter, fields);
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

/// Says which columns nobody reads.
void note_unused(const Layout& layout, ImportReport& report) {
  if (layout.ours) return;
  std::vector<std::string> unused;
  for (std::size_t column = 0; column < layout.columns; ++column) {
    if (column == layout.a || column == layout.b || column == layout.weight || column == layout.time) continue;
    const std::string number = fmt::format("{}", column + 1);
    const bool named = layout.header && !layout.names[column].empty();
    unused.push_back(named ? fmt::format("{} ({})", number, layout.names[column]) : number);
  }
  if (unused.empty()) return;
  const std::string hint = layout.weight ? "" : "; network.weight names the one that holds weights";
  report.notes.push_back(
      fmt::format("Not used: {} {}{}.", unused.size() == 1 ? "column" : "columns", listed(unused), hint));
}

[[noreturn]] void fail_columns(const Source& source, const Layout& layout, const std::vector<Field>& fields) {
  if (fields.size() < 2 && layout.delimiter == Delimiter::blanks) {
    fail_at(source, extent(fields),
            {"only one column", "a tie needs two people", "add the other person or remove the line"});
  }
  fail_at(source, extent(fields),
          {count_of(fields.size(), "column", "columns"), fmt::format("the first line has {}", layout.columns),
           fields.size() > layout.columns ? "put a name that holds a delimiter in quotes" : "fill in what is missing"});
}

/// Which lines name a pair again at the same time: one contact, listed by both or twice.
class Moments {
 public:
  void add(const Edge& edge, std::string_view time) {
    moments_.emplace_back(std::min(edge.a, edge.b), std::max(edge.a, edge.b), times_.of(time),
                          static_cast<std::uint32_t>(moments_.size()));
  }

  /// Takes the count from all but the first of each; returns from how many.
  std::size_t leave_out_repeats(std::vector<Edge>& edges) {
    std::sort(moments_.begin(), moments_.end());
    std::size_t repeats = 0;
    for (std::size_t k = 1; k < moments_.size(); ++k) {
      const auto [a, b, time, edge] = moments_[k];
      const auto [before_a, before_b, before_time, before] = moments_[k - 1];
      if (a != before_a || b != before_b || time != before_time) continue;
      edges[edge].weight = 0.0F;
      ++repeats;
    }
    return repeats;
  }

 private:
  IdTable times_;
  std::vector<std::tuple<PersonId, PersonId, std::uint32_t, std::uint32_t>> moments_;  // a, b, time, edge
};

class TableReader {
 public:
  TableReader(const Reading& reading, const Layout& layout) : reading_(reading), layout_(layout) {
    needed_ = std::max({layout.a, layout.b, layout.weight.value_or(0), layout.time.value_or(0)}) + 1;
  }

  void read(Lines& lines) {
    std::vector<Field> fields;
    if (layout_.header) {
      lines.next();
      lines.go_under_header(layout_.delimiter, layout_.columns);
    }
    while (lines.next()) {
      split(reading_.source, lines.line(), layout_.delimiter, fields);
      // An edge list may carry more on some lines (a time, a remark); in a CSV that is a mistake.
      const bool wrong =
          layout_.delimiter == Delimiter::blanks ? fields.size() < needed_ : fields.size() != layout_.columns;
      if (wrong) fail_columns(reading_.source, layout_, fields);
      if (fields.size() != layout_.columns) ++ragged_;
      read_tie(fields);
    }
    if (layout_.count && layout_.time) {
      const std::size_t repeats = moments_.leave_out_repeats(reading_.graph.edges);
      if (repeats > 0) {
        reading_.report.notes.push_back(fmt::format("{} a pair again at the same time: the same contact, counted once.",
                                                    count_of(repeats, "line names", "lines name")));
      }
    }
  }

  std::size_t ragged() const { return ragged_; }
  bool only_grows() const { return grows_ && reading_.graph.edges.size() > 1 && first_number_ < last_number_; }
  bool counts_anew() const { return counts_anew_; }

 private:
  std::uint32_t person(const Field& field) {
    if (field.text.empty()) {
      fail_at(reading_.source, field.place,
              {"a person without a name", "the column is empty", "name them or remove the line"});
    }
    return field.doubled ? reading_.ids.of_copy(field.unquoted()) : reading_.ids.of(field.text);
  }

  void read_tie(const std::vector<Field>& fields) {
    Edge edge;
    edge.a = person(fields[layout_.a]);
    edge.b = person(fields[layout_.b]);
    watch(edge, fields[layout_.a].text, fields[layout_.b].text);
    if (layout_.ours) read_ours(fields, edge);
    if (layout_.count) edge.weight = 1.0F;
    if (layout_.count && layout_.time) moments_.add(edge, fields[*layout_.time].text);
    if (layout_.weight) {
      const Field& field = fields[*layout_.weight];
      edge.weight = read_weight(reading_.source, field.text, field.place);
      if (edge.weight <= 0) ++reading_.report.zero_weights;
    }
    reading_.graph.edges.push_back(edge);
  }

  /// Notes what the two columns look like as long as they may look so.
  void watch(const Edge& edge, std::string_view a, std::string_view b) {
    if (grows_) {
      const std::optional<double> number = number_in(a);
      const bool is_first = reading_.graph.edges.empty();
      grows_ = number && (is_first || *number >= last_number_);
      if (is_first) first_number_ = number.value_or(0.0);
      last_number_ = number.value_or(0.0);
    }
    if (counts_anew_) {
      const bool is_new = reading_.graph.edges.empty() || reading_.graph.edges.back().a != edge.a;
      counted_ = is_new ? 1 : counted_ + 1;
      counts_anew_ = plain_number(b) == counted_;
    }
  }

  void read_ours(const std::vector<Field>& fields, Edge& edge) {
    for (std::size_t k = 0; k < tie_attributes.size(); ++k) {
      set_attribute(reading_.source, edge, tie_attributes[k], fields[2 + k].text, fields[2 + k].place);
    }
    if (!layout_.communities) return;
    std::vector<std::uint32_t>& community = reading_.graph.community;
    community.resize(reading_.ids.size());
    const std::size_t column = 2 + tie_attributes.size();
    community[edge.a] = read_community(reading_.source, fields[column].text, fields[column].place);
    community[edge.b] = read_community(reading_.source, fields[column + 1].text, fields[column + 1].place);
  }

  const Reading& reading_;
  const Layout& layout_;
  std::size_t needed_ = 2;
  std::size_t ragged_ = 0;  // lines of another number of columns than the first
  Moments moments_;
  bool grows_ = true;
  double first_number_ = 0.0;
  double last_number_ = 0.0;
  bool counts_anew_ = true;
  std::uint64_t counted_ = 0;
};

/// Where the first line was read as a tie but neither of its words stands anywhere else, the two words.
std::string maybe_a_header(const Reading& reading, const Layout& layout) {
  const std::vector<Edge>& edges = reading.graph.edges;
  if (layout.header || reading.options.header != HeaderLine::guess || edges.size() < 3) return "";
  const Edge& first = edges.front();
  for (auto edge = edges.begin() + 1; edge != edges.end(); ++edge) {
    for (const std::uint32_t person : {edge->a, edge->b})
      if (person == first.a || person == first.b) return "";
  }
  const std::string_view a = reading.ids.name(first.a);
  const std::string_view b = reading.ids.name(first.b);
  if (number_in(a) || number_in(b)) return "";
  return fmt::format("{}, {}", a, b);
}

void warn(const Layout& layout, const Lines& lines, const TableReader& reader, ImportReport& report) {
  const auto name = [&](std::size_t column) { return fmt::format("{} ({})", column + 1, layout.names[column]); };
  if (layout.header && !layout.known && !layout.looks_like_table) {
    report.warnings.push_back(
        fmt::format("The header's words are not known: columns {} and {} were taken for the two people. Say which hold "
                    "them: network.from, network.to.",
                    name(layout.a), name(layout.b)));
  }
  if (lines.comments_under_header() > 0) {
    report.warnings.push_back(fmt::format("{} skipped as {} under the header.",
                                          count_of(lines.comments_under_header(), "line was", "lines were"),
                                          lines.comments_under_header() == 1 ? "a comment" : "comments"));
  }
  if (lines.hash_rows() > 0) {
    const bool are_few = 2 * lines.hash_rows() < report.ties_read;
    (are_few ? report.warnings : report.notes)
        .push_back(fmt::format("{} with # and {} read as ties: under a header, # can begin an id.",
                               count_of(lines.hash_rows(), "line begins", "lines begin"),
                               lines.hash_rows() == 1 ? "was" : "were"));
  }
  if (reader.ragged() > 0) {
    report.warnings.push_back(
        fmt::format("{} another number of columns than the first. If each line lists a person and all whom they know: "
                    "network.format: adjacency_list.",
                    count_of(reader.ragged(), "line has", "lines have")));
  }
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

void read_table(const Reading& reading) {
  const Layout layout = find_layout(reading);
  ImportReport& report = reading.report;
  report.format = layout.delimiter == Delimiter::blanks ? FileFormat::edge_list : FileFormat::csv;
  report.header = layout.header;
  report.counted = layout.count;
  if (!layout.count) report.weight = layout.ours && !layout.weight ? "weight" : reading.options.weight;
  const std::string& text = reading.source.text;
  reading.graph.edges.reserve(static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1);

  Lines lines(reading.source);
  TableReader reader(reading, layout);
  reader.read(lines);
  report.lines = lines.read();
  report.comments = lines.comments();
  report.blank_lines = lines.blank();
  report.ties_read = reading.graph.edges.size();
  note_unused(layout, report);
  if (layout.ours) return;
  warn(layout, lines, reader, report);
  judge_columns(reading, {.told = reading.is_format_told || !reading.options.from.empty(),
                          .looks_like_table = layout.looks_like_table,
                          .only_grows = reader.only_grows(),
                          .counts_anew = reader.counts_anew(),
                          .first_words = maybe_a_header(reading, layout)});
}

}  // namespace kith::network::detail
