#include <charconv>
#include <optional>
#include <utility>

#include "config/source.hpp"
#include "core/utf8.hpp"

namespace kith::config {

namespace {

/// One part of "a.b.0": a key, or the place of an item in a list.
struct Segment {
  std::string text;
  Place place;

  bool is_index() const { return text.find_first_not_of("0123456789") == std::string::npos; }
};

[[noreturn]] void refuse(const Place& place, std::string problem, std::string why, std::string suggestion) {
  throw Refusal{{place, std::move(problem), std::move(why), std::move(suggestion)}};
}

std::vector<Segment> split_path(std::string_view path, std::size_t source) {
  std::vector<Segment> segments;
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find('.', begin), path.size());
    const std::string_view part = path.substr(begin, end - begin);
    const Place place{.source = source, .offset = begin, .width = std::max<std::size_t>(1, count_characters(part))};
    if (part.empty() || part.find_first_of(" \t\n") != std::string_view::npos) {
      refuse(place, in_quotes(path) + " is not a path", "a path is keys joined by dots, without spaces",
             "write a.b=value");
    }
    segments.push_back({std::string(part), place});
    begin = end + 1;
  }
  return segments;
}

/// The place of the item that has this name, as `name:`; nothing where none has.
std::optional<std::size_t> place_of_name(Node& list, const std::string& name) {
  for (std::size_t k = 0; k < list.items.size(); ++k) {
    Node& each = list.items[k];
    const Pair* const pair = each.kind == Node::Kind::mapping ? each.find("name") : nullptr;
    if (pair != nullptr && pair->value.kind == Node::Kind::scalar && pair->value.text == name) return k;
  }
  return std::nullopt;
}

Node& item(Node& list, const Segment& segment, const std::string& path) {
  std::size_t index = 0;
  const char* end = segment.text.data() + segment.text.size();
  const bool is_number = segment.is_index() && std::from_chars(segment.text.data(), end, index).ec == std::errc{};
  if (!is_number || index > list.items.size()) {
    const std::size_t size = list.items.size();
    if (const auto named = place_of_name(list, segment.text)) {
      refuse(segment.place, path + " is a list, whose items go by their places", "they are counted from 0",
             "write " + path + "." + std::to_string(*named) + ": it is called " + in_quotes(segment.text));
    }
    refuse(segment.place, path + " has no item " + in_quotes(segment.text),
           size == 1 ? "it is a list of 1 item, counted from 0"
                     : "it is a list of " + std::to_string(size) + " items, counted from 0",
           "write " + path + "." + std::to_string(size) + " to add one");
  }
  if (index == list.items.size()) list.items.push_back(make_node(Node::Kind::null, segment.place));
  return list.items[index];
}

/// The value below `node` that `segment` names; made when it is not there.
Node& step(Node& node, const Segment& segment, const std::string& path) {
  if (node.kind == Node::Kind::null) {
    node = make_node(segment.is_index() ? Node::Kind::list : Node::Kind::mapping, segment.place);
  } else if (node.kind == Node::Kind::scalar) {
    // A key that allows the short form gets its long form; any other reader refuses the mapping with the scalar's text.
    auto scalar = std::make_unique<Node>(std::move(node));
    node = make_node(Node::Kind::mapping, segment.place);
    node.shorthand = std::move(scalar);
  }
  if (node.kind == Node::Kind::list) return item(node, segment, path);
  if (Pair* pair = node.find(segment.text)) return pair->value;
  Node key = make_node(Node::Kind::scalar, segment.place);
  key.text = segment.text;
  node.pairs.push_back({std::move(key), make_node(Node::Kind::null, segment.place)});
  return node.pairs.back().value;
}

Node& descend(Node& root, const std::vector<Segment>& segments) {
  Node* node = &root;
  std::string path;
  for (const Segment& segment : segments) {
    node = &step(*node, segment, path.empty() ? "the scenario" : path);
    path += (path.empty() ? "" : ".") + segment.text;
  }
  return *node;
}

}  // namespace

void apply_override(Node& root, const Source& source, std::size_t index, Notes& notes) {
  const std::string_view text = source.text;
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos || equals == 0) {
    refuse({.source = index, .width = std::max<std::size_t>(1, count_characters(text))},
           in_quotes(text) + " sets nothing", "an override is a path, = and a value", "write a.b=value");
  }
  const std::vector<Segment> segments = split_path(text.substr(0, equals), index);
  Node value = parse(source, index, equals + 1, notes);
  if (value.kind == Node::Kind::null && value.place.offset <= equals + 1 && text.size() == equals + 1) {
    refuse({.source = index, .offset = text.size()}, "no value after =", "an override gives a value",
           "write \"\" for an empty text");
  }
  descend(root, segments) = std::move(value);
}

Node& at_path(Node& root, std::string_view path, const Place& place) {
  std::vector<Segment> segments = split_path(path, place.source);
  for (Segment& segment : segments) segment.place = place;
  return descend(root, segments);
}

}  // namespace kith::config
