#include "config/reference.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/error.hpp"

namespace kith::config {

namespace {

std::vector<std::string> parts(const std::string& path) {
  std::vector<std::string> result;
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find('.', begin), path.size());
    result.push_back(path.substr(begin, end - begin));
    begin = end + 1;
  }
  return result;
}

enum class Match { none, end, filled, whole };

/// How well the word names the path.
Match match(const std::string& path, const std::string& word) {
  if (path == word) return Match::whole;
  const std::vector<std::string> of_path = parts(path);
  const std::vector<std::string> of_word = parts(word);
  if (of_word.size() > of_path.size()) return Match::none;
  const std::size_t skipped = of_path.size() - of_word.size();
  bool has_name = false;
  for (std::size_t i = 0; i < of_word.size(); ++i) {
    const std::string& part = of_path[skipped + i];
    if (part == of_word[i]) {
      has_name = true;
    } else if (part != "*" && part != "[]") {
      return Match::none;
    }
  }
  if (!has_name) return Match::none;
  return skipped == 0 ? Match::filled : Match::end;
}

std::string default_text(const Entry& entry) {
  if (entry.has_fallback) return entry.fallback.empty() ? "\"\"" : entry.fallback;
  if (entry.required) return "none, it must be given";
  if (entry.is_alternative) return "none, one of its alternatives must be given";
  return "";
}

std::string unit_text(const Entry& entry) {
  if (entry.unit.empty()) return "";
  if (entry.unit == "%") return ", a share: 0.25 or 25 %";
  return fmt::format(", {}, computed in {}", name(dimension_of(entry.unit)), entry.unit);
}

}  // namespace

std::string_view name(Mark mark) {
  switch (mark) {
    case Mark::published:
      return "published";
    case Mark::fitted:
      return "fitted";
    case Mark::assumed:
      return "assumed";
    case Mark::choice:
      return "choice";
  }
  return "";
}

std::string limits_text(std::string_view min, std::string_view max, bool above_min) {
  if (!min.empty() && min == max) return fmt::format("exactly {}", min);
  std::string text;
  if (!min.empty()) text = fmt::format("{} {}", above_min ? "more than" : "at least", min);
  if (!max.empty()) text += fmt::format("{}at most {}", text.empty() ? "" : ", ", max);
  return text;
}

std::string explain(const Entry& entry) {
  std::string text = entry.path;
  const auto add = [&](std::string_view label, const std::string& value) {
    if (!value.empty()) text += fmt::format("\n  {:<10} {}", label, value);
  };
  add("meaning", entry.doc);
  add("type", entry.type + unit_text(entry));
  add("range", limits_text(entry.min, entry.max, entry.above_min));
  add("default", default_text(entry));
  if (entry.has_fallback) add("mark", std::string(name(entry.mark)));
  add("source", entry.source);
  if (!entry.shorthand.empty()) add("short form", fmt::format("a single value stands for its {}", entry.shorthand));
  add("keys", entry.same_as.empty() ? "" : "those of " + entry.same_as);
  add("only with", entry.only_with);
  std::size_t width = 0;
  for (const auto& [option, doc] : entry.options) width = std::max(width, option.size());
  for (const auto& [option, doc] : entry.options) {
    const bool is_first = &option == &entry.options.front().first;
    add(is_first ? "options" : "", doc.empty() ? option : fmt::format("{:<{}}  {}", option, width, doc));
  }
  return text;
}

std::vector<Entry> find_entries(const std::vector<Entry>& entries, const std::string& word) {
  std::vector<Entry> found;
  Match best = Match::end;
  for (const Entry& entry : entries) {
    const Match quality = match(entry.path, word);
    if (quality < best || quality == Match::none) continue;
    if (entry.is_repeated && quality == Match::end) continue;
    if (quality > best) found.clear();
    best = quality;
    found.push_back(entry);
  }
  return found;
}

std::string nearest_path(const std::vector<Entry>& entries, const std::string& word) {
  std::vector<std::string> paths;
  std::vector<std::string> ends;
  for (const Entry& entry : entries) {
    paths.push_back(entry.path);
    ends.push_back(entry.path.substr(entry.path.rfind('.') + 1));
  }
  if (const std::string path = nearest(word, paths); !path.empty()) return path;
  const std::string end = nearest(word, ends);
  const auto found = std::find(ends.begin(), ends.end(), end);
  return end.empty() ? "" : paths[static_cast<std::size_t>(found - ends.begin())];
}

}  // namespace kith::config
