#pragma once

#include "core/distributions.hpp"
#include "models/bonds/living_network.hpp"

namespace kith::bonds {

/// What holds while the ties of one day are tended.
struct LivingNetwork::Day {
  Day(std::int64_t number, double at, WorldKey world, std::span<const float> wish)
      : day(number),
        hours(at),
        approach(wish),
        losses(world, "losses of ties"),
        silences(world, "ends by silence"),
        seeking(world, "seeking company"),
        lots(world, "order of changes of ties") {}

  std::int64_t day;
  double hours;
  std::span<const float> approach;
  Draws losses, silences, seeking, lots;

  double unit(const Draws& draws, PersonId a, PersonId b) const {
    Stream stream = draws.at(std::min(a, b), std::max(a, b), day);
    return uniform(stream);
  }
  std::uint32_t lot(PersonId a, PersonId b) const { return lots.at(std::min(a, b), std::max(a, b), day)(); }
};

}  // namespace kith::bonds
