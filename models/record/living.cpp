#include "models/record/living.hpp"

#include <array>
#include <string>

#include "models/record/group_mean.hpp"
#include "network/components.hpp"

namespace kith {
namespace {

/// Changes that the table counts; the three ends count as one.
constexpr std::array<std::array<const char*, 3>, 4> changes{
    {{"ties_began", "mean number of ties that began", "in the layer where they began"},
     {"ties_ended", "mean number of ties that ended", "in the layer where they were"},
     {"ties_closer", "mean number of ties that became closer", "in the layer where they came"},
     {"ties_looser", "mean number of ties that became looser", "in the layer where they came"}}};
constexpr std::size_t nothing = changes.size();

std::size_t change_of(network::TieChange what) {
  if (network::is_end(what)) return 1;
  if (what == network::TieChange::began) return 0;
  if (what == network::TieChange::closer) return 2;
  return what == network::TieChange::looser ? 3 : nothing;
}

}  // namespace

void add_living_variables(TableSpec& table) {
  for (const auto& [name, counted, where] : changes) {
    table.variables.push_back({name,
                               "1",
                               std::string(counted) + " since the last row, " + where,
                               ValueType::float32,
                               {"replicate", "time", "group", "layer"}});
  }
  table.variables.push_back({"in_largest_component",
                             "1",
                             "share of people in the largest connected component",
                             ValueType::float32,
                             {"replicate", "time", "group"}});
  table.variables.push_back(
      {"components", "1", "connected components of the whole network", ValueType::int32, {"replicate", "time"}});
}

void append_living_values(const bonds::LivingNetwork& living, const std::vector<Group>& groups, TableRow& row) {
  const std::uint32_t people = living.ties().people();
  using OfPerson = std::array<std::uint16_t, people::layer_count>;
  std::array<std::vector<OfPerson>, changes.size()> counts;
  for (auto& count : counts) count.resize(people);
  for (const network::TieEvent& event : living.events()) {
    const std::size_t change = change_of(event.what);
    if (change == nothing) continue;
    const std::size_t layer = people::layer_of(event.closeness);
    ++counts[change][event.a][layer];
    ++counts[change][event.b][layer];
  }
  for (const auto& count : counts) {
    std::vector<float> values;
    for (const Group& group : groups) {
      for (std::size_t layer = 0; layer < people::layer_count; ++layer) {
        values.push_back(static_cast<float>(
            mean_over(group, people, [&](PersonId p) { return static_cast<double>(count[p][layer]); })));
      }
    }
    row.values.emplace_back(std::move(values));
  }
  const network::Components components = network::components(living.ties());
  std::vector<float> shares;
  for (const Group& group : groups) {
    shares.push_back(static_cast<float>(
        mean_over(group, people, [&](PersonId p) { return components.of[p] == components.largest ? 1.0 : 0.0; })));
  }
  row.values.emplace_back(std::move(shares));
  row.values.emplace_back(std::vector<std::int32_t>{static_cast<std::int32_t>(components.count)});
}

}  // namespace kith
