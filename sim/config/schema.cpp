#include "config/schema.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

namespace kith::config {

namespace {

using Json = nlohmann::ordered_json;

/// The number grammar of core's `parse_quantity`.
const std::string number_pattern = R"([+-]?((0|[1-9][0-9]*)(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?)";

std::string units_pattern(Dimension dimension) {
  std::string names;
  for (const Unit& unit : all_units()) {
    if (unit.dimension != dimension) continue;
    if (!unit.name.empty()) names += (names.empty() ? "" : "|") + std::string(unit.name);
  }
  const bool needs_unit = dimension != Dimension::none && dimension != Dimension::share;
  if (names.empty()) return "";
  return "[ \\t]*(" + names + ")" + (needs_unit ? "" : "?");
}

Dimension dimension(const Entry& entry) { return dimension_of(entry.unit); }

std::string parent(const std::string& path) {
  const std::size_t dot = path.rfind('.');
  return dot == std::string::npos ? "" : path.substr(0, dot);
}

std::string last(const std::string& path) { return path.substr(path.rfind('.') + 1); }

/// Limits of plain numbers; those of quantities with units stand in the description only.
void add_limits(Json& schema, const Entry& entry) {
  const auto plain = [&](const std::string& text) { return *parse_quantity(text, dimension(entry)).value; };
  if (!entry.min.empty()) schema[entry.above_min ? "exclusiveMinimum" : "minimum"] = plain(entry.min);
  if (!entry.max.empty()) schema["maximum"] = plain(entry.max);
}

Json number_schema(const Entry& entry) {
  Json plain{{"type", "number"}};
  const Dimension wanted = dimension(entry);
  Json text{{"type", "string"}, {"pattern", "^" + number_pattern + units_pattern(wanted) + "$"}};
  if (wanted == Dimension::none || wanted == Dimension::share) add_limits(plain, entry);
  if (wanted == Dimension::none) return plain;
  if (wanted != Dimension::share) return text;
  const Json percentage{{"type", "string"}, {"pattern", "^" + number_pattern + "[ \\t]*%$"}};
  return {{"anyOf", Json::array({plain, percentage})}};
}

/// "[Mm][Oo][Nn]|…": patterns have no flag for case.
std::string days_pattern() {
  std::string pattern;
  for (const std::string day : {"mon", "tue", "wed", "thu", "fri", "sat", "sun"}) {
    pattern += pattern.empty() ? "" : "|";
    for (const char c : day) pattern += fmt::format("[{}{}]", static_cast<char>(c - 'a' + 'A'), c);
  }
  return "(" + pattern + ")";
}

Json pattern_schema(const std::string& pattern) { return {{"type", "string"}, {"pattern", "^" + pattern + "$"}}; }

Json scalar_schema(const Entry& entry, const std::string& type) {
  const std::string clock = "([01]?[0-9]|2[0-3]):[0-5][0-9]";
  if (type == "number") return number_schema(entry);
  if (type == "flag") return {{"type", "boolean"}};
  if (type == "text") return {{"type", Json::array({"string", "number", "boolean"})}};
  if (type == "file") return {{"type", "string"}};
  if (type == "time of day") return pattern_schema(clock);
  if (type == "week time") return pattern_schema(days_pattern() + "[ \\t]+" + clock);
  if (type == "range") {
    const std::string end = "[ \\t]*" + number_pattern + units_pattern(dimension(entry)) + "[ \\t]*";
    return pattern_schema(end + "\\.\\." + end);
  }
  if (type == "whole range") {
    Json schema;
    schema["anyOf"] = {pattern_schema(R"([ \t]*[0-9]+[ \t]*\.\.[ \t]*[0-9]+[ \t]*)"), {{"type", "integer"}}};
    return schema;
  }
  if (type == "integer") {
    Json schema{{"type", "integer"}};
    add_limits(schema, entry);
    return schema;
  }
  Json schema;
  schema["enum"] = Json::array();
  for (const auto& [option, doc] : entry.options) schema["enum"].push_back(option);
  return schema;
}

std::string description(const Entry& entry) {
  std::string text = entry.doc;
  const auto add = [&](const std::string& part) { text += (text.empty() ? "" : "\n") + part; };
  for (const auto& [option, doc] : entry.options) {
    if (!doc.empty()) add(fmt::format("{}: {}", option, doc));
  }
  if (const std::string limits = limits_text(entry.min, entry.max, entry.above_min); !limits.empty())
    add("Range: " + limits);
  if (entry.has_fallback && !entry.fallback.empty()) {
    add(fmt::format("Default: {} ({})", entry.fallback, name(entry.mark)));
  }
  if (!entry.source.empty()) add("Source: " + entry.source);
  return text;
}

/// Builds the schema of one mapping and what is below it.
class Builder {
 public:
  explicit Builder(const std::vector<Entry>& entries) : entries_(entries) {}

