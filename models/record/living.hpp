#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "engine/variables_of.hpp"
#include "models/bonds/living_network.hpp"
#include "models/people/isolation.hpp"
#include "network/components.hpp"

/// What the population table has besides where ties live.
namespace kith {

struct PopulationNow;

/// Changes of ties that the table counts; the three ends count as one.
enum class CountedChange : std::uint8_t { began, ended, closer, looser };
inline constexpr std::size_t counted_changes = 4;

struct LivingNow {
  using OfPerson = std::array<std::uint16_t, people::layer_count>;
  std::array<std::vector<OfPerson>, counted_changes>
      changes;  ///< [change][people][layer] since the events were last forgotten; of nobody where there were none
  network::Components components;
};
LivingNow living_now(const bonds::LivingNetwork& living);

void add_living_variables(VariablesOf<PopulationNow>& all);

}  // namespace kith
