#include "models/trials/measures/occasions.hpp"

#include <algorithm>
#include <cmath>

#include "core/distributions.hpp"

namespace kith::trials {

std::vector<Occasion> diary_occasions(const Trial& trial, const Measures& measures, const Clock& clock) {
  std::vector<Occasion> occasions;
  for (std::size_t m = 0; m < measures.diaries.size(); ++m) {
    const Diary& diary = measures.diaries[m];
    const auto ask = [&](Phase phase, std::size_t period, std::int64_t first, std::int64_t day) {
      occasions.push_back({m, period, day, clock.at(first + day, diary.at), phase});
    };
    for (std::int64_t day = 0; day < trial.run_in_days(); ++day) ask(Phase::run_in, 0, 0, day);
    for (std::size_t period = 0; period < trial.periods(); ++period) {
      for (std::int64_t day = 0; day < trial.period_days(); ++day) {
        if (diary.is_asked_on(day)) ask(Phase::treatment, period, trial.first_day(period), day);
      }
    }
    const std::size_t last = trial.periods() - 1;
    const std::int64_t after = trial.first_day(trial.periods());
    for (std::int64_t day = 0; day < trial.follow_up_days(); ++day) ask(Phase::follow_up, last, after, day);
  }
  return occasions;
}

std::vector<Occasion> probe_occasions(const Trial& trial, const Measures& measures, const Clock& clock) {
  std::vector<Occasion> occasions;
  for (std::size_t m = 0; m < measures.probes.size(); ++m) {
    const Probe& probe = measures.probes[m];
    const std::int64_t day = probe.day - 1;
    const auto ask = [&](std::size_t period, std::int64_t first) {
      occasions.push_back({m, period, day, clock.at(first + day, probe.at), probe.phase});
    };
    if (probe.phase == Phase::run_in) ask(0, 0);
    if (probe.phase == Phase::follow_up) ask(trial.periods() - 1, trial.first_day(trial.periods()));
    if (probe.phase != Phase::treatment) continue;
    for (std::size_t period = 0; period < trial.periods(); ++period) ask(period, trial.first_day(period));
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
