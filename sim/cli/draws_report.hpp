#pragma once

#include <string>
#include <vector>

#include "engine/report.hpp"
#include "engine/tables.hpp"

namespace kith::cli {

/// What the virtual studies at one draw of the parameters found.
struct EffectsAtDraw {
  std::vector<std::string> measures, contrasts;
  std::vector<std::vector<double>> g;    ///< [measures · contrasts][studies], NaN where a study has none
  std::vector<std::string> assignments;  ///< [keys] "key=value"
  std::string fingerprint;
};

/// Reads the table of effects of a run. Throws kith::Error(ErrorKind::usage) where there is none.
EffectsAtDraw effects_at_draw(const MemorySink& run);

/// Chance and parameters apart. With m_d the mean over the studies at draw d and s_d their standard deviation: chance is √(mean s_d²), the
/// spread of one study where parameters are known; parameters the standard deviation of m_d, which all draws find with the same chance.
/// That chance shifts all m_d together, with the standard error e = chance/√studies, so the interval of the effect is made from the
/// quantiles q of m_d: its distance from the mean is √((mean − q)² + (1.96 e)²). Quantiles are linear between neighbours.
struct Spread {
  double mean = 0.0;
  double chance = 0.0, parameters = 0.0;
  double shared_error = 0.0;                 ///< e
  double mean_low = 0.0, mean_high = 0.0;    ///< 95 % of the effect
  double study_low = 0.0, study_high = 0.0;  ///< 95 % of all studies at all draws
};
Spread spread_of(const std::vector<std::vector<double>>& at_draws);  ///< [draws][studies]

Report draws_report(const std::string& title, const std::vector<std::string>& keys, const std::string& from,
                    const std::vector<EffectsAtDraw>& draws);

/// Declares and writes the tables `draws` (values of the keys) and `effects_at_draws` (g of every study).
void write_draws(const std::vector<std::string>& keys, const std::vector<EffectsAtDraw>& draws, Sink& sink);

}  // namespace kith::cli
