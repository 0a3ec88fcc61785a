#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "models/evidence/experiments.hpp"
#include "models/trials/analysis/statistics.hpp"

/// How theories fare over many experiments (ODD 7.11).
namespace kith::evidence {

/// Scores by people: the mean over the outcomes of the same people, so that they count once.
struct PeopleScores {
  std::string people;
  std::vector<std::optional<Score>> by_theory;  ///< [theories]; nothing where an outcome failed or cannot be run
};

/// Of the experiments in this role; who has no outcome that can be expressed is left out.
std::vector<PeopleScores> scores_by_people(const Matrix& matrix, Role role);

/// A sum over people with its 95 % interval: n times the mean and its t-interval; NaN limits for fewer than two.
struct Total {
  std::size_t people = 0;
  double sum = 0.0;
  double standard_error = 0.0;
  double low = 0.0, high = 0.0;
};
Total total(const std::vector<double>& scores);

/// Sum of the log scores of a theory.
Total total_of(const std::vector<PeopleScores>& scores, std::size_t theory);
/// Sum of the differences of log scores, `theory` minus `other`, over the people who have both.
Total difference_of(const std::vector<PeopleScores>& scores, std::size_t theory, std::size_t other);

/// How often, of data that each theory made, each theory has the greatest sum of log scores: [true theory][theory], rows add up to 1.
/// A set of data takes one virtual study of every experiment, told as the published one was; theories that tie share it.
/// `only`: experiments in this role; nothing: all. Empty where some cell was not run.
std::vector<std::vector<double>> recovery(const Matrix& matrix, std::optional<Role> only);

/// Random-effects mean of studies with their standard errors, by DerSimonian & Laird (1986).
struct PooledEffect {
  double estimate = 0.0, standard_error = 0.0;
  double low = 0.0, high = 0.0;  ///< 95 % (normal)
  double tau_squared = 0.0;      ///< variance between studies
};
PooledEffect pooled(const std::vector<double>& effects, const std::vector<double>& standard_errors);

/// Pooled prediction of a theory over the outcomes that say so, with the standard deviation of one study as its error; nothing where
/// there are none, or one failed.
std::optional<PooledEffect> pooled_of(const Matrix& matrix, std::size_t theory);

/// How many parameters a theory has, by what they rest on. `own`: keys that somebody fitted besides what ships.
struct Parameters {
  std::size_t fitted = 0;
  std::size_t assumed = 0;
};
Parameters parameters_of(const std::string& theory, const std::set<std::string>& own = {});

}  // namespace kith::evidence
