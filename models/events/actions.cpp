#include "models/events/actions.hpp"

#include <fmt/core.h>

#include <algorithm>

#include "core/error.hpp"

namespace kith::events {

const std::vector<ActionKind>& all_actions() {
  static const std::vector<ActionKind> all{
      {"opportunity", read_opportunity}, {"contact", read_contact}, {"session", read_session},
      {"distress", read_distress},       {"dose", read_dose},       {"lose_ties", read_lose_ties, true},
      {"add_ties", read_add_ties, true}, {"move", read_move, true}};
  return all;
}

void require_community(std::uint32_t community, std::span<const std::uint32_t> communities) {
  const auto highest = std::max_element(communities.begin(), communities.end());
  if (highest != communities.end() && community <= *highest) return;
  throw Error(ErrorKind::invalid_scenario,
              fmt::format("an event is meant for community {}, but the highest of the network is {}", community,
                          highest == communities.end() ? 0 : *highest));
}

}  // namespace kith::events
