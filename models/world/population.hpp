#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/report.hpp"
#include "models/conditions/variables.hpp"
#include "models/people/isolation.hpp"
#include "models/world/model.hpp"
#include "network/exchange.hpp"
#include "network/ties.hpp"

namespace kith {

/// People and network after the burn-in, from which virtual studies start.
struct Population {
  network::Graph graph;
  network::ImportReport import;               ///< where the network came from a file
  std::unique_ptr<const network::Ties> ties;  ///< as generated or read; where ties live, the model has its own
  people::Isolation isolation;                ///< at hour 0
  std::vector<std::uint8_t> tone_tercile;     ///< [people] 0 low, 1 middle, 2 high
  people::Scales scales;                      ///< with the numbers that its shares came to
  conditions::Columns columns;                ///< of the people's table
  std::vector<std::string> column_notes;      ///< what joining that table found, one sentence each
  std::vector<std::string> warnings;          ///< what is doubtful in the files of network and people
  std::unique_ptr<Model> model;               ///< at hour 0, untreated
  WorldKey world;

  /// What trials can ask about people.
  conditions::Everybody everybody() const { return {model->people(), graph, model->ties(), isolation, columns, world}; }
};

/// The network of a world, generated or read from its file, with the closeness of its ties. Who is only in the table about
/// people is a person without ties.
network::Graph make_network(const Scenario& scenario, WorldKey world, network::ImportReport& import);

/// Network and table about people, joined.
struct Society {
  network::Graph graph;
  network::ImportReport import;
  conditions::Columns columns;
  std::vector<std::string> column_notes;
  std::vector<std::string> warnings;
};
Society make_society(const Scenario& scenario, WorldKey world);

/// Isolation as it follows from the ties of a model now, and from how readily people can meet, on the scenario's scales.
people::Isolation isolation_of(const Model& model);

/// Whether isolation can differ from that at hour 0: ties live, or events change who can meet.
bool can_isolation_change(const Model& model);

/// Builds the network and draws the people, who have not lived yet: no terciles, no numbers of scales.
Population population_before_burn_in(const Scenario& scenario, WorldKey world);

/// The same, after the burn-in.
Population make_population(const Scenario& scenario, WorldKey world, const std::string& replay,
                           const Progress& progress);

}  // namespace kith
