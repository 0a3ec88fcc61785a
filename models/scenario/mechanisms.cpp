#include "models/scenario/mechanisms.hpp"

#include "models/people/symptoms.hpp"
#include "models/scenario/substance_use.hpp"

namespace kith {

const std::vector<MechanismKind>& all_mechanisms() {
  static const std::vector<MechanismKind> all{
      {"symptoms",
       [](config::Section& root, Scenario&) -> std::unique_ptr<people::Mechanism> {
         const people::SymptomParams params = people::read_symptoms(root);
         return params.strength > 0.0F ? std::make_unique<people::Symptoms>(params) : nullptr;
       }},
      {"substance_use", read_substance_use},
  };
  return all;
}

}  // namespace kith
