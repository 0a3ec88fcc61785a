#include "models/scenario/drugs_given.hpp"

#include <set>

#include "models/scenario/trials.hpp"

namespace kith {

std::vector<const pharmacology::Drug*> drugs_given(const Scenario& scenario) {
  std::set<const pharmacology::Drug*> given;
  for (const trials::Trial* trial : trials_of(scenario)) {
    for (const trials::Arm& arm : trial->arms) {
      for (const trials::Regimen& regimen : arm.regimens) given.insert(regimen.drug.get());
    }
  }
  for (const events::Event& event : scenario.events) {
    for (const auto& action : event.actions) given.insert(action->drug());
  }
  if (scenario.substance_use) given.insert(scenario.substance_use->drug.get());
  std::vector<const pharmacology::Drug*> acting;
  for (const pharmacology::SharedDrug& drug : scenario.pharmacy->drugs()) {
    if (drug->action != pharmacology::Action::none && given.contains(drug.get())) acting.push_back(drug.get());
  }
  return acting;
}

}  // namespace kith
