#include "models/trials/conduct.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "core/distributions.hpp"
#include "core/error.hpp"

namespace kith::trials {

std::vector<PersonId> recruit(std::span<const PersonId> eligible, std::uint32_t count, WorldKey world) {
  if (eligible.size() < count) {
    throw Error(
        ExitCode::invalid_scenario,
        fmt::format(
            "the trial wants {} participants but {} people are eligible (trial.participants.close_ties says who "
            "is); ask for fewer close ties, recruit fewer, or take a larger population",
            count, eligible.size()));
  }
  const Draws draws(world, "recruitment");
  std::vector<std::pair<std::uint32_t, PersonId>> order;
  order.reserve(eligible.size());
  for (const PersonId person : eligible) {
    Stream stream = draws.at(person, 0);
    order.emplace_back(stream(), person);
  }
  std::sort(order.begin(), order.end());
  std::vector<PersonId> recruits(count);
  std::transform(order.begin(), order.begin() + count, recruits.begin(),
                 [](const auto& entry) { return entry.second; });
  return recruits;
}

std::vector<Participant> allocate(const Trial& trial, const std::vector<PersonId>& recruits, WorldKey world) {
  // Recruits come in random order, so the first `count` of them are a random choice; the first `leave` of those leave.
  std::vector<Participant> participants;
  const Draws draws(world, "leaving");
  for (std::size_t s = 0; s < trial.sequences.size(); ++s) {
    for (std::uint32_t k = 0; k < trial.sequences[s].count; ++k) {
      Participant participant{recruits[participants.size()], s, std::nullopt};
      if (k < trial.sequences[s].leave) {
        Stream stream = draws.at(participant.person, 0);
        participant.leaves =
            trial.first_day(0) + uniform_below(stream, static_cast<std::uint32_t>(trial.period_days()));
      }
      participants.push_back(participant);
    }
  }
  return participants;
}

std::vector<Treatment> treatments(const Trial& trial, const Participant& participant, const Clock& clock,
                                  WorldKey world) {
  const Draws draws(world, "adherence");
  std::vector<Treatment> result;
  const auto& arms = trial.sequences[participant.sequence].arms;
  for (std::size_t period = 0; period < arms.size(); ++period) {
    const Arm& arm = trial.arms[arms[period]];
    if (arm.drug.action == pharmacology::Action::none) continue;
    auto course =
        std::find_if(result.begin(), result.end(), [&](const Treatment& t) { return t.drug->name == arm.drug.name; });
    if (course == result.end()) course = result.insert(result.end(), Treatment{&arm.drug, {}});
    for (std::size_t k = 0; k < arm.doses.size(); ++k) {
      const double hours = clock.at(trial.first_day(period), arm.at) + static_cast<double>(k) * arm.every;
      if (participant.leaves && clock.day(hours) >= *participant.leaves) continue;
      Stream stream = draws.at(participant.person, static_cast<std::uint32_t>(period), static_cast<Tick>(k));
      if (uniform(stream) < trial.adherence) course->doses.push_back({hours, arm.doses[k]});
    }
  }
  return result;
}

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
