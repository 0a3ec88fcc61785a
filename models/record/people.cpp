#include "models/record/people.hpp"

#include <algorithm>

#include "engine/variables_of.hpp"
#include "models/record/dimensions.hpp"
#include "models/record/state_column.hpp"

namespace kith {
namespace {

struct Sampled {
  const people::People& people;
  const std::vector<PersonId>& sample;
};

/// Every column of state.
VariablesOf<Sampled> variables(const people::People& people) {
  VariablesOf<Sampled> all;
  people::People::visit(people, [&](const ColumnInfo& info, const auto&) {
    const std::string name(info.name);
    all.add(name, std::string(info.unit), std::string(info.doc), {"replicate", "time", "person"},
            [name](const Sampled& sampled) {
              std::vector<float> values;
              with_column(sampled.people, name, [&](const auto& column) {
                values = each(sampled.sample, [&](PersonId p) { return static_cast<float>(column[p]); });
              });
              return values;
            });
  });
  return all;
}

}  // namespace

std::vector<PersonId> sample_people(const Scenario& scenario, std::uint32_t people, WorldKey world) {
  std::vector<std::pair<std::uint32_t, PersonId>> order(people);
  const Draws draws(world, "people recorded");
  for (PersonId p = 0; p < people; ++p) order[p] = {draws.at(p, 0)(), p};
  const std::size_t count = std::min<std::size_t>(scenario.record.people, people);
  std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(count), order.end());
  std::vector<PersonId> sample(count);
  std::transform(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(count), sample.begin(),
                 [](const auto& entry) { return entry.second; });
  std::sort(sample.begin(), sample.end());
  return sample;
}

TableSpec people_table(const Scenario& scenario, const Population& population, const std::vector<PersonId>& sample) {
  TableSpec table;
  table.name = "people";
  table.long_name = "state of single people over time";
  table.growing = "time";
  table.compress = false;
  table.dimensions = {replicate_dimension(scenario.replicates),
                      time_dimension(),
                      {"person", "id of the person", "",
                       each(sample, [&](PersonId p) { return network::id_of(population.graph, p); })}};
  return variables(population.model->people()).in(std::move(table));
}

TableRow people_row(const Model& model, const std::vector<PersonId>& sample, std::uint32_t replicate, double hours) {
  return variables(model.people()).row("people", replicate, hours, {model.people(), sample});
}

}  // namespace kith
