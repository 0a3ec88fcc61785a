#include "models/trials/analysis/adjusted.hpp"

#include <algorithm>
#include <cmath>

#include "models/trials/analysis/least_squares.hpp"

namespace kith::trials {
namespace {

enum class CarryOver { left_out, included };

/// Places of regressors: periods after the first, arms but the reference, then what each of those arms leaves behind.
struct Regressors {
  std::size_t periods;
  std::vector<std::size_t> arms;  // but the reference
  CarryOver carry_over;

  Regressors(const Trial& trial, CarryOver with) : periods(trial.periods()), carry_over(with) {
    for (std::size_t arm = 0; arm < trial.arms.size(); ++arm) {
      if (arm != trial.reference) arms.push_back(arm);
    }
  }
  std::size_t last_period() const { return periods - 2; }
  std::size_t of_arm(std::size_t arm) const {
    return periods - 1 + static_cast<std::size_t>(std::find(arms.begin(), arms.end(), arm) - arms.begin());
  }
  std::size_t after_arm(std::size_t arm) const { return of_arm(arm) + arms.size(); }

  std::vector<double> values(const std::vector<std::size_t>& sequence, std::size_t period,
                             std::size_t reference) const {
    std::vector<double> row(periods - 1 + arms.size() * (carry_over == CarryOver::included ? 2 : 1));
    if (period > 0) row[period - 1] = 1.0;
    if (sequence[period] != reference) row[of_arm(sequence[period])] = 1.0;
    if (carry_over == CarryOver::included && period > 0 && sequence[period - 1] != reference)
      row[after_arm(sequence[period - 1])] = 1.0;
    return row;
  }
};

std::vector<Term> fit(const std::vector<std::vector<double>>& means, const Trial& trial,
                      const std::vector<Participant>& participants, const Regressors& regressors) {
  std::vector<Observation> observations;
  for (std::size_t i = 0; i < participants.size(); ++i) {
    if (participants[i].leaves) continue;
    const auto& sequence = trial.sequences[participants[i].sequence].arms;
    for (std::size_t period = 0; period < sequence.size(); ++period) {
      if (!std::isfinite(means[i][period])) continue;
      observations.push_back({static_cast<std::uint32_t>(i), participants[i].cluster, means[i][period],
                              regressors.values(sequence, period, trial.reference)});
    }
  }
  return within_people(observations);
}

/// Totals over both periods of those who went through `first` and then `second`.
std::vector<double> totals(const std::vector<std::vector<double>>& means, const Trial& trial,
                           const std::vector<Participant>& participants, std::size_t first, std::size_t second) {
  std::vector<double> result;
  for (std::size_t i = 0; i < participants.size(); ++i) {
    const auto& sequence = trial.sequences[participants[i].sequence].arms;
    if (participants[i].leaves || sequence[0] != first || sequence[1] != second) continue;
    const double total = means[i][0] + means[i][1];
    if (std::isfinite(total)) result.push_back(total);
  }
  return result;
}

}  // namespace

Adjusted adjust(const std::vector<std::vector<double>>& means, const Trial& trial,
                const std::vector<Participant>& participants, std::size_t arm) {
  Adjusted result{no_term(), no_term(), no_term()};
  if (trial.periods() < 2) return result;
  const Regressors plain(trial, CarryOver::left_out);
  const std::vector<Term> terms = fit(means, trial, participants, plain);
  // Where an arm follows from the period, neither has an effect of its own.
  if (terms.empty() || std::isnan(terms[plain.of_arm(arm)].estimate)) return result;
  result.treatment = terms[plain.of_arm(arm)];
  result.period = terms[plain.last_period()];
  if (trial.periods() == 2) {
    result.carry_over = pooled_difference(totals(means, trial, participants, arm, trial.reference),
                                          totals(means, trial, participants, trial.reference, arm));
    return result;
  }
  const Regressors with(trial, CarryOver::included);
  const std::vector<Term> more = fit(means, trial, participants, with);
  const bool is_told_apart = !std::isnan(more[with.of_arm(arm)].estimate);
  if (is_told_apart) result.carry_over = more[with.after_arm(arm)];
  return result;
}

}  // namespace kith::trials
