#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/ids.hpp"
#include "core/random.hpp"
#include "models/conditions/variables.hpp"
#include "models/trials/design/design.hpp"

/// From everybody to those who take part: eligibility, screening, recruitment.
namespace kith::trials {

/// What a trial knows of everybody before anybody is asked.
struct Roster {
  std::vector<std::string> criteria = {};         ///< as people read them
  std::vector<std::uint32_t> cost = {};           ///< [criteria] how many more would be eligible without it
  std::vector<std::uint32_t> failed = {};         ///< [people] the first criterion not met; criteria.size(): eligible
  std::vector<double> order = {};                 ///< [people] lowest first; empty: at random
  conditions::Category cluster = {};              ///< empty without clusters
  std::vector<conditions::Category> strata = {};  ///< one for each category of the strata, or of the minimisation
  std::uint32_t eligible = 0;

  bool is_eligible(PersonId person) const { return failed[person] == criteria.size(); }
};
Roster make_roster(const Trial& trial, const conditions::Everybody& everybody);

/// Sets the counts of the sequences where they follow from who is eligible: a share of them, or all clusters.
void settle(Trial& trial, const Roster& roster);

/// How many were screened, and why others did not take part.
struct Screening {
  std::uint32_t screened = 0;
  std::uint32_t in_another_trial = 0;
  std::vector<std::uint32_t> excluded;  ///< [criteria]
};

struct Recruits {
  std::vector<PersonId> people;         ///< in random order; those of a cluster together
  std::vector<std::uint32_t> clusters;  ///< [people] the value of the category; empty without clusters
  Screening screening;
};

/// Recruits as many people as the trial wants from those eligible. `taken` [people]: who is in another trial already; may be
/// empty. Throws kith::Error (invalid_scenario) when there are too few, naming the criterion that costs most.
Recruits recruit(const Trial& trial, const Roster& roster, const std::vector<bool>& taken, WorldKey world);

}  // namespace kith::trials
