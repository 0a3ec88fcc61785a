#pragma once

#include <yaml-cpp/mark.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <vector>

#include "config/source.hpp"
#include "core/utf8.hpp"

namespace kith::config {

/// Turns yaml-cpp's lines and columns [bytes] into offsets into the source.
class Positions {
 public:
  Positions(std::string_view text, std::size_t index, std::size_t begin) : text_(text), index_(index) {
    lines_.push_back(begin);
    for (std::size_t i = begin; i < text.size(); ++i) {
      if (text[i] == '\n') lines_.push_back(i + 1);
    }
  }

  Place place(const YAML::Mark& mark) const {
    const auto line = static_cast<std::size_t>(std::max(mark.line, 0));
    const auto column = static_cast<std::size_t>(std::max(mark.column, 0));
    const std::size_t offset = line < lines_.size() ? lines_[line] + column : text_.size();
    return {.source = index_, .offset = std::min(offset, text_.size())};
  }

  std::size_t line(const Place& place) const {
    return static_cast<std::size_t>(std::upper_bound(lines_.begin(), lines_.end(), place.offset) - lines_.begin());
  }

  std::string_view from(const Place& place) const { return text_.substr(place.offset); }

  /// Length [bytes] of the quoted scalar at `place`, nothing when its quote is never closed.
  std::optional<std::size_t> quoted_size(const Place& place) const {
    const std::string_view text = from(place);
    for (std::size_t i = 1; i < text.size(); ++i) {
      if (text[i] == '\\' && text[0] == '"') {
        ++i;
      } else if (text[i] == text[0]) {
        if (text[0] == '"' || text.substr(i + 1, 1) != "'") return i + 1;
        ++i;  // '' is a quote within single quotes
      }
    }
    return std::nullopt;
  }

  /// Width [characters] of a scalar as it is written: up to the closing quote or as long as its value, on one line.
  std::size_t width(const Place& place, std::string_view value) const {
    const std::string_view text = from(place);
    const bool is_quoted = text.starts_with('"') || text.starts_with('\'');
    const std::string_view written = text.substr(0, is_quoted ? quoted_size(place).value_or(1) : value.size());
    return std::max<std::size_t>(1, count_characters(written.substr(0, written.find('\n'))));
  }

  /// The first tab in the indentation of the line of `place`.
  std::optional<Place> tab_before(const Place& place) const {
    const std::size_t begin = lines_[std::max<std::size_t>(line(place), 1) - 1];
    const std::size_t end = std::min(text_.find_first_not_of(" \t", begin), text_.size());
    const std::size_t tab = text_.substr(0, end).find('\t', begin);
    if (tab == std::string_view::npos) return std::nullopt;
    return Place{.source = index_, .offset = tab};
  }

 private:
  std::string_view text_;
  std::size_t index_;
  std::vector<std::size_t> lines_;  ///< offset of each line's start [bytes]
};

}  // namespace kith::config
