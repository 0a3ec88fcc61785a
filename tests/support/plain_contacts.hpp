#pragma once

#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

#include "core/distributions.hpp"
#include "network/ties.hpp"

/// Contacts the slow and obvious way: every tie, every tick, one Poisson draw each. What the sampler is judged by.
namespace kith::testing {

/// Contacts that a tie has on average in a time, given its rate and both approaches.
inline double expected_contacts(float rate, float approach_owner, float approach_other, double awake_hours) {
  return static_cast<double>(rate) *
         std::sqrt(static_cast<double>(approach_owner) * static_cast<double>(approach_other)) * awake_hours;
}

/// Adds the contacts of one tick to `counts` [ties].
inline void plain_contacts(const network::Ties& ties, std::span<const float> rates, std::span<const float> approach,
                           const Draws& draws, Tick tick, double awake_hours, std::vector<std::uint32_t>& counts) {
  for (PersonId owner = 0; owner < ties.people(); ++owner) {
    for (TieId tie = ties.owned_begin(owner); tie < ties.owned_end(owner); ++tie) {
      Stream stream = draws.at(owner, ties.other(tie), tick);
      counts[tie] +=
          poisson(stream, expected_contacts(rates[tie], approach[owner], approach[ties.other(tie)], awake_hours));
    }
  }
}

}  // namespace kith::testing
