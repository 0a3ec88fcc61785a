#include "models/events/actions.hpp"

#include "models/events/action.hpp"

namespace kith::events {

const std::vector<ActionKind>& all_actions() {
  static const std::vector<ActionKind> all{
      {"opportunity", read_opportunity}, {"contact", read_contact}, {"session", read_session},
      {"distress", read_distress},       {"dose", read_dose},       {"lose_ties", read_lose_ties, true},
      {"add_ties", read_add_ties, true}};
  return all;
}

}  // namespace kith::events
