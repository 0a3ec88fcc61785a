#include "models/evidence/scoreboard.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "models/theories/theory.hpp"

namespace kith::evidence {
namespace {

constexpr double limit_95 = 1.959963984540054;

/// Everything measured in the same people: outcomes of one or several experiments, with their cells [theories].
struct Block {
  std::string people;
  std::vector<std::pair<const ExpectedOutcome*, const std::vector<Judged>*>> outcomes;
};

/// By people, in the order in which they come; without what cannot be expressed.
std::vector<Block> blocks_of(const Matrix& matrix, std::optional<Role> only) {
  std::vector<Block> blocks;
  for (const Experiment& experiment : matrix.experiments) {
    const Expectation& expected = experiment.expected;
    if (only && expected.role != *only) continue;
    for (std::size_t o = 0; o < expected.outcomes.size(); ++o) {
      if (!expected.outcomes[o].cannot_express.empty()) continue;
      auto block = std::find_if(blocks.begin(), blocks.end(),
                                [&](const Block& known) { return known.people == expected.people; });
      if (block == blocks.end()) block = blocks.insert(blocks.end(), {expected.people, {}});
      block->outcomes.emplace_back(&expected.outcomes[o], &experiment.cells[o]);
    }
  }
  return blocks;
}

std::optional<Score> mean_score(const Block& block, std::size_t theory) {
  Score mean;
  const double share = 1.0 / static_cast<double>(block.outcomes.size());
  for (const auto& [outcome, cells] : block.outcomes) {
    const Judged& cell = (*cells)[theory];
    if (!cell.is_run()) return std::nullopt;
    mean.log += share * cell.score.log;
    mean.crps += share * cell.score.crps;
  }
  return mean;
}

/// Sum over people of the mean log score that a theory has for data that another one made.
double log_score_of_data(const std::vector<Block>& blocks, std::size_t maker, std::size_t data, std::size_t theory) {
  double sum = 0.0;
  for (const Block& block : blocks) {
    double mean = 0.0;
    for (const auto& [outcome, cells] : block.outcomes) {
      const std::vector<double>& effects = (*cells)[maker].effects;
      mean += score_of_study(*outcome, (*cells)[theory].predicted, effects[data % effects.size()]).log;
    }
    sum += mean / static_cast<double>(block.outcomes.size());
  }
  return sum;
}

}  // namespace

std::vector<PeopleScores> scores_by_people(const Matrix& matrix, Role role) {
  std::vector<PeopleScores> all;
  for (const Block& block : blocks_of(matrix, role)) {
    all.push_back({block.people, {}});
    for (std::size_t k = 0; k < matrix.theories.size(); ++k) all.back().by_theory.push_back(mean_score(block, k));
  }
  return all;
}

Total total(const std::vector<double>& scores) {
  const trials::Mean mean = trials::mean_with_interval(scores);
  const auto n = static_cast<double>(scores.size());
  double squares = 0.0;
  for (const double score : scores) squares += (score - mean.mean) * (score - mean.mean);
  return {.people = scores.size(),
          .sum = std::accumulate(scores.begin(), scores.end(), 0.0),
          .standard_error = std::sqrt(n * squares / (n - 1.0)),
          .low = n * mean.low,
          .high = n * mean.high};
}

Total total_of(const std::vector<PeopleScores>& scores, std::size_t theory) {
  std::vector<double> logs;
  for (const PeopleScores& people : scores) {
    if (people.by_theory[theory]) logs.push_back(people.by_theory[theory]->log);
  }
  return total(logs);
}

Total difference_of(const std::vector<PeopleScores>& scores, std::size_t theory, std::size_t other) {
  std::vector<double> differences;
  for (const PeopleScores& people : scores) {
    const auto& a = people.by_theory[theory];
    const auto& b = people.by_theory[other];
    if (a && b) differences.push_back(a->log - b->log);
  }
  return total(differences);
}

std::vector<std::vector<double>> recovery(const Matrix& matrix, std::optional<Role> only) {
  constexpr double tie = 1e-9;
  const std::vector<Block> blocks = blocks_of(matrix, only);
  std::size_t sets = 0;
  for (const Block& block : blocks) {
    for (const auto& [outcome, cells] : block.outcomes) {
      for (const Judged& cell : *cells) {
        if (!cell.is_run()) return {};
        sets = std::max(sets, cell.effects.size());
      }
    }
  }
  const std::size_t theories = matrix.theories.size();
  std::vector<std::vector<double>> confusion;
  for (std::size_t maker = 0; sets > 0 && maker < theories; ++maker) {
    confusion.emplace_back(theories, 0.0);
    for (std::size_t data = 0; data < sets; ++data) {
      std::vector<double> scores;
      for (std::size_t k = 0; k < theories; ++k) scores.push_back(log_score_of_data(blocks, maker, data, k));
      const double best = *std::max_element(scores.begin(), scores.end());
      const auto is_best = [&](double score) { return score >= best - tie; };
      const auto winners = static_cast<double>(std::count_if(scores.begin(), scores.end(), is_best));
      for (std::size_t k = 0; k < theories; ++k) {
        if (is_best(scores[k])) confusion.back()[k] += 1.0 / (winners * static_cast<double>(sets));
      }
    }
  }
  return confusion;
}

PooledEffect pooled(const std::vector<double>& effects, const std::vector<double>& standard_errors) {
  const std::size_t n = effects.size();
  double weight = 0.0;
  double weight_squared = 0.0;
  double weighted = 0.0;
  for (std::size_t i = 0; i < n; ++i) {
    const double w = 1.0 / (standard_errors[i] * standard_errors[i]);
    weight += w;
    weight_squared += w * w;
    weighted += w * effects[i];
  }
  double q = 0.0;
  for (std::size_t i = 0; i < n; ++i) {
    const double z = (effects[i] - weighted / weight) / standard_errors[i];
    q += z * z;
  }
  PooledEffect result;
  const double scale = weight - weight_squared / weight;
  if (n > 1) result.tau_squared = std::max(0.0, (q - static_cast<double>(n - 1)) / scale);
  weight = weighted = 0.0;
  for (std::size_t i = 0; i < n; ++i) {
    const double w = 1.0 / (standard_errors[i] * standard_errors[i] + result.tau_squared);
    weight += w;
    weighted += w * effects[i];
  }
  result.estimate = weighted / weight;
  result.standard_error = 1.0 / std::sqrt(weight);
  result.low = result.estimate - limit_95 * result.standard_error;
  result.high = result.estimate + limit_95 * result.standard_error;
  return result;
}

std::optional<PooledEffect> pooled_of(const Matrix& matrix, std::size_t theory) {
  std::vector<double> effects;
  std::vector<double> errors;
  for (const Block& block : blocks_of(matrix, std::nullopt)) {
    for (const auto& [outcome, cells] : block.outcomes) {
      const Judged& cell = (*cells)[theory];
      if (!outcome->is_pooled) continue;
      if (!cell.is_run()) return std::nullopt;
      effects.push_back(cell.predicted.mean);
      errors.push_back(cell.predicted.between);
    }
  }
  if (effects.empty()) return std::nullopt;
  return pooled(effects, errors);
}

Parameters parameters_of(const std::string& theory, const std::set<std::string>& own) {
  std::set<std::string> fitted = own;
  for (const std::string& key : theories::keys_of(theory, config::Mark::fitted)) fitted.insert(key);
  std::set<std::string> assumed;
  for (const std::string& key : theories::keys_of(theory, config::Mark::assumed)) {
    if (fitted.count(key) == 0) assumed.insert(key);
  }
  return {fitted.size(), assumed.size()};
}

}  // namespace kith::evidence
