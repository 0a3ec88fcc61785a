#pragma once

/// The μ-opioid receptor: competition and operational response (2.1 of the model description).
namespace kith::pharmacology {

struct ReceptorParams {
  float reserve = 5.0F;           ///< τ, receptor reserve
  float median_tone = 0.15F;      ///< λ0 of the resting median person, in units of the ligand's own constant
  float phasic_half_life = 1.5F;  ///< of released ligand [h]
  float release = 0.08F;          ///< Δλ: ligand that a positive contact of quality 1 releases
};

/// Response q/(1 + q) to the endogenous ligand λ against an antagonist at x times its EC50, receptor density 1.
inline float response(float reserve, float ligand, float antagonist) {
  const float drive = reserve * ligand;
  return drive / (1.0F + ligand + antagonist + drive);
}

/// μ-signal S: the response relative to that of the resting median person without a drug; 1 = that person.
inline float mu_signal(const ReceptorParams& p, float ligand, float antagonist) {
  return response(p.reserve, ligand, antagonist) / response(p.reserve, p.median_tone, 0.0F);
}

}  // namespace kith::pharmacology
