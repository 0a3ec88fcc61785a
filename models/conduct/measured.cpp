#include "models/conduct/measured.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>

#include "models/trials/analysis/expected_rating.hpp"

namespace kith {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// One measure of a study, and what it was measured with.
struct Asked {
  std::string name;
  std::uint32_t number = 0;  ///< of the measure in the study: diaries, then probes
  std::size_t index = 0;     ///< among the diaries or the probes
  const trials::Diary* diary = nullptr;
  const trials::Scale* scale = nullptr;  ///< none: the value itself
  std::string_view unit = "";            ///< of that
  const std::vector<std::vector<double>>* values = nullptr;
  const std::vector<std::vector<double>>* twin = nullptr;
  bool is_twin_compared = false;  ///< whether the twins' ratings are wanted, too
};

/// Ratings of all participants at all occasions of one measure, and their own differences from the twin. Who has left is followed
/// all the same, without doses.
trials::MeasureData answers_to(const Asked& asked, const std::vector<trials::Occasion>& occasions,
                               const std::vector<trials::Participant>& participants, const Clock& clock,
                               WorldKey world) {
  trials::MeasureData data;
  data.name = asked.name;
  const trials::Scale* scale = asked.scale;
  data.unit = scale == nullptr ? std::string(asked.unit) : fmt::format("{:g}-{:g}", scale->low, scale->high);
  data.has_effect = scale != nullptr;
  const auto without_noise = [&](double value) {
    return scale == nullptr ? value : trials::expected_rating(*scale, value);
  };
  const bool has_lost =
      std::any_of(participants.begin(), participants.end(),
                  [](const trials::Participant& participant) { return participant.leaves.has_value(); });
  for (std::size_t o = 0; o < occasions.size(); ++o) {
    if (occasions[o].measure != asked.index) continue;
    data.occasions.push_back(occasions[o]);
    const std::int64_t minute = std::llround(occasions[o].hours * 60.0);
    std::vector<double> values = (*asked.values)[o];
    std::vector<double> ratings;
    std::vector<double> own;
    std::vector<double> twin_ratings;
    for (std::size_t i = 0; i < participants.size(); ++i) {
      const PersonId person = participants[i].person;
      const bool is_given =
          asked.diary == nullptr || trials::answers(*asked.diary, person, asked.number, minute, world);
      double rating = is_given ? values[i] : nan;
      if (scale != nullptr) rating = trials::rate(*scale, rating, person, asked.number, minute, world);
      ratings.push_back(rating);
      if (asked.is_twin_compared) {
        double of_twin = is_given ? (*asked.twin)[o][i] : nan;
        if (scale != nullptr) of_twin = trials::rate(*scale, of_twin, person, asked.number, minute, world);
        twin_ratings.push_back(of_twin);
      }
      if (asked.twin != nullptr) own.push_back(without_noise(values[i]) - without_noise((*asked.twin)[o][i]));
    }
    if (has_lost) {
      data.itt_ratings.push_back(ratings);
      if (asked.twin != nullptr) data.itt_own.push_back(own);
    }
    for (std::size_t i = 0; i < participants.size(); ++i) {
      if (!participants[i].leaves || clock.day(occasions[o].hours) < *participants[i].leaves) continue;
      values[i] = ratings[i] = nan;
      if (asked.twin != nullptr) own[i] = nan;
    }
    data.values.push_back(std::move(values));
    data.ratings.push_back(std::move(ratings));
    if (asked.is_twin_compared) data.twin_ratings.push_back(std::move(twin_ratings));
    if (asked.twin != nullptr) data.own.push_back(std::move(own));
  }
  return data;
}

}  // namespace

std::vector<trials::MeasureData> measured(const trials::Trial& trial, const trials::Measures& measures,
                                          const std::vector<trials::Participant>& participants,
                                          const Observer& observer, const Observer* twin, const Clock& clock,
                                          WorldKey world) {
  const std::vector<std::string> names = trials::names(measures);
  const bool is_twin_compared = trial.is_single_arm() && twin != nullptr;
  const auto diary = trials::diary_occasions(trial, measures, clock);
  const auto probes = trials::probe_occasions(trial, measures, clock);
  std::vector<trials::MeasureData> result;
  for (std::size_t m = 0; m < measures.diaries.size(); ++m) {
    const Asked asked{.name = names[result.size()],
                      .number = static_cast<std::uint32_t>(result.size()),
                      .index = m,
                      .diary = &measures.diaries[m],
                      .scale = &measures.diaries[m].scale,
                      .values = &observer.diary_values(),
                      .twin = twin == nullptr ? nullptr : &twin->diary_values(),
                      .is_twin_compared = is_twin_compared};
    result.push_back(answers_to(asked, diary, participants, clock, world));
  }
  for (std::size_t m = 0; m < measures.probes.size(); ++m) {
    const trials::Probe& probe = measures.probes[m];
    const Asked asked{.name = names[result.size()],
                      .number = static_cast<std::uint32_t>(result.size()),
                      .index = m,
                      .scale = probe.scale ? &*probe.scale : nullptr,
                      .unit = probe.unit,
                      .values = &observer.probe_values(),
                      .twin = twin == nullptr ? nullptr : &twin->probe_values(),
                      .is_twin_compared = is_twin_compared};
    result.push_back(answers_to(asked, probes, participants, clock, world));
    result.back().cutoff = probe.cutoff;
    result.back().phase = probe.phase;
  }
  return result;
}

}  // namespace kith
