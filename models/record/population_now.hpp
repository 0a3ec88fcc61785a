#pragma once

#include <optional>
#include <vector>

#include "models/record/groups.hpp"
#include "models/record/living.hpp"

namespace kith {

/// What a row of `population` is made of.
struct PopulationNow {
  const Model& model;
  const std::vector<Group>& groups;
  const people::Isolation& isolation;
  float lonely_above;  ///< loneliness
  double hours;
  std::vector<float> contacts_per_day;  ///< [groups] in person, since the last row
  std::vector<float> calls_per_day;     ///< [groups] at a distance, since the last row
  std::optional<LivingNow> living;      ///< where ties live

  const people::People& people() const { return model.people(); }
};

}  // namespace kith
