#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "config/section.hpp"
#include "models/people/feelings.hpp"
#include "models/people/mechanism.hpp"
#include "models/people/people.hpp"

/// Theories: rule sets for what opioids do to connection, approach and separation (ODD 7.5).
namespace kith::theories {

/// What a theory may see of one person.
struct Inner {
  float signal;       ///< S
  float signal_mean;  ///< S̄
  float set_point;    ///< S*
  float connection;
  float distress;
  float loneliness;
};

inline Inner inner(const people::People& people, std::size_t person) {
  return {people.signal[person],     people.signal_mean[person], people.set_point[person],
          people.connection[person], people.distress[person],    people.loneliness[person]};
}

/// How a contact has gone for one of the two.
struct Lived {
  bool goes_well;
  float reward;  ///< r, 0 where it has gone badly
  float signal;  ///< S at that moment, the contact's own release included
};

class Theory {
 public:
  virtual ~Theory() = default;
  /// What a reader of its results must know, a sentence; "" for nothing.
  virtual std::string warning() const { return ""; }
  /// What it says that the μ-signal does to feelings. A theory without any opioid term has zeros.
  virtual people::Opioids opioids() const = 0;
  /// Adds the columns that the theory's own state has (People::add), once, when the people have their traits.
  virtual void start(people::People& /*people*/) const {}
  /// Moves that state on by a tick, of the people [begin, end), when S, S̄ and S* of the tick are known and feelings have relaxed. Writes
  /// only these people, and what it writes follows from them alone.
  virtual void sense(const people::Scene& /*scene*/, const people::Relaxation& /*step*/, std::size_t /*begin*/,
                     std::size_t /*end*/) const {}
  /// What a contact leaves in that state of one person, in the order in which the person lives them.
  virtual void after_contact(people::People& /*people*/, std::size_t /*person*/, const Lived& /*lived*/) const {}
  /// Writes the theory's part of ln P of the people [begin, end) to out[0 …].
  virtual void approach(const people::People& people, std::size_t begin, std::size_t end, float* out) const = 0;
  /// Factor on the value of a reward that comes from nobody; 1 in a theory that says opioids do nothing to it.
  virtual float non_social_gain(const people::People& /*people*/, std::size_t /*person*/) const { return 1.0F; }
  /// Factor on how any reward is rated, whatever it is worth; 1 in a theory that says nothing of ratings.
  virtual float rating_gain(const people::People& /*people*/, std::size_t /*person*/) const { return 1.0F; }
};

/// A theory made of a rule: `people::Opioids opioids`, `float approach(Inner) const`.
template <class Rule>
class RuleTheory final : public Theory {
 public:
  explicit RuleTheory(Rule rule) : rule_(rule) {}
  people::Opioids opioids() const override { return rule_.opioids; }
  void approach(const people::People& people, std::size_t begin, std::size_t end, float* out) const override {
    for (std::size_t person = begin; person < end; ++person)
      out[person - begin] = rule_.approach(inner(people, person));
  }

 private:
  Rule rule_;
};

/// A theory that a scenario can name. Adding one means adding <name>.cpp with `extern const TheoryKind <name>_theory`.
struct TheoryKind {
  std::string_view name;
  std::string_view claim;
  std::string_view equations = {};  ///< what it adds to the shared model, in the symbols of ODD 7
  std::string_view published = {};  ///< what its authors say, and in which words
  std::string_view ours = {};       ///< what of it is our operationalisation
  std::string_view source = {};
  std::string_view fitted = {};  ///< which of its parameters were fitted, and to what; one sentence
  std::unique_ptr<Theory> (*read)(config::Section& section) = nullptr;
  bool is_written_in_yaml = false;  ///< says nothing by itself: its terms are the scenario's
};

/// Every theory, ordered by name; the build makes the list from the files of this folder.
const std::vector<const TheoryKind*>& all_theories();

bool is_written_in_yaml(std::string_view theory);

/// Keys of a theory's parameters with this mark: "theory.opioid_share".
std::vector<std::string> keys_of(std::string_view theory, config::Mark mark);

/// A term that goes with any theory. Adding one means adding terms/<name>.cpp with `extern const TermKind <name>_term`.
struct TermKind {
  std::string_view name;
  std::string_view claim;
  std::string_view equations = {};
  std::string_view published = {};
  std::string_view ours = {};
  std::string_view source = {};
  /// A number that it has: a key of `theory.<name>`.
  struct Parameter {
    float people::Opioids::*what;  ///< to which it adds
    config::Spec spec;
  };
  std::vector<Parameter> parameters = {};
};

/// Every term, ordered by name.
const std::vector<const TermKind*>& all_terms();

/// What a scenario says of opioids: a theory, and terms that go with it.
struct NamedTheory {
  std::string_view kind;  ///< "botsa"
  std::string name;       ///< the same with the terms: "botsa + warmth"
  bool is_own = false;    ///< written in the scenario
  std::string_view fitted;
  std::shared_ptr<const Theory> theory;
  people::Opioids terms = {};   ///< what they add
  std::string terms_text = {};  ///< as YAML that may follow another theory's name: ", warmth: {touch: 0.5, cold: 0.1}"

  people::Opioids opioids() const;
  /// The override of a scenario that puts another theory in place of this one, with the same terms; "" for this one.
  std::string change_to(std::string_view other) const;
};

/// Reads `theory: botsa` or `theory: {name: botsa, …}`.
NamedTheory read_theory(config::Section& scenario);

}  // namespace kith::theories
