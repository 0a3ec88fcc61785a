#include <algorithm>
#include <numbers>

#include "models/pharmacology/drug.hpp"

namespace kith::pharmacology {
namespace {

constexpr double mg_per_l_to_ng_per_ml = 1000.0;

double rate_of(const Parameter& half_life) { return std::numbers::ln2 / half_life.value; }

std::size_t stages(const Kinetics& kinetics) {
  std::size_t count = 0;
  for (const Absorption& absorption : kinetics.absorption) count += absorption.stages;
  return count;
}

/// Fills the stages of absorption and what flows from them. `volume` [L] is that of the body.
void add_absorption(const Kinetics& k, const BodyFactors& body, double volume, DrugChain& drug, Matrix& rates) {
  std::size_t stage = 0;
  for (const Absorption& absorption : k.absorption) {
    const double ka = absorption.rate.value;
    const double absorbed = std::min(1.0, absorption.bioavailability.value * body.bioavailability);
    drug.entry[stage] = absorption.share.value;
    for (std::size_t i = 0; i < absorption.stages; ++i, ++stage) {
      rates(stage, stage) = -ka;
      if (i > 0) rates(stage, stage - 1) = ka;
    }
    const std::size_t last = stage - 1;
    for (std::size_t j = 0; j < k.plasma.size(); ++j) {
      rates(drug.plasma + j, last) = ka * absorbed * mg_per_l_to_ng_per_ml / volume * k.plasma[j].share.value;
    }
    if (drug.metabolite) {
      rates(*drug.metabolite, last) =
          ka * (1.0 - absorbed) * k.metabolite->share.value * mg_per_l_to_ng_per_ml / k.metabolite->volume.value;
    }
  }
  if (!k.absorption.empty()) return;
  for (std::size_t j = 0; j < k.plasma.size(); ++j)
    drug.entry[drug.plasma + j] = mg_per_l_to_ng_per_ml / volume * k.plasma[j].share.value;
}

}  // namespace

double Kinetics::volume() const {
  switch (extent) {
    case Extent::clearance: {
      double hours = 0.0;
      for (const Decline& decline : plasma) hours += decline.share.value / rate_of(decline.half_life);
      return plasma.size() == 1 ? size.value / rate_of(plasma.front().half_life) : size.value * hours;
    }
    case Extent::volume:
      return size.value;
    case Extent::concentration_per_mg:
      return mg_per_l_to_ng_per_ml / size.value;
  }
  return 0.0;
}

double Kinetics::clearance() const {
  double hours = 0.0;
  for (const Decline& decline : plasma) hours += decline.share.value / rate_of(decline.half_life);
  return volume() / hours;
}

double DrugChain::concentration(std::span<const double> state) const {
  double total = 0.0;
  for (std::size_t j = plasma; j < plasma_end; ++j) total += state[j];
  return total;
}

DrugChain make_chain(const Kinetics& k, const BodyFactors& body) {
  const std::size_t plasma = stages(k);
  const std::size_t plasma_end = plasma + k.plasma.size();
  const std::size_t effect_site = plasma_end + (k.metabolite ? 1 : 0);
  Matrix rates(effect_site + 1);
  DrugChain drug{Chain(Matrix()), std::vector<double>(rates.size), plasma, plasma_end, std::nullopt, effect_site};
  if (k.metabolite) drug.metabolite = plasma_end;
  const double volume = k.volume() * body.volume;
  add_absorption(k, body, volume, drug, rates);

  const double ke0 = rate_of(k.effect_half_life) / body.effect_half_life;
  for (std::size_t j = 0; j < k.plasma.size(); ++j) {
    const double ke = rate_of(k.plasma[j].half_life) * (body.clearance / body.volume);
    rates(plasma + j, plasma + j) = -ke;
    rates(effect_site, plasma + j) = ke0 / k.ec50.value;
    if (drug.metabolite)
      rates(*drug.metabolite, plasma + j) = ke * k.metabolite->share.value * volume / k.metabolite->volume.value;
  }
  if (drug.metabolite) {
    rates(*drug.metabolite, *drug.metabolite) = -rate_of(k.metabolite->half_life);
    rates(effect_site, *drug.metabolite) = ke0 * k.metabolite->potency.value / k.ec50.value;
  }
  rates(effect_site, effect_site) = -ke0;
  drug.chain = Chain(std::move(rates));
  return drug;
}

}  // namespace kith::pharmacology
