#include "config/fitted.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "config/document.hpp"
#include "config/estimates.hpp"
#include "config/file.hpp"
#include "core/inputs.hpp"
#include "core/utf8.hpp"

namespace kith::config {

namespace {

/// What a scenario says of a condition.
enum class Said { nothing, same, other };

Said said(const Node& root, const std::string& path, const std::string& value) {
  const Node* node = &root;
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find('.', begin), path.size());
    const bool is_last = end == path.size();
    // In place of the mapping stands one word: `theory: botsa` for {name: botsa}.
    const Node* word = node->kind == Node::Kind::scalar ? node : node->shorthand.get();
    const Node* below = nullptr;
    for (const Pair& pair : node->pairs) {
      if (pair.key.text == path.substr(begin, end - begin)) below = &pair.value;
    }
    if (below == nullptr) {
      if (word == nullptr || !is_last) return Said::nothing;
      return word->text == value ? Said::same : Said::other;
    }
    node = below;
    begin = end + 1;
  }
  if (node->kind == Node::Kind::scalar) return node->text == value ? Said::same : Said::other;
  return Said::other;
}

/// The node at a path; null where the scenario says nothing there.
const Node* given(const Node& root, const std::string& path) {
  const Node* node = &root;
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find('.', begin), path.size());
    const std::string part = path.substr(begin, end - begin);
    const Node* below = nullptr;
    for (const Pair& pair : node->pairs) {
      if (pair.key.text == part) below = &pair.value;
    }
    if (node->kind == Node::Kind::list) {
      for (std::size_t i = 0; i < node->items.size(); ++i) {
        if (std::to_string(i) == part) below = &node->items[i];
      }
    }
    if (below == nullptr) return nullptr;
    node = below;
    begin = end + 1;
  }
  return node;
}

/// Sets a key as an override would, with its place in the file of estimates.
void set(State& state, std::size_t source, const std::string& path, Node value) {
  try {
    at_path(state.root, path, value.place) = std::move(value);
  } catch (const Refusal& refusal) {
    Note note = refusal.note;
    note.place = {.source = source};
    state.notes.add(std::move(note));
  }
}

/// Where the file lies: from the scenario's folder, or for an override from where the program runs.
std::string path_of(const State& state, const Node& name) {
  const std::filesystem::path written(name.text);
  const bool is_bare = name.place.source != 0 || written.is_absolute() || state.folder.empty() || state.folder == ".";
  return is_bare ? name.text : (std::filesystem::path(state.folder) / written).string();
}

void apply_file(State& state, const Node& name) {
  const std::string path = path_of(state, name);
  if (!is_input_there(path)) {
    state.note(name.place, "there is no file " + path, "estimates are read from it");
    return;
  }
  const std::string text = read_file(path);
  Document document = Document::from_text(text, display_name(path), {}, ".", Document::Fitted::ignored);
  const Estimates estimates = read_estimates(document.root());
  document.check([](Section root) { read_estimates(std::move(root)); });
  TakenEstimates& taken = state.taken.emplace_back();
  taken.file = display_name(path);
  taken.title = estimates.title;
  for (const auto& [key, value] : estimates.when) {
    if (said(state.root, key, value) != Said::other) continue;
    taken.other = fmt::format("{}={}", key, value);
    return;
  }
  const std::size_t source = state.sources.size();
  state.sources.push_back({Source::Kind::estimates, display_name(path), normalised(text, source)});
  Node root = parse(state.sources.back(), source, 0, state.notes);
  for (const auto& [key, value] : estimates.when) {
    if (said(state.root, key, value) == Said::same) continue;
    Node node = make_node(Node::Kind::scalar, root.find("when")->key.place);
    node.text = value;
    set(state, source, key, std::move(node));
  }
  for (Pair& pair : root.find("values")->value.pairs) {
    const std::string& key = pair.key.text;
    Node& value = pair.value.find("value")->value;
    const Node* const own = given(state.root, key);
    // A scenario with every default filled in gives what it once took from here.
    if (own != nullptr && own->text != value.text) {
      taken.left.push_back(key);
      continue;
    }
    taken.values.emplace_back(key, value.text);
    if (own == nullptr) set(state, source, key, std::move(value));
  }
  for (const Estimate& one : estimates.values) {
    const auto is_it = [&](const auto& value) { return value.first == one.key; };
    if (!one.is_settled() && std::any_of(taken.values.begin(), taken.values.end(), is_it))
      taken.unsettled.push_back(one.key);
  }
}

}  // namespace

void apply_fitted(State& state) {
  Pair* pair = state.root.find("fitted");
  if (pair == nullptr) return;
  std::vector<Node> names;  // the tree moves while values are put in
  const auto take = [&](Node& name) {
    if (name.kind != Node::Kind::scalar || name.text.empty()) return;  // the reader of the scenario tells
    names.push_back(make_node(Node::Kind::scalar, name.place));
    names.back().text = name.text;
    const std::string path = path_of(state, name);
    // What --set names is found from elsewhere, too, once the resolved scenario is read.
    std::error_code ignored;
    if (name.place.source != 0) name.text = std::filesystem::absolute(path, ignored).string();
    state.files[name.place.source == 0 ? path : name.text] = path;
  };
  take(pair->value);
  for (Node& item : pair->value.items) take(item);
  for (const Node& name : names) apply_file(state, name);
}

}  // namespace kith::config
