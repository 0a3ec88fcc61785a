#pragma once

#include "config/section.hpp"
#include "core/math.hpp"

/// What one person feels (ODD 7.4): pure functions of one person's values.
namespace kith::people {

/// Parameters, in hours and shares. The defaults are those of `read_feelings`.
struct FeelingParams {
  float connection_rest = 0.45F;      ///< C0
  float connection_time = 24.0F;      ///< τ_C [h]
  float connection_gain = 0.1F;       ///< κ_C
  float distress_time = 6.0F;         ///< τ_D [h]
  float distress_of_conflict = 0.2F;  ///< a
  float stressors = 0.0F;             ///< per hour, day and night together
  float distress_of_stressor = 0.2F;
  float distress_of_separation = 0.01F;  ///< per hour beyond tolerance
  float separation_tolerance = 48.0F;    ///< [h]
  float opioid_protection = 0.5F;        ///< s
  float soothing = 0.2F;                 ///< b
  float positive_rest = 0.45F;
  float positive_gain = 0.1F;
  float negative_rest = 0.1F;
  float negative_of_distress = 0.5F;
  float affect_time = 24.0F;  ///< [h]
  float need_time = 10.0F;    ///< [h]
  float need_relief = 0.5F;
  float loneliness_time = 336.0F;    ///< [h]
  float loneliness_approach = 0.5F;  ///< slope of ln P at no loneliness
  float loneliness_turn = 0.5F;      ///< loneliness at which approach is back to normal
  float lonely_coldness = 0.5F;      ///< fall of warmth with loneliness
  float distressed_coldness = 0.3F;  ///< fall of warmth with distress
  float signal_mean_time = 24.0F;    ///< of S̄ [h]
  float set_point_time = 504.0F;     ///< τ_set [h]
};

/// What a theory says that the μ-signal does to feelings.
struct Opioids {
  float share = 0.0F;       ///< ω: share of felt connection and of the gain on social reward that it carries
  float protection = 0.0F;  ///< s: how much it damps new distress
};

/// Feelings of one person, each in 0 … 1.
struct Feelings {
  float connection;
  float distress;
  float positive_affect;
  float negative_affect;
  float need;
  float loneliness;
};

/// Shares of the way to rest that one tick covers: 1 − e^(−tick/τ).
struct Relaxation {
  float connection, distress, affect, need, loneliness, signal_mean, set_point;
  float hours;  ///< length of the tick

  Relaxation(const FeelingParams& p, double tick_hours);
};

/// Feelings a tick later without contacts. `signal` S; `separation` distress per hour that missing others causes.
inline Feelings relax(const FeelingParams& p, const Opioids& opioids, const Relaxation& step, Feelings f, float signal,
                      float separation, float wanted_connection) {
  const float rest = p.connection_rest * (1.0F + opioids.share * (signal - 1.0F));
  f.connection += (rest - f.connection) * step.connection;
  f.distress -= f.distress * step.distress;
  const float amplified = separation * step.hours * portable_exp(-opioids.protection * (signal - 1.0F));
  f.distress += (1.0F - f.distress) * (amplified < 1.0F ? amplified : 1.0F);
  f.positive_affect += (p.positive_rest - f.positive_affect) * step.affect;
  f.negative_affect += (p.negative_rest + p.negative_of_distress * f.distress - f.negative_affect) * step.affect;
  f.need += (1.0F - f.need) * step.need;
  const float gap = wanted_connection - f.connection;
  f.loneliness += ((gap > 0.0F ? gap / wanted_connection : 0.0F) - f.loneliness) * step.loneliness;
  return f;
}

/// Gain on social reward at the peak of the μ-signal.
inline float reward_gain(const Opioids& opioids, float peak_signal) {
  const float gain = 1.0F + opioids.share * (peak_signal - 1.0F);
  return gain > 0.0F ? gain : 0.0F;
}

/// Feelings after a contact that went well. `peak_signal`: S with this contact's own release.
inline Feelings after_positive(const FeelingParams& p, const Opioids& opioids, Feelings f, float quality,
                               float peak_signal) {
  const float reward = quality * reward_gain(opioids, peak_signal);
  f.connection += p.connection_gain * reward * (1.0F - f.connection);
  f.distress -= p.soothing * f.distress * (reward < 1.0F ? reward : 1.0F);
  f.positive_affect += p.positive_gain * quality * (1.0F - f.positive_affect);
  f.need -= p.need_relief * quality * f.need;
  return f;
}

/// Feelings after something that brings `distress` at a mu-signal of 1.
inline Feelings after_stress(const Opioids& opioids, Feelings f, float distress, float signal) {
  const float amplified = distress * portable_exp(-opioids.protection * (signal - 1.0F));
  f.distress += (1.0F - f.distress) * (amplified < 1.0F ? amplified : 1.0F);
  return f;
}

/// Feelings after a contact that went badly.
inline Feelings after_negative(const FeelingParams& p, const Opioids& opioids, Feelings f, float signal) {
  return after_stress(opioids, f, p.distress_of_conflict, signal);
}

/// Contribution of loneliness to ln approach: mild loneliness seeks, strong loneliness withdraws (Reissmann 2021).
inline float loneliness_drive(const FeelingParams& p, float loneliness) {
  return p.loneliness_approach * loneliness * (1.0F - loneliness / p.loneliness_turn);
}

/// Warmth that a person offers.
inline float offered_warmth(const FeelingParams& p, float loneliness, float distress) {
  const float warmth = 1.0F - p.lonely_coldness * loneliness - p.distressed_coldness * distress;
  return warmth > 0.05F ? warmth : 0.05F;
}

FeelingParams read_feelings(config::Section& section);

}  // namespace kith::people
