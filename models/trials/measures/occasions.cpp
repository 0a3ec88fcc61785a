#include "models/trials/measures/occasions.hpp"

#include <algorithm>
#include <cmath>

#include "core/distributions.hpp"

namespace kith::trials {

std::vector<Occasion> diary_occasions(const Trial& trial, const Measures& measures, const Clock& clock) {
  std::vector<Occasion> occasions;
  for (std::size_t m = 0; m < measures.diaries.size(); ++m) {
    for (std::size_t period = 0; period < trial.periods(); ++period) {
      for (std::int64_t day = 0; day < trial.period_days(); ++day) {
        occasions.push_back({m, period, day, clock.at(trial.first_day(period) + day, measures.diaries[m].at)});
      }
    }
  }
  return occasions;
}

std::vector<Occasion> probe_occasions(const Trial& trial, const Measures& measures, const Clock& clock) {
  std::vector<Occasion> occasions;
  for (std::size_t m = 0; m < measures.probes.size(); ++m) {
    const Probe& probe = measures.probes[m];
    for (std::size_t period = 0; period < trial.periods(); ++period) {
      const std::int64_t day = probe.day - 1;
      occasions.push_back({m, period, day, clock.at(trial.first_day(period) + day, probe.at)});
    }
  }
  return occasions;
}

double rate(const Scale& scale, double value, PersonId person, std::uint32_t measure, std::int64_t occasion,
            WorldKey world) {
  Stream person_stream = Draws(world, "use of the scale").at(person, measure, 0);
  Stream occasion_stream = Draws(world, "rating").at(person, measure, occasion);
  const double lasting = scale.person_sd * normal(person_stream);
  const double passing = scale.occasion_sd * normal(occasion_stream);
  const double share = scale.offset + scale.gain * value + lasting + passing;
  double rating = scale.low + (scale.high - scale.low) * share;
  if (scale.step > 0.0) rating = scale.low + scale.step * std::round((rating - scale.low) / scale.step);
  return std::clamp(rating, scale.low, scale.high);
}

}  // namespace kith::trials
