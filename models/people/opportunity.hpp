#pragma once

#include <span>
#include <utility>
#include <vector>

#include "core/parallel.hpp"
#include "core/state.hpp"
#include "engine/contacts.hpp"
#include "models/people/people.hpp"

namespace kith::people {

/// Factors on how readily people come to contacts of each kind [people], each 0 … 1; empty: 1 for all.
struct OpportunityFactors {
  std::vector<float> in_person;
  std::vector<float> at_distance;
  bool empty() const { return in_person.empty() && at_distance.empty(); }
};

/// How readily people can be in contact, besides how much they wish to.
class Opportunity {
 public:
  void set(OpportunityFactors factors) { factors_ = std::move(factors); }
  const OpportunityFactors& factors() const { return factors_; }
  /// Approach times opportunity.
  Readiness readiness(const People& people, double distant_share) {
    return {times(people, factors_.in_person, in_person_), times(people, factors_.at_distance, at_distance_),
            distant_share};
  }
  void visit(State& state) {
    state("opportunity", factors_.in_person);
    state("opportunity_at_distance", factors_.at_distance);
  }

 private:
  static std::span<const float> times(const People& people, std::span<const float> factors,
                                      std::vector<float>& product) {
    if (factors.empty()) return people.approach.now;
    product.resize(people.count);
    for_each_block(people.count, [&](std::size_t begin, std::size_t end) {
      for (std::size_t p = begin; p < end; ++p) product[p] = people.approach.now[p] * factors[p];
    });
    return product;
  }

  OpportunityFactors factors_;
  std::vector<float> in_person_, at_distance_;  // of the last call, kept to reuse their memory
};

}  // namespace kith::people
