#include "models/pharmacology/explain.hpp"

#include <fmt/core.h>

#include "config/reference.hpp"
#include "core/units.hpp"

namespace kith::pharmacology {
namespace {

void add_parameter(std::string& text, std::string_view name, const Parameter& parameter, Dimension dimension) {
  text += fmt::format("  {:<22} {:<14} {} ({})\n", name, print_quantity(parameter.value, dimension),
                      config::name(parameter.mark), parameter.source.empty() ? "no source given" : parameter.source);
}

}  // namespace

std::string explain(const Drug& drug) {
  std::string text = (drug.title.empty() ? drug.name : drug.title) + "\n";
  if (drug.action == Action::none) return text + "No action: people who take it stay as they are.";
  const OralAntagonist& k = drug.kinetics;
  text += "Antagonist at the mu-opioid receptor, by mouth.\n";
  add_parameter(text, "absorption_rate", k.absorption_rate, Dimension::rate);
  add_parameter(text, "bioavailability", k.bioavailability, Dimension::share);
  add_parameter(text, "clearance", k.clearance, Dimension::clearance);
  add_parameter(text, "half_life", k.half_life, Dimension::time);
  add_parameter(text, "metabolite.share", k.metabolite_share, Dimension::share);
  add_parameter(text, "metabolite.volume", k.metabolite_volume, Dimension::volume);
  add_parameter(text, "metabolite.half_life", k.metabolite_half_life, Dimension::time);
  add_parameter(text, "metabolite.potency", k.metabolite_potency, Dimension::none);
  add_parameter(text, "effect_site.ec50", k.ec50, Dimension::concentration);
  add_parameter(text, "effect_site.half_life", k.effect_half_life, Dimension::time);

  text += "Occupancy of the mu-receptor [%] after one dose:\n           4 h   24 h   48 h   72 h  120 h  168 h\n";
  const Chain chain = k.chain();
  for (const double dose : {5.0, 25.0, 50.0, 100.0}) {
    text += fmt::format("  {:>4} mg", dose);
    for (const double hours : {4.0, 24.0, 48.0, 72.0, 120.0, 168.0}) {
      std::vector<double> state(chain.size());
      state[Drug::gut] = dose;
      text += fmt::format("{:>6.0f} ", 100.0 * occupancy(chain.advanced(state, hours)[Drug::effect_site]));
    }
    text += "\n";
  }
  if (!drug.note.empty()) text += drug.note;
  return text;
}

}  // namespace kith::pharmacology
