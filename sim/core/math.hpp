#pragma once

#include <bit>
#include <cmath>
#include <cstdint>

/// Exponential and logarithm that give the same bits on every platform and that compilers can vectorise; the library's
/// `std::exp` does neither. Integers and floating point trade places by adding 1.5·2²³ or 1.5·2⁵², which rounds to the
/// nearest integer and leaves it in the low bits: conversions of 64-bit integers do not vectorise before AVX-512. The
/// error bounds are those that the test of this file measures. NaN gives NaN in the exponentials.
namespace kith {

/// e^x, relative error below 1.1e-7 for |x| ≤ 87; saturates outside.
inline float portable_exp(float x) {
  x = std::fabs(x) > 87.0F ? std::copysign(87.0F, x) : x;
  const float shifted = x * 1.44269504F + 12582912.0F;
  const float n = shifted - 12582912.0F;
  const float r = (x - n * 0.693359375F) + n * 2.12194440e-4F;  // Cody–Waite split of ln 2
  float p = 1.0F / 5040.0F;
  p = p * r + 1.0F / 720.0F;
  p = p * r + 1.0F / 120.0F;
  p = p * r + 1.0F / 24.0F;
  p = p * r + 1.0F / 6.0F;
  p = p * r + 0.5F;
  p = p * r + 1.0F;
  p = p * r + 1.0F;
  const std::uint32_t exponent = std::bit_cast<std::uint32_t>(shifted) - 0x4b400000u;
  return p * std::bit_cast<float>((exponent + 127u) << 23);
}

/// e^x, relative error below 2.5e-16 for |x| ≤ 700; saturates outside.
inline double portable_exp(double x) {
  x = std::fabs(x) > 700.0 ? std::copysign(700.0, x) : x;
  const double shifted = x * 1.4426950408889634 + 6755399441055744.0;
  const double n = shifted - 6755399441055744.0;
  const double r = (x - n * 6.93147180369123816490e-01) - n * 1.90821492927058770002e-10;
  double p = 1.0 / 6227020800.0;  // 1/13!; the next term is below 5e-18
  p = p * r + 1.0 / 479001600.0;
  p = p * r + 1.0 / 39916800.0;
  p = p * r + 1.0 / 3628800.0;
  p = p * r + 1.0 / 362880.0;
  p = p * r + 1.0 / 40320.0;
  p = p * r + 1.0 / 5040.0;
  p = p * r + 1.0 / 720.0;
  p = p * r + 1.0 / 120.0;
  p = p * r + 1.0 / 24.0;
  p = p * r + 1.0 / 6.0;
  p = p * r + 0.5;
  p = p * r + 1.0;
  p = p * r + 1.0;
  const std::uint64_t exponent = std::bit_cast<std::uint64_t>(shifted) - 0x4338000000000000u;
  return p * std::bit_cast<double>((exponent + 1023u) << 52);
}

/// Natural logarithm of a normal positive number, relative error below 2.5e-7.
inline float portable_log(float x) {
  const std::uint32_t bits = std::bit_cast<std::uint32_t>(x);
  const std::uint32_t biased = (bits + (0x3f800000u - 0x3f3504f3u)) >> 23;  // puts m in √½ … √2
  const float e = std::bit_cast<float>(0x4b400000u + biased) - (12582912.0F + 127.0F);
  const float m = std::bit_cast<float>(bits - ((biased - 127u) << 23));
  const float s = (m - 1.0F) / (m + 1.0F);
  const float s2 = s * s;
  float series = 1.0F / 9.0F;  // log m = 2 artanh s = 2 (s + s³/3 + s⁵/5 + …)
  series = series * s2 + 1.0F / 7.0F;
  series = series * s2 + 1.0F / 5.0F;
  series = series * s2 + 1.0F / 3.0F;
  series = series * s2 + 1.0F;
  return e * 0.693359375F + (2.0F * s * series - e * 2.12194440e-4F);
}

/// Natural logarithm of a normal positive number, relative error below 5e-16.
inline double portable_log(double x) {
  const std::uint64_t bits = std::bit_cast<std::uint64_t>(x);
  const std::uint64_t biased = (bits + (0x3ff0000000000000u - 0x3fe6a09e667f3bcdu)) >> 52;
  const double e = std::bit_cast<double>(0x4338000000000000u + biased) - (6755399441055744.0 + 1023.0);
  const double m = std::bit_cast<double>(bits - ((biased - 1023u) << 52));
  const double s = (m - 1.0) / (m + 1.0);
  const double s2 = s * s;
  double series = 1.0 / 21.0;  // the next term is below 2e-18
  series = series * s2 + 1.0 / 19.0;
  series = series * s2 + 1.0 / 17.0;
  series = series * s2 + 1.0 / 15.0;
  series = series * s2 + 1.0 / 13.0;
  series = series * s2 + 1.0 / 11.0;
  series = series * s2 + 1.0 / 9.0;
  series = series * s2 + 1.0 / 7.0;
  series = series * s2 + 1.0 / 5.0;
  series = series * s2 + 1.0 / 3.0;
  series = series * s2 + 1.0;
  return e * 6.93147180369123816490e-01 + (2.0 * s * series + e * 1.90821492927058770002e-10);
}

}  // namespace kith
