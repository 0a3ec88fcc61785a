#pragma once

#include "engine/report.hpp"
#include "engine/tables.hpp"
#include "models/evidence/scoreboard.hpp"

/// What is shown and kept of a matrix of experiments and theories.
namespace kith::evidence {

/// Verdicts by role, scores, differences of scores; with `does_recover`, how often data of each theory are told from the others'.
Report evidence_report(const Matrix& matrix, bool does_recover);

/// One row a cell, with all numbers, for programs.
ReportTable cell_table(const Matrix& matrix);

/// "inagaki_2016 lab_connection"
std::string label(const Experiment& experiment, const ExpectedOutcome& outcome);
/// "lower (< −0.1)", "none (±0.1)", "−0.32 ± 0.23"
std::string published(const ExpectedOutcome& outcome);

/// The table `evidence`: everything by outcome and theory. Declares it and writes it.
void write_evidence(const Matrix& matrix, Sink& sink);

}  // namespace kith::evidence
