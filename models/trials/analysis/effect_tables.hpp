#pragma once

#include <cstdint>
#include <vector>

#include "engine/tables.hpp"
#include "models/trials/analysis/effects.hpp"
#include "models/trials/measures/measures.hpp"

/// The tables of effects: `effects` by study, `effects_pooled` over studies.
namespace kith::trials {

/// Arms that are compared with the reference.
std::vector<std::size_t> contrasts(const Trial& trial);

TableSpec effects_table(const Trial& trial, const Measures& measures, std::uint32_t replicates);
TableRow effects_row(const Trial& trial, std::uint32_t replicate, const Effects& effects);

TableSpec pooled_table(const Trial& trial, const Measures& measures);
TableRow pooled_row(const Trial& trial, const std::vector<const Effects*>& studies);

}  // namespace kith::trials
