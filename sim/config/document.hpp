#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "config/reference.hpp"
#include "config/section.hpp"
#include "core/error.hpp"

namespace kith::config {

/// A mistake in a scenario. `line` and `column` count from 1; 0 when the mistake has no place.
struct Mistake {
  std::string file = {};
  int line = 0;
  int column = 0;
  int width = 1;  ///< characters that the caret underlines
  std::string problem = {};
  std::string why = {};
  std::string suggestion = {};
  std::string excerpt = {};  ///< the line itself, or the part of a long line around the place
  int caret_column = 0;      ///< where in the excerpt the caret stands, counted from 1; 0 when there is no excerpt
  /// Of a mistake in an override: the override as given, and the byte of it at which the mistake begins.
  std::string assignment = {};
  std::size_t assignment_offset = 0;
};

/// A mistake in a file that is no document, a table: in its line number `line` (from 1), which is `text`, at byte `offset` of it.
Mistake mistake_in(const std::string& file, int line, const std::string& text, std::size_t offset, std::size_t width);

/// `file:line:column: error: problem (why) suggestion`, the line, and a caret under the place.
std::string print(const Mistake& mistake);

/// All the mistakes of a scenario; what() prints them all and counts them.
class InvalidScenario : public Error {
 public:
  explicit InvalidScenario(std::vector<Mistake> mistakes);
  const std::vector<Mistake>& mistakes() const { return mistakes_; }

 private:
  std::vector<Mistake> mistakes_;
};

/// `a.b.c=value` of the command line; the value is YAML.
struct Override {
  std::string assignment = {};
};

/// A scenario being read.
class Document {
 public:
  /// Reads a file ("-" is standard input). Throws InvalidScenario at once when nothing can be read from it: over 1 MB,
  /// not UTF-8, no YAML, nested deeper than 50, several documents, empty. Lesser mistakes (duplicate keys, anchors,
  /// tags, wrong overrides) are noted, and thrown by `check` with all others.
  static Document from_file(const std::string& path, const std::vector<Override>& overrides = {});
  /// The same from text; `name` stands for the file in messages, `folder` is where its relative paths start. What files of `fitted:`
  /// have estimated is put in, unless it is to be ignored.
  enum class Fitted { taken, ignored };
  static Document from_text(std::string text, const std::string& name, const std::vector<Override>& overrides = {},
                            const std::string& folder = ".", Fitted fitted = Fitted::taken);
  /// A document without YAML, for the reference and the schema.
  static Document describe();

  Document(Document&&) noexcept;
  Document& operator=(Document&&) noexcept;
  ~Document();

  /// The whole scenario.
  Section root();
  /// Throws InvalidScenario with every mistake noted, unknown keys included. Call once after reading. With `read`, the
  /// function that reads a whole scenario, an unknown key that belongs to another variant or place is told so: `read`
  /// is then called on a describing section, when there are unknown keys only.
  void check(const std::function<void(Section)>& read = {});

  const std::string& name() const;
  /// The text as written (before overrides).
  const std::string& text() const;
  /// The scenario with every default filled in, as YAML that reads back to the same values. Call after reading.
  std::string resolved() const;
  /// Folder where its relative paths start.
  const std::string& folder() const;
  /// The files that it names: how they are read, by how they will be read from `resolved`. Call after reading.
  const std::map<std::string, std::string>& files() const;
  /// What was asked for: on a described document the whole reference.
  const std::vector<Entry>& entries() const;

 private:
  explicit Document(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace kith::config
