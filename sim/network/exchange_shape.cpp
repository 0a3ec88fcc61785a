#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <unordered_map>
#include <unordered_set>

#include "core/shell.hpp"
#include "network/exchange_formats.hpp"
#include "network/exchange_matrix.hpp"
#include "network/exchange_table.hpp"

/// Text in rows and columns that is no list of ties, by its shape.
namespace kith::network::detail {
namespace {

using Values = std::unordered_set<std::string_view>;

/// The first rows of a file.
struct Sample {
  Delimiter delimiter = Delimiter::blanks;
  std::vector<std::string> header;                  // empty: none
  std::vector<std::vector<std::string_view>> rows;  // of data
  std::string_view place;                           // the first row
  std::size_t fewest = 0;                           // columns of a row
  std::size_t most = 0;

  std::string_view cell(std::size_t row, std::size_t column) const {
    return column < rows[row].size() ? rows[row][column] : std::string_view{};
  }
  Values values(std::size_t column) const {
    Values result;
    for (std::size_t row = 0; row < rows.size(); ++row)
      if (!cell(row, column).empty()) result.insert(cell(row, column));
    return result;
  }
  bool is_column_unique(std::size_t column) const { return values(column).size() == rows.size(); }
};

/// "friend" of "friend_2"; empty when the name does not end in a number.
std::string stem_of(const std::string& name) {
  const std::size_t end = name.find_last_not_of("0123456789");
  if (end == std::string::npos || end + 1 == name.size()) return "";
  return lower_case(name.substr(0, name.find_last_not_of("_-. ", end) + 1));
}

bool is_nomination(const std::string& stem) {
  constexpr std::array<std::string_view, 8> words{"friend", "nomin",   "contact", "alter",
                                                  "peer",   "partner", "choice",  "tie"};
  return std::any_of(words.begin(), words.end(), [&](auto word) { return stem.find(word) != std::string::npos; });
}

/// Whether two columns or more are named as nominations: friend1, friend2.
bool names_nominations(const std::vector<std::string>& names) {
  return std::count_if(names.begin(), names.end(),
                       [](const std::string& name) { return is_nomination(stem_of(name)); }) > 1;
}

Sample sample_of(const Source& source, const ImportOptions& options) {
  constexpr std::size_t most_rows = 10'000;
  constexpr std::size_t most_cells = 1'000'000;
  Sample sample;
  Lines lines(source);
  if (!lines.next()) return sample;
  sample.delimiter = guess_delimiter(source, lines.line(), options.format);
  std::vector<Field> fields;
  std::vector<Field> second;
  split(source, lines.line(), sample.delimiter, fields);
  sample.place = extent(fields);
  Lines ahead = lines;
  if (ahead.next()) split(source, ahead.line(), sample.delimiter, second);
  const bool is_header = options.header == HeaderLine::yes || words_above_numbers(fields, second) ||
                         known_people(texts(fields)) || names_nominations(texts(fields));
  if (is_header) sample.header = texts(fields);
  sample.fewest = sample.most = fields.size();
  std::size_t cells = 0;
  for (bool more = is_header ? lines.next() : true; more; more = lines.next()) {
    if (sample.rows.size() >= most_rows || cells > most_cells) break;
    split(source, lines.line(), sample.delimiter, fields);
    cells += fields.size();
    sample.fewest = std::min(sample.fewest, fields.size());
    sample.most = std::max(sample.most, fields.size());
    std::vector<std::string_view>& row = sample.rows.emplace_back();
    for (const Field& field : fields) row.push_back(field.text);
  }
  return sample;
}

/// Share of `some` that are among `all`.
double share_in(const Values& some, const Values& all) {
  const auto found =
      std::count_if(some.begin(), some.end(), [&](std::string_view value) { return all.contains(value); });
  return some.empty() ? 0.0 : static_cast<double>(found) / static_cast<double>(some.size());
}

/// A number, or a date as 2013-12-02 with what follows, as a number that grows with it.
std::optional<double> moment_in(std::string_view text) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const bool is_date = text.size() >= 10 && std::all_of(text.begin(), text.begin() + 4, is_digit) &&
                       (text[4] == '-' || text[4] == '/') && text[7] == text[4];
  if (!is_date) return number_in(text);
  double value = 0.0;
  int digits = 0;
  constexpr int most_digits = 14;  // to the second
  for (const char c : text) {
    if (!is_digit(c) || digits == most_digits) continue;
    value = value * 10.0 + (c - '0');
    ++digits;
  }
  for (; digits < most_digits; ++digits) value *= 10.0;
  return value;
}

bool grows(const Sample& sample) {
  double last = 0.0;
  double first = 0.0;
  for (std::size_t row = 0; row < sample.rows.size(); ++row) {
    const std::optional<double> moment = moment_in(sample.cell(row, 0));
    if (!moment || (row > 0 && *moment < last)) return false;
    last = *moment;
    if (row == 0) first = last;
  }
  return last > first;
}

/// Contacts with their times, "t i j …": the first column grows like a clock, and the next two hold the same people.
void refuse_time_stamps(const Source& source, const Sample& sample) {
  if (sample.rows.size() < 3 || sample.fewest < 3 || !grows(sample)) return;
  const Values times = sample.values(0);
  const bool is_date = !number_in(sample.cell(0, 0)).has_value();
  // A date and the hour may be two columns.
  const std::size_t from = is_date && sample.cell(0, 1).find(':') != std::string_view::npos ? 2 : 1;
  if (from + 1 >= sample.fewest) return;
  const Values ones = sample.values(from);
  const Values others = sample.values(from + 1);
  constexpr double hardly_any = 0.1;
  constexpr double most = 0.5;
  if (share_in(times, ones) > hardly_any || share_in(times, others) > hardly_any) return;
  if (!is_date && share_in(others, ones) < most) return;
  fail_at(source, sample.place,
          {"these are contacts with their times, not ties",
           fmt::format("column 1 grows like a clock, from {} to {}, and columns {} and {} hold the same people",
                       sample.cell(0, 0), sample.cell(sample.rows.size() - 1, 0), from + 1, from + 2),
           fmt::format("name the columns: network.time: 1, network.from: {}, network.to: {}, and network.weight: count "
                       "to count each pair's contacts",
                       from + 1, from + 2)});
}

/// Every line a person and all whom they know: lines of unlike length, a person's own one each, and the words after the
/// second are people too.
bool is_adjacency_list(const Sample& sample) {
  if (sample.rows.size() < 2 || sample.most < 3 || sample.fewest == sample.most || !sample.header.empty()) return false;
  if (!sample.is_column_unique(0)) return false;
  std::unordered_map<std::string_view, std::size_t> named;
  for (const auto& row : sample.rows)
    for (const std::string_view word : row) ++named[word];
  std::size_t more = 0;
  std::size_t people = 0;
  for (const auto& row : sample.rows) {
    for (std::size_t column = 2; column < row.size(); ++column) {
      if (row[column].empty()) continue;
      ++more;
      people += named[row[column]] > 1 ? 1U : 0U;
    }
  }
  return 2 * people >= more;
}

/// Columns after the first that hold people whom the person of the row names.
std::vector<std::size_t> nominations(const Sample& sample) {
  const Values people = sample.values(0);
  constexpr double most = 0.7;
  std::vector<std::size_t> found;
  for (std::size_t column = 1; column < sample.fewest; ++column) {
    const Values named = sample.values(column);
    const std::string stem = column < sample.header.size() ? stem_of(sample.header[column]) : "";
    const bool is_said = is_nomination(stem);
    const bool are_people = share_in(named, people) >= most && 3 * named.size() >= sample.rows.size();
    const bool is_self = std::any_of(sample.rows.begin(), sample.rows.end(),
                                     [&](const auto& row) { return !row[0].empty() && row[0] == row[column]; });
    if (is_said || (are_people && !is_self)) found.push_back(column);
  }
  const auto names_twice = [&](const std::vector<std::string_view>& row) {
    Values named;
    return std::any_of(found.begin(), found.end(),
                       [&](std::size_t column) { return !row[column].empty() && !named.insert(row[column]).second; });
  };
  if (sample.header.empty() && std::any_of(sample.rows.begin(), sample.rows.end(), names_twice)) found.clear();
  return found;
}

void refuse_wide_nominations(const Source& source, const Sample& sample) {
  if (sample.rows.size() < 3 || sample.fewest < 3 || !sample.is_column_unique(0)) return;
  const std::vector<std::size_t> columns = nominations(sample);
  if (columns.size() < 2) return;
  std::string separator;
  if (sample.delimiter == Delimiter::tab) separator = "-F'\\t' ";
  if (sample.delimiter == Delimiter::comma) separator = "-F, ";
  if (sample.delimiter == Delimiter::semicolon) separator = "-F';' ";
  const std::filesystem::path path(source.name);
  const std::string out = path.stem().string() + ".ties.csv";
  fail_at(
      source, sample.place,
      {"these are nominations in wide form, not ties",
       fmt::format("each row is a person, and columns {} to {} hold those whom they name", columns.front() + 1,
                   columns.back() + 1),
       fmt::format("make a line of each: awk {}'{}{{for (i = {}; i <= {}; i++) if ($i != \"\") print $1 \",\" $i}}' "
                   "{} > {}",
                   separator, sample.header.empty() ? "" : "NR > 1 ", columns.front() + 1, columns.back() + 1,
                   shell_quoted(source.name), shell_quoted(out))});
}

/// 0 and 1 in every cell but names in the first column: who takes part in what, or a matrix that lost a line.
void refuse_zeros_and_ones(const Source& source, const Sample& sample) {
  constexpr std::size_t least = 3;
  if (sample.rows.size() < 2 || sample.fewest < least || sample.fewest != sample.most) return;
  const auto is_bit = [](std::string_view text) { return text == "0" || text == "1"; };
  const auto are_bits = [&](std::size_t column) {
    return std::all_of(sample.rows.begin(), sample.rows.end(), [&](const auto& row) { return is_bit(row[column]); });
  };
  const std::size_t first = are_bits(0) ? 0 : 1;
  if (first == 1 && !sample.is_column_unique(0)) return;
  for (std::size_t column = first; column < sample.fewest; ++column)
    if (!are_bits(column)) return;
  fail_at(source, sample.place,
          {"this is a table of zeros and ones, not ties",
           fmt::format("columns {} to {} hold nothing else, and a matrix of ties has as many rows as columns (here {} "
                       "and {})",
                       first + 1, sample.fewest, sample.rows.size(), sample.fewest - first),
           "Kith needs ties among people: not who takes part in what, and not a part of a matrix. If they are ties all "
           "the same: network.format: edge_list (or csv)"});
}

/// The person before the colon of "ben:0.5"; empty where there is no colon with a number behind it.
std::string_view weighted_person(std::string_view word) {
  const std::size_t colon = word.rfind(':');
  if (colon == std::string_view::npos || !number_in(word.substr(colon + 1))) return {};
  return word.substr(0, colon);
}

/// Adjacency lists with weights, "ann ben:0.5 cat:2".
void refuse_weighted_adjacency(const Source& source, const Sample& sample) {
  if (sample.rows.size() < 2 || sample.delimiter != Delimiter::blanks) return;
  const Values people = sample.values(0);
  std::size_t known = 0;
  std::size_t words = 0;
  for (const auto& row : sample.rows) {
    for (std::size_t column = 1; column < row.size(); ++column) {
      const std::string_view person = weighted_person(row[column]);
      if (person.empty()) return;
      ++words;
      known += people.contains(person) ? 1U : 0U;
    }
  }
  if (words < 2 || 2 * known < words) return;
  const std::filesystem::path path(source.name);
  fail_at(
      source, sample.place,
      {"this is an adjacency list with weights (Kith does not read that)",
       "each line is a person, and the words after it are people, a colon and a number",
       fmt::format("make a line of each tie: awk '{{for (i = 2; i <= NF; i++) {{k = match($i, /:[^:]*$/); print $1, "
                   "substr($i, 1, k - 1), substr($i, k + 1)}}}}' {} > {}, and network.weight: 3",
                   shell_quoted(source.name), shell_quoted(path.stem().string() + ".ties.txt"))});
}

}  // namespace

FileFormat format_by_shape(const Source& source, const ImportOptions& options) {
  if (find_matrix(source, options)) return FileFormat::matrix;
  const Sample sample = sample_of(source, options);
  if (known_people(sample.header)) return FileFormat::guess;
  refuse_time_stamps(source, sample);
  const bool is_weight_a_column = !options.weight.empty() && options.weight != "count";
  if (!is_weight_a_column && (is_adjacency_list(sample) || do_colons_follow_people(source)))
    return FileFormat::adjacency_list;
  refuse_zeros_and_ones(source, sample);
  refuse_weighted_adjacency(source, sample);
  refuse_wide_nominations(source, sample);
  return FileFormat::guess;
}

}  // namespace kith::network::detail
