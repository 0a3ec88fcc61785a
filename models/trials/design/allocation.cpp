#include "models/trials/design/allocation.hpp"

#include <algorithm>
#include <numeric>

#include "core/distributions.hpp"
#include "core/math.hpp"

namespace kith::trials {
namespace {

/// The first units get the first sequence, and so on: units come in random order.
std::vector<std::size_t> in_fixed_numbers(std::uint32_t units, const std::vector<std::uint32_t>& ratio) {
  std::vector<std::size_t> sequence;
  const std::vector<std::uint32_t> counts = apportion(units, ratio);
  for (std::size_t s = 0; s < counts.size(); ++s) sequence.insert(sequence.end(), counts[s], s);
  return sequence;
}

/// Permuted blocks within each stratum. `strata` [units].
std::vector<std::size_t> in_blocks(const std::vector<std::uint32_t>& strata, std::uint32_t block,
                                   const std::vector<std::uint32_t>& ratio, WorldKey world) {
  const Draws draws(world, "blocks");
  const std::vector<std::size_t> ordered = in_fixed_numbers(block, ratio);
  const std::uint32_t most = strata.empty() ? 0 : *std::max_element(strata.begin(), strata.end());
  std::vector<std::uint32_t> filled(most + 1UL);  // [strata]
  std::vector<std::vector<std::size_t>> open(most + 1UL);
  std::vector<std::size_t> sequence;
  for (const std::uint32_t stratum : strata) {
    const std::uint32_t place = filled[stratum]++ % block;
    if (place == 0) {
      open[stratum] = ordered;
      Stream stream = draws.at(stratum, filled[stratum] / block);
      shuffle(stream, std::span(open[stratum]));
    }
    sequence.push_back(open[stratum][place]);
  }
  return sequence;
}

/// Pocock & Simon 1975 (doi 10.2307/2529712) with the range of counts, relative to the ratio, as the imbalance of a level,
/// added over the categories. `levels` [categories][units].
class Minimisation {
 public:
  Minimisation(const std::vector<std::vector<std::uint32_t>>& levels, const std::vector<std::uint32_t>& ratio)
      : levels_(&levels), ratio_(&ratio) {
    for (const auto& category : levels) {
      const std::uint32_t most = category.empty() ? 0 : *std::max_element(category.begin(), category.end());
      counts_.emplace_back(most + 1UL, std::vector<double>(ratio.size()));
    }
  }

  /// Imbalance that remains when a unit goes to a sequence.
  double imbalance(std::size_t unit, std::size_t sequence) const {
    double total = 0.0;
    for (std::size_t c = 0; c < counts_.size(); ++c) {
      double least = std::numeric_limits<double>::infinity();
      double most = 0.0;
      for (std::size_t s = 0; s < ratio_->size(); ++s) {
        if ((*ratio_)[s] == 0) continue;
        const double count = counts_[c][(*levels_)[c][unit]][s] + (s == sequence ? 1.0 : 0.0);
        least = std::min(least, count / (*ratio_)[s]);
        most = std::max(most, count / (*ratio_)[s]);
      }
      total += most - least;
    }
    return total;
  }
  void add(std::size_t unit, std::size_t sequence) {
    for (std::size_t c = 0; c < counts_.size(); ++c) counts_[c][(*levels_)[c][unit]][sequence] += 1.0;
  }

