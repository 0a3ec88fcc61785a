#include "models/world/population.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <unordered_map>

#include "core/error.hpp"
#include "core/interrupt.hpp"
#include "core/parallel.hpp"
#include "models/scenario/drugs_given.hpp"
#include "network/generate.hpp"

namespace kith {
namespace {

/// Joins the rows of a table about people to the people of the network, by their ids.
conditions::Columns join(const network::PersonColumns& table, const network::Graph& graph,
                         std::vector<std::string>& notes, std::vector<std::string>& warnings) {
  std::unordered_map<std::string, std::size_t> rows;
  for (std::size_t row = 0; row < table.ids.size(); ++row) rows.emplace(table.ids[row], row);
  conditions::Columns columns{table.names, {}};
  columns.values.assign(table.names.size(), std::vector<std::string>(graph.people));
  std::size_t known = 0;
  for (PersonId p = 0; p < graph.people; ++p) {
    const auto row = rows.find(graph.ids.empty() ? std::to_string(p) : graph.ids[p]);
    if (row == rows.end()) continue;
    ++known;
    for (std::size_t c = 0; c < table.names.size(); ++c) columns.values[c][p] = table.values[c][row->second];
  }
  if (known == 0 && graph.people > 0)
    throw Error(
        ErrorKind::invalid_scenario,
        fmt::format("no id of {} is that of a person of the network; people.columns.id names the id column, and a "
                    "generated network calls its people 0 to {}",
                    table.file, graph.people - 1));
  if (known < table.ids.size())
    warnings.push_back(fmt::format("{} of {} rows of {} are about nobody in the network.", table.ids.size() - known,
                                   table.ids.size(), table.file));
  if (known < graph.people)
    notes.push_back(fmt::format("{} has no row for {} of {} people.", table.file, graph.people - known, graph.people));
  return columns;
}

/// Values of a column, or of the community, as groups; who has none belongs to none.
std::vector<std::uint32_t> groups_of(const Population& population, const std::string& name) {
  const conditions::Category category = conditions::category(population.everybody(), name);
  std::vector<std::uint32_t> groups = category.values;
  for (std::uint32_t& group : groups) {
    if (category.names[group].empty()) group = bonds::LivingNetwork::Focus::none;
  }
  return groups;
}

/// Tells living ties what people share and in what they are alike.
void set_likes(const Population& population, const Scenario& scenario) {
  const bonds::TieLifeParams& life = *scenario.tie_life;
  bonds::LivingNetwork& living = *population.model->living();
  if (scenario.network.local_ties > 0.0) {
    const double either_side = 0.5 * life.neighbourhood * scenario.network.local_ties;
    living.set_neighbours(static_cast<std::uint32_t>(std::clamp(std::lround(either_side), 1L, 1'000'000'000L)));
  }
  const bool is_default = life.foci.size() == 1 && life.foci.front() == "community";
  if (!is_default) {
    std::vector<bonds::LivingNetwork::Focus> foci;
    for (const std::string& name : life.foci) {
      const std::vector<std::uint32_t> groups = groups_of(population, name);
      foci.push_back(name == "community" ? living.community_focus() : bonds::LivingNetwork::Focus(groups));
    }
    living.set_foci(std::move(foci));
  }
  if (!life.alike.empty()) living.set_alike(groups_of(population, life.alike));
}

/// Who can be a patient [people]; empty: everybody.
std::vector<bool> eligible_for_use(const patients::SubstanceUse& use, const conditions::Everybody& everybody) {
  std::vector<bool> eligible;
  for (const conditions::Condition& condition : use.where) {
    const std::vector<bool> one = conditions::holds(condition, everybody);
    if (eligible.empty()) eligible.assign(one.size(), true);
    for (std::size_t p = 0; p < one.size(); ++p) eligible[p] = eligible[p] && one[p];
  }
  return eligible;
}

/// Lets people differ in what their bodies do with drugs, by chance and by the people's table.
void set_bodies(const Scenario& scenario, Population& population) {
  if (!scenario.traits.do_bodies_differ) return;
  pharmacology::Bodies bodies(population.world);
  const conditions::Columns& columns = population.columns;
  for (std::string& note : bodies.read(drugs_given(scenario), {columns.names, columns.values}))
    population.column_notes.push_back(std::move(note));
  population.model->set_bodies(std::make_shared<const pharmacology::Bodies>(std::move(bodies)));
}

}  // namespace

network::Graph make_network(const Scenario& scenario, WorldKey world, network::ImportReport& import) {
  network::Graph graph;
  if (scenario.network.generate) {
    try {
      graph = scenario.network.generate(scenario.traits.count, world);
    } catch (const std::invalid_argument& impossible) {
      throw Error(ErrorKind::invalid_scenario, fmt::format("the network cannot be made: {}", impossible.what()));
    }
  } else {
    network::ImportOptions options = scenario.network.import;
    options.people = scenario.columns.ids;
    graph = network::import_file(scenario.network.name, options, import);
  }
  network::assign_closeness(graph, world);
  return graph;
}

namespace {

/// What joining the table about people to the network finds.
void join_people(const Scenario& scenario, Society& society) {
  society.warnings = society.import.warnings;
  if (scenario.columns.names.empty()) return;
  society.warnings.insert(society.warnings.end(), scenario.columns.warnings.begin(), scenario.columns.warnings.end());
  society.columns = join(scenario.columns, society.graph, society.column_notes, society.warnings);
}

}  // namespace

Society make_society(const Scenario& scenario, WorldKey world) {
  Society society;
  society.graph = make_network(scenario, world, society.import);
  join_people(scenario, society);
  return society;
}

bool can_isolation_change(const Model& model) { return model.living().has_value() || !model.scenario().events.empty(); }

namespace {

people::Isolation isolation_at(const Model& model, float private_matters_from) {
  const people::MeetingParams& meeting = model.scenario().meeting;
  const network::Ties& ties = model.ties();
  std::vector<float> rates = model.contact_rates();
  const auto distant = static_cast<float>(meeting.distant_share());
  const auto kept = [](const std::vector<float>& factors, PersonId a, PersonId b) {
    return factors.empty() ? 1.0F : std::sqrt(factors[a] * factors[b]);
  };
  const people::OpportunityFactors& opportunity = model.opportunity();
  for_each_block(opportunity.empty() ? 0 : ties.people(), [&](std::size_t begin, std::size_t end) {
    for (auto owner = static_cast<PersonId>(begin); owner < end; ++owner) {
      for (TieId tie = ties.owned_begin(owner); tie < ties.owned_end(owner); ++tie) {
        const PersonId other = ties.other(tie);
        const bool is_spared = is_home(opportunity.home_from, ties, owner, other, tie);
        rates[tie] *= (1.0F - distant) * (is_spared ? 1.0F : kept(opportunity.in_person, owner, other)) +
                      distant * kept(opportunity.at_distance, owner, other);
      }
    }
  });
  return people::isolation(ties, rates, 24.0 - meeting.night.length(), private_matters_from);
}

/// The numbers that the shares of the scenario come to in this population.
people::Scales scales_of(const Model& model) {
  people::Scales scales = model.scales();
  if (scales.lonely_share)
    scales.lonely_above = patients::lonely_threshold(model.people().loneliness, *scales.lonely_share);
  if (!scales.isolated_share) return scales;
  // The greater the closeness that is asked for, the more people are isolated.
  float low = 0.0F;
  float high = 1.0F;
  for (int step = 0; step < 12; ++step) {
    scales.private_matters_from = 0.5F * (low + high);
    const people::Isolation isolation = isolation_at(model, scales.private_matters_from);
    const auto isolated = std::count_if(isolation.score.begin(), isolation.score.end(),
                                        [](std::uint8_t score) { return score < people::isolated_below; });
    const bool is_enough =
        static_cast<double>(isolated) >= *scales.isolated_share * static_cast<double>(isolation.score.size());
    (is_enough ? high : low) = scales.private_matters_from;
  }
  return scales;
}

}  // namespace

people::Isolation isolation_of(const Model& model) {
  const bool is_kept = model.living() && model.opportunity().empty();
  return is_kept ? model.living()->isolation() : isolation_at(model, model.scales().private_matters_from);
}

namespace {

/// From now on the population tells isolation as it is now.
void note_isolation(Population& population) {
  population.isolation_of_start = std::make_unique<const OnDemand<people::Isolation>>(
      [model = population.model.get()] { return isolation_of(*model); });
}

/// People on their ties, before the burn-in.
void draw_people(const Scenario& scenario, Population& population) {
  population.model = std::make_unique<Model>(scenario, *population.ties, population.world, population.graph.community);
  check_interrupt();
  set_bodies(scenario, population);
  note_isolation(population);
  if (population.model->living()) set_likes(population, scenario);
  population.next = -population.model->clock().tick_at(scenario.time.burn_in);
}

/// Who uses substances, which those who are isolated to begin with may do more than others.
void begin_use(const Scenario& scenario, Population& population) {
  if (!scenario.substance_use) return;
  population.model->admit(eligible_for_use(*scenario.substance_use, population.everybody()));
}

/// What follows from the population at hour 0.
void settle(Population& population) {
  population.scales = scales_of(*population.model);
  population.model->set_scales(population.scales);
  note_isolation(population);
  population.tone_tercile =
      conditions::terciles({population.model->people().tone.begin(), population.model->people().tone.end()});
}

void visit(network::Graph& graph, State& state) {
  state("people", graph.people);
  state("community", graph.community);
  state("ids", graph.ids);
}

}  // namespace

Population new_population(const Scenario& scenario, WorldKey world) {
  Population population;
  population.world = world;
  Society society = make_society(scenario, world);
  population.graph = std::move(society.graph);
  population.import = std::move(society.import);
  population.columns = std::move(society.columns);
  population.column_notes = std::move(society.column_notes);
  population.warnings = std::move(society.warnings);
  check_interrupt();
  population.ties = std::make_unique<const network::Ties>(population.graph);
  std::vector<network::Edge>().swap(population.graph.edges);
  draw_people(scenario, population);
  begin_use(scenario, population);
  if (population.next == 0) settle(population);
  return population;
}

bool burn_in(Population& population, const std::string& replay, const Progress& progress,
             const std::function<bool()>& goes_on) {
  if (population.next == 0) return true;
  Model& model = *population.model;
  const Tick all = model.clock().tick_at(model.scenario().time.burn_in);
  const bool has_ended = model.run(population.next, 0, replay, [&](Tick tick) {
    population.next = tick + 1;
    if (progress) progress(static_cast<double>(population.next + all) / static_cast<double>(all), "burn-in");
    return !goes_on || goes_on();
  });
  if (has_ended) settle(population);
  return has_ended;
}

Population make_population(const Scenario& scenario, WorldKey world, const std::string& replay,
                           const Progress& progress) {
  if (progress) progress(0.0, "network");
  Population population = new_population(scenario, world);
  burn_in(population, replay, progress);
  return population;
}

void write(Population& population, State& state) {
  visit(population.graph, state);
  const_cast<network::Ties&>(*population.ties).visit_as_made(state);  // a writer changes nothing
  state("warnings", population.warnings);
  state("next", population.next);
  state("model", *population.model);
}

Population read_population(const Scenario& scenario, WorldKey world, State& state) {
  Population population;
  population.world = world;
  Society society;
  visit(society.graph, state);
  auto ties = std::make_unique<network::Ties>(society.graph.people);
  ties->visit_as_made(state);
  population.ties = std::move(ties);
  join_people(scenario, society);
  population.graph = std::move(society.graph);
  population.columns = std::move(society.columns);
  population.column_notes = std::move(society.column_notes);
  draw_people(scenario, population);
  begin_use(scenario, population);
  state("warnings", population.warnings);
  state("next", population.next);
  state("model", *population.model);
  if (population.next == 0) settle(population);
  return population;
}

}  // namespace kith
