#pragma once

#include <vector>

#include "network/ties.hpp"

/// What a machine can do, and what the usual design of a simulator takes, on the threads that are set: to compare a tick with.
namespace kith::bench {

/// Moves 3 × 8 bytes a number through memory, a = b + c · d (McCalpin's triad): gives bytes a second, the best of some rounds.
double triad();

/// Gives the wall time [s] of one product of a sparse matrix with a vector, the median of some: the matrix has the closeness of
/// every tie at both its ends, in 8 bytes a half-tie, and everybody's row is added up by itself.
double sparse_product(const network::Ties& ties);

/// Gives the wall time [s] of drawing one tick's contacts as simulators mostly do, the median of some: every tie is looked at each tick, and
/// is met with probability 1 − e^−rate·hours, by a fast generator of random numbers. `rates` [slots of the ties] in 1/h;
/// `readiness` [people], of which each tie has √(P_a P_b).
double draw_by_tie(const network::Ties& ties, const std::vector<float>& rates, const std::vector<float>& readiness,
                   double hours);

}  // namespace kith::bench
