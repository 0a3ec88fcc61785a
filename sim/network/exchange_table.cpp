#include "network/exchange_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "core/error.hpp"
#include "core/interrupt.hpp"

namespace kith::network::detail {
namespace {

constexpr bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f'; }

/// The quoted field that starts at `at`; leaves `at` after its closing quote.
Field quoted(const Source& source, std::string_view line, std::size_t& at) {
  const std::size_t open = at;
  Field field;
  for (++at;; at += 2) {
    at = line.find('"', at);
    if (at == std::string_view::npos) {
      fail_at(source, line.substr(open, 1),
              {"this quote is not closed", "a name ends on the line on which it begins", "add a closing quote"});
    }
    if (at + 1 >= line.size() || line[at + 1] != '"') break;
    field.doubled = true;
  }
  field.text = line.substr(open + 1, at - open - 1);
  ++at;
  field.place = line.substr(open, at - open);
  return field;
}

/// The field from `at` to the next `delimiter`, without the blanks around it; leaves `at` on the delimiter or the end.
Field unquoted_field(std::string_view line, char delimiter, std::size_t& at) {
  const std::size_t begin = at;
  at = std::min(line.find(delimiter, at), line.size());
  std::size_t end = at;
  while (end > begin && is_blank(line[end - 1])) --end;
  const std::string_view text = line.substr(begin, end - begin);
  return {text, text, false};
}

void split_blanks(const Source& source, std::string_view line, std::vector<Field>& fields) {
  std::size_t at = 0;
  for (;;) {
    while (at < line.size() && is_blank(line[at])) ++at;
    if (at == line.size()) return;
    if (line[at] == '"') {
      fields.push_back(quoted(source, line, at));
      continue;
    }
    const std::size_t begin = at;
    while (at < line.size() && !is_blank(line[at])) ++at;
    const std::string_view text = line.substr(begin, at - begin);
    fields.push_back({text, text, false});
  }
}

std::size_t count_outside_quotes(std::string_view line, Delimiter delimiter) {
  std::size_t count = 0;
  bool inside = false;
  for (const char c : line) {
    if (c == '"') inside = !inside;
    if (!inside && c == static_cast<char>(delimiter)) ++count;
  }
  return count;
}

/// The delimiter that a first line "sep=;" names.
std::optional<Delimiter> separator_in(std::string_view text) {
  constexpr std::string_view key = "sep=";
  std::string_view line = text.substr(0, text.find('\n'));
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (line.starts_with('"') && line.ends_with('"') && line.size() > 1) line = line.substr(1, line.size() - 2);
  if (line.size() != key.size() + 1 || lower_case(line.substr(0, key.size())) != key) return std::nullopt;
  for (const Delimiter known : {Delimiter::comma, Delimiter::semicolon, Delimiter::tab}) {
    if (line.back() == static_cast<char>(known)) return known;
  }
  return std::nullopt;
}

/// Whether tabs alone part the columns: each of the first lines has as many, and between two of them stand several words.
bool do_names_hold_blanks(const Source& source) {
  constexpr std::size_t most_lines = 10'000;
  Lines lines(source);
  std::size_t tabs = 0;
  bool are_words = false;
  std::vector<Field> fields;
  std::vector<Field> words;
  while (lines.read() < most_lines && lines.next()) {
    split(source, lines.line(), Delimiter::tab, fields);
    if (fields.size() < 2 || (tabs > 0 && fields.size() != tabs + 1)) return false;
    tabs = fields.size() - 1;
    for (const Field& field : fields) {
      if (are_words) break;
      split(source, field.text, Delimiter::blanks, words);
      are_words = words.size() > 1 && std::none_of(words.begin(), words.end(),
                                                   [](const Field& word) { return number_in(word.text).has_value(); });
    }
  }
  return are_words;
}

}  // namespace

std::string lower_case(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

std::vector<std::string> texts(const std::vector<Field>& fields) {
  std::vector<std::string> result;
  for (const Field& field : fields) result.push_back(field.unquoted());
  return result;
}

std::string Field::unquoted() const {
  std::string result(text);
  if (!doubled) return result;
  for (std::size_t at = result.find("\"\""); at != std::string::npos; at = result.find("\"\"", at + 1))
    result.erase(at, 1);
  return result;
}

Lines::Lines(const Source& source) : rest_(source.text) {
  if (!separator_in(source.text)) return;
  rest_.remove_prefix(std::min(source.text.find('\n'), source.text.size() - 1) + 1);
  ++read_;
}

void Lines::go_under_header(Delimiter delimiter, std::size_t columns) {
  delimiter_ = delimiter;
  columns_ = columns;
}

bool Lines::is_comment(std::string_view data) {
  if (data[0] != '#' && data[0] != '%' && !data.starts_with("//")) return false;
  if (columns_ == 0) return true;
  const bool is_id = data.size() > 1 && data[0] == '#' && !is_blank(data[1]);
  if (is_id && delimiter_ != Delimiter::blanks && count_outside_quotes(data, delimiter_) + 1 == columns_) {
    ++hash_rows_;
    return false;
  }
  ++comments_under_header_;
  return true;
}

bool Lines::next() {
  while (!rest_.empty()) {
    check_interrupt();
    const std::size_t end = rest_.find('\n');
    line_ = rest_.substr(0, end);
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
    ++read_;
    if (line_.ends_with('\r')) line_.remove_suffix(1);
    std::size_t first = 0;
    while (first < line_.size() && is_blank(line_[first])) ++first;
    const std::string_view data = line_.substr(first);
    if (data.empty()) {
      ++blank_;
    } else if (is_comment(data)) {
      ++comments_;
    } else {
      return true;
    }
  }
  return false;
}

void split(const Source& source, std::string_view line, Delimiter delimiter, std::vector<Field>& fields) {
  fields.clear();
  if (delimiter == Delimiter::blanks) return split_blanks(source, line, fields);
  const char sign = static_cast<char>(delimiter);
  for (std::size_t at = 0;;) {
    while (at < line.size() && is_blank(line[at]) && line[at] != sign) ++at;
    if (at < line.size() && line[at] == '"') {
      fields.push_back(quoted(source, line, at));
      while (at < line.size() && is_blank(line[at]) && line[at] != sign) ++at;
      if (at < line.size() && line[at] != sign) {
        fail_at(source, line.substr(at, 1),
                {"text after a closing quote", fmt::format("'{}' should follow", sign),
                 "write a quote inside a name twice"});
      }
    } else {
      fields.push_back(unquoted_field(line, sign, at));
    }
    if (at >= line.size()) return;
    ++at;
  }
}

Delimiter guess_delimiter(const Source& source, std::string_view line, FileFormat format) {
  if (const auto separator = separator_in(source.text)) return *separator;
  const std::size_t commas = count_outside_quotes(line, Delimiter::comma);
  const std::size_t semicolons = count_outside_quotes(line, Delimiter::semicolon);
  const std::size_t tabs = count_outside_quotes(line, Delimiter::tab);
  if (format == FileFormat::edge_list && tabs > 0)
    return do_names_hold_blanks(source) ? Delimiter::tab : Delimiter::blanks;
  if (tabs > 0 && tabs >= commas && tabs >= semicolons) return Delimiter::tab;
  if (semicolons > 0 && semicolons >= commas) return Delimiter::semicolon;
  return commas > 0 ? Delimiter::comma : Delimiter::blanks;
}

std::size_t find_column(const Source& source, const std::string& wanted, const std::vector<std::string>& names,
                        std::size_t columns, std::string_view key) {
  const auto found = std::find(names.begin(), names.end(), wanted);
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(wanted.data(), wanted.data() + wanted.size(), number);
  if (error == std::errc() && end == wanted.data() + wanted.size() && number >= 1 && number <= columns)
    return number - 1;
  if (names.empty()) {
    fail(source.name, {fmt::format("there is no column \"{}\"", wanted),
                       fmt::format("the file has {} and no header", count_of(columns, "column", "columns")),
                       fmt::format("give {} as a number from 1 to {}", key, columns)});
  }
  const std::string near = nearest(wanted, names);
  fail(source.name,
       {fmt::format("there is no column \"{}\"", wanted), fmt::format("the columns are {}", listed(names)),
        near.empty() ? fmt::format("name one of them in {}", key) : fmt::format("did you mean \"{}\"?", near)});
}

std::string_view extent(const std::vector<Field>& fields) {
  const std::string_view last = fields.back().place;
  return {fields.front().place.data(),
          static_cast<std::size_t>(last.data() + last.size() - fields.front().place.data())};
}

bool words_above_numbers(const std::vector<Field>& first, const std::vector<Field>& second) {
  const auto is_number = [](const Field& field) { return number_in(field.text).has_value(); };
  if (std::any_of(first.begin(), first.end(), is_number)) return false;
  return std::any_of(second.begin(),
                     second.begin() + static_cast<std::ptrdiff_t>(std::min(first.size(), second.size())), is_number);
}

}  // namespace kith::network::detail
