#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "models/pharmacology/read_parameter.hpp"

namespace kith::pharmacology {
namespace {

using config::Section;
using config::Spec;

/// Shares of what is given in parallel add up to a whole.
void check_shares(Section& section, std::string_view key, const auto& parts) {
  double total = 0.0;
  for (const auto& part : parts) total += part.share.value;
  if (parts.empty() || std::abs(total - 1.0) < 1e-9) return;
  section.fail(key, fmt::format("the shares add up to {:.6g} %", 100.0 * total), "together they are all of the drug",
               "make them add up to 100 %");
}

Absorption read_absorption_part(Section& s) {
  Absorption part;
  part.share = read_parameter(s, {.key = "share",
                                  .unit = "%",
                                  .fallback = "100 %",
                                  .min = "0",
                                  .max = "1",
                                  .above_min = true,
                                  .doc = "Share of the dose that is absorbed in this way."});
  part.rate = read_parameter(s, {.key = "rate",
                                 .unit = "/h",
                                 .min = "0 /h",
                                 .max = "1000 /h",
                                 .above_min = true,
                                 .doc = "Rate of absorption; of each stage where there are several."});
  part.stages = static_cast<std::size_t>(
      s.integer({.key = "stages",
                 .fallback = "1",
                 .min = "1",
                 .max = "6",
                 .doc = "Stages one after the other: 1 is first order, n Erlang-n, which starts late."}));
  part.bioavailability = read_parameter(s, {.key = "bioavailability",
                                            .unit = "%",
                                            .fallback = "100 %",
                                            .min = "0",
                                            .max = "1",
                                            .above_min = true,
                                            .doc = "Share of it that reaches the blood unchanged."});
  return part;
}

void read_absorption(Section& s, Kinetics& k) {
  constexpr std::size_t most_parts = 6;
  s.list({.key = "absorption", .doc = "How a dose reaches the blood: one way, or several at once."},
         [&](Section& part) { k.absorption.push_back(read_absorption_part(part)); });
  if (k.route == Route::intravenous && !k.absorption.empty()) {
    s.fail("absorption", "an intravenous drug is not absorbed", "its doses go straight into the plasma",
           "leave absorption out, or change the route");
  } else if (k.route != Route::intravenous && k.absorption.empty()) {
    s.fail("absorption", "nothing says how the drug reaches the blood", "only intravenous doses are there at once",
           "add e.g. absorption: [{rate: 2 /h, bioavailability: 50 %}]");
  } else if (k.absorption.size() > most_parts) {
    s.fail("absorption", fmt::format("{} ways of absorption", k.absorption.size()),
           fmt::format("at most {} are possible", most_parts));
  }
  check_shares(s, "absorption", k.absorption);
}

void read_extent(Section& s, Kinetics& k) {
  const auto read = [&](Extent extent, const Spec& spec) {
    k.extent = extent;
    k.size = read_parameter(s, spec);
  };
  s.alternative({{"clearance", "",
                  [&](Section&) {
                    read(Extent::clearance, {.key = "clearance",
                                             .unit = "L/h",
                                             .min = "0 L/h",
                                             .above_min = true,
                                             .doc = "Plasma clearance of the parent drug."});
                  }},
                 {"volume", "",
                  [&](Section&) {
                    read(Extent::volume, {.key = "volume",
                                          .unit = "L",
                                          .min = "0 L",
                                          .above_min = true,
                                          .doc = "Volume of distribution of the parent drug."});
                  }},
                 {"concentration_per_mg", "", [&](Section&) {
                    read(Extent::concentration_per_mg,
                         {.key = "concentration_per_mg",
                          .unit = "ng/mL",
                          .min = "0 ng/mL",
                          .above_min = true,
                          .doc = "Plasma concentration that 1 mg makes once it is in the blood."});
                  }}});
}

Parameter read_half_life(Section& s, std::string_view doc) {
  return read_parameter(s, {.key = "half_life", .unit = "h", .min = "0 h", .above_min = true, .doc = doc});
}

void read_plasma(Section& s, Kinetics& k) {
  constexpr std::size_t most_exponentials = 3;
  const auto one = [&](Section& section) {
    Decline whole;
    whole.share.value = 1.0;
    whole.half_life = read_half_life(section, "Plasma half-life of the parent drug.");
    k.plasma.assign(1, whole);
  };
  const auto several = [&](Section& section) {
    k.plasma.clear();
    section.list({.key = "half_lives", .doc = "Exponentials of the decline in plasma."}, [&](Section& part) {
      Decline decline;
      decline.share = read_parameter(part, {.key = "share",
                                            .unit = "%",
                                            .min = "0",
                                            .max = "1",
                                            .above_min = true,
                                            .doc = "Share of the concentration that declines so."});
      decline.half_life = read_half_life(part, "Its half-life.");
      k.plasma.push_back(decline);
    });
    if (k.plasma.empty() || k.plasma.size() > most_exponentials)
      section.fail("half_lives", fmt::format("{} half-lives", k.plasma.size()),
                   fmt::format("one to {} are possible", most_exponentials));
    check_shares(section, "half_lives", k.plasma);
  };
  s.alternative({{"half_life", "", one}, {"half_lives", "", several}});
}

void read_metabolite(Section& s, Kinetics& k) {
  if (!s.has("metabolite")) return;
  Section section = s.section({.key = "metabolite", .doc = "The active metabolite, where there is one."});
  Metabolite metabolite;
  metabolite.share = read_parameter(section, {.key = "share",
                                              .unit = "%",
                                              .min = "0",
                                              .max = "1",
                                              .doc = "Share of the metabolised drug that becomes the metabolite."});
  metabolite.volume = read_parameter(section, {.key = "volume",
                                               .unit = "L",
                                               .min = "0 L",
                                               .above_min = true,
                                               .doc = "Volume of distribution of the metabolite."});
  metabolite.half_life = read_half_life(section, "Plasma half-life of the metabolite.");
  metabolite.potency = read_parameter(
      section, {.key = "potency", .min = "0", .doc = "Potency of the metabolite relative to the parent."});
  k.metabolite = metabolite;
}

/// The EC50 in ng/mL, or in nM where the molar mass is known.
Parameter read_ec50(Section& effect, double molar_mass) {
  Parameter ec50;
  effect.alternative(
      {{"ec50", "",
        [&](Section& s) {
          ec50 = read_parameter(s, {.key = "ec50",
                                    .unit = "ng/mL",
                                    .min = "0 ng/mL",
                                    .above_min = true,
                                    .doc = "Plasma concentration that holds half the μ-receptors at steady state."});
        }},
       {"ec50_nM", "", [&](Section& s) {
          ec50 =
              read_parameter(s, {.key = "ec50_nM",
                                 .min = "0",
                                 .above_min = true,
                                 .doc = "The same in nM, a plain number; the drug's molar_mass turns it into ng/mL."});
          if (molar_mass == 0.0)
            s.fail("ec50_nM", "the molar mass is not known", "nM become ng/mL by it",
                   "add e.g. molar_mass: 341.4 to the drug, or write ec50 in ng/mL", {"molar_mass"});
          ec50.value = ec50.value * molar_mass / 1000.0;
        }}});
  return ec50;
}

Kinetics read_kinetics(Section& s, double molar_mass) {
  Kinetics k;
  k.route = static_cast<Route>(s.choice({.key = "route", .fallback = "oral", .doc = "How the drug is given."},
                                        {{"oral", "by mouth"},
                                         {"sublingual", "under the tongue"},
                                         {"intranasal", "into the nose"},
                                         {"intramuscular", "into a muscle, depots as well"},
                                         {"intravenous", "into a vein: straight into the plasma"}}));
  read_absorption(s, k);
  read_extent(s, k);
  read_plasma(s, k);
  read_metabolite(s, k);
  Section effect = s.section({.key = "effect_site", .doc = "What the μ-receptor sees."});
  k.ec50 = read_ec50(effect, molar_mass);
  k.effect_half_life = read_parameter(effect, {.key = "half_life",
                                               .unit = "h",
                                               .min = "0 h",
                                               .above_min = true,
                                               .doc = "Half-life of the equilibration between plasma and receptor."});
  return k;
}

/// The efficacy, by the drug's action.
Parameter read_efficacy(Section& s, Action action) {
  Spec spec{.key = "efficacy",
            .min = "0",
            .max = "1",
            .above_min = true,
            .doc = "Efficacy at the μ-receptor; 1 is that of the endogenous ligand."};
  if (action == Action::agonist) {
    spec.fallback = "1";
    spec.max = "5";
  }
  return read_parameter(s, spec);
}

Binding read_binding(Section& s, const Parameter& efficacy) {
  Binding binding;
  binding.efficacy = efficacy;
  Section section = s.section({.key = "binding", .doc = "How the drug binds to receptors."});
  binding.max_occupancy = read_parameter(section, {.key = "max_occupancy",
                                                   .unit = "%",
                                                   .fallback = "100 %",
                                                   .min = "0",
                                                   .max = "1",
                                                   .above_min = true,
                                                   .doc = "Occupancy of the μ-receptor that no dose exceeds in PET."});
  const auto ratio = [&](std::string_view key, std::string_view doc) {
    if (section.has(key)) return read_parameter(section, {.key = key, .min = "0", .above_min = true, .doc = doc});
    Parameter none;
    none.value = std::numeric_limits<double>::infinity();
    return none;
  };
  binding.kappa_ratio = ratio("kappa_ratio", "EC50 at the κ-receptor over that at the μ-receptor; none: no binding.");
  binding.delta_ratio = ratio("delta_ratio", "EC50 at the δ-receptor over that at the μ-receptor; none: no binding.");
  return binding;
}

ObservedOccupancy read_observation(Section& s) {
  ObservedOccupancy o;
  o.taken.dose = s.number({.key = "dose", .unit = "mg", .min = "0 mg", .above_min = true, .doc = "Each dose."});
  o.taken.every =
      s.number({.key = "every", .unit = "h", .fallback = "1 d", .min = "1 min", .doc = "From dose to dose."});
  o.taken.count = s.integer({.key = "count", .fallback = "1", .min = "1", .max = "1000", .doc = "How many doses."});
  if (s.has("at"))
    o.at = s.number({.key = "at",
                     .unit = "h",
                     .min = "0 h",
                     .max = "365 d",
                     .doc = "Time of the measurement after the last dose; without it the peak is meant."});
  o.occupancy = s.number(
      {.key = "occupancy", .unit = "%", .min = "0", .max = "1", .doc = "Measured occupancy of the μ-receptor."});
  o.sd = s.number(
      {.key = "sd", .unit = "%", .fallback = "0", .min = "0", .max = "1", .doc = "Spread between people; 0: unknown."});
  o.source = s.text({.key = "source", .doc = "Where it is published."});
  return o;
}

void read_doses(Section& s, Drug& drug) {
  Section doses = s.section({.key = "doses", .doc = "Single doses for which the numbers are meant."});
  drug.least_dose = doses.number({.key = "least", .unit = "mg", .fallback = "0 mg", .min = "0 mg", .doc = "Smallest."});
  drug.most_dose = doses.number(
      {.key = "most", .unit = "mg", .fallback = "5000 mg", .min = "0 mg", .above_min = true, .doc = "Largest."});
  if (doses.has("usual"))
    drug.usual_dose = doses.number(
        {.key = "usual", .unit = "mg", .min = "0 mg", .above_min = true, .doc = "The dose that examples show."});
  if (drug.least_dose > drug.most_dose)
    doses.fail("least", "the smallest dose is above the largest", "", "swap the two");
}

}  // namespace

Drug read_drug(const std::string& name, Section& section, const config::KnownNames& columns) {
  Drug drug;
  drug.name = name;
  drug.title = section.text({.key = "title", .fallback = "", .doc = "Name of the drug and its route, for people."});
  drug.note = section.text({.key = "note", .fallback = "", .doc = "What the model is known to get wrong."});
  Parameter efficacy;
  const auto agonist = [&](Action kind) {
    return [&efficacy, kind](Section& s) { efficacy = read_efficacy(s, kind); };
  };
  const std::size_t action =
      section.variant({.key = "action", .doc = "What the drug does at the μ-opioid receptor."},
                      {{"none", "nothing: placebo", {}},
                       {"antagonist", "blocks it", {}},
                       {"partial_agonist", "holds it and drives it less than the ligand it displaces",
                        agonist(Action::partial_agonist)},
                       {"agonist", "drives it", agonist(Action::agonist)}});
  drug.action = static_cast<Action>(action);
  if (drug.action == Action::none && !section.describing()) return drug;
  drug.is_validated = section.flag({.key = "validated",
                                    .fallback = "false",
                                    .doc = "Whether the model's occupancy has been compared with measured occupancy."});
  read_doses(section, drug);
  if (section.has("molar_mass"))
    drug.molar_mass = section.number({.key = "molar_mass",
                                      .min = "1",
                                      .max = "10000",
                                      .doc = "Of the parent, in g/mol, a plain number: EC50 can then be given, and is "
                                             "shown, in nM."});
  drug.kinetics = read_kinetics(section, drug.molar_mass);
  drug.binding = read_binding(section, efficacy);
  drug.between_people = read_between_people(section, name, drug.kinetics);
  drug.covariates = read_covariates(section, columns);
  section.list({.key = "observed", .doc = "Published occupancies, to compare with the model's."},
               [&](Section& item) { drug.observed.push_back(read_observation(item)); });
  return drug;
}

}  // namespace kith::pharmacology
