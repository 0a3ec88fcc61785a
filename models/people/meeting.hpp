#pragma once

#include <vector>

#include "config/section.hpp"
#include "engine/clock.hpp"
#include "network/ties.hpp"

/// Who meets whom, and how it goes (ODD 7.3).
namespace kith::people {

struct MeetingParams {
  double contacts_per_day = 6.5;   ///< mean per person in the whole network where every P is 1
  double closeness_slope = 6.3;    ///< η
  float positive_share = 0.8207F;  ///< share of contacts that go well
  float quality_least = 0.2F;      ///< quality of a contact with a stranger of full warmth
  float approach_least = 0.3F;     ///< Pmin
  float approach_most = 2.0F;      ///< Pmax
  Night night;
};

/// Quality of a contact on a tie of closeness w with a partner who offers the given warmth.
inline float contact_quality(const MeetingParams& p, float closeness, float partner_warmth) {
  return (p.quality_least + (1.0F - p.quality_least) * closeness) * partner_warmth;
}

MeetingParams read_meeting(config::Section& section);

/// f1: contacts per waking hour on a tie of closeness 1 and opportunity 1, such that the people have `contacts_per_day` on average;
/// 0 for a network without ties.
double rate_scale(const MeetingParams& params, const network::Ties& ties);

/// Rate of contact of each tie [slots of the ties], per waking hour, where both approaches are 1: f1 · exp(−η (1 − w)) · opportunity, with f1
/// such that the people have `contacts_per_day` on average. A network without ties has no rates.
std::vector<float> contact_rates(const MeetingParams& params, const network::Ties& ties);
/// The same with an f1 that is given: where ties live, it stays as at the start.
std::vector<float> contact_rates(const MeetingParams& params, const network::Ties& ties, double f1);

}  // namespace kith::people
