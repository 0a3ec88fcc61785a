#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "core/error.hpp"
#include "network/exchange_formats.hpp"

/// GML (Himsolt 1996): keys with values; a value is a number, a "text" or a list in [ ]. Line ends mean nothing. Boost reads
/// none.
namespace kith::network::detail {
namespace {

struct Token {
  enum class Kind { end, open, close, word, number, text };
  Kind kind = Kind::end;
  std::string_view place;  // in the file, quotes included
};

/// The text of a token, with &amp; and &#228; replaced.
std::string decoded(std::string_view raw) {
  if (raw.starts_with('"')) raw = raw.substr(1, raw.size() - 2);
  static const std::map<std::string_view, std::string_view> named{
      {"amp", "&"}, {"quot", "\""}, {"apos", "'"}, {"lt", "<"}, {"gt", ">"}};
  std::string result;
  for (std::size_t at = 0; at < raw.size();) {
    const std::size_t end = raw[at] == '&' ? raw.find(';', at) : std::string_view::npos;
    const std::string_view body = end == std::string_view::npos ? "" : raw.substr(at + 1, end - at - 1);
    std::uint32_t number = 0;
    const bool is_number =
        body.size() > 1 && body[0] == '#' &&
        std::from_chars(body.data() + 1, body.data() + body.size(), number).ptr == body.data() + body.size();
    if (const auto name = named.find(body); name != named.end()) {
      result += name->second;
    } else if (is_number && number > 0 && number < 0x110000 && (number < 0xd800 || number > 0xdfff)) {
      append_utf8(result, number);
    } else {
      result += raw[at++];
      continue;
    }
    at = end + 1;
  }
  return result;
}

class GmlReader {
 public:
  explicit GmlReader(const Reading& reading) : reading_(reading), source_(reading.source), text_(source_.text) {}

  void read() {
    std::size_t graphs = 0;
    for (Token key = next(); key.kind != Token::Kind::end; key = next()) {
      const Token value = value_of(key);
      if (value.kind != Token::Kind::open) continue;
      const bool is_read = key.place == "graph" && ++graphs == 1;
      is_read ? read_graph(value) : skip_list(value);
    }
    if (graphs == 0) fail(source_.name, {"holds no graph", "is it GML?", ""});
    check_people();
    report(graphs);
  }

 private:
  Token next() {
    for (;;) {
      at_ = std::min(text_.find_first_not_of(" \t\r\n\v\f", at_), text_.size());
      if (at_ == text_.size()) return {Token::Kind::end, text_.substr(at_)};
      if (text_[at_] != '#') break;
      ++comments_;
      at_ = std::min(text_.find('\n', at_), text_.size());
    }
    const std::size_t begin = at_;
    const char c = text_[at_];
    if (c == '[' || c == ']') {
      ++at_;
      return {c == '[' ? Token::Kind::open : Token::Kind::close, text_.substr(begin, 1)};
    }
    if (c == '"') {
      const std::size_t end = text_.find('"', at_ + 1);
      if (end == std::string_view::npos) {
        fail_at(source_, text_.substr(begin, 1), {"this quote is not closed", "", "is the file complete?"});
      }
      at_ = end + 1;
      return {Token::Kind::text, text_.substr(begin, at_ - begin)};
    }
    at_ = std::min(text_.find_first_of(" \t\r\n\v\f[]\"", at_), text_.size());
    const std::string_view word = text_.substr(begin, at_ - begin);
    return {number_in(word) ? Token::Kind::number : Token::Kind::word, word};
  }

  /// The value of a key; fails when there is none.
  Token value_of(const Token& key) {
    if (key.kind != Token::Kind::word)
      fail_at(source_, key.place, {"a key should stand here", "GML holds keys with values", ""});
    const Token value = next();
    if (value.kind == Token::Kind::end || value.kind == Token::Kind::close)
      fail_at(source_, key.place, {fmt::format("{} has no value", key.place), "", "is the file complete?"});
    return value;
  }

  void skip_list(const Token& open) {
    for (std::size_t depth = 1; depth > 0;) {
      const Token token = next();
      if (token.kind == Token::Kind::end) fail_unclosed(open);
      if (token.kind == Token::Kind::open) ++depth;
      if (token.kind == Token::Kind::close) --depth;
    }
  }

  [[noreturn]] void fail_unclosed(const Token& open) {
    fail_at(source_, open.place, {"this list is not closed", "] is missing", "is the file complete?"});
  }

  /// The scalars of a list, by key; lists in it are skipped.
  std::map<std::string_view, Token> read_list(const Token& open) {
    std::map<std::string_view, Token> values;
    for (Token key = next(); key.kind != Token::Kind::close; key = next()) {
      if (key.kind == Token::Kind::end) fail_unclosed(open);
      const Token value = value_of(key);
      if (value.kind == Token::Kind::open) {
        skip_list(value);
      } else {
        values.emplace(key.place, value);
      }
    }
    return values;
  }

  void read_graph(const Token& open) {
    for (Token key = next(); key.kind != Token::Kind::close; key = next()) {
      if (key.kind == Token::Kind::end) fail_unclosed(open);
      const Token value = value_of(key);
      if (key.place == "directed") directed_ = value.place == "1";
      if (value.kind != Token::Kind::open) continue;
      if (key.place == "node") {
        read_node(key, read_list(value));
      } else if (key.place == "edge") {
        read_edge(key, read_list(value));
      } else {
        skip_list(value);
      }
    }
  }

