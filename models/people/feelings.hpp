#pragma once

#include <array>

#include "config/section.hpp"
#include "core/math.hpp"
#include "engine/clock.hpp"

/// What one person feels (ODD 7.4): pure functions of one person's values.
namespace kith::people {

/// Parameters, in hours and shares. The defaults are those of `read_feelings`.
struct FeelingParams {
  float connection_rest = 0.45F;      ///< C0
  float connection_time = 24.0F;      ///< τ_C [h]
  float connection_gain = 0.05F;      ///< κ_C
  float distress_time = 6.0F;         ///< τ_D [h]
  float distress_of_conflict = 0.2F;  ///< a
  float stressors = 0.0F;             ///< per hour, day and night together
  float distress_of_stressor = 0.2F;
  float soothing = 0.2F;  ///< b
  float positive_rest = 0.45F;
  float positive_gain = 0.1F;
  float negative_rest = 0.1F;
  float negative_of_distress = 0.5F;
  float affect_time = 24.0F;  ///< [h]
  float need_time = 10.0F;    ///< [h]
  float need_relief = 0.5F;
  float company_time = 6.0F;              ///< τ_K [h]
  float company_gain = 1.5F;              ///< κ_K
  float separation_tolerance = 4.0F;      ///< T: time after the best company that nothing is missed yet [h]
  float distress_of_separation = 0.1F;    ///< σ [1/h]
  float loneliness_of_separation = 0.8F;  ///< a_Λ
  float bond_strength = 13.1F;       ///< strength of the close ties of the median person of the reference population
  float bond_time = 1440.0F;         ///< τ_β [h]
  float loneliness_time = 336.0F;    ///< [h]
  float loneliness_approach = 1.0F;  ///< slope of ln P at no loneliness
  float loneliness_turn = 0.35F;     ///< loneliness at which approach is back to normal
  float lonely_coldness = 0.5F;      ///< fall of warmth with loneliness
  float distressed_coldness = 0.3F;  ///< fall of warmth with distress
  float signal_mean_time = 24.0F;    ///< of S̄ [h]
  float set_point_time = 504.0F;     ///< τ_set [h]
};

/// What a theory says that the μ-signal does to feelings.
struct Opioids {
  float share = 0.0F;       ///< ω: share of felt connection and of the gain on social reward that it carries
  float protection = 0.0F;  ///< s: how much it damps the distress that quarrels and stressors bring
  float separation = 0.0F;  ///< h: how much it damps what separation brings
  float pleasure = 0.0F;    ///< share of positive affect, and of its gain in a contact, that it carries
  float analgesia = 0.0F;   ///< how much more it damps the distress of a bad contact alone
  float touch = 0.0F;       ///< ligand that touch adds to a contact in person of closeness 1, over that of quality 1
  float cold = 0.0F;        ///< rise of ln P with a cold thing in the hand
};

/// Feelings of one person, each in 0 … 1.
struct Feelings {
  float connection;
  float distress;
  float positive_affect;
  float negative_affect;
  float need;
  float company;  ///< K: what is left of good company with people one is attached to
};

/// What a span of time leaves of something that decays, and the mean of what there is meanwhile, in share of its start.
struct Decay {
  float left = 1.0F;
  float mean = 1.0F;

  Decay() = default;
  Decay(double hours, double time);
};

/// A span of time without contacts.
struct Span {
  float hours = 0.0F;
  Decay connection, affect, need;
  Decay company;              ///< which asleep stays as it is
  float company_half = 1.0F;  ///< what half of the span leaves of it
};

/// How feelings move in a tick: in spans of so many of its parts, and what moves once a tick as shares of the way that it covers.
struct Relaxation {
  std::array<Span, parts_of_tick + 1> parts;
  float connection, affect, loneliness, signal_mean, set_point;
  float settling = 0.0F;  ///< least share that what is slow covers: in the burn-in it is to become the mean

