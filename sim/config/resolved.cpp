#include "config/state.hpp"

namespace kith::config {

namespace {

std::string print_mapping(const Frame& frame, std::size_t indent);

/// The items of a list, each a mapping behind a dash.
std::string print_items(const std::vector<Frame*>& items, std::size_t indent) {
  std::string text;
  for (const Frame* item : items) {
    std::string mapping = print_mapping(*item, indent + 2);
    if (mapping.empty()) mapping = std::string(indent + 2, ' ') + "{}\n";
    mapping[indent] = '-';
    text += mapping;
  }
  return text;
}

std::string print_mapping(const Frame& frame, std::size_t indent) {
  std::string text;
  for (const Resolved& item : frame.resolved) {
    text += std::string(indent, ' ') + yaml_text(item.key) + ":";
    std::string below;
    if (item.kind == Resolved::Kind::mapping) below = print_mapping(*item.mapping, indent + 2);
    if (item.kind == Resolved::Kind::list) below = print_items(item.items, indent + 2);
    if (item.kind == Resolved::Kind::scalar) {
      const std::string note = !item.from.empty() ? "  # fitted: " + item.from : item.is_default ? "  # default" : "";
      text += " " + item.text + note + "\n";
    } else if (below.empty()) {
      text += item.kind == Resolved::Kind::list ? " []  # default\n" : " {}\n";
    } else {
      text += "\n" + below;
    }
  }
  return text;
}

}  // namespace

std::string print_resolved(const Frame& root) { return print_mapping(root, 0); }

}  // namespace kith::config
