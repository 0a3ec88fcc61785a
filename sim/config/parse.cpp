#include <fmt/core.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <array>
#include <istream>
#include <optional>
#include <streambuf>
#include <unordered_map>
#include <utility>

#include "config/positions.hpp"

namespace kith::config {

namespace {

constexpr std::string_view key_letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_";

/// Builds the tree from yaml-cpp's events.
class Builder : public YAML::EventHandler {
 public:
  Builder(const Positions& positions, Notes& notes) : positions_(positions), notes_(notes) {}

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (root_) {
      throw Refusal{{positions_.place(mark), "a second YAML document begins here", "a scenario is one document",
                     "remove the line \"---\" or put the rest into a file of its own"}};
    }
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    Place place = positions_.place(mark);
    const std::string_view text = positions_.from(place);
    const bool is_written = text.starts_with('~') || text.starts_with("null") || text.starts_with("Null") ||
                            text.starts_with("NULL") || text.starts_with('&') || text.starts_with('!');
    if (is_written) {
      place.width = text.starts_with('~') || text.starts_with('&') || text.starts_with('!') ? 1 : 4;
    } else if (!open_.empty() && open_.back().key) {
      place = open_.back().key->place;  // yaml-cpp marks the token after the missing value
    }
    refuse_anchor(place, anchor);
    add(make_node(Node::Kind::null, place));
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    const Place place = positions_.place(mark);
    notes_.add(alias_refused(place));
    add(make_node(Node::Kind::refused, place));
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    Place place = positions_.place(mark);
    place.width = positions_.width(place, value);
    const bool is_quoted = positions_.from(place).starts_with('"') || positions_.from(place).starts_with('\'');
    if (is_quoted && !positions_.quoted_size(place)) {  // yaml-cpp takes the rest of the file for the text
      throw Refusal{{place, "a quote that is never closed", "the text would go on to the end of the file", "close it"}};
    }
    refuse_anchor(place, anchor);
    refuse_tag(place, tag);
    Node node = make_node(Node::Kind::scalar, place);
    node.text = value;
    node.is_quoted = tag == "!";
    add(std::move(node));
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    start(Node::Kind::list, mark, tag, anchor);
  }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    start(Node::Kind::mapping, mark, tag, anchor);
  }
  void OnSequenceEnd() override { finish(); }
  void OnMapEnd() override { finish(); }

  static Note alias_refused(const Place& place) {
    return {place, "aliases (*name) are not read", "a few lines of aliases can stand for gigabytes",
            "write the value out"};
  }

  /// Where the innermost list or mapping that is still open begins.
  std::optional<Place> innermost() const {
    return open_.empty() ? std::nullopt : std::optional(open_.back().node.place);
  }

  std::optional<Node> root() { return std::move(root_); }

 private:
  /// A list or mapping whose end has not been seen.
  struct Open {
    Node node;
    std::optional<Node> key = std::nullopt;
    std::unordered_map<std::string, std::size_t> lines = {};  ///< of the keys so far
  };

  void start(Node::Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
    const Place place = positions_.place(mark);
    if (open_.size() >= max_depth) {
      throw Refusal{{place, "lists and mappings are nested deeper than 50", "no scenario needs that",
                     "look for a bracket that is never closed"}};
    }
    if (wants_key()) refuse_open_bracket(place);
    if (wants_key()) refuse_key(place, kind == Node::Kind::list ? "a list" : "a mapping");
    refuse_anchor(place, anchor);
    refuse_tag(place, tag);
    open_.push_back({.node = make_node(kind, place)});
  }

  void finish() {
    Node node = std::move(open_.back().node);
    open_.pop_back();
    add(std::move(node));
  }

  bool wants_key() const {
    return !open_.empty() && open_.back().node.kind == Node::Kind::mapping && !open_.back().key;
  }

  void add(Node node) {
    if (open_.empty()) {
      root_ = std::move(node);
      return;
    }
    Open& parent = open_.back();
    if (parent.node.kind == Node::Kind::list) {
      parent.node.items.push_back(std::move(node));
    } else if (!parent.key) {
      add_key(parent, std::move(node));
    } else {
      add_value(parent, std::move(node));
    }
  }

  void add_key(Open& parent, Node key) {
    if (key.kind == Node::Kind::null) refuse_key(key.place, "nothing");
    parent.key = std::move(key);
  }

