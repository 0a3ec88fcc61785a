#pragma once

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

#include "core/parallel.hpp"
#include "core/state.hpp"
#include "engine/contacts.hpp"
#include "models/people/people.hpp"

namespace kith::people {

/// Factors on how readily people come to contacts of each kind [people], 0 … 1 in person and 0 … 2 at a distance; empty: 1 for all.
struct OpportunityFactors {
  std::vector<float> in_person;
  std::vector<float> at_distance;
  std::vector<float> home_from;  ///< closeness from which a tie is spared in person; at least 0, empty: no tie is
  bool empty() const { return in_person.empty() && at_distance.empty(); }
};

/// How readily people can be in contact, besides how much they wish to.
class Opportunity {
 public:
  void set(OpportunityFactors factors) { factors_ = std::move(factors); }
  const OpportunityFactors& factors() const { return factors_; }
  /// Approach times opportunity, at most `most`.
  Readiness readiness(const People& people, double distant_share, float most) {
    Readiness ready{times(people, factors_.in_person, most, in_person_),
                    times(people, factors_.at_distance, most, at_distance_), distant_share};
    if (factors_.home_from.empty()) return ready;
    ready.at_home = people.approach.now;
    ready.home_from = factors_.home_from;
    return ready;
  }
  void visit(State& state) {
    state("opportunity", factors_.in_person);
    state("opportunity_at_distance", factors_.at_distance);
    state("home_from", factors_.home_from);
  }

 private:
  static std::span<const float> times(const People& people, std::span<const float> factors, float most,
                                      std::vector<float>& product) {
    if (factors.empty()) return people.approach.now;
    product.resize(people.count);
    for_each_block(people.count, [&](std::size_t begin, std::size_t end) {
      for (std::size_t p = begin; p < end; ++p) product[p] = std::min(most, people.approach.now[p] * factors[p]);
    });
    return product;
  }

  OpportunityFactors factors_;
  std::vector<float> in_person_, at_distance_;  // of the last call, kept to reuse their memory
};

}  // namespace kith::people
