#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/units.hpp"

/// Reading a scenario. One call names a key with its unit, range, default, meaning, mark and source; the same call
/// reads and checks the YAML, fills the resolved scenario, and, on a describing section, makes the reference and the
/// JSON Schema.
namespace kith::config {

class Document;  // document.hpp
struct State;    // state.hpp
struct Frame;    // state.hpp

/// Where a default comes from.
enum class Mark {
  published,  ///< a published number; `source` cites it
  fitted,     ///< fitted; `source` says to what
  assumed,    ///< an assumption; `source` gives the plausible range
  choice,     ///< no claim about the world: a seed, a title, the length of a run
};

/// One key of a scenario. Numbers and limits are written as in YAML: "28 d", "0.15".
struct Spec {
  std::string_view key;
  std::string_view unit = "";  ///< any unit of the dimension wanted; "" a plain number, "%" a share
  std::optional<std::string_view> fallback = std::nullopt;  ///< the default; without one the key is required
  std::string_view min = "";                                ///< least value allowed; "" no limit
  std::string_view max = "";                                ///< greatest value allowed
  bool above_min = false;                                   ///< the value must be greater than `min`, not equal
  std::string_view doc = "";                                ///< one sentence
  Mark mark = Mark::choice;
  std::string_view source = "";
  /// Of a mapping, list or map: the path of another one with the same keys ("trial"), so that the reference need not
  /// repeat them.
  std::string_view same_as = "";
  /// What is written where people write a mapping or a list instead: "target: highest degree".
  std::string_view example = "";
  /// Of a choice: what to do, told of a word that is near to none of the options.
  std::string_view otherwise = "";
};

/// One value of a key that allows a few words.
struct Option {
  std::string_view name = "";
  std::string_view doc = "";
};

/// A mapping in the scenario while it is read. On a mistake a call notes an error in the document and returns the
/// default (or the least valid value), so that reading goes on and all mistakes are reported at once. A key that no
/// call asked for is reported as unknown when the document is checked.
///
/// A *describing* section (`Document::describe`) has no YAML behind it: every call returns its default and records its
/// spec, lists and maps are entered once, and all alternatives and variants are entered.
class Section {
 public:
  /// A number in the canonical unit of the spec's dimension.
  double number(const Spec& spec);
  /// A list of numbers in canonical units; a single value counts as a list of one. Fallback: "[1 h, 2 h]" or "[]".
  std::vector<double> numbers(const Spec& spec);
  std::int64_t integer(const Spec& spec);
  bool flag(const Spec& spec);  ///< true or false; YAML 1.1's yes, no, on, off are refused
  std::string text(const Spec& spec);
  std::vector<std::string> texts(const Spec& spec);  ///< a single value counts as a list of one
  /// The name of a file. What the scenario gives is relative to the scenario's folder, what `--set` gives to the
  /// working folder; the result can be opened as it is. An empty fallback stays empty.
  std::string file(const Spec& spec);
  double time_of_day(const Spec& spec);                ///< "09:00" → 9.0 [h]
  std::vector<double> times_of_day(const Spec& spec);  ///< a single value counts as a list of one
  double week_time(const Spec& spec);                  ///< "Mon 08:00" → 8.0 [h since Monday 00:00]
  std::pair<double, double> range(const Spec& spec);   ///< "1..7" → {1, 7}
  /// "2..4" → {2, 4}, and 3 → {3, 3}.
  std::pair<std::int64_t, std::int64_t> whole_range(const Spec& spec);
  /// One of `options`; returns its index. Fallback is an option's name.
  std::size_t choice(const Spec& spec, const std::vector<Option>& options);

  /// True when the scenario gives this key (also on a describing section). A key that is asked for with `has` before it
  /// is read is documented as optional even when it has no default.
  bool has(std::string_view key) const;
  /// True on a describing section: values are defaults only, files must not be opened.
  bool describing() const;

  // A key without a value (`measures:` with nothing below) is an empty mapping or list here, and a mistake elsewhere.

  /// The mapping below `spec.key`; an absent key gives an empty mapping, in which everything takes its default. With
  /// `shorthand`, a scalar in place of the mapping stands for {shorthand: scalar}.
  Section section(const Spec& spec, std::string_view shorthand = "");
  /// Calls f for each mapping of a list; an absent key is an empty list.
  void list(const Spec& spec, const std::function<void(Section&)>& f);
  /// Calls f for each entry of a mapping with free keys (arms, drugs), in the order of the file.
  void map(const Spec& spec, const std::function<void(const std::string& name, Section&)>& f);

  struct Variant {
    std::string_view name = "";
    std::string_view doc = "";
    std::function<void(Section&)> read = {};  ///< may be empty when the variant has no keys of its own
  };
  /// The value of `spec.key` names the variant, which reads the further keys of this same mapping; returns its index.
  std::size_t variant(const Spec& spec, const std::vector<Variant>& variants);
  /// Exactly one of the variants' names must be a key of this mapping; that variant's `read` runs on this mapping (and
  /// takes the key itself). Returns its index, or nothing when the scenario named none or several (an error is noted).
  std::optional<std::size_t> alternative(const std::vector<Variant>& variants);

  /// The keys of this mapping that were read so far, and their values as YAML, defaults included.
  std::vector<std::pair<std::string, std::string>> values() const;

  /// Notes an error at the value of `key`, or at the mapping when the key is absent. Ignored on a describing section, and where
  /// the value of `key` could not be read: what is wrong with it has been said. `for_want_of`: other keys (or dotted paths) of
  /// this mapping that would have helped; where one of them, or `key`, turns out to be misspelt, that alone is told.
  void fail(std::string_view key, const std::string& problem, const std::string& why = "",
            const std::string& suggestion = "", std::initializer_list<std::string_view> for_want_of = {});
  /// The same for item `index` of the list at `key`.
  void fail_item(std::string_view key, std::size_t index, const std::string& problem, const std::string& why = "",
                 const std::string& suggestion = "");

  /// How many mistakes the whole scenario has so far: tells whether a value that was just read can be relied on.
  std::size_t mistakes() const;

  /// Dotted path of this section: "trial.arms.naltrexone"; "" for the whole scenario.
  const std::string& path() const { return path_; }
  /// Resolves a file named in the scenario against the scenario's folder.
  std::string file_path(const std::string& name) const;

 private:
  friend class Document;
  friend struct State;
  Section(State& state, Frame& frame);

  State* state_;
  Frame* frame_;
  std::string path_;
};

}  // namespace kith::config
