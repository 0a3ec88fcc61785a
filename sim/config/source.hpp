#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "config/document.hpp"

/// The YAML as a tree of nodes with places. yaml-cpp's event interface is used because its own nodes lose the places of
/// keys and drop duplicate keys.
namespace kith::config {

/// Where something stands: `offset` [bytes] into the text of source number `source` (0 the scenario, then the
/// overrides).
struct Place {
  std::size_t source = 0;
  std::size_t offset = 0;
  std::size_t width = 1;  ///< [characters]
};

/// A text that mistakes point into.
struct Source {
  enum class Kind { scenario, command_line, estimates };
  Kind kind = Kind::scenario;
  std::string name;  ///< of the file
  std::string text;  ///< UTF-8, lines end in \n
};

struct Pair;

/// A value of the YAML.
struct Node {
  enum class Kind {
    null,
    scalar,
    list,
    mapping,
    refused,  ///< an alias or the like: a mistake is noted already, readers take their default silently
  };
  Kind kind = Kind::null;
  std::string text = {};  ///< of a scalar
  bool is_quoted = false;
  Place place = {};
  std::vector<Node> items;
  std::vector<Pair> pairs;
  /// The scalar which an override of a key below it has turned into this mapping: `theory: botsa` with `theory.gain=2`.
  std::unique_ptr<Node> shorthand;

  Pair* find(std::string_view key);
};

/// One `key: value` of a mapping.
struct Pair {
  Node key;
  Node value;
};

Node make_node(Node::Kind kind, const Place& place);

/// A mistake that still knows its place as an offset.
struct Note {
  Place place;
  std::string problem, why, suggestion;
  std::vector<std::string> absent = {};  ///< paths of keys for want of which this is a mistake
};

/// The mistakes found so far. Keeps the first thousand; hostile input makes more.
class Notes {
 public:
  void add(Note note);
  const std::vector<Note>& kept() const { return kept_; }
  std::size_t count() const { return count_; }
  bool is_full() const { return kept_.size() >= most_kept; }
  /// Forgets what is a mistake for want of this key, or of one below it.
  void forget_absence(std::string_view path);
  /// Counts a mistake that nobody will read.
  void add_unread() { ++count_; }

 private:
  static constexpr std::size_t most_kept = 1000;
  std::vector<Note> kept_;
  std::size_t count_ = 0;
};

/// Thrown when nothing more can be read.
struct Refusal {
  Note note;
};

/// Limits that keep hostile input cheap.
inline constexpr std::size_t max_bytes = std::size_t{1024} * 1024;
inline constexpr std::size_t max_depth = 50;
/// yaml-cpp holds all of a flow collection in memory (about 100 bytes a token), so the characters that make tokens are
/// counted before it sees them.
inline constexpr std::size_t max_structure = 50'000;

/// Line ends \r\n become \n, a byte order mark is dropped. Throws Refusal for text that is no UTF-8 or holds control
/// characters.
std::string normalised(std::string_view raw, std::size_t source);

/// Parses the YAML in sources[index].text from byte `begin` on. Lesser mistakes (duplicate keys, tags, anchors) are
/// noted. Throws Refusal.
Node parse(const Source& source, std::size_t index, std::size_t begin, Notes& notes);

/// Applies `a.b=v`, source number `index`, to the scenario. Throws Refusal, which concerns this override only.
void apply_override(Node& root, const Source& source, std::size_t index, Notes& notes);

/// The value at `a.b.0`, made where it is not there. Throws Refusal, with `place`, where the path leads through something else.
Node& at_path(Node& root, std::string_view path, const Place& place);

/// A note with file, line, column and excerpt.
Mistake locate(const Note& note, const std::vector<Source>& sources);

/// The mistakes sorted by place, without repetitions, at most a hundred.
std::vector<Mistake> locate_all(const Notes& notes, const std::vector<Source>& sources);

}  // namespace kith::config
