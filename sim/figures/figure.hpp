#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/report.hpp"
#include "figures/definition.hpp"
#include "io/result_file.hpp"
#include "plot/drawing.hpp"

namespace kith::figures {

/// What is shown at most, whatever the size of a run.
inline constexpr std::size_t most_points = 2000;  ///< of a drawing
inline constexpr std::size_t most_rows = 500;     ///< of a table
inline constexpr std::size_t most_curves = 6;     ///< of a drawing: as many as there are colours

struct Figure {
  std::string name, title, reading;
  std::vector<plot::Drawing> drawings;  ///< one, or one a family of groups
  ReportTable table;                    ///< what is drawn, as numbers
  std::vector<std::string> notes;       ///< what was averaged or left out
};

/// A figure, or why this result has none: one sentence.
struct Drawn {
  std::optional<Figure> figure;
  std::string missing;
};

/// A mean and the limits of its 95 % interval; NaN where there are too few numbers.
struct Mean {
  double mean, low, high;
};
using MeanOf = std::function<Mean(std::span<const double>)>;

Subject subject_of(const io::ResultFile& result);

/// Compares every table from which these are drawn with its checksum. Throws kith::Error(ErrorKind::damaged).
void check_tables(const io::ResultFile& result, const std::vector<Definition>& definitions);

/// Draws a figure of what the result holds.
Drawn draw(const io::ResultFile& result, const Definition& definition, const MeanOf& mean_of);

}  // namespace kith::figures
