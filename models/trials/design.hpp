#pragma once

#include <memory>
#include <string>
#include <vector>

#include "config/section.hpp"
#include "models/pharmacology/drug.hpp"

/// Trials as a scenario writes them.
namespace kith::trials {

/// What participants take in one period.
struct Arm {
  std::string name;
  pharmacology::Drug drug;
  std::vector<double> doses;  ///< [mg], one after the other
  double every = 24.0;        ///< [h]
  double at = 9.0;            ///< local time of the first dose [h]
};

/// The arms that some participants go through, in order.
struct Sequence {
  std::string name;               ///< "naltrexone, placebo"
  std::vector<std::size_t> arms;  ///< one a period
  std::uint32_t count = 0;        ///< participants who start
  std::uint32_t leave = 0;        ///< of them, how many leave during the first period
};

struct Trial {
  std::uint32_t close_ties = 0;  ///< least number of close ties of a participant
  std::vector<Arm> arms;
  std::size_t reference = 0;  ///< the arm against which the others are compared
  std::vector<Sequence> sequences;
  double washout = 240.0;  ///< [h]
  double adherence = 1.0;  ///< probability that a dose is taken
  bool twin = true;        ///< also run every virtual study without any drug

  std::uint32_t participants() const;
  std::size_t periods() const { return sequences.empty() ? 0 : sequences.front().arms.size(); }
  /// Days that a period of treatment lasts: the longest of the arms.
  std::int64_t period_days() const;
  std::int64_t washout_days() const;
  /// Day (0 the first of the run) on which a period starts.
  std::int64_t first_day(std::size_t period) const {
    return static_cast<std::int64_t>(period) * (period_days() + washout_days());
  }
};

/// Reads `trial:`. `drugs`: the library and the scenario's own; `duration` of the run [h]; `starts_at`: local time of day
/// at which the run starts [h].
Trial read_trial(config::Section& section, const std::vector<pharmacology::Drug>& drugs, double duration,
                 double starts_at = 0.0);

}  // namespace kith::trials
