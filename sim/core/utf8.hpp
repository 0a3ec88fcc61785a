#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

/// What messages need to know about UTF-8.
namespace kith {

/// Offset [bytes] of the first byte that is not valid UTF-8 (overlong forms, surrogates and values over U+10FFFF
/// included).
std::optional<std::size_t> first_invalid_byte(std::string_view text);

/// Offset [bytes] of the first control character other than tab and newline.
std::optional<std::size_t> first_control_character(std::string_view text);

/// Number of Unicode characters; an invalid byte counts as one.
std::size_t count_characters(std::string_view text);

/// Length [bytes] of the first character of a text that is not empty; 1 for an invalid byte.
std::size_t first_character_size(std::string_view text);

/// The text fit for a terminal: tabs and newlines become spaces, other control characters and invalid bytes U+FFFD.
std::string printable(std::string_view text);

/// The text in double quotes for a message: printable, cut after 60 characters.
std::string in_quotes(std::string_view text);

}  // namespace kith
