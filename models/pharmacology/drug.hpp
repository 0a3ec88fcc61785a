#pragma once

#include <memory>
#include <string>
#include <vector>

#include "config/section.hpp"
#include "models/pharmacology/kinetics.hpp"

namespace kith::pharmacology {

/// A parameter of a drug with its mark and source, as its YAML gives them.
struct Parameter {
  double value = 0.0;  ///< canonical unit
  config::Mark mark = config::Mark::assumed;
  std::string source;
};

/// Oral antagonist with an active metabolite and an effect compartment:
///   dG/dt = −ka G                                          gut [mg]
///   dP/dt = ka F G·1000/V − ke P                           plasma, parent [ng/mL]
///   dM/dt = ka (1−F) fm G·1000/Vm + ke fm (V/Vm) P − km M  plasma, metabolite [ng/mL]
///   dx/dt = ke0 [(P + r M)/EC50 − x]                       effect site, in units of EC50
/// with V = clearance/ke. Occupancy of the μ-receptor is x/(1 + x).
struct OralAntagonist {
  Parameter absorption_rate;       ///< ka [1/h]
  Parameter bioavailability;       ///< F
  Parameter clearance;             ///< [L/h]
  Parameter half_life;             ///< of the parent [h]
  Parameter metabolite_share;      ///< fm
  Parameter metabolite_volume;     ///< Vm [L]
  Parameter metabolite_half_life;  ///< [h]
  Parameter metabolite_potency;    ///< r, of the parent's
  Parameter ec50;                  ///< [ng/mL]
  Parameter effect_half_life;      ///< of the effect site [h]

  Chain chain() const;
};

enum class Action { none, antagonist };

/// A drug as data. Placebo is a drug with no action.
struct Drug {
  std::string name;
  std::string title;
  Action action = Action::none;
  OralAntagonist kinetics;  ///< where there is an action
  std::string note;         ///< known misfits, for people

  /// Compartment into which a dose goes, and the one that the receptor sees.
  static constexpr std::size_t gut = 0, plasma = 1, metabolite = 2, effect_site = 3;
};

/// Reads one drug from its mapping (the library's files and `drugs:` in a scenario have the same form).
Drug read_drug(const std::string& name, config::Section& section);

/// The drugs that ship with Kith, by name, read once from the YAML compiled in.
const std::vector<Drug>& library();

/// Share of receptors that an antagonist at x times its EC50 holds.
constexpr double occupancy(double x) { return x / (1.0 + x); }

}  // namespace kith::pharmacology