  /// The mapping at `path`, whose keys were recorded under `condition` or choose among themselves.
  Json mapping(const std::string& path, const std::string& condition) const {
    Json schema{{"type", "object"}, {"properties", Json::object()}, {"additionalProperties", false}};
    std::map<std::string, Case> cases;                                         // by condition
    std::map<std::vector<std::string>, std::vector<std::string>> conditional;  // keys by their conditions
    for (const auto& [key, entries] : by_key(path, condition)) {
      const auto always = std::find_if(entries.begin(), entries.end(),
                                       [&](const Entry* entry) { return entry->only_with == condition; });
      if (always != entries.end()) {
        schema["properties"][key] = value(**always);
      } else {
        schema["properties"][key] = true;  // known here; what it is, each case says
        std::vector<std::string> conditions;
        for (const Entry* entry : entries) {
          conditions.push_back(entry->only_with);
          cases[entry->only_with].properties[key] = value(*entry);
        }
        conditional[conditions].push_back(key);
      }
      for (const Entry* entry : entries) {
        Case& one = cases[entry->only_with == condition ? "" : entry->only_with];
        if (is_required(*entry)) one.required.push_back(key);
        if (entry->is_alternative) one.alternatives.push_back({{"required", Json::array({key})}});
      }
    }
    for (const auto& [with, one] : cases) demand(schema, with, one);
    for (const auto& [conditions, keys] : conditional) forbid(schema, conditions, keys);
    return schema;
  }

 private:
  /// What holds for a mapping under one condition.
  struct Case {
    Json properties = Json::object();
    Json required = Json::array();
    Json alternatives = Json::array();
  };

  /// The keys of the mapping at `path` in the order of the reference, each with its entries: several where it has several
  /// conditions.
  std::vector<std::pair<std::string, std::vector<const Entry*>>> by_key(const std::string& path,
                                                                        const std::string& condition) const {
    std::vector<std::pair<std::string, std::vector<const Entry*>>> keys;
    for (const Entry& entry : entries_) {
      const bool is_here = parent(entry.path) == path && !entry.path.empty();
      if (!is_here || (entry.only_with != condition && !is_local(entry.only_with, path))) continue;
      const auto same = [&](const auto& key) { return key.first == last(entry.path); };
      auto known = std::find_if(keys.begin(), keys.end(), same);
      if (known == keys.end()) known = keys.insert(keys.end(), {last(entry.path), {}});
      known->second.push_back(&entry);
    }
    return keys;
  }

  /// True when the condition is about a key of the mapping at `path` itself.
  static bool is_local(const std::string& condition, const std::string& path) {
    return !condition.empty() && parent(condition.substr(0, condition.find(" = "))) == path;
  }

  /// A mapping is required when one of its keys is.
  bool is_required(const Entry& entry) const {
    if (entry.type != "mapping") return entry.required;
    if (entry.is_tested || entry.is_alternative) return false;
    return demands_keys(mapping(entry.path, entry.only_with));
  }

  static bool demands_keys(const Json& schema) {
    if (schema.contains("required") || schema.contains("oneOf")) return true;
    const Json cases = schema.value("allOf", Json::array());
    return std::any_of(cases.begin(), cases.end(), [](const Json& one) {
      const bool holds_for_nothing = one.contains("then") && !one["if"].contains("required");
      return holds_for_nothing && demands_keys(one["then"]);
    });
  }

  Json value(const Entry& entry) const {
    Json schema;
    if (entry.type == "mapping" || entry.type == "list" || entry.type == "map") {
      schema = structure(entry);
    } else if (entry.type == "numbers" || entry.type == "texts" || entry.type == "time of days") {
      const Json item = scalar_schema(entry, entry.type.substr(0, entry.type.size() - 1));
      schema = {{"anyOf", Json::array({item, Json{{"type", "array"}, {"items", item}}})}};
    } else {
      schema = scalar_schema(entry, entry.type);
    }
    if (const std::string text = description(entry); !text.empty()) schema["description"] = text;
    return schema;
  }

  /// A key without a value is an empty mapping or list where nothing in it is required.
  static Json or_nothing(Json schema) {
    if (!demands_keys(schema)) schema["type"] = Json::array({schema["type"], "null"});
    return schema;
  }

  /// An item of a map that may stand in a file of its own has no other key then.
  Json or_file(const Json& item, const std::string& path) const {
    const auto same = [&](const Entry& key) { return key.path == path && key.type == "file"; };
    const auto file = std::find_if(entries_.begin(), entries_.end(), same);
    if (file == entries_.end()) return item;
    const Json alone{{"properties", {{"file", value(*file)}}}, {"additionalProperties", false}};
    return {{"if", {{"required", {"file"}}}}, {"then", alone}, {"else", item}};
  }

