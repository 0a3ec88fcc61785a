#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "network/exchange_source.hpp"

/// A small XML reader that knows where it is. Inside sim/network only.
namespace kith::network::detail {

/// Goes through a document tag by tag. Checks that tags are closed in order; knows comments, CDATA, processing instructions,
/// a document type without entities of its own, character references and the five named entities; drops namespace prefixes.
class XmlReader {
 public:
  enum class Event { open, close, end };

  explicit XmlReader(const Source& source) : source_(source), rest_(source.text) {}

  /// Goes on to the next opening or closing tag. `<a/>` opens and closes.
  Event next();

  std::string_view name() const { return name_; }   ///< of the tag, without its prefix
  std::string_view place() const { return place_; } ///< the tag in the file
  std::size_t depth() const { return open_.size(); } ///< tags open, this one included if it just opened
  std::size_t comments() const { return comments_; }
  /// Text between the previous tag and this one, references replaced.
  const std::string& text() const { return text_; }
  /// Value of an attribute of the tag that just opened; "" when it has none.
  std::string attribute(std::string_view name) const;
  bool has(std::string_view name) const;

 private:
  void read_text();
  void read_markup();
  void read_open();
  void read_close();
  void read_attributes(std::string_view inside);
  std::string_view take_until(std::string_view end, std::string_view what);
  void append_plain(std::string& to, std::string_view raw) const;

  const Source& source_;
  std::string_view rest_;
  std::string_view name_;
  std::string_view place_;
  std::string text_;
  std::vector<std::pair<std::string_view, std::string>> attributes_;
  std::vector<std::string_view> open_;
  std::size_t comments_ = 0;
  enum class Pending { none, close } pending_ = Pending::none;  // the closing half of <a/>
};

}  // namespace kith::network::detail