  void add_value(Open& parent, Node value) {
    Node key = std::move(*parent.key);
    parent.key.reset();
    if (key.kind == Node::Kind::refused) return;
    if (value.kind == Node::Kind::null && !key.is_quoted) {
      if (!parent.node.pairs.empty() && is_cut_at_comma(parent.node.pairs.back().value, key)) return;
      add_missing_space(key, value);
    }
    if (key.text == "<<" && !key.is_quoted) {
      notes_.add({key.place, "merging mappings with << is not read", "it hides which keys a mapping has",
                  "write the keys out"});
      return;
    }
    const auto [first, is_new] = parent.lines.try_emplace(key.text, positions_.line(key.place));
    if (!is_new) {
      notes_.add({key.place, "the key " + in_quotes(key.text) + " is given twice",
                  "first on line " + std::to_string(first->second), "remove one of the two"});
      return;
    }
    parent.node.pairs.push_back({std::move(key), std::move(value)});
  }

  /// Within braces 2,000 is read as the value 2 and a key 000.
  bool is_cut_at_comma(Node& number, const Node& key) {
    if (number.kind != Node::Kind::scalar || number.is_quoted || number.place.source != key.place.source) return false;
    const auto are_digits = [](std::string_view text) {
      return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
    };
    const std::size_t digits = std::min(key.text.find_first_not_of("0123456789"), key.text.size());
    const bool is_adjacent = key.place.offset == number.place.offset + number.text.size() + 1;
    if (!are_digits(number.text) || digits == 0 || !is_adjacent) return false;
    const std::string written = number.text + "," + key.text;
    Place place = number.place;
    place.width = count_characters(written);
    constexpr std::size_t thousands = 3;
    notes_.add({place, in_quotes(written) + " is a number with a comma", "within braces a comma ends the value",
                digits == thousands ? "write " + number.text + key.text : "write " + number.text + "." + key.text});
    number.kind = Node::Kind::refused;
    return true;
  }

  /// Within braces mean:5 is read as a key without a value. It becomes the key that was meant.
  void add_missing_space(Node& key, Node& value) {
    const std::size_t colon = key.text.find(':');
    if (colon == 0 || colon == std::string::npos || colon + 1 == key.text.size()) return;
    notes_.add({key.place, in_quotes(key.text) + " lacks a space after the colon", "YAML takes it for one word",
                "write \"" + key.text.substr(0, colon) + ": " + key.text.substr(colon + 1) + '"'});
    key.text.resize(colon);
    value.kind = Node::Kind::refused;
  }

  /// yaml-cpp takes a bracket that is never closed for a key.
  void refuse_open_bracket(const Place& place) {
    const std::string_view text = positions_.from(place);
    if (text.starts_with('[') && text.find(']') == std::string_view::npos) {
      throw Refusal{{place, "a [ without its ]", "the list never ends", "close it"}};
    }
    if (text.starts_with('{') && text.find('}') == std::string_view::npos) {
      throw Refusal{{place, "a { without its }", "the mapping never ends", "close it"}};
    }
  }

  [[noreturn]] void refuse_key(const Place& place, const std::string& what) {
    throw Refusal{{place, what + " cannot be a key", "keys are words", "write \"key: value\""}};
  }

  void refuse_anchor(const Place& place, YAML::anchor_t anchor) {
    if (anchor == 0) return;
    notes_.add({place, "anchors (&name) are not read", "a few lines of aliases can stand for gigabytes",
                "remove the anchor and write the value wherever it is needed"});
  }

  /// yaml-cpp gives "?" for no tag and "!" for quoted scalars.
  void refuse_tag(const Place& place, const std::string& tag) {
    if (tag.empty() || tag == "?" || tag == "!") return;
    notes_.add({place, "the tag " + in_quotes(tag) + " is not read", "every key knows the type of its value",
                "remove the tag"});
  }

  const Positions& positions_;
  Notes& notes_;
  std::vector<Open> open_;
  std::optional<Node> root_;
};

/// Reads from memory without a copy.
class MemoryBuffer : public std::streambuf {
 public:
  explicit MemoryBuffer(std::string_view text) {
    char* begin = const_cast<char*>(text.data());  // streambuf asks for char*, an input stream never writes
    setg(begin, begin, begin + text.size());
  }
};

void refuse_too_much_structure(std::string_view text, std::size_t index, std::size_t begin) {
  std::size_t count = 0;
  for (std::size_t i = begin; i < text.size(); ++i) {
    if (std::string_view(",:[]{}-?&*!\n").find(text[i]) == std::string_view::npos) continue;
    if (++count > max_structure) {
      throw Refusal{{{.source = index, .offset = i},
                     "this is too much for one scenario",
                     "over 50 000 commas, colons, brackets, dashes and lines",
                     "put tables into a CSV file"}};
    }
  }
}

