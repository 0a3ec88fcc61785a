#include "config/flat.hpp"

#include <algorithm>

#include "config/source.hpp"
#include "config/state.hpp"

namespace kith::config {
namespace {

using Leaves = std::vector<std::pair<std::string, std::string>>;

std::string joined(const Node& list) {
  std::string text = "[";
  for (const Node& item : list.items) text += (text.size() == 1 ? "" : ", ") + item.text;
  return text + "]";
}

void collect(const Node& node, const std::string& path, Leaves& found) {
  const auto below = [&](const std::string& name) { return path.empty() ? name : path + "." + name; };
  switch (node.kind) {
    case Node::Kind::mapping:
      for (const Pair& pair : node.pairs) collect(pair.value, below(pair.key.text), found);
      return;
    case Node::Kind::list: {
      const auto is_plain = [](const Node& item) { return item.kind == Node::Kind::scalar; };
      if (std::all_of(node.items.begin(), node.items.end(), is_plain)) {
        found.emplace_back(path, joined(node));
        return;
      }
      for (std::size_t i = 0; i < node.items.size(); ++i) collect(node.items[i], below(std::to_string(i)), found);
      return;
    }
    default:
      found.emplace_back(path, node.text);
  }
}

std::string flow(const Node& node) {
  std::string text;
  const auto add = [&](const std::string& part) { text += (text.empty() ? "" : ", ") + part; };
  switch (node.kind) {
    case Node::Kind::mapping:
      for (const Pair& pair : node.pairs) add(yaml_text(pair.key.text) + ": " + flow(pair.value));
      return "{" + text + "}";
    case Node::Kind::list:
      for (const Node& item : node.items) add(flow(item));
      return "[" + text + "]";
    default: {
      const bool is_plain = !node.is_quoted && node.text.find_first_of(",[]{}") == std::string::npos;
      return is_plain ? node.text : yaml_text(node.text);
    }
  }
}

Node read_mapping(const std::string& yaml) {
  const Source source{Source::Kind::scenario, "the scenario of the result", yaml};
  Notes notes;
  try {
    Node root = parse(source, 0, 0, notes);
    if (root.kind == Node::Kind::mapping && !root.pairs.empty()) return root;
  } catch (const Refusal& refusal) {
    throw Error(ErrorKind::failed, "the scenario in the result cannot be read: " + refusal.note.problem);
  }
  throw Error(ErrorKind::failed, "the scenario in the result cannot be read: it is empty");
}

}  // namespace

std::vector<std::pair<std::string, std::string>> leaves(const std::string& yaml) {
  Leaves found;
  collect(read_mapping(yaml), "", found);
  return found;
}

std::string on_one_line(const std::string& yaml, const std::string& key) {
  const Node root = read_mapping(yaml);
  for (const Pair& pair : root.pairs) {
    if (pair.key.text == key) return flow(pair.value);
  }
  return "";
}

}  // namespace kith::config
