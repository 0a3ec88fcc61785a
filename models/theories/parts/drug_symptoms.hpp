#pragma once

#include "config/section.hpp"
#include "models/people/mechanism.hpp"

namespace kith::theories {

/// What feeling unwell under a drug takes of whatever is good, as a share: the column `symptom_share`.
///
/// y = m · θκ, the occupancy of the κ-receptor, at which side effects are put; C and V⁺ come to rest lower by the share y.
struct DrugSymptoms {
  float at_full = 0.0F;  ///< m

  void start(people::People& people) const;
  void sense(const people::Scene& scene, const people::Relaxation& step, std::size_t begin, std::size_t end) const;
  /// y of a person.
  static float share(const people::People& people, std::size_t person);

  /// Reads the key `symptoms`. `mark` and `source`: of its default.
  static DrugSymptoms read(config::Section& section, std::string_view fallback, config::Mark mark,
                           std::string_view source);
};

}  // namespace kith::theories
