#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "models/pharmacology/treated.hpp"

/// Drugs of the library, and people who take them, for tests.
namespace kith::testing {

inline const pharmacology::Drug& drug(const std::string& name) {
  const auto& all = pharmacology::library();
  const auto found = std::find_if(all.begin(), all.end(), [&](const auto& each) { return each.name == name; });
  if (found == all.end()) throw Error(ErrorKind::failed, "the library has no " + name);
  return *found;
}

/// The drugs that act.
inline std::vector<pharmacology::Drug> acting_drugs() {
  std::vector<pharmacology::Drug> drugs;
  std::copy_if(pharmacology::library().begin(), pharmacology::library().end(), std::back_inserter(drugs),
               [](const pharmacology::Drug& each) { return each.action != pharmacology::Action::none; });
  return drugs;
}

/// A course of a drug, as a study gives it.
inline pharmacology::Course course(const pharmacology::Drug& drug, std::vector<pharmacology::Dose> doses,
                                   double tick_hours = 1.0, PersonId person = 0) {
  return {person, std::make_shared<const pharmacology::SteppedChain>(drug, tick_hours), std::move(doses)};
}

/// A course of naltrexone for one person, as a study gives it.
inline pharmacology::Course naltrexone(PersonId person, double tick_hours, std::vector<pharmacology::Dose> doses) {
  return course(drug("naltrexone"), std::move(doses), tick_hours, person);
}

}  // namespace kith::testing
