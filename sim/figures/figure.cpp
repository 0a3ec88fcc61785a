#include "figures/figure.hpp"

#include <set>

#include "figures/charts.hpp"
#include "figures/grid.hpp"

namespace kith::figures {

Figure begun(const Definition& definition) {
  return {.name = definition.name,
          .title = definition.title,
          .reading = definition.reading,
          .drawings = {},
          .table = {},
          .notes = {}};
}

Drawn missing(std::string sentence) { return {.figure = std::nullopt, .missing = std::move(sentence)}; }

Subject subject_of(const io::ResultFile& result) {
  return has_table(result, "evidence") ? Subject::experiments : Subject::run;
}

void check_tables(const io::ResultFile& result, const std::vector<Definition>& definitions) {
  std::set<std::string> tables{"effects", "effects_pooled", "flow", "participants"};
  for (const Definition& definition : definitions) tables.insert({definition.table, definition.further});
  for (const std::string& table : tables) {
    if (has_table(result, table)) result.check(table);
  }
}

Drawn draw(const io::ResultFile& result, const Definition& definition, const MeanOf& mean_of) {
  if (!has_table(result, definition.table) && (definition.further.empty() || !has_table(result, definition.further)))
    return missing("This result has no table \"" + definition.table + "\".");
  switch (definition.kind) {
    case Kind::over_time:
      return draw_over_time(result, definition, mean_of);
    case Kind::paired:
      return draw_paired(result, definition);
    case Kind::flow:
      return draw_flow(result, definition);
    case Kind::survival:
      return draw_survival(result, definition);
    case Kind::response:
      return draw_response(result, definition, mean_of);
    case Kind::changes:
      return draw_changes(result, definition);
    case Kind::paths:
      return draw_paths(result, definition, mean_of);
    case Kind::network:
      return draw_network(result, definition);
    case Kind::forest:
      return draw_forest(result, definition);
    case Kind::experiments:
      return draw_experiments(result, definition);
  }
  return missing("");
}

}  // namespace kith::figures
