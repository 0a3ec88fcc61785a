#include "figures/figure.hpp"

#include <fmt/format.h>

#include <set>

#include "figures/charts.hpp"
#include "figures/grid.hpp"
#include "figures/side_by_side.hpp"

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
  std::vector<std::string> suffixes{""};
  for (const Side& side : theories_of(result)) suffixes.push_back(side.suffix);
  for (const std::string& table : tables) {
    for (const std::string& suffix : suffixes) {
      if (has_table(result, table + suffix)) result.check(table + suffix);
    }
  }
}

Drawn draw(const io::ResultFile& result, const Definition& definition, const MeanOf& mean_of) {
  if (const std::vector<Side> theories = theories_of(result); !theories.empty()) {
    if (definition.kind == Kind::over_time) return draw_side_by_side(theories, definition, {}, mean_of);
    if (definition.kind == Kind::forest) return draw_effects_side_by_side(theories, definition);
    return missing("This result holds runs under several theories; it is drawn of a result under one.");
  }
  if (!has_table(result, definition.table) && (definition.further.empty() || !has_table(result, definition.further)))
    return missing(fmt::format("This result has no table \"{}\"{}.", definition.table,
                               definition.needs.empty() ? "" : "; that needs " + definition.needs));
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
