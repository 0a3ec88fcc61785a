#include "config/source.hpp"

#include <algorithm>
#include <utility>

#include "core/utf8.hpp"

namespace kith::config {

Node make_node(Node::Kind kind, const Place& place) {
  Node node;
  node.kind = kind;
  node.place = place;
  return node;
}

Pair* Node::find(std::string_view key) {
  for (Pair& pair : pairs) {
    if (pair.key.text == key) return &pair;
  }
  return nullptr;
}

void Notes::add(Note note) {
  ++count_;
  if (!is_full()) kept_.push_back(std::move(note));
}

void Notes::forget_absence(std::string_view path) {
  const auto is_meant = [&](std::string_view absent) {
    return absent.starts_with(path) && (absent.size() == path.size() || absent[path.size()] == '.');
  };
  count_ -= std::erase_if(
      kept_, [&](const Note& note) { return std::any_of(note.absent.begin(), note.absent.end(), is_meant); });
}

std::string normalised(std::string_view raw, std::size_t source) {
  if (const auto bad = first_invalid_byte(raw)) {
    const bool is_utf16 = raw.starts_with("\xFF\xFE") || raw.starts_with("\xFE\xFF");
    throw Refusal{{{.source = source, .offset = *bad},
                   "byte " + std::to_string(*bad + 1) + " is not UTF-8",
                   is_utf16 ? "the file seems to be UTF-16" : "the file may be in Latin-1 or no text at all",
                   "save it as UTF-8"}};
  }
  if (raw.starts_with("\xEF\xBB\xBF")) raw.remove_prefix(3);
  std::string text;
  text.reserve(raw.size());
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] == '\r' && i + 1 < raw.size() && raw[i + 1] == '\n') continue;
    text += raw[i];
  }
  return text;
}

}  // namespace kith::config
