#include "fit/prior.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/distributions.hpp"

namespace kith::fit {
namespace {

double normal_share_below(double z) { return 0.5 * std::erfc(-z / std::numbers::sqrt2); }

/// Quantile of N(centre, sd²) cut off outside [low, high].
double truncated_quantile(double unit, double centre, double sd, double low, double high) {
  const double below = normal_share_below((low - centre) / sd);
  const double above = normal_share_below((high - centre) / sd);
  const double share = below + unit * (above - below);
  if (share <= 0.0) return low;
  if (share >= 1.0) return high;
  return std::clamp(centre + sd * normal_quantile(share), low, high);
}

}  // namespace

double Prior::quantile(double unit) const {
  switch (kind) {
    case Kind::uniform:
      return low + unit * (high - low);
    case Kind::log_uniform:
      return std::clamp(low * std::pow(high / low, unit), low, high);
    case Kind::normal:
      return truncated_quantile(unit, centre, sd, low, high);
    case Kind::lognormal:
      return std::clamp(std::exp(truncated_quantile(unit, centre, sd, std::log(low), std::log(high))), low, high);
  }
  return low;
}

double Prior::density(double value) const {
  if (!(value >= low && value <= high)) return 0.0;
  const auto bell = [&](double z) { return std::exp(-0.5 * z * z); };
  switch (kind) {
    case Kind::uniform:
      return 1.0;
    case Kind::log_uniform:
      return 1.0 / value;
    case Kind::normal:
      return bell((value - centre) / sd);
    case Kind::lognormal:
      return bell((std::log(value) - centre) / sd) / value;
  }
  return 0.0;
}

std::string Prior::text() const {
  const std::string bounds = fmt::format("{}..{}", low, high);
  switch (kind) {
    case Kind::uniform:
      return "uniform " + bounds;
    case Kind::log_uniform:
      return "log-uniform " + bounds;
    case Kind::normal:
      return fmt::format("normal {} (SD {}) in {}", centre, sd, bounds);
    case Kind::lognormal:
      return fmt::format("lognormal {:.4g} (SD of ln {}) in {}", std::exp(centre), sd, bounds);
  }
  return bounds;
}

Prior read_prior(config::Section& parameter) {
  Prior prior;
  std::tie(prior.low, prior.high) =
      parameter.range({.key = "bounds", .doc = "Least and greatest value that are looked at: 0..0.3."});
  config::Section s = parameter.section({.key = "prior", .doc = "What is believed before."}, "shape");
  const auto spread = [&](config::Section& v, std::string_view doc) {
    prior.sd = v.number({.key = "sd", .min = "0", .above_min = true, .doc = doc});
  };
  prior.kind = static_cast<Prior::Kind>(s.variant(
      {.key = "shape", .fallback = "uniform", .doc = "Its distribution between the bounds."},
      {{"uniform", "every value is as likely", {}},
       {"log_uniform", "every order of magnitude is as likely", {}},
       {"normal", "near a mean",
        [&](config::Section& v) {
          prior.centre = v.number({.key = "mean", .doc = "Mean, before the bounds cut it off."});
          spread(v, "Standard deviation, before the bounds cut it off.");
        }},
       {"lognormal", "near a median, by factors", [&](config::Section& v) {
          const double median = v.number(
              {.key = "median", .min = "0", .above_min = true, .doc = "Median, before the bounds cut it off."});
          prior.centre = std::log(median > 0.0 ? median : 1.0);
          spread(v, "Standard deviation of the logarithm.");
        }}}));
  if (prior.is_logarithmic() && !(prior.low > 0.0))
    parameter.fail("bounds", "the least value is not more than 0", "this prior is over orders of magnitude",
                   "begin above 0, or use a uniform prior");
  return prior;
}

}  // namespace kith::fit
