#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "network/exchange.hpp"

/// The text of an imported file and the mistakes in it. Inside sim/network only.
namespace kith::network::detail {

/// A file in memory, unpacked: UTF-8, lines end in LF or CRLF.
struct Source {
  std::string name;
  std::string text;
  bool gzip = false;
  bool utf16 = false;  ///< the file itself is UTF-16
};

/// Throws kith::Error when a text has more than `largest_text`, or more than half of the memory that is left.
void check_size(const std::string& name, std::uintmax_t bytes);

/// Reads a whole file and unpacks gzip. Throws kith::Error when it is missing, empty, binary, truncated or of an unknown
/// encoding.
Source load(const std::string& path);

/// Makes UTF-8 of UTF-16 with a mark, drops the mark, and ends lines with LF where lone CRs end them. Throws kith::Error
/// with the line and the command that converts the file for anything that is not UTF-8 then.
void make_utf8(Source& source);

/// Unpacks gzip, several members one after the other too. Throws kith::Error. Lives in a file that the serial build
/// leaves out.
std::string gunzip(const std::string& name, std::string_view packed);

/// Appends a character in UTF-8.
void append_utf8(std::string& text, std::uint32_t character);

/// What is wrong with a file, for people.
struct Complaint {
  std::string problem;
  std::string why;         ///< "" none
  std::string suggestion;  ///< "" none
};

/// Throws `file:line:column: error: problem (why) suggestion`, the line and a caret. `place` lies in source.text.
[[noreturn]] void fail_at(const Source& source, std::string_view place, const Complaint& complaint);
/// Throws `file: error: problem (why) suggestion`.
[[noreturn]] void fail(const std::string& name, const Complaint& complaint);

/// A finite decimal number that fills `text`, whatever the locale.
std::optional<double> number_in(std::string_view text);

/// A weight: a number ≥ 0 that a float can hold. Throws at `place` otherwise.
float read_weight(const Source& source, std::string_view text, std::string_view place);

/// "1 tie", "3 ties", "2 people".
std::string count_of(std::size_t count, std::string_view one, std::string_view many);

/// "a, b, c", and how many more there are after twenty.
std::string listed(const std::vector<std::string>& words);

/// "a, b, c". (gcc 12 warns of an overflow inside fmt::join at -O3, wrongly.)
template <class Range>
std::string joined(const Range& words, std::string_view between) {
  std::string result;
  for (const auto& word : words) {
    if (!result.empty()) result += between;
    result += word;
  }
  return result;
}

}  // namespace kith::network::detail