  /// `awake`: waking hours of the tick, which count as spread over all of it.
  Relaxation(const FeelingParams& p, double tick_hours, double awake);
  const Span& whole() const { return parts.back(); }
};

/// e^(T/τ_K): over company, what the tolerance takes of it.
float company_needed(const FeelingParams& p);

/// Share of separation in company K: 0 until the tolerance after the best company is over, 1 without any. `needed` as above.
inline float apart(float company, float needed) {
  const float lack = 1.0F - company * needed;
  return lack > 0.0F ? lack : 0.0F;
}

/// A span without contacts, during which S is `signal`; of the connection wanted, 0.05 to 1 counts. Returns the loneliness towards which it draws. `bond` β: what there is to
/// miss; `needed` as in `apart`.
inline float relax(const FeelingParams& p, const Opioids& opioids, const Span& span, Feelings& f, float signal,
                   float bond, float wanted_connection, float needed) {
  const float rest = p.connection_rest * (1.0F + opioids.share * (signal - 1.0F));
  const float mean_connection = rest + (f.connection - rest) * span.connection.mean;
  f.connection = rest + (f.connection - rest) * span.connection.left;

  // Its mean over the span by Simpson's rule.
  const float share = (apart(f.company, needed) + 4.0F * apart(f.company * span.company_half, needed) +
                       apart(f.company * span.company.left, needed)) /
                      6.0F;
  f.company *= span.company.left;
  const float separation = bond * share * portable_exp(-opioids.separation * (signal - 1.0F));
  const float missing = separation / (1.0F + separation);

  // dD/dt = σ · separation · (1 − D) − D/τ_D, exactly.
  const float rise = p.distress_of_separation * separation;
  const float rate = rise + 1.0F / p.distress_time;
  const float distress_rest = rise / rate;
  const float left = portable_exp(-rate * span.hours);
  const float mean_distress = distress_rest + (f.distress - distress_rest) * (1.0F - left) / (rate * span.hours);
  f.distress = distress_rest + (f.distress - distress_rest) * left;

  const float pleased = p.positive_rest * (1.0F + opioids.pleasure * (signal - 1.0F));
  f.positive_affect += (pleased - f.positive_affect) * (1.0F - span.affect.left);
  f.negative_affect +=
      (p.negative_rest + p.negative_of_distress * mean_distress - f.negative_affect) * (1.0F - span.affect.left);
  f.need = missing + (f.need - missing) * span.need.left;
  const float least = wanted_connection > 0.05F ? wanted_connection : 0.05F;
  const float wanted = least < 1.0F ? least : 1.0F;
  const float gap = wanted - mean_connection;
  const float unmet = gap > 0.0F ? gap / wanted : 0.0F;
  return 1.0F - (1.0F - unmet) * (1.0F - p.loneliness_of_separation * missing);
}

/// Gain on a value of which the μ-signal carries a share.
inline float gain_of(float share, float signal) {
  const float gain = 1.0F + share * (signal - 1.0F);
  return gain > 0.0F ? gain : 0.0F;
}

/// Gain on social reward at the peak of the μ-signal.
inline float reward_gain(const Opioids& opioids, float peak_signal) { return gain_of(opioids.share, peak_signal); }

/// A contact that went well.
struct GoodContact {
  float quality;
  float closeness = 0.0F;  ///< of the tie; 0 where there is none
  float release = 1.0F;    ///< of ligand, over that of a contact in person of this quality
};

/// Feelings after it. `peak_signal`: S with its own release.
inline Feelings after_positive(const FeelingParams& p, const Opioids& opioids, Feelings f, const GoodContact& contact,
                               float peak_signal) {
  const float quality = contact.quality;
  const float reward = quality * reward_gain(opioids, peak_signal);
  f.connection += p.connection_gain * reward * (1.0F - f.connection);
  f.distress -= p.soothing * f.distress * (reward < 1.0F ? reward : 1.0F);
  f.positive_affect += p.positive_gain * quality * gain_of(opioids.pleasure, peak_signal) * (1.0F - f.positive_affect);
  f.need -= p.need_relief * quality * f.need;
  const float company = p.company_gain * contact.closeness * reward;
  f.company += (company < 1.0F ? company : 1.0F) * (1.0F - f.company);
  return f;
}

/// Feelings after something that brings `distress` at a μ-signal of 1.
inline Feelings after_stress(const Opioids& opioids, Feelings f, float distress, float signal) {
  const float amplified = distress * portable_exp(-opioids.protection * (signal - 1.0F));
  f.distress += (1.0F - f.distress) * (amplified < 1.0F ? amplified : 1.0F);
  return f;
}

/// Feelings after a contact that went badly.
inline Feelings after_negative(const FeelingParams& p, const Opioids& opioids, Feelings f, float signal) {
  Opioids with_analgesia = opioids;
  with_analgesia.protection += opioids.analgesia;
  return after_stress(with_analgesia, f, p.distress_of_conflict, signal);
}

/// β of a person whose close ties have this strength together: 1 for `bond_strength`, 0 for none, at most 2.
inline float bond_of(const FeelingParams& p, float strength) { return 2.0F * strength / (strength + p.bond_strength); }

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
