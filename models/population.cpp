#include "models/population.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <stdexcept>

#include "core/error.hpp"
#include "network/generate.hpp"

namespace kith {
namespace {

/// Share of the general population that feels lonely (Meta-Gallup 2023, 142 countries).
constexpr double lonely_share = 0.24;

std::vector<std::uint8_t> terciles(const std::vector<float>& values) {
  std::vector<PersonId> order(values.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(),
            [&](PersonId a, PersonId b) { return values[a] != values[b] ? values[a] < values[b] : a < b; });
  std::vector<std::uint8_t> tercile(values.size());
  for (std::size_t rank = 0; rank < order.size(); ++rank)
    tercile[order[rank]] = static_cast<std::uint8_t>(3 * rank / order.size());
  return tercile;
}

float upper_quantile(std::vector<float> values, double share) {
  const auto rank = static_cast<std::ptrdiff_t>((1.0 - share) * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + rank, values.end());
  return values[static_cast<std::size_t>(rank)];
}

}  // namespace

network::Graph make_network(const Scenario& scenario, WorldKey world, network::ImportReport& import) {
  network::Graph graph;
  if (scenario.network.generate) {
    try {
      graph = scenario.network.generate(scenario.traits.count, world);
    } catch (const std::invalid_argument& impossible) {
      throw Error(ExitCode::invalid_scenario, fmt::format("the network cannot be made: {}", impossible.what()));
    }
  } else {
    graph = network::import_file(scenario.network.name, scenario.network.import, import);
  }
  network::assign_closeness(graph, world);
  return graph;
}

people::Isolation isolation_of(const Model& model) {
  const people::MeetingParams& meeting = model.scenario().meeting;
  const auto rates = model.living() ? people::contact_rates(meeting, model.ties(), model.living()->life().rate_scale())
                                    : people::contact_rates(meeting, model.ties());
  return people::isolation(model.ties(), rates, 24.0 - meeting.night.length());
}

Population make_population(const Scenario& scenario, WorldKey world, const std::string& replay,
                           const Progress& progress) {
  Population population;
  if (progress) progress(0.0, "network");
  population.graph = make_network(scenario, world, population.import);
  population.ties = std::make_unique<const network::Ties>(population.graph);
  population.model = std::make_unique<Model>(scenario, *population.ties, world, population.graph.community);
  const Clock& clock = population.model->clock();
  const Tick burn_in = clock.tick_at(scenario.time.burn_in);
  population.model->run(-burn_in, 0, replay, [&](Tick tick) {
    if (progress) progress(static_cast<double>(tick + 1 + burn_in) / static_cast<double>(burn_in), "burn-in");
  });
  population.isolation = isolation_of(*population.model);
  population.tone_tercile = terciles(population.model->people().tone);
  population.lonely_above = upper_quantile(population.model->people().loneliness, lonely_share);
  return population;
}

}  // namespace kith
