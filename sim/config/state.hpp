#pragma once

#include <deque>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "config/estimates.hpp"
#include "config/reference.hpp"
#include "config/source.hpp"

/// What a document remembers while it is read.
namespace kith::config {

/// What `resolved` prints for one key, in the order of reading.
struct Resolved {
  enum class Kind { scalar, mapping, list };
  std::string key = {};
  Kind kind = Kind::scalar;
  std::string text = {};  ///< of a scalar, as YAML
  bool is_default = false;
  std::string from = {};           ///< the file of estimates that the value comes from
  Frame* mapping = nullptr;        ///< the mapping's own frame
  std::vector<Frame*> items = {};  ///< of a list
};

/// One mapping being read. All sections of the same mapping share it.
struct Frame {
  enum class Purpose {
    scenario,  ///< reads YAML, or the absence of it
    describe,  ///< no YAML: records entries
    silent,    ///< no YAML, records nothing: stands for a mapping that is wrong, so that reading goes on
  };
  Purpose purpose = Purpose::scenario;
  Node* node = nullptr;  ///< null: absent, or no YAML
  Place place = {};      ///< where a missing key is reported
  std::string path = {};
  std::string pattern = {};  ///< path with * and []
  std::vector<std::string> conditions =
      {};  ///< the variants and alternatives whose keys are being described, innermost last
  std::vector<std::string> asked = {};
  std::set<std::string> tested = {};  ///< asked for with `has`
  std::set<std::string> wrong = {};   ///< keys whose values could not be read
  bool is_unclear = false;            ///< the variant is wrong, so which keys belong here is not known
  std::vector<Resolved> resolved = {};
  std::map<std::string, Frame*> children = {};
  std::string shorthand = {};  ///< the key for which a scalar in place of this mapping stands

  std::string path_of(std::string_view key) const;
  std::string pattern_of(std::string_view key) const;
  bool has_yaml() const { return purpose == Purpose::scenario; }
};

/// Everything a document holds.
struct State {
  std::vector<Source> sources = {};
  std::string written = {};  ///< the scenario as it was read
  std::string folder = ".";
  std::map<std::string, std::string> files = {};  ///< see Document::files
  Node root = {};
  Notes notes = {};
  std::deque<Frame> frames = {};  ///< the first one is the whole scenario
  std::vector<Entry> entries = {};
  std::vector<TakenEstimates> taken;    ///< from the files of `fitted:`
  std::set<std::string> recorded = {};  ///< pattern and condition of the entries

  static const State& of(const Section& section) { return *section.state_; }
  Frame& add_frame(Frame frame);
  Section section(Frame& frame);
  Frame& silent_frame(const Frame& parent, std::string_view key);

  /// Marks the key as asked for and gives its pair, or null.
  Pair* take(Frame& frame, std::string_view key);
  /// Adds an entry to the reference when the frame describes. Gives the new entry, or null.
  Entry* record(const Frame& frame, const Spec& spec, const std::string& type, const std::vector<Option>& options = {});
  /// The entry of `resolved` for a key; a second reading of the same key replaces the first.
  Resolved& resolve(Frame& frame, std::string_view key);
  /// The file of estimates in which a place lies; "" for another place.
  std::string estimates_at(const Place& place) const;
  void note(const Place& place, std::string problem, std::string why = "", std::string suggestion = "",
            std::vector<std::string> absent = {});
  void note_missing(const Frame& frame, const Spec& spec);
  /// Notes that a value is of the wrong kind; `wanted` as in "a list", `example` as in Spec. Silent for a refused value.
  void note_kind(const Frame& frame, std::string_view key, const Node& value, const Place& place,
                 const std::string& wanted, std::string_view example = "");
  /// Notes keys that nobody asked for.
  void note_unknown_keys(const std::function<void(Section)>& read);
};

/// Place for a mistake about a pair's value: the key's for lists and mappings below their key.
Place value_place(const Pair& pair);

/// A text as YAML: plain when that is safe, else in double quotes.
std::string yaml_text(const std::string& text);

/// "a, b, c", at most a dozen.
std::string listed(const std::vector<std::string>& words);

/// The resolved scenario from its root frame.
std::string print_resolved(const Frame& root);

}  // namespace kith::config