 private:
  const std::vector<std::vector<std::uint32_t>>* levels_;
  const std::vector<std::uint32_t>* ratio_;
  std::vector<std::vector<std::vector<double>>> counts_;  // [categories][levels][sequences]
};

std::vector<std::size_t> minimised(const std::vector<std::vector<std::uint32_t>>& levels, const Allocation& how,
                                   const std::vector<PersonId>& people, WorldKey world) {
  const Draws draws(world, "minimisation");
  Minimisation balance(levels, how.ratio);
  const std::vector<double> by_ratio(how.ratio.begin(), how.ratio.end());
  std::vector<std::size_t> sequence;
  for (std::size_t unit = 0; unit < people.size(); ++unit) {
    std::vector<double> imbalance;
    for (std::size_t s = 0; s < how.ratio.size(); ++s) {
      imbalance.push_back(how.ratio[s] == 0 ? std::numeric_limits<double>::infinity() : balance.imbalance(unit, s));
    }
    const double least = *std::min_element(imbalance.begin(), imbalance.end());
    Stream stream = draws.at(people[unit], 0);
    std::vector<double> weights = by_ratio;
    if (uniform(stream) < how.best) {
      for (std::size_t s = 0; s < weights.size(); ++s) weights[s] = imbalance[s] > least ? 0.0 : weights[s];
    }
    sequence.push_back(categorical(stream, weights));
    balance.add(unit, sequence.back());
  }
  return sequence;
}

/// Values of the strata's categories [categories][recruits].
std::vector<std::vector<std::uint32_t>> levels_of(const Roster& roster, const std::vector<PersonId>& people) {
  std::vector<std::vector<std::uint32_t>> levels;
  for (const conditions::Category& category : roster.strata) {
    levels.emplace_back();
    for (const PersonId person : people) levels.back().push_back(category.values[person]);
  }
  return levels;
}

/// Number of each recruit's combination of values.
std::vector<std::uint32_t> combinations(const Roster& roster, const std::vector<PersonId>& people) {
  std::vector<std::uint32_t> strata(people.size());
  for (const conditions::Category& category : roster.strata) {
    for (std::size_t i = 0; i < people.size(); ++i) {
      strata[i] = strata[i] * static_cast<std::uint32_t>(category.names.size()) + category.values[people[i]];
    }
  }
  return strata;
}

/// The sequence of each recruit's cluster: clusters are shared out as people are elsewhere.
std::vector<std::size_t> by_cluster(const Allocation& how, const std::vector<std::uint32_t>& clusters, WorldKey world) {
  std::vector<std::size_t> unit(clusters.size());
  for (std::size_t i = 1; i < clusters.size(); ++i) unit[i] = unit[i - 1] + (clusters[i] != clusters[i - 1] ? 1 : 0);
  const auto units = static_cast<std::uint32_t>(clusters.empty() ? 0 : unit.back() + 1);
  const auto of_unit = how.block > 0 ? in_blocks(std::vector<std::uint32_t>(units), how.block, how.ratio, world)
                                     : in_fixed_numbers(units, how.ratio);
  std::vector<std::size_t> sequence;
  for (const std::size_t u : unit) sequence.push_back(of_unit[u]);
  return sequence;
}

std::vector<std::size_t> sequences_of(const Trial& trial, const Roster& roster, const Recruits& recruits,
                                      const std::vector<std::uint32_t>& strata, WorldKey world) {
  const Allocation& how = trial.allocation;
  if (!recruits.clusters.empty()) return by_cluster(how, recruits.clusters, world);
  if (!how.minimise.empty()) return minimised(levels_of(roster, recruits.people), how, recruits.people, world);
  const std::uint32_t least = std::accumulate(how.ratio.begin(), how.ratio.end(), 0U);
  if (how.block > 0 || !how.strata.empty())
    return in_blocks(strata, how.block > 0 ? how.block : least, how.ratio, world);
  std::vector<std::size_t> sequence;
  for (std::size_t s = 0; s < trial.sequences.size(); ++s) sequence.insert(sequence.end(), trial.sequences[s].count, s);
  return sequence;
}

/// The first day on which a participant drops out of an arm, or later than `days`.
std::optional<std::int64_t> drops_out(const Trial& trial, const Participant& participant, WorldKey world) {
  const Draws draws(world, "drop-out");
  for (std::size_t period = 0; period < trial.periods(); ++period) {
    const double hazard = trial.arms[trial.sequences[participant.sequence].arms[period]].drop_out;
    if (hazard == 0.0) continue;
    const double stays = portable_exp(-24.0 * hazard);
    for (std::int64_t day = trial.first_day(period); day < trial.first_day(period) + trial.period_days(); ++day) {
      Stream stream = draws.at(participant.person, day);
      if (uniform(stream) >= stays) return day;
    }
  }
  return std::nullopt;
}

}  // namespace

bool starts(const Trial& trial, const Participant& participant, std::size_t period, WorldKey world) {
  const double fails = trial.arms[trial.sequences[participant.sequence].arms[period]].induction_failure;
  Stream stream = Draws(world, "induction").at(participant.person, static_cast<Tick>(period));
  return fails == 0.0 || uniform(stream) >= fails;
}

std::vector<Participant> allocate(const Trial& trial, const Roster& roster, const Recruits& recruits, WorldKey world) {
  const std::vector<std::uint32_t> strata = combinations(roster, recruits.people);
  const std::vector<std::size_t> sequence = sequences_of(trial, roster, recruits, strata, world);
  const Draws leaving(world, "leaving");
  std::vector<std::uint32_t> started(trial.sequences.size());
  std::vector<Participant> participants;
  for (std::size_t i = 0; i < recruits.people.size(); ++i) {
    Participant participant{.person = recruits.people[i], .sequence = sequence[i], .stratum = strata[i]};
    if (!recruits.clusters.empty()) participant.cluster = recruits.clusters[i];
    if (started[sequence[i]]++ < trial.sequences[sequence[i]].leave) {
      Stream stream = leaving.at(participant.person, 0);
      participant.leaves = trial.first_day(0) + uniform_below(stream, static_cast<std::uint32_t>(trial.period_days()));
    }
    const auto drops = drops_out(trial, participant, world);
    if (drops && (!participant.leaves || *drops < *participant.leaves)) participant.leaves = drops;
    for (std::size_t period = 0; period < trial.periods(); ++period)
      participant.never_starts = participant.never_starts || !starts(trial, participant, period, world);
    participants.push_back(participant);
  }
  return participants;
}

}  // namespace kith::trials
