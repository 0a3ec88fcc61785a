#pragma once

#include <cstdint>

#include "engine/tables.hpp"
#include "io/result_attributes.hpp"

/// A small made-up run with every kind of table: its values are simple functions of their indices, so that any reader
/// can check them.
namespace kith::sample {

inline constexpr std::uint32_t replicates = 3;
inline constexpr int steps = 5;  // of 24 h

void declare(Sink& sink);
/// Every row of one replicate, in order.
void write_replicate(Sink& sink, std::uint32_t replicate);
/// Every row of the sample.
void write(Sink& sink);
io::RunAttributes attributes();

/// connection = 100 replicate + 10 step + group, in the population table.
TableSpec population(std::uint32_t replicate_count);
TableRow population_row(std::uint32_t replicate, int step);

}  // namespace kith::sample
