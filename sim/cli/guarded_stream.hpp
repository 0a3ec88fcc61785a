#pragma once

#include <ostream>
#include <streambuf>
#include <string>
#include <string_view>

namespace kith::cli {

/// Text on its way to a terminal. Titles, names and lines of files may hold anything; what could command the terminal (control
/// characters but tab and line break, bytes that are no UTF-8) becomes U+FFFD. Kith's own commands pass behind a mark, a byte that no
/// UTF-8 text has.
class GuardedStream : public std::ostream {
 public:
  static constexpr std::string_view mark = "\xff";

  explicit GuardedStream(std::ostream& to) : std::ostream(nullptr), buffer_(to) { rdbuf(&buffer_); }
  GuardedStream(const GuardedStream&) = delete;
  GuardedStream& operator=(const GuardedStream&) = delete;
  ~GuardedStream() override { flush(); }

 private:
  class Buffer : public std::streambuf {
   public:
    explicit Buffer(std::ostream& to) : to_(&to) {}

   private:
    int_type overflow(int_type c) override;
    std::streamsize xsputn(const char* text, std::streamsize size) override;
    int sync() override;
    bool hand_on();

    std::ostream* to_;
    std::string waiting_;
  };
  Buffer buffer_;
};

/// The text as it may be shown.
std::string guarded(std::string_view text);

}  // namespace kith::cli
