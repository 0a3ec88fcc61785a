#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/on_demand.hpp"
#include "engine/report.hpp"
#include "models/conditions/variables.hpp"
#include "models/people/isolation.hpp"
#include "models/world/model.hpp"
#include "network/exchange.hpp"
#include "network/ties.hpp"

namespace kith {

/// People and network after the burn-in, from which virtual studies start.
struct Population {
  network::Graph graph;                       ///< without its edges, which are in `ties`
  network::ImportReport import;               ///< where the network came from a file
  std::unique_ptr<const network::Ties> ties;  ///< as generated or read; where ties live, the model has its own
  std::vector<std::uint8_t> tone_tercile;     ///< [people] 0 low, 1 middle, 2 high
  people::Scales scales;                      ///< with the numbers that its shares came to
  conditions::Columns columns;                ///< of the people's table
  std::vector<std::string> column_notes;      ///< what joining that table found, one sentence each
  std::vector<std::string> warnings;          ///< what is doubtful in the files of network and people
  std::unique_ptr<Model> model;               ///< at hour 0, untreated
  WorldKey world;
  Tick next = 0;  ///< that comes next: below 0 while the burn-in goes on
  std::unique_ptr<const OnDemand<people::Isolation>> isolation_of_start;

  /// At hour 0.
  const people::Isolation& isolation() const { return isolation_of_start->get(); }
  /// What trials can ask about people.
  conditions::Everybody everybody() const {
    return {model->people(), graph.community, *ties, model->ties(), *isolation_of_start, columns, world};
  }
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
Population new_population(const Scenario& scenario, WorldKey world);
/// Runs on with the burn-in until it ends, or until `goes_on`, which is asked after each tick, says no; gives whether it has ended.
/// What follows from the population at hour 0 is then settled.
bool burn_in(Population& population, const std::string& replay, const Progress& progress,
             const std::function<bool()>& goes_on = {});
/// Both: people and network after the burn-in.
Population make_population(const Scenario& scenario, WorldKey world, const std::string& replay,
                           const Progress& progress);

/// What a population needs, besides scenario and world, to go on from here, the network included.
void write(Population& population, State& state);
/// A population as it was written. Notes of the import are not kept.
Population read_population(const Scenario& scenario, WorldKey world, State& state);

}  // namespace kith
