#include "models/pharmacology/kinetics.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace kith::pharmacology {

Matrix multiply(const Matrix& a, const Matrix& b) {
  Matrix product(a.size);
  for (std::size_t i = 0; i < a.size; ++i) {
    for (std::size_t j = 0; j < a.size; ++j) {
      double total = 0.0;
      for (std::size_t k = 0; k < a.size; ++k) total += a(i, k) * b(k, j);
      product(i, j) = total;
    }
  }
  return product;
}

std::vector<double> multiply(const Matrix& a, const std::vector<double>& x) {
  std::vector<double> product(a.size);
  for (std::size_t i = 0; i < a.size; ++i) {
    double total = 0.0;
    for (std::size_t k = 0; k < a.size; ++k) total += a(i, k) * x[k];
    product[i] = total;
  }
  return product;
}

namespace {

/// The product for a size known when compiling, so that the rows are computed side by side.
template <std::size_t size>
void apply_sized(const double* a, double* x) {
  std::array<double, size> sums;
  for (std::size_t i = 0; i < size; ++i) {
    double total = 0.0;
    for (std::size_t k = 0; k <= i; ++k) total += a[i * (i + 1) / 2 + k] * x[k];
    sums[i] = total;
  }
  std::copy(sums.begin(), sums.end(), x);
}

}  // namespace

LowerTriangular::LowerTriangular(const Matrix& full) : size_(full.size) {
  std::vector<double> entries;
  for (std::size_t i = 0; i < size_; ++i) {
    for (std::size_t k = 0; k <= i; ++k) entries.push_back(full(i, k));
  }
  if (size_ <= most_inside)
    std::copy(entries.begin(), entries.end(), inside_.begin());
  else
    outside_ = std::move(entries);
}

void LowerTriangular::apply(std::span<double> x) const {
  switch (size_) {
    case 3:
      return apply_sized<3>(inside_.data(), x.data());
    case 4:
      return apply_sized<4>(inside_.data(), x.data());
    case 5:
      return apply_sized<5>(inside_.data(), x.data());
    case 8:
      return apply_sized<8>(inside_.data(), x.data());
    default:
      break;
  }
  const double* const entries = size_ <= most_inside ? inside_.data() : outside_.data();
  for (std::size_t i = size_; i-- > 0;) {  // from below, so that what a row needs is still there
    double total = 0.0;
    for (std::size_t k = 0; k <= i; ++k) total += entries[i * (i + 1) / 2 + k] * x[k];
    x[i] = total;
  }
}

Matrix exponential(const Matrix& a, double t) {
  double norm = 0.0;
  for (std::size_t i = 0; i < a.size; ++i) {
    double row = 0.0;
    for (std::size_t j = 0; j < a.size; ++j) row += std::abs(a(i, j) * t);
    norm = std::max(norm, row);
  }
  int squarings = 0;
  while (norm > 0.25) {
    norm *= 0.5;
    ++squarings;
  }
  Matrix scaled(a);
  for (double& value : scaled.values) value = std::ldexp(value * t, -squarings);

  constexpr int terms = 12;  // 0.25^13/13! < 1e-17
  Matrix result(a.size);
  for (std::size_t i = 0; i < a.size; ++i) result(i, i) = 1.0;
  for (int k = terms; k >= 1; --k) {  // Horner: I + X/1 (I + X/2 (I + …))
    result = multiply(scaled, result);
    for (double& value : result.values) value /= k;
    for (std::size_t i = 0; i < a.size; ++i) result(i, i) += 1.0;
  }
  for (int k = 0; k < squarings; ++k) result = multiply(result, result);
  return result;
}

}  // namespace kith::pharmacology
