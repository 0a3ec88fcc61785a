#include "config/flat.hpp"

#include <algorithm>

#include "config/source.hpp"

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

}  // namespace

std::vector<std::pair<std::string, std::string>> leaves(const std::string& yaml) {
  const Source source{Source::Kind::scenario, "the scenario of the result", yaml};
  Notes notes;
  Leaves found;
  try {
    const Node root = parse(source, 0, 0, notes);
    if (root.kind == Node::Kind::mapping) collect(root, "", found);
  } catch (const Refusal& refusal) {
    throw Error(ErrorKind::failed, "the scenario in the result cannot be read: " + refusal.note.problem);
  }
  if (found.empty()) throw Error(ErrorKind::failed, "the scenario in the result cannot be read: it is empty");
  return found;
}

}  // namespace kith::config
