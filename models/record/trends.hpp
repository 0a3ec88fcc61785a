#pragma once

#include <array>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "core/state.hpp"
#include "engine/tables.hpp"

namespace kith {

/// How a variable went over a run. NaN where it never had a value.
struct Trend {
  double first = std::numeric_limits<double>::quiet_NaN();
  double last = first, least = first, most = first;
  double least_at = first, most_at = first;  ///< hours since the start

  /// Values that are not a number are passed over.
  void add(double value, double hours);
  void visit(State& state) {
    state("first", first);
    state("last", last);
    state("least", least);
    state("most", most);
    state("least_at", least_at);
    state("most_at", most_at);
  }
};

/// Trends of some variables of `population` by group, for the terminal.
class Trends {
 public:
  static constexpr std::array<std::string_view, 6> variables{"connection",   "positive_affect", "loneliness",
                                                             "lonely_share", "isolated_share",  "contacts_per_day"};

  Trends() = default;
  explicit Trends(const TableSpec& population);

  /// The next row of that table.
  void add(const TableRow& row);

  const std::vector<std::string>& groups() const { return groups_; }
  /// `variable` is one of those above; throws std::out_of_range for another.
  const Trend& of(std::string_view variable, std::size_t group) const;
  /// Time of the last row [h].
  double hours() const { return hours_; }
  void visit(State& state) {
    state("groups", groups_);
    state("columns", columns_);
    state("trends", trends_);
    state("hours", hours_);
  }

 private:
  std::vector<std::string> groups_;
  std::array<std::size_t, variables.size()> columns_{};  // of each variable in a row
  std::array<std::vector<Trend>, variables.size()> trends_;
  double hours_ = 0.0;
};

}  // namespace kith