  Json structure(const Entry& entry) const {
    if (entry.type == "list") {
      return or_nothing({{"type", "array"}, {"items", mapping(entry.path + ".[]", entry.only_with)}});
    }
    if (entry.type == "map") {
      const Json item = or_nothing(mapping(entry.path + ".*", entry.only_with));
      return or_nothing({{"type", "object"}, {"additionalProperties", or_file(item, entry.path + ".*.file")}});
    }
    // What is below an alternative is recorded under it.
    Json schema = or_nothing(mapping(entry.path, entry.is_alternative ? entry.path : entry.only_with));
    if (entry.shorthand.empty()) return schema;
    const auto is_short = [&](const Entry& key) { return key.path == entry.path + "." + entry.shorthand; };
    const auto key = std::find_if(entries_.begin(), entries_.end(), is_short);
    if (key == entries_.end()) return schema;
    const Json alone = key->type == "texts" ? value(*key) : scalar_schema(*key, key->type);
    return {{"anyOf", Json::array({alone, schema})}};
  }

  /// The condition as a schema that mappings meet.
  Json holds(const std::string& condition) const {
    const std::size_t equals = condition.find(" = ");
    const std::string path = condition.substr(0, equals);
    Json schema = Json::object();
    bool is_default = false;
    if (equals != std::string::npos) {
      const std::string chosen = condition.substr(equals + 3);
      schema["properties"][last(path)]["const"] = chosen;
      is_default = std::any_of(entries_.begin(), entries_.end(), [&](const Entry& entry) {
        return entry.path == path && entry.has_fallback && entry.fallback == chosen;
      });
    }
    if (!is_default) schema["required"] = Json::array({last(path)});
    return schema;
  }

  /// Adds what holds under a condition, if there is one. Editors offer a key that a case alone describes in that case alone.
  void demand(Json& schema, const std::string& condition, const Case& one) const {
    Json what = Json::object();
    if (!one.properties.empty()) what["properties"] = one.properties;
    if (!one.required.empty()) what["required"] = one.required;
    if (!one.alternatives.empty()) what["oneOf"] = one.alternatives;
    if (condition.empty()) {
      schema.update(what);
    } else if (!what.empty()) {
      schema["allOf"].push_back({{"if", holds(condition)}, {"then", what}});
    }
  }

  /// Lets keys stand only where one of the conditions holds.
  void forbid(Json& schema, const std::vector<std::string>& conditions, const std::vector<std::string>& keys) const {
    Json any = Json::array();
    for (const std::string& condition : conditions) any.push_back(holds(condition));
    Json none = Json::object();
    for (const std::string& key : keys) none["properties"][key] = false;
    schema["allOf"].push_back({{"if", any.size() == 1 ? any.front() : Json{{"anyOf", any}}}, {"else", none}});
  }

  const std::vector<Entry>& entries_;
};

/// Puts `schema` at the key `path` into a schema of the document that says nothing else.
void put(Json& document, const std::string& path, const Json& schema) {
  Json* place = &document;
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find('.', begin), path.size());
    const std::string key = path.substr(begin, end - begin);
    place = key == "*"    ? &(*place)["additionalProperties"]
            : key == "[]" ? &(*place)["items"]
                          : &(*place)["properties"][key];
    begin = end + 1;
  }
  *place = schema;
}

/// Lets a text with names have one of them: any other one only in a document that has names of its own.
void add_names(Json& schema, const std::vector<Entry>& entries, const Names& names) {
  Json offered;
  Json closed;
  for (const Entry& entry : entries) {
    if (entry.type != "text" || last(entry.path) != names.key) continue;
    put(offered, entry.path, {{"anyOf", Json::array({Json{{"enum", names.names}}, Json{{"type", "string"}}})}});
    put(closed, entry.path, {{"enum", names.names}});
  }
  if (closed.is_null()) return;
  schema["allOf"].push_back({{"if", {{"required", {names.or_key_of}}}}, {"then", offered}, {"else", closed}});
}

}  // namespace

std::string json_schema(const std::vector<Entry>& entries, const std::string& title, Draft draft,
                        const std::vector<Names>& names) {
  Json schema{{"$schema", draft == Draft::seven ? "http://json-schema.org/draft-07/schema#"
                                                : "https://json-schema.org/draft/2020-12/schema"},
              {"title", title}};
  schema.update(Builder(entries).mapping("", ""));
  for (const Names& each : names) add_names(schema, entries, each);
  return schema.dump(2) + "\n";
}

std::string json_schema(const std::vector<Entry>& entries, const std::string& title) {
  return json_schema(entries, title, Draft::draft_2020_12);
}

}  // namespace kith::config
