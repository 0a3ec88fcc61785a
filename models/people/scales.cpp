#include "models/people/scales.hpp"

#include <fmt/core.h>

namespace kith::people {

using config::Mark;
using config::Section;

Scales read_scales(Section& root) {
  Section s = root.section({.key = "scales", .doc = "From where on people are called lonely or isolated."});
  Scales scales;
  Section lonely = s.section({.key = "lonely", .doc = "Who counts as lonely. A number stands for `above`."}, "above");
  if (lonely.has("share")) {
    scales.lonely_share = lonely.number(
        {.key = "share",
         .unit = "%",
         .min = "0",
         .max = "1",
         .above_min = true,
         .doc = "So large a share of this population is lonely after the burn-in, in place of a fixed loneliness."});
  }
  if (!lonely.has("share") || lonely.describing()) {
    scales.lonely_above = static_cast<float>(lonely.number(
        {.key = "above",
         .fallback = "0.197",
         .min = "0",
         .max = "1",
         .above_min = true,
         .doc = "Loneliness above which people count as lonely; the points of UCLA-3 follow it.",
         .mark = Mark::fitted,
         .source = "24 % of the reference population, `layers` with living ties (Meta-Gallup 2023: 17-27 %)"}));
  }
  Section isolated = s.section(
      {.key = "isolated", .doc = "Who counts as isolated. A number stands for `private_matters`."}, "private_matters");
  if (isolated.has("share")) {
    scales.isolated_share = isolated.number({.key = "share",
                                             .unit = "%",
                                             .min = "0",
                                             .max = "1",
                                             .above_min = true,
                                             .doc = "About so large a share of this population is isolated after the "
                                                    "burn-in, in place of a fixed closeness."});
  }
  if (!isolated.has("share") || isolated.describing()) {
    scales.private_matters_from = static_cast<float>(
        isolated.number({.key = "private_matters",
                         .fallback = "0.725",
                         .min = "0",
                         .max = "1",
                         .doc = "Closeness from which people talk about private matters, which the LSNS-6 asks for.",
                         .mark = Mark::fitted,
                         .source = "15 % of the reference population are isolated (Lubben 2006: 11-20 %)"}));
  }
  return scales;
}

std::vector<std::string> describe(const Scales& scales) {
  const auto sentence = [](const char* who, float number, const std::optional<double>& share) {
    return share ? fmt::format("{} {:.3f}, chosen so that {:g} % of this population were after the burn-in.", who,
                               number, 100.0 * *share)
                 : fmt::format("{} {:g}, the same number in every population.", who, number);
  };
  return {sentence("Lonely: loneliness above", scales.lonely_above, scales.lonely_share),
          sentence("Isolated: LSNS-like score below 12, private matters being talked about from a closeness of",
                   scales.private_matters_from, scales.isolated_share)};
}

}  // namespace kith::people
