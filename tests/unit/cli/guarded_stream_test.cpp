#include "cli/guarded_stream.hpp"

#include <catch2/catch.hpp>
#include <sstream>

#include "cli/console.hpp"

using namespace kith::cli;

TEST_CASE("nothing in a text commands the terminal") {
  const std::string hole = "\xef\xbf\xbd";
  CHECK(guarded("plain, naïve 漢\tand\nlines") == "plain, naïve 漢\tand\nlines");
  CHECK(guarded("\x1b[31mred") == hole + "[31mred");
  CHECK(guarded("\x1b]0;title\x07") == hole + "]0;title" + hole);
  CHECK(guarded("a\rb\x7f") == "a" + hole + "b" + hole);
  CHECK(guarded("\xc2\x9b"
                "31m") == hole + "31m");  // CSI as one character
  CHECK(guarded("caf\xe9") == "caf" + hole);
  CHECK(guarded(std::string_view("a\0b", 3)) == "a" + hole + "b");
  CHECK(guarded("\xff\x1b[2J") == hole + hole + "[2J");  // none of Kith's own commands
}

TEST_CASE("Kith's own commands pass, whatever they surround") {
  std::ostringstream shown;
  {
    GuardedStream stream(shown);
    const Channel channel{.stream = &stream, .is_guarded = true, .has_colour = true};
    stream << styled(channel, Style::error, "a\x1b[2Jb") << command(channel, "\r") << command(channel, "\x1b[K");
    CHECK(shown.str().empty());
    stream << std::flush;
    CHECK(shown.str() == "\x1b[1;31ma\xef\xbf\xbd[2Jb\x1b[0m\r\x1b[K");
    stream << "end";
  }
  CHECK(shown.str().ends_with("end"));
}

TEST_CASE("a long text comes through whole, a character a time or many") {
  std::string text;
  for (int i = 0; i < 30'000; ++i) text += "naïve 漢 " + std::to_string(i) + (i % 7 == 0 ? "\n" : "");
  std::ostringstream shown;
  GuardedStream stream(shown);
  stream << text;
  for (const char c : text) stream.put(c);
  stream.flush();
  CHECK(shown.str() == text + text);
}

TEST_CASE("what cannot be written is noticed") {
  std::ostringstream to;
  to.setstate(std::ios::badbit);
  GuardedStream stream(to);
  stream << "lost";
  CHECK_FALSE(stream.flush());
}
