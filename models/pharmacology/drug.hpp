#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "config/known_names.hpp"
#include "config/section.hpp"
#include "models/pharmacology/dose.hpp"
#include "models/pharmacology/kinetics.hpp"

/// Drugs as data (ODD 7.1): what a YAML file says of one drug, and the linear chain made from it.
namespace kith::pharmacology {

/// A parameter of a drug with its mark and source, as its YAML gives them.
struct Parameter {
  double value = 0.0;  ///< canonical unit
  config::Mark mark = config::Mark::assumed;
  std::string source;
};

enum class Route { oral, sublingual, intranasal, intramuscular, intravenous };

/// One of the parallel ways by which a dose reaches the blood: `stages` steps of the same rate, one after the other
/// (1: first order; n: Erlang-n).
struct Absorption {
  Parameter share;            ///< of the dose that goes this way
  Parameter rate;             ///< of each stage [1/h]
  Parameter bioavailability;  ///< share of what goes this way that reaches the blood unchanged
  std::size_t stages = 1;
};

/// One exponential of the decline in plasma.
struct Decline {
  Parameter share;  ///< of the concentration right after all has reached the blood
  Parameter half_life;
};

struct Metabolite {
  Parameter share;      ///< fm: share of the metabolised drug that becomes the metabolite
  Parameter volume;     ///< Vm [L]
  Parameter half_life;  ///< [h]
  Parameter potency;    ///< r, of the parent's
};

/// Which number gives the size of the concentration.
enum class Extent {
  clearance,            ///< [L/h]
  volume,               ///< [L]
  concentration_per_mg  ///< concentration that 1 mg in the blood makes [ng/mL]
};

/// What the body does to a drug. In hours, with G in mg and concentrations in ng/mL:
///   dG1/dt = −ka G1;  dGi/dt = ka (Gi−1 − Gi)                                    stages of one absorption
///   dPj/dt = Σ ka F fj Gn·1000/V − kj Pj;  P = Σ Pj                              plasma, one exponential each
///   dM/dt  = Σ ka (1−F) fm Gn·1000/Vm + Σ kj fm (V/Vm) Pj − km M                 metabolite, where there is one
///   dx/dt  = ke0 [(P + r M)/EC50 − x]                                            effect site, in units of EC50
/// A dose enters each first stage by its share; without absorption it enters the plasma.
struct Kinetics {
  Route route = Route::oral;
  std::vector<Absorption> absorption;  ///< none: straight into the plasma
  Extent extent = Extent::clearance;
  Parameter size;  ///< clearance, volume or concentration per mg
  std::vector<Decline> plasma;
  std::optional<Metabolite> metabolite;
  Parameter ec50;              ///< [ng/mL]
  Parameter effect_half_life;  ///< of the effect site [h]

  double volume() const;     ///< [L]
  double clearance() const;  ///< [L/h]
};

/// Factors of one body on what a drug's file says of the typical one; the volume is that of the parent.
struct BodyFactors {
  double clearance = 1.0;  ///< of the parent: at the same volume all its exponentials are so much faster
  double volume = 1.0;
  double bioavailability = 1.0;  ///< at most all of a dose reaches the blood
  double effect_half_life = 1.0;

  bool operator==(const BodyFactors&) const = default;
  bool is_typical() const { return *this == BodyFactors(); }
};

/// How far bodies differ by chance: each factor is lognormal between people with median 1.
struct BetweenPeople {
  std::string substance;  ///< what drugs of the same substance share is a person's deviations
  // Coefficients of variation; 0: nobody differs.
  Parameter clearance, bioavailability, effect_half_life;
  // Correlations of the logarithms.
  Parameter clearance_bioavailability, clearance_effect_half_life, bioavailability_effect_half_life;

  bool is_none() const {
    return clearance.value == 0.0 && bioavailability.value == 0.0 && effect_half_life.value == 0.0;
  }
};

/// What a column of the people's table does to the factors of a body.
struct Covariate {
  /// Values of a column of categories.
  struct Level {
    std::string value;
    Parameter clearance;  ///< factor
  };
  std::string column;
  bool is_required = true;  ///< whether a table without the column is a mistake
  // Of a column of numbers: (number/reference)^exponent.
  Parameter reference, clearance_exponent, volume_exponent;
  std::vector<Level> levels;  ///< none: a column of numbers
};

/// A drug's compartments. They are ordered along the flow, so that the rates are a lower triangular matrix.
struct DrugChain {
  Chain chain;
  std::vector<double> entry;   ///< [compartments] what 1 mg adds to each
  std::size_t plasma = 0;      ///< first compartment of plasma
  std::size_t plasma_end = 0;  ///< one after the last
  std::optional<std::size_t> metabolite = {};
  std::size_t effect_site = 0;

  /// Concentration of the parent in plasma [ng/mL].
  double concentration(std::span<const double> state) const;
};

/// The chain in a body; the metabolite's own disposition is everybody's.
DrugChain make_chain(const Kinetics& kinetics, const BodyFactors& body = {});

enum class Action { none, antagonist, partial_agonist, agonist };

/// What a drug does at the receptors.
struct Binding {
  Parameter efficacy;       ///< ε: 0 an antagonist, 1 like the endogenous ligand
  Parameter max_occupancy;  ///< most that the drug's own occupancy reaches in PET
  Parameter kappa_ratio;    ///< EC50 at the κ-receptor over that at the μ-receptor; infinite: does not bind
  Parameter delta_ratio;    ///< the same for the δ-receptor
};

/// A published occupancy of the μ-receptor.
struct ObservedOccupancy {
  DoseSeries taken;
  std::optional<double> at;  ///< after the last dose [h]; none: the peak after it
  double occupancy = 0.0;    ///< share
  double sd = 0.0;           ///< between people, as a share; 0 where not published
  std::string source;
};

/// A drug as data. Placebo is a drug with no action.
struct Drug {
  std::string name;
  std::string title;
  Action action = Action::none;
  Kinetics kinetics;  ///< where there is an action
  Binding binding;
  BetweenPeople between_people;
  std::vector<Covariate> covariates;
  bool is_validated = false;  ///< against measured occupancy
  double least_dose = 0.0;    ///< plausible single doses [mg]
  double most_dose = 0.0;
  double usual_dose = 0.0;  ///< for examples; 0 where there is none
  std::vector<ObservedOccupancy> observed;
  std::string note;         ///< known misfits, for people
  double molar_mass = 0.0;  ///< of the parent [g/mol]; 0: not known

  /// The title, and a word of warning where the drug is not validated.
  std::string label() const;
};

/// A drug as all who give it refer to it; null where there is none.
using SharedDrug = std::shared_ptr<const Drug>;

/// Reads one drug from its mapping (the library's files and `drugs:` in a scenario have the same form). `columns`: of the
/// people's table; none: there is no such table, or it is not known yet.
Drug read_drug(const std::string& name, config::Section& section, const config::KnownNames& columns = {});

/// Reads `drugs:`, those of the scenario's own: each a mapping, or the name of a file that holds one.
std::vector<Drug> read_drugs(config::Section& scenario, const config::KnownNames& columns = {});

/// The drugs that ship with Kith, by name, read once from the YAML compiled in.
const std::vector<Drug>& library();

/// Share of receptors that an antagonist at x times its EC50 holds.
constexpr double occupancy(double x) { return x / (1.0 + x); }

}  // namespace kith::pharmacology
