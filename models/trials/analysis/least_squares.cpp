#include "models/trials/analysis/least_squares.hpp"

#include <cmath>
#include <map>
#include <set>

namespace kith::trials {
namespace {

using Row = std::vector<double>;

/// Rows of regressors and, last, the outcome, as deviations from the person's means.
std::vector<Row> deviations(const std::vector<Observation>& observations) {
  std::map<std::uint32_t, std::pair<Row, double>> sums;  // by person: sums and number of observations
  std::vector<Row> rows;
  for (const Observation& observation : observations) {
    Row row = observation.regressors;
    row.push_back(observation.outcome);
    auto& [sum, count] = sums[observation.person];
    sum.resize(row.size());
    for (std::size_t k = 0; k < row.size(); ++k) sum[k] += row[k];
    ++count;
    rows.push_back(std::move(row));
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto& [sum, count] = sums.at(observations[i].person);
    for (std::size_t k = 0; k < rows[i].size(); ++k) rows[i][k] -= sum[k] / count;
  }
  return rows;
}

/// Gauss–Jordan sweep (Goodnight 1979) of the regressors' cross products: afterwards the matrix holds their inverse, its last
/// column the coefficients and its last entry the residual sum of squares.
struct Swept {
  std::vector<Row> matrix;
  std::vector<bool> is_estimable;
  std::size_t rank = 0;

  explicit Swept(const std::vector<Row>& rows) {
    constexpr double tolerance = 1e-9;
    const std::size_t size = rows.front().size();
    matrix.assign(size, Row(size));
    for (const Row& row : rows) {
      for (std::size_t i = 0; i < size; ++i) {
        for (std::size_t k = 0; k < size; ++k) matrix[i][k] += row[i] * row[k];
      }
    }
    for (std::size_t k = 0; k + 1 < size; ++k) {
      double square = 0.0;
      for (const Row& row : rows) square += row[k] * row[k];
      is_estimable.push_back(square > 0.0 && matrix[k][k] > tolerance * square);
      if (is_estimable.back()) {
        sweep(k);
        ++rank;
      } else {
        drop(k);
      }
    }
  }

 private:
  void sweep(std::size_t pivot) {
    const std::size_t size = matrix.size();
    const double d = matrix[pivot][pivot];
    for (double& value : matrix[pivot]) value /= d;
    for (std::size_t i = 0; i < size; ++i) {
      if (i == pivot) continue;
      const double factor = matrix[i][pivot];
      for (std::size_t k = 0; k < size; ++k) matrix[i][k] -= factor * matrix[pivot][k];
      matrix[i][pivot] = -factor / d;
    }
    matrix[pivot][pivot] = 1.0 / d;
  }
  void drop(std::size_t column) {
    for (std::size_t i = 0; i < matrix.size(); ++i) matrix[i][column] = matrix[column][i] = 0.0;
  }
};

/// Squared standard errors by leaving out one cluster after the other: (G − 1)/G Σ (b without g − b)²; NaN where a coefficient
/// cannot be told without some cluster.
std::vector<double> jackknife(const std::vector<Observation>& observations, const std::vector<Row>& rows,
                              const Swept& swept) {
  const std::size_t columns = rows.front().size() - 1;
  std::set<std::uint32_t> clusters;
  for (const Observation& observation : observations) clusters.insert(*observation.cluster);
  std::vector<double> squares(columns);
  if (clusters.size() < 2) return squares;
  for (const std::uint32_t cluster : clusters) {
    std::vector<Row> others;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (observations[i].cluster != cluster) others.push_back(rows[i]);
    }
    const Swept without(others);
    for (std::size_t k = 0; k < columns; ++k) {
      const double moved = without.matrix[k][columns] - swept.matrix[k][columns];
      squares[k] += without.is_estimable[k] ? moved * moved : std::nan("");
    }
  }
  const auto groups = static_cast<double>(clusters.size());
  for (double& square : squares) square *= (groups - 1.0) / groups;
  return squares;
}

}  // namespace

std::vector<Term> within_people(const std::vector<Observation>& observations) {
  if (observations.empty()) return {};
  const std::vector<Row> rows = deviations(observations);
  const std::size_t columns = rows.front().size() - 1;
  const Swept swept(rows);
  std::set<std::uint32_t> people;
  std::set<std::uint32_t> clusters;
  for (const Observation& observation : observations) {
    people.insert(observation.person);
    if (observation.cluster) clusters.insert(*observation.cluster);
  }
  std::vector<double> squares;
  if (!clusters.empty()) squares = jackknife(observations, rows, swept);
  const double degrees = clusters.empty() ? static_cast<double>(observations.size()) -
                                                static_cast<double>(people.size()) - static_cast<double>(swept.rank)
                                          : static_cast<double>(clusters.size()) - 1.0;
  std::vector<Term> terms;
  for (std::size_t k = 0; k < columns; ++k) {
    if (!swept.is_estimable[k] || !(degrees > 0.0)) {
      terms.push_back(no_term());
      continue;
    }
    const double square = clusters.empty() ? swept.matrix[columns][columns] / degrees * swept.matrix[k][k] : squares[k];
    // Rounding can leave a residual sum of squares below 0.
    terms.push_back(term(swept.matrix[k][columns], std::sqrt(square < 0.0 ? 0.0 : square), degrees));
  }
  return terms;
}

}  // namespace kith::trials
