#include "models/trials/measures/scale.hpp"

#include <fmt/core.h>

#include <cmath>
#include <string>
#include <tuple>

#include "core/units.hpp"

namespace kith::trials {

using config::Mark;
using config::Section;

namespace {

/// `icc` splits the spread of ratings into what lasts and what passes.
void read_icc(Section& s, Scale& scale) {
  if (!s.has("icc") && !s.describing()) return;
  const double icc = s.number({.key = "icc",
                               .min = "0",
                               .max = "1",
                               .doc = "Share of the noise's variance that lasts (intraclass correlation); splits the "
                                      "whole noise, in place of person_sd and occasion_sd.",
                               .mark = Mark::assumed,
                               .source = "days of daily connection 0.52 (Knapp); range 0.3-0.7"});
  if (s.describing()) return;
  if (s.has("person_sd") && s.has("occasion_sd")) {
    s.fail("icc", "`icc` is given besides person_sd and occasion_sd", "those two already say which share lasts",
           "leave one of the three out");
    return;
  }
  double whole = std::hypot(scale.person_sd, scale.occasion_sd);
  if (s.has("person_sd") && icc > 0.0) whole = scale.person_sd / std::sqrt(icc);
  if (s.has("occasion_sd") && icc < 1.0) whole = scale.occasion_sd / std::sqrt(1.0 - icc);
  scale.person_sd = whole * std::sqrt(icc);
  scale.occasion_sd = whole * std::sqrt(1.0 - icc);
}

}  // namespace

Scale read_scale(Section& s, const ScaleDefaults& defaults) {
  Scale scale;
  std::tie(scale.low, scale.high) =
      s.range({.key = "scale", .fallback = defaults.range, .doc = "Lowest and highest rating."});
  const auto read = [&](std::string_view key, double value, std::string_view least, std::string_view doc) {
    const std::string text = print_quantity(value, Dimension::none);
    return s.number({.key = key,
                     .fallback = text,
                     .min = least,
                     .max = "10",
                     .doc = doc,
                     .mark = defaults.mark,
                     .source = defaults.source});
  };
  scale.offset = read("offset", defaults.scale.offset, "-10", "Rating of a value of 0, as a share of the scale.");
  scale.gain = read("gain", defaults.scale.gain, "-10", "Rise of the rating with the value, as a share of the scale.");
  scale.person_sd = read("person_sd", defaults.scale.person_sd, "0",
                         "Lasting differences between people in the use of the scale (SD, share of the scale).");
  scale.occasion_sd = read("occasion_sd", defaults.scale.occasion_sd, "0",
                           "Differences between occasions of one person (SD, share of the scale).");
  read_icc(s, scale);
  scale.step = s.number({.key = "step",
                         .fallback = defaults.step,
                         .min = "0",
                         .doc = "Distance of the points of the scale, to which ratings are rounded; 0: any number."});
  if (scale.step > scale.high - scale.low)
    s.fail("step", fmt::format("the scale from {} to {} has no second point", scale.low, scale.high), "",
           "take a smaller step");
  return scale;
}

}  // namespace kith::trials
