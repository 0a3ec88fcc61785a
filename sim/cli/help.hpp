#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "cli/cli.hpp"

namespace kith::cli {

/// What --help says about a command (see `wants_description`), and its summary in the list of commands as "summary".
nlohmann::ordered_json description_of(const Session& session, const Command& command);

/// The manual page of a command, for man(1), from its description.
std::string manual_page(const nlohmann::ordered_json& command);

/// The manual page of the program.
std::string manual_page();

}  // namespace kith::cli
