#include "models/record/network.hpp"

#include <algorithm>
#include <numeric>

#include "engine/variables_of.hpp"
#include "models/record/dimensions.hpp"

namespace kith {
namespace {

/// A tie as seen from one of its ends.
struct End {
  PersonId other;
  TieId tie;
};

struct Rows {
  const Population& population;
  std::vector<End> ends;              // by person, then by the person at the other end
  std::vector<std::int64_t> offsets;  // [people + 1]

  const network::Ties& ties() const { return population.model->ties(); }
};

Rows rows_of(const Population& population) {
  Rows rows{population, {}, {0}};
  const network::Ties& ties = rows.ties();
  for (PersonId p = 0; p < ties.people(); ++p) {
    const auto first = static_cast<std::ptrdiff_t>(rows.ends.size());
    ties.for_each(p, [&](PersonId other, TieId tie) { rows.ends.push_back({other, tie}); });
    std::sort(rows.ends.begin() + first, rows.ends.end(),
              [](const End& a, const End& b) { return std::pair(a.other, a.tie) < std::pair(b.other, b.tie); });
    rows.offsets.push_back(static_cast<std::int64_t>(rows.ends.size()));
  }
  return rows;
}

VariablesOf<Rows> variables() {
  VariablesOf<Rows> all;
  all.add("offsets", "1", "first tie end of each person", {"bound"}, [](const Rows& rows) { return rows.offsets; });
  all.add("targets", "1", "index of the person at the other end", {"end"}, [](const Rows& rows) {
    return each(rows.ends, [](const End& end) { return static_cast<std::int32_t>(end.other); });
  });
  all.add("closeness", "1", "closeness of the tie, 0 to 1", {"end"}, [](const Rows& rows) {
    return each(rows.ends, [&](const End& end) { return rows.ties().closeness(end.tie); });
  });
  all.add(
      "kind", "1", "kind of the tie", {"end"},
      [](const Rows& rows) {
        return each(rows.ends, [&](const End& end) { return static_cast<std::int8_t>(rows.ties().kind(end.tie)); });
      },
      tie_kinds());
  all.add("community", "1", "community of the person; -1 where none is known", {"person"}, [](const Rows& rows) {
    const network::Graph& graph = rows.population.graph;
    std::vector<std::int32_t> community(graph.community.begin(), graph.community.end());
    if (community.empty()) community.assign(graph.people, -1);
    return community;
  });
  all.add("isolation_score", "1", "score of a scale like LSNS-6, 0 to 30", {"person"}, [](const Rows& rows) {
    const auto& score = rows.population.isolation().score;
    return std::vector<std::int32_t>(score.begin(), score.end());
  });
  return all;
}

}  // namespace

TableSpec network_table(const Population& population) {
  const std::uint32_t people = population.graph.people;
  const auto count_from_zero = [](std::size_t n) {
    std::vector<std::int64_t> values(n);
    std::iota(values.begin(), values.end(), std::int64_t{0});
    return values;
  };
  TableSpec table;
  table.name = "network";
  table.long_name =
      "the network at the start (of replicate 0 where each has its own) as compressed rows: the ties of person p are "
      "offsets[p] to offsets[p + 1] - 1";
  table.dimensions = {person_dimension(population),
                      {"bound", "person index, one more than people", "", count_from_zero(people + 1UL)},
                      {"end", "index of a tie as seen from one of its two ends", "",
                       count_from_zero(2UL * population.model->ties().count())}};
  return variables().in(std::move(table));
}

TableRow network_row(const Population& population) { return variables().row("network", 0, 0.0, rows_of(population)); }

}  // namespace kith
