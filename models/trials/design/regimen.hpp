#pragma once

#include <optional>
#include <string>
#include <vector>

#include "config/section.hpp"
#include "models/conditions/condition.hpp"
#include "models/pharmacology/pharmacy.hpp"

/// How a drug is taken: doses, times of day, phases, as-needed rules.
namespace kith::trials {

/// A dose as planned, counted from the day on which the regimen starts.
struct Intake {
  double at = 9.0;      ///< local time of day on the first day [h]
  double after = 0.0;   ///< that much later [h]
  double amount = 0.0;  ///< [mg]
};

/// One drug with all its planned doses.
struct Regimen {
  pharmacology::SharedDrug drug = {};  ///< null: nothing
  std::vector<Intake> intakes = {};
  double length = 24.0;  ///< from the first day until the last dose has had its time [h]
  double gap = 24.0;     ///< longest time from one dose to the next [h]
  std::optional<conditions::Condition> when =
      {};  ///< as needed: a planned dose is taken only when this holds for the person

  /// Whether what is taken does anything.
  bool acts() const { return drug && drug->action != pharmacology::Action::none; }
};

/// Doses one after the other, each `every` hours at every one of the times of day `at`.
std::vector<Intake> intakes(const std::vector<double>& doses, double every, const std::vector<double>& at);
/// The regimen of such doses.
Regimen regular(pharmacology::SharedDrug drug, const std::vector<double>& doses, double every = 24.0,
                const std::vector<double>& at = {9.0});

/// Reads `drug:` and when and how much of it is taken, from the mapping of an arm or of one of its drugs.
Regimen read_regimen(config::Section& section, const pharmacology::Pharmacy& pharmacy);
/// Reads `drug:` alone; null after a mistake.
pharmacology::SharedDrug read_drug_name(config::Section& section, const pharmacology::Pharmacy& pharmacy);

/// "did you mean …?" or the list of what there is.
std::string suggest(const std::string& word, const std::vector<std::string>& names);

}  // namespace kith::trials
