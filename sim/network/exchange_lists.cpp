#include <fmt/format.h>

#include <algorithm>
#include <array>
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
  bool ours = false;         // written by export_csv
  bool communities = false;  // … with communities
};

// Names under which files keep the two people, best known first.
constexpr std::array<std::pair<std::string_view, std::string_view>, 17> people_names{{
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
    {"src", "dst"},
    {"ego", "alter"},
    {"a", "b"},
    {"i", "j"},
    {"u", "v"},
    {"x", "y"},
}};

std::string lower_case(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

std::vector<std::string> texts(const std::vector<Field>& fields) {
  std::vector<std::string> result;
  for (const Field& field : fields) result.push_back(field.unquoted());
  return result;
}

/// The columns of the two people if their names are known ones.
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
  if (names == expected) return true;
  expected.insert(expected.end(), {"source_community", "target_community"});
  return names == expected;
}

/// The first two columns that could hold people: not the weight, and not without a name (a row number).
void place_people(Layout& layout) {
  if (const auto known = known_people(layout.names)) {
    std::tie(layout.a, layout.b) = *known;
    return;
  }
  std::vector<std::size_t> candidates;
  for (std::size_t column = 0; column < layout.columns; ++column) {
    const bool nameless = layout.header && layout.names[column].empty();
    if (column != layout.weight && !nameless) candidates.push_back(column);
  }
  if (candidates.size() < 2) candidates = {0, 1};
  layout.a = candidates[0];
  layout.b = candidates[1];
}

Layout find_layout(const Reading& reading) {
  const Source& source = reading.source;
  Lines lines(source);
  if (!lines.next()) {
    fail(source.name, {"holds no ties", "it has only comments and blank lines", "a network needs a line per tie"});
  }
  Layout layout;
  layout.delimiter = guess_delimiter(lines.line(), reading.options.format);
  std::vector<Field> first;
  split(source, lines.line(), layout.delimiter, first);
  layout.columns = first.size();
  if (first.size() < 2) {
    fail_at(source, first[0].place,
            {"only one column", "a tie needs two people", "separate them with a blank, a comma, a semicolon or a tab"});
  }
  std::vector<Field> second;
  Lines ahead = lines;
  if (ahead.next()) split(source, ahead.line(), layout.delimiter, second);
  const std::vector<std::string> words = texts(first);
  layout.header = words_above_numbers(first, second) ||
                  (known_people(words) && !named_again(source, lines, layout.delimiter, first));
  if (layout.header) layout.names = words;
  layout.ours = is_ours(layout.names);
  layout.communities = layout.ours && layout.columns > 2 + tie_attributes.size();
  if (!reading.options.weight.empty()) {
    layout.weight = find_column(source, reading.options.weight, layout.names, layout.columns, "network.weight");
  }
  place_people(layout);
  if (layout.weight == layout.a || layout.weight == layout.b) {
    fail(source.name,
         {fmt::format("network.weight: {} names a column of people", reading.options.weight),
          fmt::format("columns {} and {} hold the two people", layout.a + 1, layout.b + 1), "name another column"});
  }
  return layout;
}

/// Says which columns nobody reads.
void note_unused(const Layout& layout, ImportReport& report) {
  if (layout.ours) return;
  std::vector<std::string> unused;
  for (std::size_t column = 0; column < layout.columns; ++column) {
    if (column == layout.a || column == layout.b || column == layout.weight) continue;
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

class TableReader {
 public:
  TableReader(const Reading& reading, const Layout& layout) : reading_(reading), layout_(layout) {
    needed_ = std::max({layout.a, layout.b, layout.weight.value_or(0)}) + 1;
  }

  void read(Lines& lines) {
    std::vector<Field> fields;
    if (layout_.header) lines.next();
    while (lines.next()) {
      split(reading_.source, lines.line(), layout_.delimiter, fields);
      // An edge list may carry more on some lines (a time, a remark); in a CSV that is a mistake.
      const bool wrong =
          layout_.delimiter == Delimiter::blanks ? fields.size() < needed_ : fields.size() != layout_.columns;
      if (wrong) fail_columns(reading_.source, layout_, fields);
      read_tie(fields);
    }
  }

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
    if (layout_.ours) read_ours(fields, edge);
    if (layout_.weight) {
      const Field& field = fields[*layout_.weight];
      edge.weight = read_weight(reading_.source, field.text, field.place);
      if (edge.weight <= 0) ++reading_.report.zero_weights;
    }
    reading_.graph.edges.push_back(edge);
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
};

}  // namespace

void read_table(const Reading& reading) {
  const Layout layout = find_layout(reading);
  ImportReport& report = reading.report;
  report.format = layout.delimiter == Delimiter::blanks ? FileFormat::edge_list : FileFormat::csv;
  report.header = layout.header;
  report.weight = layout.ours && !layout.weight ? "weight" : reading.options.weight;
  const std::string& text = reading.source.text;
  reading.graph.edges.reserve(static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1);

  Lines lines(reading.source);
  TableReader(reading, layout).read(lines);
  report.lines = lines.read();
  report.comments = lines.comments();
  report.blank_lines = lines.blank();
  report.ties_read = reading.graph.edges.size();
  note_unused(layout, report);
}

}  // namespace kith::network::detail
