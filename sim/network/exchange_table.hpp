#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "network/exchange_source.hpp"

/// Lines and columns of text files. Inside sim/network only.
namespace kith::network::detail {

enum class Delimiter : char { blanks = ' ', comma = ',', semicolon = ';', tab = '\t' };

/// One cell of a line.
struct Field {
  std::string_view place;  ///< as it stands in the file, quotes included
  std::string_view text;   ///< without quotes and blanks around it
  bool doubled = false;    ///< holds "" that stands for one quote
  std::string unquoted() const;
};

/// Goes through the lines of a text that hold data: skips blank lines, comments (#, %, //) and a first line "sep=;", and
/// counts them.
class Lines {
 public:
  explicit Lines(const Source& source);
  /// From here on, under the header of a table with `delimiter`, a line that begins with # and has as many columns is
  /// data: ids can be #1, #2.
  void go_under_header(Delimiter delimiter, std::size_t columns);
  /// False at the end.
  bool next();
  std::string_view line() const { return line_; }  ///< without the end of line
  std::size_t read() const { return read_; }
  std::size_t comments() const { return comments_; }
  std::size_t blank() const { return blank_; }
  std::size_t comments_under_header() const { return comments_under_header_; }
  std::size_t hash_rows() const { return hash_rows_; }  ///< lines that begin with # and are data

 private:
  bool is_comment(std::string_view data);

  std::string_view rest_;
  std::string_view line_;
  std::size_t read_ = 0;
  std::size_t comments_ = 0;
  std::size_t blank_ = 0;
  std::size_t columns_ = 0;  // of the header; 0: there is none
  Delimiter delimiter_ = Delimiter::blanks;
  std::size_t comments_under_header_ = 0;
  std::size_t hash_rows_ = 0;
};

/// Whether each line with data begins with a person and a colon: "ann: ben cat".
bool do_colons_follow_people(const Source& source);

/// Splits a line into fields; throws when a quote is left open.
void split(const Source& source, std::string_view line, Delimiter delimiter, std::vector<Field>& fields);

/// The delimiter of a file: the one that its first line "sep=;" names (as Excel writes it), else the most frequent of
/// comma, semicolon and tab outside quotes in `line`, else blanks. An edge list's tabs are blanks, unless names hold blanks.
Delimiter guess_delimiter(const Source& source, std::string_view line, FileFormat format);

/// Index of the column called `wanted`, by name where there is a header, else by number from 1. Throws and lists the
/// columns when there is none; `key` is the setting that asked for it.
std::size_t find_column(const Source& source, const std::string& wanted, const std::vector<std::string>& names,
                        std::size_t columns, std::string_view key);

/// The part of a line from the first to the last of its fields: where an error about the whole line points.
std::string_view extent(const std::vector<Field>& fields);

/// The fields' texts.
std::vector<std::string> texts(const std::vector<Field>& fields);

/// The text with A to Z in lower case.
std::string lower_case(std::string_view text);

/// True when every field of `first` is words and some field of `second` in the same column is a number.
bool words_above_numbers(const std::vector<Field>& first, const std::vector<Field>& second);

}  // namespace kith::network::detail
