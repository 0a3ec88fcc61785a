#include <algorithm>

#include "config/state.hpp"
#include "core/utf8.hpp"

/// Keys of the scenario that no call asked for.
namespace kith::config {

namespace {

struct Unknown {
  const Frame* frame;
  const Pair* pair;
};

std::vector<Unknown> find_unknown(const std::deque<Frame>& frames) {
  std::vector<Unknown> unknown;
  for (const Frame& frame : frames) {
    if (!frame.has_yaml() || frame.node == nullptr) continue;
    for (const Pair& pair : frame.node->pairs) {
      if (std::find(frame.asked.begin(), frame.asked.end(), pair.key.text) == frame.asked.end()) {
        unknown.push_back({&frame, &pair});
      }
    }
  }
  return unknown;
}

std::string last_part(const std::string& path) { return path.substr(path.rfind('.') + 1); }

std::string joined(const std::vector<std::string>& words, const std::string& separator) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : separator) + word;
  return text;
}

/// The keys that a mapping could have, and those of them that it lacks: what is given already was not meant.
struct Known {
  std::vector<std::string> keys, absent;
};

Known known_keys(const Frame& frame, const std::vector<Entry>& entries) {
  Known known{frame.asked, {}};
  const auto add = [&](const std::string& word) {
    if (std::find(known.keys.begin(), known.keys.end(), word) == known.keys.end()) known.keys.push_back(word);
  };
  for (const std::string& word : frame.tested) add(word);
  for (const Entry& entry : entries) {
    if (frame.is_unclear && entry.path == frame.pattern_of(last_part(entry.path))) add(last_part(entry.path));
  }
  for (const std::string& word : known.keys) {
    if (frame.node->find(word) == nullptr) known.absent.push_back(word);
  }
  return known;
}

/// What is said of an unknown key, and the path of the key that was meant; "" where no key of the same mapping is near.
struct Finding {
  Note note;
  std::string meant = {};
};

/// Nothing where it is not clear which keys belong here; `entries` is empty when there is no reference.
std::optional<Finding> unknown_key(const Unknown& unknown, const Known& known, const std::vector<Entry>& entries) {
  const Frame& frame = *unknown.frame;
  const std::string& key = unknown.pair->key.text;
  const std::string pattern = frame.pattern_of(key);
  std::vector<std::string> conditions;
  std::vector<std::string> elsewhere;
  bool is_known = false;
  for (const Entry& entry : entries) {
    is_known = is_known || entry.path == pattern;
    if (entry.path == pattern && !entry.only_with.empty()) conditions.push_back(entry.only_with);
    if (last_part(entry.path) == key && entry.path != pattern) elsewhere.push_back(entry.path);
  }
  if (frame.is_unclear && (entries.empty() || is_known)) return std::nullopt;
  const std::string here = frame.path.empty() ? "a scenario" : frame.path;
  if (is_known && conditions.empty())
    return Finding{{unknown.pair->key.place, in_quotes(key) + " is not used here", "", "remove it"}};
  if (is_known) {
    return Finding{{unknown.pair->key.place, in_quotes(key) + " is not used here",
                    "it goes with " + joined(conditions, " or "), "remove it, or choose what it goes with"}};
  }
  Note note{unknown.pair->key.place, "unknown key " + in_quotes(key),
            known.keys.empty() ? here + " has no keys" : here + " has " + listed(known.keys), "remove it"};
  std::string near = key.size() > 100 ? "" : nearest(key, known.absent);
  if (near.empty() && key.size() <= 100 && elsewhere.empty())
    near = nearest(key, known.keys);  // given already, as --set may
  if (!near.empty()) {
    note.suggestion = "did you mean " + in_quotes(near) + "?";
    return Finding{std::move(note), frame.path_of(near)};
  }
  if (!elsewhere.empty()) {
    const bool is_top = std::find(elsewhere.begin(), elsewhere.end(), key) != elsewhere.end();
    note.suggestion = is_top ? "did you mean the part " + in_quotes(key) + " of the whole scenario?"
                             : "did you mean " + in_quotes(elsewhere.front()) + "?";
  }
  return Finding{std::move(note)};
}

}  // namespace

void State::note_unknown_keys(const std::function<void(Section)>& read) {
  const std::vector<Unknown> unknown = find_unknown(frames);
  if (unknown.empty()) return;
  Document reference = Document::describe();
  if (read) read(reference.root());
  const Frame* frame = nullptr;
  Known known;
  for (const Unknown& key : unknown) {
    if (notes.is_full()) {
      notes.add_unread();
      continue;
    }
    if (key.frame != frame) known = known_keys(*key.frame, reference.entries());
    frame = key.frame;
    std::optional<Finding> finding = unknown_key(key, known, reference.entries());
    if (!finding) continue;
    notes.add(std::move(finding->note));
    if (!finding->meant.empty()) notes.forget_absence(finding->meant);
  }
}

}  // namespace kith::config