/// A line such as theory:botsa near the place of a complaint, on which yaml-cpp stumbles only later: that line or the last one
/// before it that holds anything.
std::optional<Note> missing_space(std::string_view text, const Place& place) {
  std::size_t end = std::min(text.find('\n', std::min(place.offset, text.size())), text.size());
  for (int lines = 0; lines < 2;) {
    const std::size_t begin = end == 0 ? 0 : text.rfind('\n', end - 1) + 1;  // npos + 1 is 0
    const std::string_view line = text.substr(begin, end - begin);
    const std::size_t word = line.find_first_not_of(" -");
    const std::size_t colon = word == std::string_view::npos ? word : line.find_first_not_of(key_letters, word);
    const bool is_key = colon != std::string_view::npos && colon > word && line[colon] == ':';
    if (is_key && colon + 1 < line.size() && line[colon + 1] != ' ') {
      const std::string_view written = line.substr(word, std::min(line.find(' ', word), line.size()) - word);
      return Note{{place.source, begin + word, count_characters(written)},
                  in_quotes(written) + " lacks a space after the colon",
                  "YAML takes it for one word",
                  fmt::format("write \"{}: {}\"", line.substr(word, colon - word), written.substr(colon + 1 - word))};
    }
    if (word != std::string_view::npos) ++lines;
    if (begin == 0) break;
    end = begin - 1;
  }
  return std::nullopt;
}

/// yaml-cpp's commonest complaints in words that help; others are passed on.
Note syntax_error(const Place& place, const std::string& complaint) {
  struct Known {
    std::string_view complaint, problem, why, suggestion;
  };
  static constexpr std::array known{
      Known{"illegal map value", "a colon where none can stand", "this line already has a key and its value",
            "check the indentation, or put the text in quotes"},
      Known{"illegal map key", "a key where none can stand", "it is indented unlike its neighbours",
            "check the indentation"},
      Known{"illegal block entry", "a list item where none can stand", "this line already has a value",
            "check the indentation"},
      Known{"end of map not found", "the mapping does not go on here as it began", "its keys are indented alike",
            "check the indentation, and that each key ends in a colon and a space"},
      Known{"end of sequence not found", "the list does not go on here as it began", "its items are indented alike",
            "check the indentation, and that each item begins with a dash and a space"},
      Known{"end of map flow not found", "a { without its }", "or something other than key: value in it",
            "close it, and put commas between the pairs"},
      Known{"end of sequence flow not found", "a [ without its ]", "or a comma is missing in it",
            "close it, and put commas between the items"},
      Known{"illegal EOF in scalar", "a quote that is never closed", "the text would go on to the end of the file",
            "close it"},
      Known{"illegal flow end", "a closing bracket without its opening one", "nothing is open here", "remove it"},
      Known{"unknown token", "this character cannot begin a value", "YAML reserves it", "put the value in quotes"},
  };
  for (const Known& entry : known) {
    if (complaint.find(entry.complaint) != std::string::npos) {
      return {place, std::string(entry.problem), std::string(entry.why), std::string(entry.suggestion)};
    }
  }
  return {place, "this is not YAML", complaint, "check quotes, brackets and indentation"};
}

}  // namespace

Node parse(const Source& source, std::size_t index, std::size_t begin, Notes& notes) {
  if (const auto bad = first_control_character(source.text)) {
    throw Refusal{
        {{.source = index, .offset = *bad}, "a control character", "only tabs and line ends are text", "remove it"}};
  }
  refuse_too_much_structure(source.text, index, begin);
  const Positions positions(source.text, index, begin);
  MemoryBuffer buffer(std::string_view(source.text).substr(begin));
  std::istream stream(&buffer);
  Builder builder(positions, notes);
  try {
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const YAML::Exception& error) {
    Place place = positions.place(error.mark);
    if (const auto tab = positions.tab_before(place)) {
      throw Refusal{{*tab, "a tab in the indentation", "YAML indents with spaces only", "use spaces"}};
    }
    const bool is_bracket =
        error.msg == YAML::ErrorMsg::END_OF_SEQ_FLOW || error.msg == YAML::ErrorMsg::END_OF_MAP_FLOW;
    if (is_bracket) place = builder.innermost().value_or(place);
    if (error.msg.starts_with(YAML::ErrorMsg::UNKNOWN_ANCHOR)) throw Refusal{Builder::alias_refused(place)};
    if (auto note = missing_space(source.text, place)) throw Refusal{std::move(*note)};
    throw Refusal{syntax_error(place, error.msg)};
  }
  std::optional<Node> root = builder.root();
  if (!root) return make_node(Node::Kind::null, {.source = index, .offset = begin});
  return std::move(*root);
}

}  // namespace kith::config
