#pragma once

#include "config/section.hpp"

namespace kith::people {

/// OPRM1 A118G (rs1799971). Each copy of the G allele multiplies the receptor reserve.
struct GenotypeParams {
  double allele_frequency = 0.0;
  float reserve_factor = 1.0F;
  bool is_on() const { return allele_frequency > 0.0 && reserve_factor != 1.0F; }
};

GenotypeParams read_genotype(config::Section section);

}  // namespace kith::people
