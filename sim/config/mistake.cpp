#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "config/document.hpp"
#include "config/source.hpp"
#include "core/utf8.hpp"

namespace kith::config {

namespace {

/// Longest line [characters] that is shown whole, and how much of a longer one stands before the place.
constexpr std::size_t longest_excerpt = 100;
constexpr std::size_t lead_in = 30;

std::string_view skip_characters(std::string_view text, std::size_t count) {
  std::size_t begin = 0;
  for (std::size_t i = 0; i < count && begin < text.size(); ++i) begin += first_character_size(text.substr(begin));
  return text.substr(begin);
}

/// Shows `line` with the caret under character `column` (from 0); cuts a long line around it.
void set_excerpt(Mistake& mistake, std::string_view line, std::size_t column) {
  const std::size_t length = count_characters(line);
  if (length <= longest_excerpt) {
    mistake.excerpt = printable(line);
    mistake.caret_column = static_cast<int>(column + 1);
    return;
  }
  const std::size_t last_begin = length - longest_excerpt;
  const std::size_t begin = column > lead_in ? std::min(column - lead_in, last_begin) : 0;
  const std::string_view rest = skip_characters(line, begin);
  const std::size_t size = rest.size() - skip_characters(rest, longest_excerpt).size();
  mistake.excerpt = (begin > 0 ? "…" : "") + printable(rest.substr(0, size)) + (size < rest.size() ? "…" : "");
  mistake.caret_column = static_cast<int>(column - begin + (begin > 0 ? 2 : 1));
}

std::string print_all(const std::vector<Mistake>& mistakes) {
  std::string text;
  for (const Mistake& mistake : mistakes) text += print(mistake) + "\n";
  return text + (mistakes.size() == 1 ? "1 mistake" : fmt::format("{} mistakes", mistakes.size()));
}

}  // namespace

std::string print(const Mistake& mistake) {
  std::string text = mistake.file;
  if (mistake.line > 0) text += fmt::format(":{}:{}", mistake.line, mistake.column);
  text += (text.empty() ? "error: " : ": error: ") + mistake.problem;
  if (!mistake.why.empty()) text += " (" + mistake.why + ")";
  if (!mistake.suggestion.empty()) text += (mistake.why.empty() ? "; " : " ") + mistake.suggestion;
  if (mistake.caret_column < 1) return text;
  const std::string number = mistake.line > 0 ? fmt::format("{:>5}", mistake.line) : "     ";
  const auto indent = static_cast<std::size_t>(mistake.caret_column - 1);
  // An underline does not run out of the excerpt, except for the one character after its end.
  const auto length = static_cast<int>(count_characters(mistake.excerpt));
  const int width = std::max(1, std::min(mistake.width, length - mistake.caret_column + 1));
  return fmt::format("{}\n{} | {}\n      | {}^{}", text, number, mistake.excerpt, std::string(indent, ' '),
                     std::string(static_cast<std::size_t>(width - 1), '~'));
}

InvalidScenario::InvalidScenario(std::vector<Mistake> mistakes)
    : Error(ErrorKind::invalid_scenario, print_all(mistakes)), mistakes_(std::move(mistakes)) {}

Mistake mistake_in(const std::string& file, int line, const std::string& text, std::size_t offset, std::size_t width) {
  Mistake mistake{.file = file, .line = line, .width = static_cast<int>(std::min(width, longest_excerpt))};
  const std::size_t column = count_characters(std::string_view(text).substr(0, offset));
  mistake.column = static_cast<int>(column + 1);
  set_excerpt(mistake, text, column);
  return mistake;
}

Mistake locate(const Note& note, const std::vector<Source>& sources) {
  const Source& source = sources[note.place.source];
  Mistake mistake{.problem = note.problem, .why = note.why, .suggestion = note.suggestion};
  mistake.width = static_cast<int>(std::min(note.place.width, longest_excerpt));
  const std::string_view text = source.text;
  const std::size_t offset = std::min(note.place.offset, text.size());
  if (source.kind == Source::Kind::command_line) {
    constexpr std::string_view option = "--set ";
    mistake.file = "--set";
    mistake.assignment = source.text;
    mistake.assignment_offset = offset;
    set_excerpt(mistake, std::string(option) + source.text, option.size() + count_characters(text.substr(0, offset)));
    return mistake;
  }
  const std::size_t begin = offset == 0 ? 0 : text.rfind('\n', offset - 1) + 1;  // npos + 1 is 0
  const std::string_view line = text.substr(begin, text.find('\n', begin) - begin);
  const std::size_t column = count_characters(text.substr(begin, offset - begin));
  mistake.file = source.name;
  mistake.line =
      static_cast<int>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(begin), '\n') + 1);
  mistake.column = static_cast<int>(column + 1);
  set_excerpt(mistake, line, column);
  return mistake;
}

std::vector<Mistake> locate_all(const Notes& notes, const std::vector<Source>& sources) {
  constexpr std::size_t most_shown = 100;
  std::vector<Note> sorted = notes.kept();
  const auto order = [](const Note& a) { return std::tuple(a.place.source, a.place.offset); };
  std::stable_sort(sorted.begin(), sorted.end(), [&](const Note& a, const Note& b) { return order(a) < order(b); });
  const auto repeats = [&](const Note& a, const Note& b) { return order(a) == order(b) && a.problem == b.problem; };
  sorted.erase(std::unique(sorted.begin(), sorted.end(), repeats), sorted.end());
  std::vector<Mistake> mistakes;
  for (const Note& note : sorted) {
    if (mistakes.size() == most_shown) break;
    mistakes.push_back(locate(note, sources));
  }
  const std::size_t repeated = notes.kept().size() - sorted.size();
  if (const std::size_t left_out = notes.count() - repeated - mistakes.size(); left_out > 0) {
    mistakes.push_back({.file = sources.front().name, .problem = fmt::format("{} more mistakes", left_out)});
  }
  return mistakes;
}

}  // namespace kith::config
