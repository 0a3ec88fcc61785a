#include "config/state.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/utf8.hpp"

namespace kith::config {

std::string Frame::path_of(std::string_view key) const {
  return path.empty() ? std::string(key) : path + "." + std::string(key);
}

std::string Frame::pattern_of(std::string_view key) const {
  return pattern.empty() ? std::string(key) : pattern + "." + std::string(key);
}

Frame& State::add_frame(Frame frame) {
  frames.push_back(std::move(frame));
  return frames.back();
}

Section State::section(Frame& frame) { return {*this, frame}; }

Frame& State::silent_frame(const Frame& parent, std::string_view key) {
  return add_frame({.purpose = Frame::Purpose::silent, .path = parent.path_of(key), .pattern = parent.pattern_of(key)});
}

Pair* State::take(Frame& frame, std::string_view key) {
  if (std::find(frame.asked.begin(), frame.asked.end(), key) == frame.asked.end()) frame.asked.emplace_back(key);
  return frame.node == nullptr ? nullptr : frame.node->find(key);
}

Entry* State::record(const Frame& frame, const Spec& spec, const std::string& type,
                     const std::vector<Option>& options) {
  if (frame.purpose != Frame::Purpose::describe) return nullptr;
  Entry entry;
  entry.path = frame.pattern_of(spec.key);
  std::size_t depth = frame.conditions.size();
  if (depth > 0 && frame.conditions.back() == entry.path) {  // the key that chooses the alternative itself
    entry.is_alternative = true;
    --depth;
  }
  if (depth > 0) entry.only_with = frame.conditions[depth - 1];
  if (!recorded.insert(entry.path + "\n" + entry.only_with).second) return nullptr;
  const bool is_structure = type == "mapping" || type == "list" || type == "map";
  entry.type = type;
  entry.has_fallback = spec.fallback.has_value();
  entry.is_tested = frame.tested.count(std::string(spec.key)) > 0;
  entry.required = !is_structure && !entry.has_fallback && !entry.is_tested && !entry.is_alternative;
  entry.fallback = spec.fallback.value_or("");
  entry.min = spec.min;
  entry.max = spec.max;
  entry.above_min = spec.above_min;
  entry.doc = spec.doc;
  entry.mark = spec.mark;
  entry.source = spec.source;
  entry.same_as = spec.same_as;
  entry.is_repeated = std::any_of(entries.begin(), entries.end(), [&](const Entry& other) {
    return !other.same_as.empty() && entry.path.starts_with(other.path + ".");
  });
  for (const Option& option : options) entry.options.emplace_back(option.name, option.doc);
  if (!spec.unit.empty()) {
    const Dimension dimension = dimension_of(spec.unit);
    entry.unit = dimension == Dimension::share ? "%" : canonical_unit(dimension);
  }
  entries.push_back(std::move(entry));
  return &entries.back();
}

Resolved& State::resolve(Frame& frame, std::string_view key) {
  const auto same = [&](const Resolved& item) { return item.key == key; };
  const auto found = std::find_if(frame.resolved.begin(), frame.resolved.end(), same);
  if (found != frame.resolved.end()) {
    *found = Resolved{.key = std::string(key)};
    return *found;
  }
  frame.resolved.push_back({.key = std::string(key)});
  return frame.resolved.back();
}

std::string State::estimates_at(const Place& place) const {
  const Source& source = sources[place.source];
  return source.kind == Source::Kind::estimates ? source.name : "";
}

void State::note(const Place& place, std::string problem, std::string why, std::string suggestion,
                 std::vector<std::string> absent) {
  notes.add({place, std::move(problem), std::move(why), std::move(suggestion), std::move(absent)});
}

void State::note_missing(const Frame& frame, const Spec& spec) {
  // The whole mapping is absent, and a scalar in its place would do.
  const bool is_short = frame.node == nullptr && !frame.shorthand.empty() && frame.shorthand == spec.key;
  const std::string path = is_short ? frame.path : frame.path_of(spec.key);
  std::string suggestion = "add \"" + path.substr(path.rfind('.') + 1) + ": …\"";
  if (!spec.doc.empty()) suggestion += ", " + std::string(spec.doc);
  note(frame.place, path + " is missing", "it has no default", std::move(suggestion), {path});
}

void State::note_kind(const Frame& frame, std::string_view key, const Node& value, const Place& place,
                      const std::string& wanted, std::string_view example) {
  const std::string path = frame.path_of(key);
  const std::string why = wanted + " is wanted";
  const std::string instead = example.empty() ? "" : "write e.g. " + std::string(example);
  switch (value.kind) {
    case Node::Kind::null:
      return note(place, path + " has no value", why, "write one, or remove it");
    case Node::Kind::scalar:
      return note(place, path + " is " + in_quotes(value.text), why);
    case Node::Kind::list:
      return note(place, path + " is a list", why, instead);
    case Node::Kind::mapping:
      if (value.shorthand) {
        return note(place, path + " is " + in_quotes(value.shorthand->text) + " and has no keys below it", why,
                    "set " + path + " itself");
      }
      return note(place, path + " is a mapping", why, instead);
    case Node::Kind::refused:
      return;
  }
}

Place value_place(const Pair& pair) {
  const bool is_below = pair.value.kind == Node::Kind::list || pair.value.kind == Node::Kind::mapping;
  return is_below && pair.value.place.source == pair.key.place.source ? pair.key.place : pair.value.place;
}

std::string yaml_text(const std::string& text) {
  constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_";
  constexpr std::string_view safe = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_0123456789./- ";
  constexpr std::array<std::string_view, 9> words{"true", "false", "yes", "no", "on", "off", "null", "y", "n"};
  std::string lower = text;
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  const bool is_plain = !text.empty() && letters.find(text[0]) != std::string_view::npos && text.back() != ' ' &&
                        text.find_first_not_of(safe) == std::string::npos &&
                        std::find(words.begin(), words.end(), lower) == words.end();
  if (is_plain) return text;
  std::string result = "\"";
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t size = first_character_size(std::string_view(text).substr(i));
    const std::string_view character = std::string_view(text).substr(i, size);
    const auto byte = static_cast<unsigned char>(character.back());
    const bool is_c1 = size == 2 && static_cast<unsigned char>(character[0]) == 0xC2 && byte < 0xA0;
    if (character == "\"" || character == "\\") {
      result += "\\" + std::string(character);
    } else if (character == "\n") {
      result += "\\n";
    } else if ((size == 1 && (byte < 0x20 || byte == 0x7F)) || is_c1) {
      constexpr std::string_view digits = "0123456789abcdef";
      result += std::string("\\x") + digits[byte / 16] + digits[byte % 16];
    } else {
      result += character;
    }
    i += size;
  }
  return result + "\"";
}

std::string listed(const std::vector<std::string>& words) {
  constexpr std::size_t most = 12;
  std::string text;
  for (std::size_t i = 0; i < words.size() && i < most; ++i) text += (i == 0 ? "" : ", ") + words[i];
  return words.size() > most ? text + ", …" : text;
}

}  // namespace kith::config
