#pragma once

#include <memory>

#include "models/events/action.hpp"

/// The readers of all kinds of action, one a file; each takes its own key from the mapping `do`.
namespace kith::events {

std::shared_ptr<const Action> read_opportunity(config::Section& section, const Facts& facts);
std::shared_ptr<const Action> read_contact(config::Section& section, const Facts& facts);
std::shared_ptr<const Action> read_session(config::Section& section, const Facts& facts);
std::shared_ptr<const Action> read_distress(config::Section& section, const Facts& facts);
std::shared_ptr<const Action> read_dose(config::Section& section, const Facts& facts);
std::shared_ptr<const Action> read_lose_ties(config::Section& section, const Facts& facts);
std::shared_ptr<const Action> read_add_ties(config::Section& section, const Facts& facts);

std::shared_ptr<const Action> read_move(config::Section& section, const Facts& facts);

}  // namespace kith::events
