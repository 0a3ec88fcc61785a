#pragma once

#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "config/state.hpp"

/// How a value of one type is read, whatever the type.
namespace kith::config {

/// What became of a text: a value, or what is wrong with it.
template <class T>
struct Parsed {
  std::optional<T> value = std::nullopt;
  std::string problem = {}, why = {}, suggestion = {};
};

enum class Quotes { absent, present };

/// A type of values.
template <class T>
struct Type {
  std::string name;    ///< as in Entry::type
  std::string wanted;  ///< "a time"
  std::function<Parsed<T>(const std::string& text, Quotes quotes)> parse;
  std::function<std::string(const T&)> print;  ///< as YAML
  T least;                                     ///< stands for a value that is missing or wrong and has no default
};

[[noreturn]] inline void refuse_spec(const std::string& path, const std::string& problem) {
  throw std::logic_error("the specification of " + path + " is wrong: " + problem);
}

/// The value of a scalar, or nothing after noting what is wrong.
template <class T>
std::optional<T> parse_node(State& state, const Frame& frame, std::string_view key, const Node& value,
                            const Place& place, const Type<T>& type, std::string_view example = "") {
  if (value.kind != Node::Kind::scalar) {
    state.note_kind(frame, key, value, place, type.wanted, example);
    return std::nullopt;
  }
  Parsed<T> parsed = type.parse(value.text, value.is_quoted ? Quotes::present : Quotes::absent);
  if (!parsed.value) state.note(place, parsed.problem, parsed.why, parsed.suggestion);
  return parsed.value;
}

template <class T>
std::optional<T> parse_fallback(const Frame& frame, const Spec& spec, const Type<T>& type) {
  if (!spec.fallback) return std::nullopt;
  Parsed<T> parsed = type.parse(std::string(*spec.fallback), Quotes::absent);
  if (!parsed.value) refuse_spec(frame.path_of(spec.key), parsed.problem + " (" + parsed.why + ")");
  return parsed.value;
}

/// The value that the scenario gives or leaves to the default; nothing when it is missing or wrong.
template <class T>
std::optional<T> read_checked(State& state, Frame& frame, const Spec& spec, const Type<T>& type) {
  const std::optional<T> fallback = parse_fallback(frame, spec, type);
  const Pair* pair = state.take(frame, spec.key);
  if (!frame.has_yaml()) return fallback;
  std::optional<T> value = fallback;
  if (pair != nullptr) {
    value = parse_node(state, frame, spec.key, pair->value, value_place(*pair), type, spec.example);
    if (!value) frame.wrong.emplace(spec.key);
  } else if (!fallback) {
    state.note_missing(frame, spec);
  }
  if (!value) return value;
  Resolved& resolved = state.resolve(frame, spec.key);
  resolved.text = type.print(*value);
  if (pair != nullptr) resolved.from = state.estimates_at(pair->value.place);
  resolved.is_default = fallback && resolved.text == type.print(*fallback);
  return value;
}

template <class T>
T read_scalar(State& state, Frame& frame, const Spec& spec, const Type<T>& type) {
  state.record(frame, spec, type.name);
  const std::optional<T> value = read_checked(state, frame, spec, type);
  return value ? *value : parse_fallback(frame, spec, type).value_or(type.least);
}

/// "[a, b]", "[]" or a single value.
inline std::vector<std::string> split_list(std::string_view text) {
  std::vector<std::string> items;
  const bool is_list = text.size() >= 2 && text.front() == '[' && text.back() == ']';
  if (is_list) text = text.substr(1, text.size() - 2);
  const auto trim = [](std::string_view item) {
    while (!item.empty() && item.front() == ' ') item.remove_prefix(1);
    while (!item.empty() && item.back() == ' ') item.remove_suffix(1);
    return std::string(item);
  };
  if (!is_list || !trim(text).empty()) {
    for (std::size_t begin = 0; begin <= text.size();) {
      const std::size_t end = is_list ? std::min(text.find(',', begin), text.size()) : text.size();
      items.push_back(trim(text.substr(begin, end - begin)));
      begin = end + 1;
    }
  }
  return items;
}

template <class T>
std::string print_list(const std::vector<T>& values, const Type<T>& type) {
  std::string text = "[";
  for (std::size_t i = 0; i < values.size(); ++i) text += (i == 0 ? "" : ", ") + type.print(values[i]);
  return text + "]";
}

/// Items of `value`, a list or a single scalar; wrong items are noted and left out.
template <class T>
std::vector<T> parse_items(State& state, Frame& frame, const Spec& spec, const Pair& pair, const Type<T>& type) {
  std::vector<T> values;
  const auto add = [&](const std::string& key, const Node& node, const Place& place) {
    if (auto value = parse_node(state, frame, key, node, place, type, spec.example))
      values.push_back(*value);
    else
      frame.wrong.emplace(spec.key);
  };
  const std::string key(spec.key);
  if (pair.value.kind == Node::Kind::list) {
    for (std::size_t i = 0; i < pair.value.items.size(); ++i) {
      add(key + "." + std::to_string(i), pair.value.items[i], pair.value.items[i].place);
    }
  } else if (pair.value.kind == Node::Kind::scalar) {
    add(key, pair.value, pair.value.place);
  } else {
    state.note_kind(frame, key, pair.value, value_place(pair), "a list", spec.example);
    frame.wrong.emplace(spec.key);
  }
  return values;
}

template <class T>
std::vector<T> read_list(State& state, Frame& frame, const Spec& spec, const Type<T>& type) {
  state.record(frame, spec, type.name + "s");
  std::vector<T> fallback;
  for (const std::string& text : split_list(spec.fallback.value_or("[]"))) {
    Parsed<T> parsed = type.parse(text, Quotes::absent);
    if (!parsed.value) refuse_spec(frame.path_of(spec.key), parsed.problem);
    fallback.push_back(*parsed.value);
  }
  const Pair* pair = state.take(frame, spec.key);
  if (!frame.has_yaml()) return fallback;
  std::vector<T> values = fallback;
  if (pair != nullptr) {
    values = parse_items(state, frame, spec, *pair, type);
    const bool all_wrong = values.empty() && !(pair->value.kind == Node::Kind::list && pair->value.items.empty());
    if (all_wrong) values = fallback.empty() ? std::vector<T>{type.least} : fallback;  // not "nothing is given"
  } else if (!spec.fallback) {
    state.note_missing(frame, spec);
  }
  Resolved& resolved = state.resolve(frame, spec.key);
  resolved.text = print_list(values, type);
  resolved.is_default = spec.fallback && resolved.text == print_list(fallback, type);
  return values;
}

}  // namespace kith::config
