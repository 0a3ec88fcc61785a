#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/state.hpp"
#include "engine/variables_of.hpp"
#include "models/record/groups.hpp"

namespace kith {

/// `population`: measures by group over time.
TableSpec population_table(const Scenario& scenario, const std::vector<std::string>& groups);

/// What a row of `population` is made of.
struct PopulationNow;

/// Which variables a row of `population` has: all, or those of Trends.
enum class Measures { all, of_trends };

/// Fills rows of `population` for one study.
class PopulationRecorder {
 public:
  PopulationRecorder(const Population& population, std::vector<Group> groups, std::uint32_t replicate);
  /// The row of the model as it stands at `hours`; measures that are not asked for are empty.
  TableRow row(const Model& model, double hours, Measures measures);
  /// Takes over other members of the same groups, from the next row on.
  void regroup(std::vector<Group> groups) { groups_ = std::move(groups); }
  /// As of the last row.
  const people::Isolation& isolation() const { return isolation_ ? *isolation_ : population_->isolation(); }
  void visit(State& state) {
    state("last_hours", last_hours_);
    state("last_contacts", last_contacts_);
    state("last_calls", last_calls_);
  }

 private:
  /// Mean number a day since the last row, at which the counts were `last` [people]; takes over the counts of now.
  std::vector<float> per_day(const std::vector<std::uint32_t>& counts, double hours,
                             std::vector<std::uint32_t>& last) const;

  const Population* population_;
  std::vector<Group> groups_;
  std::uint32_t replicate_;
  VariablesOf<PopulationNow> variables_;
  std::optional<people::Isolation> isolation_;  // where ties live or events happen; made anew for each row
  double last_hours_ = 0.0;
  std::vector<std::uint32_t> last_contacts_, last_calls_;  // [people] so far at the last row
};

}  // namespace kith
