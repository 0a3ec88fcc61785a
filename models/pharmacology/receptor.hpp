#pragma once

/// The μ-opioid receptor: competition, operational response and adaptation (ODD 7.2).
namespace kith::pharmacology {

/// The opioid tone at which the resting signal is 1, in every population: in units of the ligand's own constant. A convention.
inline constexpr float reference_tone = 0.15F;

struct ReceptorParams {
  float reserve = 5.0F;           ///< τ, receptor reserve
  float phasic_half_life = 1.5F;  ///< of released ligand [h]
  float release = 0.08F;          ///< Δλ: ligand that a positive contact of quality 1 releases
  float up_regulation = 0.0F;     ///< g_up: rise of the receptor density under full blockade
  float down_regulation = 0.0F;   ///< g_dn: fall of the receptor density under a strong agonist
  float regulation_time = 96.0F;  ///< τ_B [h]
};

/// What drugs do at one person's receptors, each concentration as a ratio to its own EC50.
struct Load {
  float antagonist = 0.0F;  ///< Σ x of antagonists
  float agonist = 0.0F;     ///< Σ x of agonists, partial ones included
  float drive = 0.0F;       ///< Σ ε x of agonists
};

/// Response q/(1 + q) with q = B·τ·(λ + Σ ε x)/(1 + λ + Σ x): operational response under competition.
inline float response(float reserve, float ligand, const Load& load, float density = 1.0F) {
  const float drive = reserve * density * (ligand + load.drive);
  return drive / (1.0F + ligand + load.antagonist + load.agonist + drive);
}

/// The same for an antagonist alone at x times its EC50, and receptor density 1.
inline float response(float reserve, float ligand, float antagonist) {
  return response(reserve, ligand, Load{.antagonist = antagonist});
}

/// μ-signal S: the response relative to that at rest with the reference tone, without a drug. `density`: B,
/// and whatever else multiplies the person's receptor reserve.
inline float mu_signal(const ReceptorParams& p, float ligand, const Load& load, float density = 1.0F) {
  return response(p.reserve, ligand, load, density) / response(p.reserve, reference_tone, 0.0F);
}

inline float mu_signal(const ReceptorParams& p, float ligand, float antagonist) {
  return mu_signal(p, ligand, Load{.antagonist = antagonist});
}

/// Receptor density B∞ towards which receptors regulate: up under blockade θ (half of it at 0.85, steeply: only nearly full
/// blockade counts), down as an agonist lifts the signal above the set point. Without a drug it is exactly 1: only the share
/// of a high signal that agonist drugs carry counts.
inline float density_at_rest(const ReceptorParams& p, float ligand, const Load& load, float signal, float set_point) {
  const float blocked = load.antagonist / (1.0F + load.antagonist + load.agonist);
  const auto eighth_power = [](float x) {
    const float square = x * x;
    return square * square * square * square;
  };
  constexpr float half_at = 0.85F;
  const float up = eighth_power(blocked) / (eighth_power(blocked) + eighth_power(half_at));
  if (load.drive <= 0.0F) return 1.0F + p.up_regulation * up;
  const float above = signal > set_point ? signal / set_point - 1.0F : 0.0F;
  const float excess = above * load.drive / (ligand + load.drive);
  constexpr float half_excess = 2.0F;
  return 1.0F + p.up_regulation * up - p.down_regulation * excess / (excess + half_excess);
}

}  // namespace kith::pharmacology
