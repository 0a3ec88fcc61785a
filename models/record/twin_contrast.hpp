#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/state.hpp"
#include "models/record/population.hpp"
#include "models/record/trends.hpp"

namespace kith {

/// Mean differences between a world and its twin over time.
struct ContrastMeans {
  std::vector<std::string> groups;
  std::vector<std::vector<double>> means;  ///< [Trends::variables][groups]; NaN for a group of nobody

  /// `variable` is one of Trends::variables; throws std::out_of_range for another.
  double of(std::string_view variable, std::size_t group) const;
  void visit(State& state) {
    state("groups", groups);
    state("means", means);
  }
};

/// `against_twin`: how groups of people fare in the treated world against the same people in the twin world without drug. For
/// people whom nobody treats the difference is spill-over.
class TwinContrast {
 public:
  /// Of one row [Trends::variables][groups].
  using Differences = std::vector<std::vector<float>>;

  TwinContrast(const Population& population, std::vector<Group> groups, std::uint32_t replicate);
  static TableSpec table(const Scenario& scenario, const std::vector<std::string>& groups);

  /// Takes over other members of the same groups, from the next row of the treated world on.
  void regroup(std::vector<Group> groups);
  /// Keeps a row of `population`, of the treated world.
  void keep(const TableRow& row);
  /// The row at the same time as the next one kept, from the twin world as it stands then.
  TableRow against(const Model& twin, double hours);

  /// What the rows after the start came to.
  ContrastMeans means() const;

  void visit(State& state);

 private:
  /// A row of the treated world.
  struct Kept {
    std::size_t membership = 0;
    std::vector<std::vector<float>> values;  // [Trends::variables][groups]
    void visit(State& state) {
      state("membership", membership);
      state("values", values);
    }
  };
  struct Total {
    double sum = 0.0, rows = 0.0;
    void visit(State& state) {
      state("sum", sum);
      state("rows", rows);
    }
  };
  std::vector<std::vector<float>> values_of(const TableRow& row) const;
  std::vector<Group> members(std::size_t membership) const;

  std::vector<std::string> names_;    // of the groups
  std::vector<bool> is_everybody_;    // [groups]
  std::vector<std::size_t> columns_;  // of Trends::variables in a row of `population`
  std::uint32_t replicate_;
  VariablesOf<Differences> variables_;
  PopulationRecorder twin_;
  std::vector<std::vector<std::vector<PersonId>>> memberships_;  // [versions][groups] members
  std::vector<Kept> kept_;
  std::size_t next_ = 0;                    // row of the twin
  std::vector<std::vector<Total>> totals_;  // [Trends::variables][groups]
};

}  // namespace kith
