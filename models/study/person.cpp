#include "models/study/person.hpp"

#include <fmt/format.h>

#include <string>

namespace kith {

std::vector<StateValue> state_of(const Model& model, PersonId person) {
  std::vector<StateValue> values;
  if (person >= model.people().count) return values;
  const auto add = [&values](std::string_view name, std::string_view unit, std::string_view meaning, auto value) {
    values.push_back({std::string(name), std::string(unit), std::string(meaning), fmt::format("{}", value)});
  };
  people::People::visit(model.people(), [&](const ColumnInfo& info, const auto& column) {
    add(info.name, info.unit, info.doc, column[person]);
  });
  add("ties", "1", "ties of the person", model.ties().degree(person));
  const pharmacology::Treated* treated = model.treatment(person);
  if (treated == nullptr) return values;
  add("density", "1", "receptor density; 1 = at rest", treated->density());
  for (const pharmacology::Course& course : treated->courses()) {
    const std::string& drug = course.drug().name;
    add(drug, "1", "concentration at the effect site over its EC50", course.effect());
    add(drug + "_plasma", "ng/mL", "concentration in plasma", course.concentration());
    add(drug + "_doses", "1", "doses still to come", course.pending().size());
  }
  return values;
}

}  // namespace kith
