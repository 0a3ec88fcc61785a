#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>

#include "config/section.hpp"
#include "core/math.hpp"
#include "core/state.hpp"

/// People with a substance use disorder (ODD 7.10): pure functions of one patient's values.
namespace kith::patients {

/// Parameters, in hours and shares. The defaults are those of `read_substance_use`.
struct SubstanceUseParams {
  float craving_rest = 0.1F;           ///< without distress, loneliness and withdrawal
  float craving_of_affect = 0.4F;      ///< per unit of negative affect
  float craving_of_habit = 0.3F;       ///< of full habit
  float craving_of_withdrawal = 0.1F;  ///< at a mu-signal of 0
  float craving_time = 12.0F;          ///< [h]
  float company_relief = 0.05F;        ///< share of craving that a good contact of quality 1 takes away
  float use_relief = 0.7F;             ///< share of craving that use of reward 1 takes away
  double base_odds = 0.0005;           ///< of use in a waking hour, without craving, habit and loneliness
  double craving_slope = 4.0;          ///< of ln odds, per unit of craving
  double habit_slope = 5.0;            ///< of ln odds, per unit of habit
  double odds_per_ucla_point = 1.16;   ///< factor on the odds of use, through craving
  double person_sd = 1.0;              ///< of ln odds between patients
  float habit_start = 0.8F;            ///< of a patient before the burn-in
  float learning = 0.15F;              ///< share of the way from habit to reward that one use covers
  float least_reward = 0.3F;           ///< rise of the signal that is not felt, as a share of the usual one
  float distress_relief = 0.5F;        ///< share of distress that use of reward 1 takes away
  float positive_affect_gain = 0.2F;   ///< share of the way to full positive affect that use of reward 1 covers
  float missed_contacts = 0.5F;        ///< share of approach that is lost right after use
  float spoiled_contacts = 0.3F;       ///< share of good contacts that turn bad right after use
  float cost_time = 8.0F;              ///< of both [h]
};

/// Lack of signal: 0 at the set point or above, 1 without any signal.
inline float withdrawal(float signal, float set_point) { return set_point > signal ? 1.0F - signal / set_point : 0.0F; }

/// Craving towards which a patient's relaxes, at most 1. A point of loneliness adds what multiplies the odds as published.
inline float craving_at_rest(const SubstanceUseParams& p, float negative_affect, float ucla3, float habit, float lack) {
  const auto per_point = static_cast<float>(portable_log(p.odds_per_ucla_point) / p.craving_slope);
  const float rest = p.craving_rest + p.craving_of_affect * negative_affect + per_point * (ucla3 - 3.0F) +
                     p.craving_of_habit * habit + p.craving_of_withdrawal * lack;
  return std::clamp(rest, 0.0F, 1.0F);
}

/// Odds of use in one waking hour. `person`: the patient's own part of ln odds.
inline double odds_of_use(const SubstanceUseParams& p, float craving, float habit, float person) {
  return p.base_odds * portable_exp(p.craving_slope * static_cast<double>(craving) +
                                    p.habit_slope * static_cast<double>(habit) + static_cast<double>(person));
}

/// Probability of use in so many waking hours at constant odds; the same however the time is cut.
inline double chance_of_use(double odds, double waking_hours) {
  return 1.0 - portable_exp(-waking_hours * portable_log(1.0 + odds));
}

/// Reward of use: the rise of the mu-signal over that of a resting median person, beyond what is not felt. 1 is that person's;
/// a rise below `least_reward` of it is worth exactly 0.
inline float reward_of_use(const SubstanceUseParams& p, float rise, float usual_rise) {
  const float felt = (rise / usual_rise - p.least_reward) / (1.0F - p.least_reward);
  return std::clamp(felt, 0.0F, 2.0F);
}

/// Habit after a use: it moves towards the reward (Rescorla & Wagner 1972).
inline float habit_after(const SubstanceUseParams& p, float habit, float reward) {
  return habit + p.learning * (std::min(reward, 1.0F) - habit);
}

/// Factor on approach, and on the share of contacts that go well; `cost` is 1 right after use.
inline float kept_approach(const SubstanceUseParams& p, float cost) { return 1.0F - p.missed_contacts * cost; }
inline float kept_goodness(const SubstanceUseParams& p, float cost) { return 1.0F - p.spoiled_contacts * cost; }

/// Use by day, from hour 0 on. Relapse as in X:BOT (Lee 2018, doi 10.1016/S0140-6736(17)32812-X): after day 20, seven days in a
/// row with use, or four weeks in a row with any.
struct UseDiary {
  static constexpr std::int32_t never = std::numeric_limits<std::int32_t>::min();
  static constexpr std::int32_t grace_days = 20;
  static constexpr std::uint32_t days_in_a_row = 7, weeks_in_a_row = 4;

  std::uint32_t uses = 0, days = 0;
  std::int32_t last_day = never, last_week = never;
  std::uint32_t run_of_days = 0, run_of_weeks = 0;
  float last_use = std::numeric_limits<float>::quiet_NaN();     ///< [h]
  float relapsed_at = std::numeric_limits<float>::quiet_NaN();  ///< when the criterion was first met [h]

  /// Notes a use; `hours` ascend and are not negative.
  void note(double hours);
  void visit(State& state);
  bool has_relapsed() const { return relapsed_at == relapsed_at; }
};

SubstanceUseParams read_substance_use_params(config::Section& section);

}  // namespace kith::patients
