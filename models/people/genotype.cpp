#include "models/people/genotype.hpp"

#include <array>

namespace kith::people {

using config::Mark;
using config::Section;

GenotypeParams read_genotype(Section s) {
  const std::array<double, 4> frequencies{0.0, 0.15, 0.5, 0.03};
  GenotypeParams p;
  const std::size_t region =
      s.choice({.key = "region",
                .fallback = "none",
                .doc = "Where people come from: sets the frequency of the G allele.",
                .mark = Mark::published,
                .source = "1000 Genomes: Europe 15 %, East Asia 40-60 %, Africa up to 5 %"},
               {{"none", "nobody carries it"}, {"europe", "15 %"}, {"east_asia", "50 %"}, {"africa", "3 %"}});
  p.allele_frequency = frequencies[region];
  if (s.has("allele_frequency"))
    p.allele_frequency = s.number({.key = "allele_frequency",
                                   .unit = "%",
                                   .min = "0",
                                   .max = "1",
                                   .doc = "Frequency of the G allele, in place of the region's."});
  p.reserve_factor = static_cast<float>(s.number(
      {.key = "reserve_factor",
       .fallback = "1",
       .min = "0.01",
       .max = "100",
       .doc = "Factor of each G allele on the receptor reserve; 1 is no effect.",
       .mark = Mark::assumed,
       .source = "1: no effect on social reward in a preregistered test, N = 490 (Persson 2019); range 0.5-2"}));
  if (p.reserve_factor != 1.0F && p.allele_frequency == 0.0)
    s.fail("reserve_factor", "nobody carries the allele", "its frequency is 0",
           "add region: europe, or allele_frequency");
  return p;
}

}  // namespace kith::people
