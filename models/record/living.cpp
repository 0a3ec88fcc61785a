#include "models/record/living.hpp"

#include <optional>
#include <string>

#include "models/record/group_mean.hpp"
#include "models/record/population_now.hpp"

namespace kith {
namespace {

std::optional<CountedChange> change_of(network::TieChange what) {
  if (network::is_end(what)) return CountedChange::ended;
  if (what == network::TieChange::began) return CountedChange::began;
  if (what == network::TieChange::closer) return CountedChange::closer;
  if (what == network::TieChange::looser) return CountedChange::looser;
  return {};
}

}  // namespace

LivingNow living_now(const bonds::LivingNetwork& living) {
  LivingNow now;
  for (const network::TieEvent& event : living.events()) {
    const auto change = change_of(event.what);
    if (!change) continue;
    auto& counts = now.changes[static_cast<std::size_t>(*change)];
    counts.resize(living.ties().people());
    const std::size_t layer = people::layer_of(event.closeness);
    ++counts[event.a][layer];
    ++counts[event.b][layer];
  }
  now.components = network::components(living.ties());
  return now;
}

void add_living_variables(VariablesOf<PopulationNow>& all) {
  const std::vector<std::string> by_layer{"replicate", "time", "group", "layer"};
  const auto add = [&](const char* name, const char* counted, const char* where, CountedChange change) {
    all.add(name, "1", std::string(counted) + " since the last row, " + where, by_layer,
            [change](const PopulationNow& now) {
              const auto& counts = now.living->changes[static_cast<std::size_t>(change)];
              if (counts.empty()) return layer_means_over(now.groups, 1, [](PersonId, std::size_t) { return 0; });
              return layer_means_over(now.groups, now.people().count,
                                      [&](PersonId p, std::size_t layer) { return counts[p][layer]; });
            });
  };
  add("ties_began", "mean number of ties that began", "in the layer where they began", CountedChange::began);
  add("ties_ended", "mean number of ties that ended", "in the layer where they were", CountedChange::ended);
  add("ties_closer", "mean number of ties that became closer", "in the layer where they came", CountedChange::closer);
  add("ties_looser", "mean number of ties that became looser", "in the layer where they came", CountedChange::looser);
  all.add("in_largest_component", "1", "share of people in the largest connected component",
          {"replicate", "time", "group"}, [](const PopulationNow& now) {
            const network::Components& components = now.living->components;
            return means_over(now.groups, now.people().count,
                              [&](PersonId p) { return components.of[p] == components.largest ? 1.0 : 0.0; });
          });
  all.add("components", "1", "connected components of the whole network", {"replicate", "time"},
          [](const PopulationNow& now) {
            return std::vector<std::int32_t>{static_cast<std::int32_t>(now.living->components.count)};
          });
}

}  // namespace kith
