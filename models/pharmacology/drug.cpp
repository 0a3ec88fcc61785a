#include "models/pharmacology/drug.hpp"

#include <fmt/format.h>

#include <numbers>

#include "config/document.hpp"
#include "models/pharmacology/library_texts.hpp"

namespace kith::pharmacology {
namespace {

using config::Mark;
using config::Section;
using config::Spec;

/// Reads `key: 4 h` or `key: {value: 4 h, mark: published, source: …}`.
Parameter read_parameter(Section& section, const Spec& spec) {
  Section entry = section.section({.key = spec.key, .doc = spec.doc}, "value");
  Parameter parameter;
  Spec value = spec;
  value.key = "value";
  parameter.value = entry.number(value);
  const std::size_t mark = entry.choice({.key = "mark", .fallback = "assumed", .doc = "Where the number comes from."},
                                        {{"published", "a published number; the source cites it"},
                                         {"fitted", "fitted; the source says to what"},
                                         {"assumed", "an assumption; the source gives the plausible range"}});
  parameter.mark = static_cast<Mark>(mark);
  parameter.source =
      entry.text({.key = "source", .fallback = "", .doc = "Citation, what it was fitted to, or the range."});
  if (parameter.source.empty() && parameter.mark != Mark::assumed)
    entry.fail("mark", fmt::format("a {} number without a source", config::name(parameter.mark)), "",
               "add source: where it is published, or to what it was fitted");
  return parameter;
}

OralAntagonist read_oral_antagonist(Section& section) {
  OralAntagonist k;
  k.absorption_rate = read_parameter(section, {.key = "absorption_rate",
                                               .unit = "/h",
                                               .min = "0 /h",
                                               .above_min = true,
                                               .doc = "First-order absorption from the gut."});
  k.bioavailability = read_parameter(section, {.key = "bioavailability",
                                               .unit = "%",
                                               .min = "0",
                                               .max = "1",
                                               .above_min = true,
                                               .doc = "Share of a dose that reaches the blood unchanged."});
  k.clearance = read_parameter(section, {.key = "clearance",
                                         .unit = "L/h",
                                         .min = "0 L/h",
                                         .above_min = true,
                                         .doc = "Plasma clearance of the parent drug."});
  k.half_life = read_parameter(section, {.key = "half_life",
                                         .unit = "h",
                                         .min = "0 h",
                                         .above_min = true,
                                         .doc = "Plasma half-life of the parent drug."});
  Section metabolite = section.section({.key = "metabolite", .doc = "The active metabolite."});
  k.metabolite_share =
      read_parameter(metabolite, {.key = "share",
                                  .unit = "%",
                                  .fallback = "0",
                                  .min = "0",
                                  .max = "1",
                                  .doc = "Share of the metabolised drug that becomes the metabolite."});
  k.metabolite_volume = read_parameter(metabolite, {.key = "volume",
                                                    .unit = "L",
                                                    .fallback = "1 L",
                                                    .min = "0 L",
                                                    .above_min = true,
                                                    .doc = "Volume of distribution of the metabolite."});
  k.metabolite_half_life = read_parameter(metabolite, {.key = "half_life",
                                                       .unit = "h",
                                                       .fallback = "1 h",
                                                       .min = "0 h",
                                                       .above_min = true,
                                                       .doc = "Plasma half-life of the metabolite."});
  k.metabolite_potency = read_parameter(
      metabolite,
      {.key = "potency", .fallback = "0", .min = "0", .doc = "Potency of the metabolite relative to the parent."});
  Section effect = section.section({.key = "effect_site", .doc = "What the μ-receptor sees."});
  k.ec50 = read_parameter(effect, {.key = "ec50",
                                   .unit = "ng/mL",
                                   .min = "0 ng/mL",
                                   .above_min = true,
                                   .doc = "Plasma concentration that holds half the μ-receptors at steady state."});
  k.effect_half_life = read_parameter(effect, {.key = "half_life",
                                               .unit = "h",
                                               .min = "0 h",
                                               .above_min = true,
                                               .doc = "Half-life of the equilibration between plasma and receptor."});
  return k;
}

}  // namespace

Chain OralAntagonist::chain() const {
  const double ke = std::numbers::ln2 / half_life.value;
  const double km = std::numbers::ln2 / metabolite_half_life.value;
  const double ke0 = std::numbers::ln2 / effect_half_life.value;
  const double volume = clearance.value / ke;
  const double ka = absorption_rate.value;
  const double absorbed = bioavailability.value;
  constexpr double mg_per_l_to_ng_per_ml = 1000.0;

  Matrix rates(4);
  rates(Drug::gut, Drug::gut) = -ka;
  rates(Drug::plasma, Drug::gut) = ka * absorbed * mg_per_l_to_ng_per_ml / volume;
  rates(Drug::plasma, Drug::plasma) = -ke;
  rates(Drug::metabolite, Drug::gut) =
      ka * (1.0 - absorbed) * metabolite_share.value * mg_per_l_to_ng_per_ml / metabolite_volume.value;
  rates(Drug::metabolite, Drug::plasma) = ke * metabolite_share.value * volume / metabolite_volume.value;
  rates(Drug::metabolite, Drug::metabolite) = -km;
  rates(Drug::effect_site, Drug::plasma) = ke0 / ec50.value;
  rates(Drug::effect_site, Drug::metabolite) = ke0 * metabolite_potency.value / ec50.value;
  rates(Drug::effect_site, Drug::effect_site) = -ke0;
  return Chain(rates);
}

Drug read_drug(const std::string& name, Section& section) {
  Drug drug;
  drug.name = name;
  drug.title = section.text({.key = "title", .fallback = "", .doc = "Name of the drug and its route, for people."});
  drug.note = section.text({.key = "note", .fallback = "", .doc = "What the model is known to get wrong."});
  const std::size_t action = section.variant(
      {.key = "action", .doc = "What the drug does at the μ-opioid receptor."},
      {{"none", "nothing: placebo", [](Section&) {}},
       {"antagonist", "blocks it; taken by mouth", [&](Section& s) { drug.kinetics = read_oral_antagonist(s); }}});
  drug.action = static_cast<Action>(action);
  return drug;
}

const std::vector<Drug>& library() {
  static const std::vector<Drug> drugs = [] {
    std::vector<Drug> read;
    for (const auto& [name, text] : library_texts) {
      auto document = config::Document::from_text(std::string(text), std::string(name) + ".yaml");
      auto root = document.root();
      read.push_back(read_drug(std::string(name), root));
      document.check();
    }
    return read;
  }();
  return drugs;
}

}  // namespace kith::pharmacology
