#include "models/patients/social_functioning.hpp"

#include <algorithm>

namespace kith::patients {

double social_functioning(const Patient& patient, const people::MeetingParams& meeting, double isolation_score,
                          double ucla3_points) {
  const auto usual_share = static_cast<double>(meeting.positive_share);
  const auto good = static_cast<double>(patient.good_a_day);
  const double all = good + static_cast<double>(patient.bad_a_day);
  const double usual = meeting.contacts_per_day * usual_share;
  const double met = usual > 0.0 ? std::min(1.0, good / usual) : 0.0;
  const double went_well = all > 0.0 && usual_share > 0.0 ? std::min(1.0, good / all / usual_share) : 0.0;
  return 25.0 * (met + went_well + isolation_score / 30.0 + 1.0 - (ucla3_points - 3.0) / 6.0);
}

}  // namespace kith::patients
