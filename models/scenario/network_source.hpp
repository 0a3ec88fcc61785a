#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "config/section.hpp"
#include "core/random.hpp"
#include "network/exchange.hpp"
#include "network/graph.hpp"

namespace kith {

/// Where the network comes from: a generator, or a file.
struct NetworkSource {
  std::function<network::Graph(std::uint32_t people, WorldKey world)> generate;  ///< empty for a file
  double mean_ties = 0.0;                                                        ///< of a person, where it is generated
  double local_ties = 0.0;  ///< of these, with neighbours or kin on the circle of a community; 0: not made of layers
  std::string name;         ///< of the generator, or path of the file
  network::ImportOptions import;
};

/// Reads `network:`. `people`: how many there will be, 0 when that is not known; more ties than others are refused.
NetworkSource read_network(config::Section section, std::uint32_t people);

/// Reads the table about people that `columns:` names; empty when there is none; nothing when it cannot be
/// read, which is noted.
std::optional<network::PersonColumns> read_columns(config::Section section);

}  // namespace kith
