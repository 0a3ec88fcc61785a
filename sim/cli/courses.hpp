#pragma once

#include <cstddef>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "engine/tables.hpp"
#include "figures/definition.hpp"

namespace kith::cli {

/// What a run writes of some variables over time, seen on its way to the sink that keeps it: means over the virtual studies that have come
/// so far, for each group. Any thread may write.
class Courses : public Sink {
 public:
  /// `shown`: figures of the kind over_time; others are left out. `kept` gets everything, and outlives this.
  Courses(const std::vector<figures::Definition>& shown, Sink& kept);
  void declare(const TableSpec& spec) override;
  void write(TableRow row) override;

  struct Course {
    std::string title;                              ///< of the figure
    std::string group;                              ///< "all", "arm: naltrexone"
    int digits = 3;                                 ///< after the point
    std::vector<std::pair<double, double>> points;  ///< [h] since the start, ascending, and the mean
  };
  /// All that there is, figure by figure, in the order of the groups.
  std::vector<Course> courses() const;
  /// How many rows have been seen, and of how many virtual studies.
  struct Counts {
    std::size_t rows = 0, studies = 0;
  };
  Counts counts() const;

 private:
  /// Sums in parts of the time, which get longer with it, so that memory does not grow.
  class Parts {
   public:
    void add(double hours, double value);
    std::vector<std::pair<double, double>> means() const;

   private:
    struct Sum {
      double hours = 0.0, value = 0.0;
      std::size_t count = 0;
    };
    std::size_t part_of(double hours) const;

    double width_ = 0.0;          ///< [h] of a part; 0: each time is one
    std::map<double, Sum> sums_;  ///< by the begin of the part
  };

  /// A variable of a table and what is known of its groups.
  struct Shown {
    figures::Definition definition;
    std::size_t variable = 0;  ///< its place in the row; npos where the table has none such
    std::vector<std::string> groups;
    std::vector<Parts> parts;  ///< [groups]
  };

  Sink* kept_;
  mutable std::mutex mutex_;
  std::vector<Shown> shown_;
  std::map<std::uint32_t, std::size_t> rows_;  ///< by virtual study
};

/// "▁▃▅█": the values in order in at most `width` characters, from the least to the greatest; a value in between stands for its
/// neighbours.
std::string sparkline(const std::vector<std::pair<double, double>>& points, std::size_t width);

/// A line a group: for the first two figures a sparkline and the last value each. "" where nothing was seen. `width`: of a line.
std::string sparklines(const std::vector<Courses::Course>& courses, std::size_t width);

}  // namespace kith::cli
