#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/partial_dependence.hpp"
#include "engine/report.hpp"
#include "io/result_file.hpp"
#include "sweep/design.hpp"

/// Outcomes of a merged sweep, and what they depend on.
namespace kith::cli {

/// One number a run, and where in its table it stands: "loving messages · naltrexone - placebo".
struct Outcome {
  std::string name;
  std::vector<double> of_run;  ///< [runs of the design]; NaN where there is none
  double by_chance = 0.0;      ///< variance between runs that is chance; 0 with one virtual study
};

/// The design that a merged file was made from; nothing for a file that is no merged sweep.
std::optional<sweep::Design> design_in(const io::ResultFile& file, const std::string& path);

/// The outcomes that vary between the runs, of those named TABLE.VARIABLE. Throws kith::Error(ErrorKind::usage) for one that is not there.
std::vector<Outcome> varying_outcomes(const io::ResultFile& file, const std::vector<std::string>& wanted);

/// How to name an outcome where one was named that is not there: the nearest, and what there is.
std::string outcome_advice(const std::string& wanted, const std::vector<std::string>& there);

/// What it depends on: Sobol indices (design: sobol) or elementary effects (design: morris); nothing for other designs.
std::optional<ReportTable> indices_table(const sweep::Design& design, const Outcome& outcome);
/// How the indices of a design are read; "" where it has none.
std::string indices_note(const sweep::Design& design);

/// A factor's values by run, as numbers; words count from 0 in the order in which they come, and stand in `words`.
struct FactorValues {
  std::vector<double> of_run;  ///< [runs]; NaN where there is none
  std::vector<std::string> words = {};

  /// What stands at a place: the word, or the number.
  std::string label(double place) const;
};
FactorValues values_of(const io::ResultFile& file, const sweep::Factor& factor, std::size_t runs);

/// How the outcome goes with each factor.
DependenceOf dependence_of(const io::ResultFile& file, const sweep::Design& design, const Outcome& outcome);
/// How to read that.
extern const char* const dependence_note;

}  // namespace kith::cli
