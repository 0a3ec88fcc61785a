#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "network/exchange_source.hpp"

struct XML_ParserStruct;  // expat's

/// XML by expat, with mistakes located as in every other file. Inside sim/network only.
namespace kith::network::detail {

/// Goes through a document tag by tag and drops namespace prefixes. Files come from anywhere: a document type that
/// declares anything is refused, nothing is ever fetched, and only the five named entities and character references
/// stand for something.
class XmlReader {
 public:
  /// Gives the parser `chunk` bytes at a time, and more only within a longer tag.
  explicit XmlReader(const Source& source, std::size_t chunk = std::size_t{1} << 16) : source_(source), chunk_(chunk) {}

  /// Calls `open` at each opening tag and `close` at each closing one; `<a/>` opens and closes. A document
  /// without a tag is left to the caller. Call once.
  void read(const std::function<void()>& open, const std::function<void()>& close);

  std::string_view name() const { return name_; }     ///< of the tag, without its prefix
  std::string_view place() const { return place_; }   ///< the tag in the file; of `<a/>` for both its halves
  std::size_t depth() const { return open_.size(); }  ///< tags open, this one included if it just opened
  std::size_t comments() const { return comments_; }
  /// Text between the previous tag and this one, references replaced.
  const std::string& text() const { return text_; }
  /// Value of an attribute of the tag that just opened; "" when it has none.
  std::string attribute(std::string_view name) const;
  bool has(std::string_view name) const;

 private:
  struct Callbacks;  // what expat calls

  void parse();
  std::string_view here() const;
  const char* value_of(std::string_view name) const;
  void begin_tag(const char* name, const char** attributes);
  void end_tag(const char* name);
  void check_encoding(std::string_view encoding) const;
  [[noreturn]] void fail_malformed() const;
  [[noreturn]] void fail_unclosed(std::string_view from) const;
  [[noreturn]] void fail_token(std::size_t at) const;
  void check_references(std::string_view raw) const;

  const Source& source_;
  std::size_t chunk_;
  XML_ParserStruct* parser_ = nullptr;  // while `read` runs
  const std::function<void()>* on_open_ = nullptr;
  const std::function<void()>* on_close_ = nullptr;
  std::string_view name_;
  std::string_view place_;
  std::string text_;
  const char* const* attributes_ = nullptr;  // name, value, name, value, …, null
  std::vector<std::string_view> open_;       // names in the file
  std::size_t comments_ = 0;
  bool has_type_ = false;  // a document type stands in the file
};

}  // namespace kith::network::detail
