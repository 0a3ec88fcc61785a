#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

#include "config/section.hpp"
#include "models/people/feelings.hpp"
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

class Theory {
 public:
  virtual ~Theory() = default;
  /// What it says that the μ-signal does to feelings. A theory without any opioid term has zeros.
  virtual people::Opioids opioids() const = 0;
  /// Adds the columns that the theory's own state has (People::add), once, when the people have their traits.
  virtual void start(people::People& /*people*/) const {}
  /// Moves that state on by a tick of `hours`, of the people [begin, end), when S, S̄ and S* of the tick are known.
  virtual void sense(people::People& /*people*/, std::size_t /*begin*/, std::size_t /*end*/, float /*hours*/) const {}
  /// Writes the theory's part of ln P of the people [begin, end) to out[0 …].
  virtual void approach(const people::People& people, std::size_t begin, std::size_t end, float* out) const = 0;
  /// Factor on the value of a reward that comes from nobody; 1 in a theory that says opioids do nothing to it.
  virtual float non_social_gain(const Inner& /*inner*/) const { return 1.0F; }
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
  std::string_view source;
  std::string_view fitted;  ///< which of its parameters were fitted, and to what; one sentence
  std::unique_ptr<Theory> (*read)(config::Section& section);
};

/// Every theory, ordered by name; the build makes the list from the files of this folder.
const std::vector<const TheoryKind*>& all_theories();

/// Reads `theory: botsa` or `theory: {name: botsa, …}`.
struct NamedTheory {
  std::string_view name;
  std::string_view fitted;
  std::shared_ptr<const Theory> theory;
};
NamedTheory read_theory(config::Section& scenario);

}  // namespace kith::theories
