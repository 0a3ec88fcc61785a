#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace kith::pharmacology {

/// A square matrix, row-major.
struct Matrix {
  std::size_t size = 0;
  std::vector<double> values;

  explicit Matrix(std::size_t n = 0) : size(n), values(n * n) {}
  double& operator()(std::size_t row, std::size_t column) { return values[row * size + column]; }
  double operator()(std::size_t row, std::size_t column) const { return values[row * size + column]; }
};

Matrix multiply(const Matrix& a, const Matrix& b);
std::vector<double> multiply(const Matrix& a, const std::vector<double>& x);

/// A square matrix without entries above the diagonal. Small ones have them inside, one after the other: every tick reads them.
class LowerTriangular {
 public:
  /// Drops what is above the diagonal.
  explicit LowerTriangular(const Matrix& full);
  /// x ← A x in place; the same bits as `multiply`.
  void apply(std::span<double> x) const;
  friend bool operator==(const LowerTriangular&, const LowerTriangular&) = default;

 private:
  static constexpr std::size_t most_inside = 8;  // rows
  std::size_t size_;
  std::array<double, most_inside*(most_inside + 1) / 2> inside_{};  // row i has i + 1 entries
  std::vector<double> outside_;
};

/// e^(a·t) by scaling and squaring of a Taylor series (Moler & Van Loan 2003, method 3); relative error about 1e-14.
Matrix exponential(const Matrix& a, double t);

/// A linear chain of compartments, dy/dt = A y, advanced exactly, so that nothing depends on the length of a step.
class Chain {
 public:
  explicit Chain(Matrix rates) : rates_(std::move(rates)) {}

  std::size_t size() const { return rates_.size; }
  const Matrix& rates() const { return rates_; }
  /// The state `hours` later.
  std::vector<double> advanced(const std::vector<double>& state, double hours) const {
    return multiply(exponential(rates_, hours), state);
  }

 private:
  Matrix rates_;  // [1/h]
};

}  // namespace kith::pharmacology
