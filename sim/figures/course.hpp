#pragma once

#include <optional>
#include <string>
#include <vector>

#include "figures/definition.hpp"
#include "figures/figure.hpp"
#include "figures/grid.hpp"
#include "plot/chart.hpp"

/// What figures over time have in common.
namespace kith::figures {

/// Values of one variable by time and group: means over rows that are shown as one, and over replicates.
class Course {
 public:
  /// `curves`: how many share a drawing, which bounds the points of each. The grid and `mean_of` outlive it.
  Course(const Grid& grid, const Definition& definition, const MeanOf& mean_of, std::size_t curves);

  std::size_t groups() const { return grid_.sizes.size() > 2 ? grid_.sizes[2] : 1; }
  std::size_t rows() const { return (grid_.sizes[1] + rows_in_one_ - 1) / rows_in_one_; }
  std::size_t rows_in_one() const { return rows_in_one_; }
  std::size_t replicates() const { return grid_.sizes[0]; }

  std::string name(std::size_t group) const;
  /// Of all groups.
  std::vector<std::string> names() const;
  /// Of the middle of the rows that are shown as one [d].
  double day(std::size_t row) const;
  /// Over the replicates that have a number; NaN where none has. The limits of a share are shares: 0 to 100 %.
  Mean mean(std::size_t row, std::size_t group) const;
  /// The means of a group, with their intervals as a band where there are any.
  plot::Curve curve(std::size_t group, const std::string& name) const;

 private:
  double of_one(std::size_t replicate, std::size_t row, std::size_t group) const;

  const Grid& grid_;
  double scale_;
  bool is_share_;
  const MeanOf& mean_of_;
  std::size_t rows_in_one_ = 1;
};

/// The variable of the definition by time, from the table with `suffix` after its name; nothing where the result has none.
std::optional<Grid> course_grid(const io::ResultFile& result, const Definition& definition,
                                const std::string& suffix = "");
/// Whether any value is other than 0.
bool is_something(const Grid& grid);

/// A chart of the definition without curves.
plot::Chart chart_over_time(const Definition& definition, const std::string& title, std::string band_name,
                            std::size_t number);
/// Axes over all that is drawn in any of the charts, so that these can be compared. Bands are cut where they go far beyond all
/// curves, below 0 where no curve does, or above 100 where percentages are drawn; gives whether any is.
bool set_axes(std::vector<plot::Chart>& charts);
/// The note for that.
extern const char* const cut_note;
/// Where each curve begins and ends, in words.
std::string description_over_time(const plot::Chart& chart);

}  // namespace kith::figures
