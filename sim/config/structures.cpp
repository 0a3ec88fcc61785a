#include <fmt/format.h>

#include <utility>

#include "config/state.hpp"
#include "config/types.hpp"

/// Sections, lists, maps, variants and alternatives: what leads from one mapping to others.
namespace kith::config {

namespace {

/// The frame of the mapping `name` below `frame`; made when it is read for the first time.
Frame& child(State& state, Frame& frame, const std::string& name, const std::string& pattern, Node* node,
             const Place& place) {
  const std::string key = frame.conditions.empty() ? name : name + "\n" + frame.conditions.back();
  Frame*& known = frame.children[key];
  if (known == nullptr) {
    known = &state.add_frame({.purpose = frame.purpose,
                              .node = node,
                              .place = place,
                              .path = frame.path_of(name),
                              .pattern = frame.pattern_of(pattern),
                              .conditions = frame.conditions});
  }
  return *known;
}

/// Makes `key: value`, where that is a scalar or a list, the mapping {shorthand: value}.
void expand_shorthand(Node& value, std::string_view shorthand) {
  Node alone;
  if (value.shorthand) {
    alone = std::move(*value.shorthand);
    value.shorthand.reset();
  } else {
    alone = std::move(value);
    value = make_node(Node::Kind::mapping, alone.place);
  }
  if (value.find(shorthand) != nullptr) return;
  Node key = make_node(Node::Kind::scalar, alone.place);
  key.text = shorthand;
  value.pairs.push_back({std::move(key), std::move(alone)});
}

/// The node of a mapping or list that is there; null when it is absent or has no value.
struct Found {
  Node* node = nullptr;
  Place place = {};
  bool is_wrong = false;
};

Found find(State& state, Frame& frame, const Spec& spec, Node::Kind kind, const std::string& wanted) {
  Pair* pair = state.take(frame, spec.key);
  if (pair == nullptr) return {nullptr, frame.place, false};
  Node& value = pair->value;
  if (value.kind == Node::Kind::null) return {nullptr, pair->key.place, false};
  if (value.kind == kind && !value.shorthand) return {&value, pair->key.place, false};
  state.note_kind(frame, spec.key, value, value_place(*pair), wanted, spec.example);
  frame.wrong.emplace(spec.key);
  return {nullptr, pair->key.place, true};
}

}  // namespace

Section Section::section(const Spec& spec, std::string_view shorthand) {
  if (Entry* entry = state_->record(*frame_, spec, "mapping")) entry->shorthand = shorthand;
  const std::string key(spec.key);
  if (!shorthand.empty() && frame_->node != nullptr) {
    Pair* pair = frame_->node->find(spec.key);
    const auto stands_alone = [](const Node& value) {
      return value.kind == Node::Kind::scalar || value.kind == Node::Kind::list || value.shorthand;
    };
    if (pair != nullptr && stands_alone(pair->value)) expand_shorthand(pair->value, shorthand);
  }
  const Found found = find(*state_, *frame_, spec, Node::Kind::mapping, "a mapping of keys");
  if (found.is_wrong) return state_->section(state_->silent_frame(*frame_, key));
  Frame& frame = child(*state_, *frame_, key, key, found.node, found.place);
  frame.shorthand = shorthand;
  if (frame_->has_yaml()) {
    Resolved& resolved = state_->resolve(*frame_, spec.key);
    resolved.kind = Resolved::Kind::mapping;
    resolved.mapping = &frame;
  }
  return state_->section(frame);
}

void Section::list(const Spec& spec, const std::function<void(Section&)>& f) {
  state_->record(*frame_, spec, "list");
  const std::string key(spec.key);
  const auto enter = [&](const std::string& item, Node* node, const Place& place) -> Frame& {
    Frame& frame = child(*state_, *frame_, key + "." + item, key + ".[]", node, place);
    Section section = state_->section(frame);
    f(section);
    return frame;
  };
  const Found found = find(*state_, *frame_, spec, Node::Kind::list, "a list");
  if (frame_->purpose == Frame::Purpose::describe) enter("[]", nullptr, {});
  if (!frame_->has_yaml()) return;
  std::vector<Frame*> frames;
  for (std::size_t i = 0; found.node != nullptr && i < found.node->items.size(); ++i) {
    Node& item = found.node->items[i];
    const std::string index = std::to_string(i);
    if (item.kind != Node::Kind::mapping || item.shorthand) {
      state_->note_kind(*frame_, fmt::format("{}.{}", key, index), item, item.place, "a mapping of keys", spec.example);
      frame_->wrong.emplace(spec.key);
      continue;
    }
    frames.push_back(&enter(index, &item, item.place));
  }
  Resolved& resolved = state_->resolve(*frame_, spec.key);
  resolved.kind = Resolved::Kind::list;
  resolved.items = std::move(frames);
}

void Section::map(const Spec& spec, const std::function<void(const std::string& name, Section&)>& f) {
  state_->record(*frame_, spec, "map");
  const std::string key(spec.key);
  const Found found = find(*state_, *frame_, spec, Node::Kind::mapping, "a mapping");
  if (frame_->purpose == Frame::Purpose::silent || found.is_wrong) return;
  Frame& frame = child(*state_, *frame_, key, key, found.node, found.place);
  const auto enter = [&](const std::string& name, Node* node, const Place& place) {
    Frame& entry = child(*state_, frame, name, "*", node, place);
    Section section = state_->section(entry);
    f(name, section);
    if (frame.has_yaml()) {
      Resolved& resolved = state_->resolve(frame, name);
      resolved.kind = Resolved::Kind::mapping;
      resolved.mapping = &entry;
    }
  };
  if (!frame_->has_yaml()) return enter("*", nullptr, {});
  for (std::size_t i = 0; found.node != nullptr && i < found.node->pairs.size(); ++i) {
    Pair& pair = found.node->pairs[i];
    state_->take(frame, pair.key.text);
    if (pair.value.kind == Node::Kind::null) {
      enter(pair.key.text, nullptr, pair.key.place);
    } else if (pair.value.kind != Node::Kind::mapping || pair.value.shorthand) {
      state_->note_kind(frame, pair.key.text, pair.value, value_place(pair), "a mapping of keys", spec.example);
      frame_->wrong.emplace(spec.key);
    } else {
      enter(pair.key.text, &pair.value, pair.key.place);
    }
  }
  Resolved& resolved = state_->resolve(*frame_, spec.key);
  resolved.kind = Resolved::Kind::mapping;
  resolved.mapping = &frame;
}

std::size_t Section::variant(const Spec& spec, const std::vector<Variant>& variants) {
  std::vector<Option> options;
  for (const Variant& variant : variants) options.push_back({variant.name, variant.doc});
  const Type<std::size_t> type = choice_type(frame_->path_of(spec.key), options, spec.otherwise);
  if (Entry* entry = state_->record(*frame_, spec, type.name, options)) entry->is_variant = true;
  const auto read = [](const Variant& variant, Section section) {
    if (variant.read) variant.read(section);
  };
  if (frame_->purpose == Frame::Purpose::describe) {
    for (const Variant& variant : variants) {
      frame_->conditions.push_back(frame_->pattern_of(spec.key) + " = " + std::string(variant.name));
      read(variant, *this);
      frame_->conditions.pop_back();
    }
    return parse_fallback(*frame_, spec, type).value_or(0);
  }
  const std::optional<std::size_t> value = read_checked(*state_, *frame_, spec, type);
  if (value) {
    read(variants[*value], *this);
    return *value;
  }
  frame_->is_unclear = true;
  const std::size_t stand_in = parse_fallback(*frame_, spec, type).value_or(0);
  Frame& silent =
      state_->add_frame({.purpose = Frame::Purpose::silent, .path = frame_->path, .pattern = frame_->pattern});
  if (!variants.empty()) read(variants[stand_in], state_->section(silent));
  return stand_in;
}

std::optional<std::size_t> Section::alternative(const std::vector<Variant>& variants) {
  if (frame_->purpose == Frame::Purpose::silent) return std::nullopt;
  if (frame_->purpose == Frame::Purpose::describe) {
    for (const Variant& variant : variants) {
      frame_->conditions.push_back(frame_->pattern_of(variant.name));
      if (variant.read) variant.read(*this);
      frame_->conditions.pop_back();
    }
    return 0;
  }
  std::vector<std::string> names;
  std::vector<std::size_t> given;
  for (std::size_t i = 0; i < variants.size(); ++i) {
    names.emplace_back(variants[i].name);
    if (state_->take(*frame_, variants[i].name) != nullptr) given.push_back(i);
  }
  if (given.size() == 1) {
    if (variants[given[0]].read) variants[given[0]].read(*this);
    return given[0];
  }
  frame_->is_unclear = true;
  const std::string whole = frame_->path.empty() ? "the scenario" : frame_->path;
  const std::string why = "exactly one of " + listed(names) + " is given";
  if (given.empty()) {
    std::vector<std::string> absent;
    for (const std::string& name : names) absent.push_back(frame_->path_of(name));
    state_->note(frame_->place, whole + " lacks one of " + listed(names), why, "add one of them", std::move(absent));
    return std::nullopt;
  }
  for (std::size_t i = 1; i < given.size(); ++i) {
    const Pair* pair = frame_->node->find(names[given[i]]);
    state_->note(pair->key.place, names[given[i]] + " cannot go with " + names[given[0]], why, "remove one of the two");
  }
  return std::nullopt;
}

}  // namespace kith::config