  std::uint32_t place_of(const Token& key, const std::map<std::string_view, Token>& values, std::string_view name) {
    const auto found = values.find(name);
    if (found == values.end()) fail_at(source_, key.place, {fmt::format("this {} has no {}", key.place, name), "", ""});
    const std::uint32_t place = numbers_.of(found->second.place);
    if (place >= first_named_.size()) {
      first_named_.push_back(found->second.place);
      labels_.emplace_back();
      declared_.push_back(false);
    }
    return place;
  }

  void read_node(const Token& key, const std::map<std::string_view, Token>& values) {
    const std::uint32_t place = place_of(key, values, "id");
    if (declared_[place]) {
      fail_at(source_, values.at("id").place,
              {fmt::format("the node {} stands twice", values.at("id").place), "ids are unique", ""});
    }
    declared_[place] = true;
    for (const auto& [name, value] : values) node_attributes_.emplace(name);
    for (const std::string_view name : {"label", "name"}) {
      const auto found = values.find(name);
      if (found == values.end() || !labels_[place].empty()) continue;
      labels_[place] = decoded(found->second.place);
    }
  }

  void read_edge(const Token& key, const std::map<std::string_view, Token>& values) {
    Edge edge;
    edge.a = place_of(key, values, "source");
    edge.b = place_of(key, values, "target");
    for (const auto& [name, value] : values) attributes_.emplace(name);
    const std::string& weight = reading_.options.weight;
    const bool is_weighted = !weight.empty() && !reading_.report.counted;
    const auto found = values.find(weight);
    if (is_weighted && found != values.end()) {
      edge.weight = read_weight(source_, decoded(found->second.place), found->second.place);
      if (edge.weight <= 0.0F) ++reading_.report.zero_weights;
    } else if (is_weighted && unweighted_.empty()) {
      unweighted_ = key.place;
    }
    reading_.graph.edges.push_back(edge);
  }

  /// Every person whom a tie names is a node; every tie has the weight that was asked for.
  void check_people() {
    for (std::size_t place = 0; place < first_named_.size(); ++place) {
      if (declared_[place]) continue;
      fail_at(source_, first_named_[place],
              {"this edge names a node that does not exist", "every person needs a node", "add it or correct the id"});
    }
    const std::string& weight = reading_.options.weight;
    if (!unweighted_.empty()) {
      for (const std::string_view end : {"source", "target"}) attributes_.erase(std::string(end));
      const std::string near = nearest(weight, attributes_);
      const bool is_known = attributes_.contains(weight);
      fail_at(source_, unweighted_,
              {fmt::format("this edge has no {}", weight),
               is_known              ? "network.weight names it"
               : attributes_.empty() ? "edges have no numbers"
                                     : fmt::format("edges have {}", joined(attributes_, ", ")),
               is_known || near.empty() ? "" : fmt::format("did you mean \"{}\"?", near)});
    }
    if (!reading_.report.counted) reading_.report.weight = weight;
    const std::set<std::string> distinct(labels_.begin(), labels_.end());
    are_labels_used_ = distinct.size() == labels_.size() && !distinct.contains("");
    for (std::uint32_t place = 0; place < labels_.size(); ++place)
      reading_.ids.of_copy(are_labels_used_ ? labels_[place] : decoded(numbers_.name(place)));
  }

  void report(std::size_t graphs) {
    ImportReport& report = reading_.report;
    report.lines =
        static_cast<std::size_t>(std::count(text_.begin(), text_.end(), '\n')) + (text_.ends_with('\n') ? 0 : 1);
    report.comments = comments_;
    report.ties_read = reading_.graph.edges.size();
    report.notes.emplace_back(are_labels_used_ ? "People are called by their labels."
                                               : "People are called by their ids: not everybody has a label of their "
                                                 "own.");
    if (directed_) report.notes.emplace_back("Directed edges are taken as ties in both directions.");
    note_unused();
    if (graphs > 1) report.notes.push_back(fmt::format("Read the first of {} graphs in the file.", graphs));
  }

  /// Says which attributes nobody reads.
  void note_unused() {
    const std::string& weight = reading_.options.weight;
    for (const std::string_view read : {"source", "target", "id", "label"}) attributes_.erase(std::string(read));
    for (const std::string_view read : {"id", "label", "name"}) node_attributes_.erase(std::string(read));
    attributes_.erase(weight);
    std::vector<std::string>& notes = reading_.report.notes;
    if (!attributes_.empty()) {
      const bool is_read = !weight.empty() && !reading_.report.counted;
      notes.push_back(fmt::format("Not used: {} of the edges{}.", joined(attributes_, ", "),
                                  is_read ? "" : "; network.weight names the one that holds weights"));
    }
    if (!node_attributes_.empty())
      notes.push_back(fmt::format("Not used: {} of the nodes.", joined(node_attributes_, ", ")));
  }

  const Reading& reading_;
  const Source& source_;
  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t comments_ = 0;
  IdTable numbers_;                            // the ids in the file
  std::vector<std::string_view> first_named_;  // by place
  std::vector<std::string> labels_;            // by place
  std::vector<bool> declared_;                 // by place
  std::set<std::string> attributes_;           // of edges
  std::set<std::string> node_attributes_;
  std::string_view unweighted_;  // the first edge without the weight
  bool directed_ = false;
  bool are_labels_used_ = false;
};

}  // namespace

void read_gml(const Reading& reading) { GmlReader(reading).read(); }

}  // namespace kith::network::detail
