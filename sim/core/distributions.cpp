#include "core/distributions.hpp"

#include <cmath>
#include <stdexcept>

#include "core/math.hpp"

namespace kith {
namespace {

/// Ratio of two polynomials of degree seven; the denominator's constant is 1.
double ratio(double x, const double (&top)[8], const double (&bottom)[7]) {
  double numerator = top[7];
  for (int k = 6; k >= 0; --k) numerator = numerator * x + top[k];
  double denominator = bottom[6];
  for (int k = 5; k >= 0; --k) denominator = denominator * x + bottom[k];
  return numerator / (denominator * x + 1.0);
}

/// Uniform on (0, 1) with 53 random bits, for draws among more things than 32 bits can tell apart.
double fine_uniform(Stream& stream) {
  const std::uint64_t high = stream();
  const std::uint64_t low = stream();
  return (static_cast<double>(((high << 32) | low) >> 12) + 0.5) * 0x1p-52;
}

/// log of a gamma variate of shape > 0: a small shape gives variates too small for a double.
double log_gamma_variate(Stream& stream, double shape) {
  if (!(shape > 0.0)) throw std::invalid_argument("gamma and beta need shapes above 0");
  // Marsaglia & Tsang 2000 (doi:10.1145/358407.358414); below 1, gamma(shape + 1)·U^(1/shape).
  double boost = 0.0;
  if (shape < 1.0) {
    boost = portable_log(uniform(stream)) / shape;
    shape += 1.0;
  }
  const double d = shape - 1.0 / 3.0;
  const double c = 1.0 / std::sqrt(9.0 * d);
  for (;;) {
    const double z = normal(stream);
    const double root = 1.0 + c * z;
    const double u = uniform(stream);
    if (root <= 0.0) continue;
    const double v = root * root * root;
    const double log_v = portable_log(v);
    if (portable_log(u) < 0.5 * z * z + d * (1.0 - v + log_v)) return boost + portable_log(d) + log_v;
  }
}

}  // namespace

std::uint32_t uniform_below(Stream& stream, std::uint32_t count) {
  if (count == 0) throw std::invalid_argument("uniform_below needs a count of at least 1");
  // Lemire 2019 (doi:10.1145/3230636): the high half of word · count, without the words that would make it uneven.
  std::uint64_t product = std::uint64_t{stream()} * count;
  if (static_cast<std::uint32_t>(product) < count) {
    const std::uint32_t uneven = (0u - count) % count;
    while (static_cast<std::uint32_t>(product) < uneven) product = std::uint64_t{stream()} * count;
  }
  return static_cast<std::uint32_t>(product >> 32);
}

double normal_quantile(double unit) {
  // Wichura 1988, algorithm AS 241, PPND16 (doi:10.2307/2347330): relative error about 1e-16.
  static constexpr double a[] = {3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3,
                                 1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4,
                                 3.3430575583588128105e4, 2.5090809287301226727e3};
  static constexpr double b[] = {4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
                                 2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4,
                                 5.2264952788528545610e3};
  static constexpr double c[] = {1.42343711074968357734e0,  4.63033784615654529590e0, 5.76949722146069140550e0,
                                 3.64784832476320460504e0,  1.27045825245236838258e0, 2.41780725177450611770e-1,
                                 2.27238449892691845833e-2, 7.74545014278341407640e-4};
  static constexpr double d[] = {2.05319162663775882187e0,  1.67638483018380384940e0,  6.89767334985100004550e-1,
                                 1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4,
                                 1.05075007164441684324e-9};
  static constexpr double e[] = {6.65790464350110377720e0,  5.46378491116411436990e0,  1.78482653991729133580e0,
                                 2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
                                 2.71155556874348757815e-5, 2.01033439929228813265e-7};
  static constexpr double f[] = {5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
                                 7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
                                 2.04426310338993978564e-15};
  if (!(unit > 0.0 && unit < 1.0)) throw std::invalid_argument("a normal quantile needs a probability inside 0 … 1");
  const double q = unit - 0.5;
  if (std::fabs(q) <= 0.425) return q * ratio(0.180625 - q * q, a, b);
  const double r = std::sqrt(-portable_log(q < 0.0 ? unit : 1.0 - unit));
  const double z = r <= 5.0 ? ratio(r - 1.6, c, d) : ratio(r - 5.0, e, f);
  return q < 0.0 ? -z : z;
}

double normal(Stream& stream) { return normal_quantile(uniform(stream)); }

double lognormal(Stream& stream, double median, double cv) {
  // log(1 + x) as log(w)·x / (w − 1), w = 1 + x rounded, loses nothing for small x (Kahan).
  const double x = cv * cv;
  const double w = 1.0 + x;
  const double variance = w == 1.0 ? x : portable_log(w) * x / (w - 1.0);
  return median * portable_exp(std::sqrt(variance) * normal(stream));
}

double exponential(Stream& stream, double mean) { return -mean * portable_log(1.0 - uniform(stream)); }

double gamma(Stream& stream, double shape) { return portable_exp(log_gamma_variate(stream, shape)); }

double beta(Stream& stream, double a, double b) {
  const double log_x = log_gamma_variate(stream, a);
  const double log_y = log_gamma_variate(stream, b);
  return 1.0 / (1.0 + portable_exp(log_y - log_x));
}

std::size_t categorical(Stream& stream, std::span<const double> weights) {
  double total = 0.0;
  for (const double weight : weights) {
    if (!(weight >= 0.0)) throw std::invalid_argument("categorical needs weights of at least 0");
    total += weight;
  }
  if (!(total > 0.0)) throw std::invalid_argument("categorical needs a weight above 0");
  const double target = fine_uniform(stream) * total;
  double reached = 0.0;
  std::size_t last = 0;  // the last index with a weight: rounding may leave the target just above the full sum
  for (std::size_t index = 0; index < weights.size(); ++index) {
    if (weights[index] == 0.0) continue;
    last = index;
    reached += weights[index];
    if (target < reached) break;
  }
  return last;
}

}  // namespace kith
