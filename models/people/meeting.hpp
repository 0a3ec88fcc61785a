#pragma once

#include <vector>

#include "config/section.hpp"
#include "engine/clock.hpp"
#include "network/ties.hpp"

/// Who meets whom, and how it goes (ODD 7.3).
namespace kith::people {

struct MeetingParams {
  double contacts_per_day = 6.5;   ///< in person; mean of the whole network where every P is 1
  double closeness_slope = 6.3;    ///< η
  float positive_share = 0.8207F;  ///< share of contacts that go well
  float quality_least = 0.2F;      ///< quality of a contact with a stranger of full warmth
  float approach_least = 0.3F;     ///< Pmin
  float approach_most = 2.0F;      ///< Pmax
  double calls_per_day = 5.0;      ///< contacts at a distance, likewise
  float call_quality = 0.65F;      ///< quality of a contact at a distance over that of one in person
  float call_release = 0.5F;       ///< ligand that it releases over that of one in person of the same quality
  Night night;

  /// Contacts of both kinds for each one in person; without contacts in person there are no others.
  double contacts_of_both() const { return contacts_per_day > 0.0 ? 1.0 + calls_per_day / contacts_per_day : 1.0; }
  /// Share of contacts at a distance among all, where people are as ready for both.
  double distant_share() const { return 1.0 - 1.0 / contacts_of_both(); }
  /// Mean quality of a contact of either kind, in share of one in person.
  float mean_quality() const { return 1.0F - static_cast<float>(distant_share()) * (1.0F - call_quality); }
};

/// Quality of a contact in person on a tie of closeness w with a partner who offers the given warmth.
inline float contact_quality(const MeetingParams& p, float closeness, float partner_warmth) {
  return (p.quality_least + (1.0F - p.quality_least) * closeness) * partner_warmth;
}

MeetingParams read_meeting(config::Section& section);

/// f1: contacts in person per waking hour on a tie of closeness 1 and opportunity 1, such that the people have `contacts_per_day` on average;
/// 0 for a network without ties.
double rate_scale(const MeetingParams& params, const network::Ties& ties);

/// Rate of contact in person of each tie [slots of the ties], per waking hour, where both approaches are 1: f1 · exp(−η (1 − w)) · opportunity, with f1
/// such that the people have `contacts_per_day` on average. A network without ties has no rates.
std::vector<float> contact_rates(const MeetingParams& params, const network::Ties& ties);
/// The same with an f1 that is given: where ties live, it stays as at the start.
std::vector<float> contact_rates(const MeetingParams& params, const network::Ties& ties, double f1);

}  // namespace kith::people
