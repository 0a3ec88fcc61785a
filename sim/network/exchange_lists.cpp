#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "network/exchange_layout.hpp"

/// Edge lists and CSV.
namespace kith::network::detail {
namespace {

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
      if (is_header_again(fields)) {
        ++headers_again_;
        continue;
      }
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
  std::size_t headers_again() const { return headers_again_; }
  bool only_grows() const { return grows_ && reading_.graph.edges.size() > 1 && first_number_ < last_number_; }
  bool counts_anew() const { return counts_anew_; }

 private:
  /// Files that were joined with their headers.
  bool is_header_again(const std::vector<Field>& fields) const {
    return layout_.header && fields.size() == layout_.names.size() &&
           std::equal(fields.begin(), fields.end(), layout_.names.begin(),
                      [](const Field& field, const std::string& name) { return field.text == name; });
  }

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
  std::size_t ragged_ = 0;         // lines of another number of columns than the first
  std::size_t headers_again_ = 0;  // lines that repeat the header
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
  if (reader.headers_again() > 0) {
    report.warnings.push_back(fmt::format("{} the header and {} skipped: were files joined?",
                                          count_of(reader.headers_again(), "line repeats", "lines repeat"),
                                          reader.headers_again() == 1 ? "was" : "were"));
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
