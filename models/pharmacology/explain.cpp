#include "models/pharmacology/explain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "config/reference.hpp"
#include "models/pharmacology/course.hpp"

namespace kith::pharmacology {
namespace {

std::string percent(double share) { return fmt::format("{:.4g} %", 100.0 * share); }

/// A table of parameters, one line each: name, value, mark, source.
class ParameterLines {
 public:
  void add(const std::string& name, const Parameter& parameter, Dimension dimension) {
    text_ += fmt::format("  {:<31} {:<13} {}: {}\n", name, print_parameter(parameter.value, dimension),
                         config::name(parameter.mark), parameter.source.empty() ? "no source given" : parameter.source);
  }
  /// A concentration [ng/mL] of a substance of this molar mass [g/mol].
  void add_in_nanomolar(const std::string& name, const Parameter& parameter, double molar_mass) {
    text_ += fmt::format("  {:<31} {:<13} of {:.5g} g/mol\n", name,
                         fmt::format("{:.4g} nM", 1000.0 * parameter.value / molar_mass), molar_mass);
  }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

/// "absorption.rate", or "absorption.2.rate" where there are several.
std::string numbered(std::string_view list, std::size_t index, std::size_t count, std::string_view key) {
  return count == 1 ? fmt::format("{}.{}", list, key) : fmt::format("{}.{}.{}", list, index + 1, key);
}

void add_absorption(ParameterLines& lines, const Kinetics& k) {
  const std::size_t count = k.absorption.size();
  for (std::size_t i = 0; i < count; ++i) {
    const Absorption& part = k.absorption[i];
    if (count > 1) lines.add(numbered("absorption", i, count, "share"), part.share, Dimension::share);
    const std::string rate =
        numbered("absorption", i, count, part.stages == 1 ? "rate" : fmt::format("rate, {} stages", part.stages));
    lines.add(rate, part.rate, Dimension::rate);
    if (part.bioavailability.value < 1.0)
      lines.add(numbered("absorption", i, count, "bioavailability"), part.bioavailability, Dimension::share);
  }
}

void add_disposition(ParameterLines& lines, const Kinetics& k) {
  switch (k.extent) {
    case Extent::clearance:
      lines.add("clearance", k.size, Dimension::clearance);
      break;
    case Extent::volume:
      lines.add("volume", k.size, Dimension::volume);
      break;
    case Extent::concentration_per_mg:
      lines.add("concentration_per_mg", k.size, Dimension::concentration);
      break;
  }
  for (std::size_t j = 0; j < k.plasma.size(); ++j) {
    if (k.plasma.size() > 1) lines.add(fmt::format("half_lives.{}.share", j + 1), k.plasma[j].share, Dimension::share);
    lines.add(k.plasma.size() == 1 ? "half_life" : fmt::format("half_lives.{}.half_life", j + 1), k.plasma[j].half_life,
              Dimension::time);
  }
  if (!k.metabolite) return;
  lines.add("metabolite.share", k.metabolite->share, Dimension::share);
  lines.add("metabolite.volume", k.metabolite->volume, Dimension::volume);
  lines.add("metabolite.half_life", k.metabolite->half_life, Dimension::time);
  lines.add("metabolite.potency", k.metabolite->potency, Dimension::none);
}

/// What makes people differ.
void add_people(ParameterLines& lines, const Drug& drug) {
  const BetweenPeople& between = drug.between_people;
  const auto add = [&](const char* name, const Parameter& parameter, Dimension dimension) {
    if (parameter.value != 0.0) lines.add(name, parameter, dimension);
  };
  add("between_people.clearance", between.clearance, Dimension::share);
  add("between_people.bioavailability", between.bioavailability, Dimension::share);
  add("between_people.effect_half_life", between.effect_half_life, Dimension::share);
  add("r clearance, bioavailability", between.clearance_bioavailability, Dimension::none);
  add("r clearance, effect_half_life", between.clearance_effect_half_life, Dimension::none);
  add("r bioavailability, effect_half_life", between.bioavailability_effect_half_life, Dimension::none);
  for (const Covariate& covariate : drug.covariates) {
    const std::string& column = covariate.column;
    for (const Covariate::Level& level : covariate.levels)
      lines.add(fmt::format("{}.{}, clearance", column, level.value), level.clearance, Dimension::none);
    if (!covariate.levels.empty()) continue;
    lines.add(column + ", reference", covariate.reference, Dimension::none);
    lines.add(column + ", clearance_exponent", covariate.clearance_exponent, Dimension::none);
    lines.add(column + ", volume_exponent", covariate.volume_exponent, Dimension::none);
  }
}

std::string parameters(const Drug& drug) {
  ParameterLines lines;
  if (drug.action != Action::antagonist) lines.add("efficacy", drug.binding.efficacy, Dimension::none);
  add_absorption(lines, drug.kinetics);
  add_disposition(lines, drug.kinetics);
  lines.add("effect_site.ec50", drug.kinetics.ec50, Dimension::concentration);
  if (drug.molar_mass > 0.0) lines.add_in_nanomolar("effect_site.ec50", drug.kinetics.ec50, drug.molar_mass);
  lines.add("effect_site.half_life", drug.kinetics.effect_half_life, Dimension::time);
  if (drug.binding.max_occupancy.value < 1.0)
    lines.add("binding.max_occupancy", drug.binding.max_occupancy, Dimension::share);
  if (std::isfinite(drug.binding.kappa_ratio.value))
    lines.add("binding.kappa_ratio", drug.binding.kappa_ratio, Dimension::none);
  if (std::isfinite(drug.binding.delta_ratio.value))
    lines.add("binding.delta_ratio", drug.binding.delta_ratio, Dimension::none);
  add_people(lines, drug);
  return lines.text();
}

std::string observations(const Drug& drug) {
  if (drug.observed.empty()) return "";
  std::string text = "Occupancy of the mu-receptor, observed and modelled:\n";
  for (const ObservedOccupancy& o : drug.observed) {
    const std::string when = o.at ? print_quantity(*o.at, Dimension::time) + " later" : "at the peak";
    const std::string sd = o.sd > 0.0 ? fmt::format(" (SD {:.3g})", 100.0 * o.sd) : "";
    std::string people;
    if (o.sd > 0.0 && !drug.between_people.is_none()) {
      const Spread model = spread(drug, o);
      people = fmt::format(" (people {:.1f}, SD {:.1f})", 100.0 * model.mean, 100.0 * model.sd);
    }
    text += fmt::format("  {:<24} {:<13} observed {:>5}{}, model {:.0f} %{}: {}\n", print_series(o.taken), when,
                        percent(o.occupancy), sd, 100.0 * modelled(drug, o), people, o.source);
  }
  return text;
}

std::string_view action_text(Action action) {
  switch (action) {
    case Action::antagonist:
      return "Antagonist";
    case Action::partial_agonist:
      return "Partial agonist";
    case Action::agonist:
      return "Agonist";
    case Action::none:
      break;
  }
  return "";
}

std::string_view route_text(Route route) {
  switch (route) {
    case Route::oral:
      return "by mouth";
    case Route::sublingual:
      return "under the tongue";
    case Route::intranasal:
      return "into the nose";
    case Route::intramuscular:
      return "into a muscle";
    case Route::intravenous:
      return "into a vein";
  }
  return "";
}

}  // namespace

std::string print_parameter(double value, Dimension dimension) {
  return dimension == Dimension::share ? percent(value) : print_quantity(value, dimension);
}

std::string print_series(const DoseSeries& taken) {
  const std::string dose = print_quantity(taken.dose, Dimension::mass);
  return taken.count == 1
             ? dose
             : fmt::format("{} x {}, every {}", taken.count, dose, print_quantity(taken.every, Dimension::time));
}

std::string explain(const Drug& drug) {
  std::string text = (drug.title.empty() ? drug.name : drug.title) + "\n";
  if (drug.action == Action::none) return text + "No action: people who take it stay as they are.";
  text += fmt::format("{} at the mu-opioid receptor, given {}. {}\n", action_text(drug.action),
                      route_text(drug.kinetics.route),
                      drug.is_validated ? "Validated against measured occupancy or plasma."
                                        : "NOT VALIDATED: no measured occupancy stands behind these numbers.");
  text += fmt::format("Meant for single doses of {} to {}{}.\n", print_quantity(drug.least_dose, Dimension::mass),
                      print_quantity(drug.most_dose, Dimension::mass),
                      drug.usual_dose > 0.0 ? ", usually " + print_quantity(drug.usual_dose, Dimension::mass) : "");
  text += parameters(drug) + observations(drug) + drug.note;
  while (text.ends_with('\n')) text.pop_back();
  return text;
}

}  // namespace kith::pharmacology
